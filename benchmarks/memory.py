"""Peak memory of ``matcher classify`` for some postings and for ten times as many.

    python benchmarks/memory.py                100,000 and 1,000,000 postings, into memory.json (some minutes)
    python benchmarks/memory.py --rows 1000    a short form

Both runs are processes of their own with one job, from JSONL to Parquet, duplicates looked for; ten names of one file
are ten times the rows.
"""

import argparse
import os
import tempfile
from pathlib import Path
from typing import Any

from measured import command, compile_first, machine, source, taken, write_postings, write_result

HERE = Path(__file__).resolve().parent
TIMES = 10


def peak(files: list[Path], rows: int) -> dict[str, Any]:
    """What one run takes."""
    told = taken(command("classify", *files, "-o", files[0].with_name("results.parquet")))
    return {"rows": rows, "peak_mb": round(told["peak_mb"]), "seconds": round(told["seconds"], 1)}


def measure(rows: int) -> dict[str, Any]:
    """Both runs, and how much more the larger one needs."""
    with tempfile.TemporaryDirectory() as folder:
        first = write_postings(Path(folder) / "rows-0.jsonl", rows)
        files = [first]
        for number in range(1, TIMES):
            files.append(first.with_name(f"rows-{number}.jsonl"))
            os.link(first, files[-1])
        runs = [peak(files[:1], rows), peak(files, TIMES * rows)]
    return {
        "machine": machine(),
        "postings": source(),
        "runs": runs,
        "ratio": round(runs[1]["peak_mb"] / runs[0]["peak_mb"], 3),
    }


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000, help="postings of the smaller run (100000)")
    parser.add_argument("--to", type=Path, default=HERE / "memory.json", help="the JSON (memory.json)")
    options = parser.parse_args()
    compile_first()
    write_result(measure(options.rows), options.to)


if __name__ == "__main__":
    main()
