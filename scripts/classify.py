"""Batch classification from cron, one line out: python scripts/classify.py results.parquet in.csv more.jsonl.gz."""

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
        print(f"matcher: {error}", file=sys.stderr)
        sys.exit(2)
    print(f"{output}: {done.rows} rows, {done.accepted} accepted, {done.rejected} rejected")
    sys.exit(done.rejected > 0)
