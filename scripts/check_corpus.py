"""Report on the corpus, and fail where two rows are near-duplicates.

python scripts/check_corpus.py [POOL]
"""

import sys

from matcher.corpus_report import report

if __name__ == "__main__":
    lines, good = report(sys.argv[1] if len(sys.argv) > 1 else None)
    print("\n".join(lines))
    sys.exit(0 if good else 1)
