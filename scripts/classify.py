"""Batch classification from a cron job: quiet, exit status of ``matcher classify``, one line at the end.

python scripts/classify.py results.parquet postings.csv more.jsonl.gz
"""

import sys

from matcher.batch import Run, classify
from matcher.errors import MatcherError

if __name__ == "__main__":
    try:
        done = classify(sys.argv[2:], sys.argv[1], Run())
    except MatcherError as error:
        sys.exit(f"matcher: {error}")
    print(f"{sys.argv[1]}: {done.rows} rows, {done.accepted} accepted, {done.rejected} rejected")
    sys.exit(1 if done.rejected else 0)
