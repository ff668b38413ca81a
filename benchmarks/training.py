"""What training takes: on the corpus, and on many more labelled postings.

    python benchmarks/training.py                 the corpus, and 100,000 postings, into training.json (some 15 minutes)
    python benchmarks/training.py --rows 2000     a short form of the second
    python benchmarks/training.py --marked        the repeated postings keep the marks of their sentences

The many are the corpus over and over, from the second time on with noise: three words in a hundred are another word of
the same length, so that marks still fit. Each run is a process of its own: the fit alone, as
``scripts/rebuild_model.py`` does it, and for the corpus all of ``matcher train --dry-run``, which compares as well.
"""

import argparse
import json
import random
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from measured import ROOT, command, compile_first, machine, taken, write_result

HERE = Path(__file__).resolve().parent
CORPUS = sorted((ROOT / "corpus").glob("*.jsonl"))
NOISE = 0.03
"""The share of words that are replaced."""

_WORD = re.compile(r"[A-Za-z]{3,}")
_FIT = """
import sys
from matcher.corpus import read_labelled
from matcher.retraining import fit
fit(list(read_labelled(sys.argv[2:])), "new", int(sys.argv[1]))
"""


def labelled(count: int, marked: bool) -> Iterator[dict[str, Any]]:
    """Labelled rows: the corpus, then the corpus with noise until there are enough."""
    rows = [json.loads(line) for path in CORPUS for line in path.read_text("utf-8").splitlines()]
    words: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        for word in _WORD.findall(row["description"]):
            words[len(word)].append(word)
    draw = random.Random(0)

    def other(match: re.Match[str]) -> str:
        return draw.choice(words[len(match[0])]) if draw.random() < NOISE else match[0]

    for number, row in enumerate(islice(cycle(rows), count)):
        if number < len(rows):
            yield row
            continue
        noisy = {**row, "id": f"{row.get('id', '')}-{number}", "description": _WORD.sub(other, row["description"])}
        yield noisy if marked else {name: value for name, value in noisy.items() if name not in ("sentences", "spans")}


def fitted(jobs: int, *files: str | Path) -> dict[str, Any]:
    """What a fit takes."""
    return rounded(taken([sys.executable, "-c", _FIT, str(jobs), *map(str, files)]))


def rounded(told: dict[str, float]) -> dict[str, float]:
    """Figures as they are told."""
    return {name: round(value, 1) for name, value in told.items()}


def measure(rows: int, jobs: int, marked: bool) -> dict[str, Any]:
    """Every run."""
    with tempfile.TemporaryDirectory() as folder:
        many = Path(folder) / "many.jsonl"
        with many.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in labelled(rows, marked))
        return {
            "machine": machine(),
            "jobs": jobs,
            "corpus": {
                "rows": sum(len(path.read_text("utf-8").splitlines()) for path in CORPUS),
                "fit": fitted(jobs, *CORPUS),
                "train": rounded(taken(command("train", *CORPUS, "--dry-run", "--jobs", str(jobs)))),
            },
            "many": {"rows": rows, "repeated_rows_marked": marked, "fit": fitted(jobs, many)},
        }


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000, help="labelled postings of the second part (100000)")
    parser.add_argument("--jobs", type=int, default=2, help="workers (2)")
    parser.add_argument("--marked", action="store_true", help="repeated postings keep the marks of their sentences")
    parser.add_argument("--to", type=Path, default=HERE / "training.json", help="the JSON (training.json)")
    options = parser.parse_args()
    compile_first()
    write_result(measure(options.rows, options.jobs, options.marked), options.to)


if __name__ == "__main__":
    main()
