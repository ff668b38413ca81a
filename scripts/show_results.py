"""Show a results file (JSONL) as a table.

python scripts/show_results.py results.jsonl
"""

import json
import sys
from pathlib import Path

from matcher.cli.common import console
from matcher.display import postings_table

if __name__ == "__main__":
    with Path(sys.argv[1]).open(encoding="utf-8") as file:
        console().print(postings_table(json.loads(line) for line in file))
