"""Batch classification from a cron job: quiet, exit status of ``matcher classify``, one line, never two at once.

python scripts/classify.py results.parquet postings.csv more.jsonl.gz
"""

import sys
from pathlib import Path

from matcher.atomic import locked
from matcher.batch import Run, classify
from matcher.errors import MatcherError

if __name__ == "__main__":
    output, *inputs = sys.argv[1:]
    try:
        with locked(Path(output).with_name(f".{Path(output).name}.lock"), wait=False):
            done = classify(inputs, output, Run())
    except MatcherError as error:
        sys.exit(print(f"matcher: {error}", file=sys.stderr) or 2)
    print(f"{output}: {done.rows} rows, {done.accepted} accepted, {done.rejected} rejected")
    sys.exit(done.rejected > 0)
