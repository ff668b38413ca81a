"""Show a results file (JSONL) as a table.

python scripts/show_results.py results.jsonl
"""

import json
import sys
from pathlib import Path

from matcher.cli.common import console
from matcher.display import postings_table

if __name__ == "__main__":
    path = Path(sys.argv[1])
    with path.open(encoding="utf-8") as file:
        console().print(postings_table(json.loads(line) for line in file))
    print(f"\nresults: {path.resolve()}\nnext:\n  .venv/bin/matcher score demo/posting.html")
    print("  .venv/bin/matcher classify YOUR-POSTINGS.csv -o results.csv\n  .venv/bin/matcher --help")
