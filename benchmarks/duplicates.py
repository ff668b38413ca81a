"""How well and how fast the same advertisement is found again, into duplicates.json and duplicates.md.

    python benchmarks/duplicates.py

The set is made (``advertisements.py``) from the real postings beside the project (../shared/pool): 2,000 with 0 to 5
edited copies each, and 500 different jobs of one employer. Thresholds were tuned on the first half of the postings.
"""

import gzip
import json
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from advertisements import make
from datasketch import MinHash, MinHashLSH
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matcher.duplicates import Sketcher, first_of
from matcher.features import tokens
from matcher.posting import JobPosting

HERE = Path(__file__).resolve().parent
POOL = HERE.parent.parent / "shared" / "pool" / "postings.jsonl.gz"

COPIED, EMPLOYER = 2000, 500
LOOKALIKE = 0.8
"""Two real postings that share this part of the shorter one's word triples, counted exactly, may be reposts already."""

SEED = 11
Postings = Sequence[JobPosting]
First = NDArray[np.int64]


def pool() -> list[JobPosting]:
    """The real postings, shuffled."""
    with gzip.open(POOL, "rt", encoding="utf-8") as file:
        postings = [JobPosting.from_row(json.loads(line)) for line in file]
    random.Random(SEED).shuffle(postings)
    return postings


def triples(posting: JobPosting) -> set[tuple[str, str, str]]:
    """The word triples of a description."""
    words = tokens(posting.description)
    return set(zip(words, words[1:], words[2:], strict=False))


def without_lookalikes(postings: Postings) -> list[JobPosting]:
    """The postings but the later one of each two that are nearly the same, by exact counts and not by our sketches."""
    numbers: dict[tuple[str, str, str], int] = {}
    sets = [[numbers.setdefault(triple, len(numbers)) for triple in sorted(triples(posting))] for posting in postings]
    ends = np.cumsum([0, *map(len, sets)])
    table = csr_array((np.ones(ends[-1]), np.concatenate(sets), ends), shape=(len(sets), len(numbers)))
    common = (table @ table.T).tocoo()
    one, other = common.coords
    shorter = np.minimum(np.diff(ends)[one], np.diff(ends)[other])
    later = set(other[(one < other) & (common.data >= LOOKALIKE * shorter)].tolist())
    return [posting for number, posting in enumerate(postings) if number not in later]


def ours(postings: Postings) -> First:
    """Sketches by rensa, our grouping."""
    return first_of(Sketcher().sketch_many(postings))


def same_words(postings: Postings) -> First:
    """Title, employer and description have the same words."""
    seen: dict[str, int] = {}
    keys = (" ".join(tokens(f"{row.title} | {row.company} | {row.description}")) for row in postings)
    return np.array([seen.setdefault(key, number) for number, key in enumerate(keys)])


def datasketch(postings: Postings, threshold: float) -> First:
    """The library's own index of 128 MinHash values; a row joins the first that is as similar as ``threshold``."""
    index = MinHashLSH(threshold=threshold, num_perm=128)
    first = np.arange(len(postings))
    for number, posting in enumerate(postings):
        sketch = MinHash(num_perm=128, seed=1)
        sketch.update_batch([" ".join(triple).encode() for triple in triples(posting)])
        found = index.query(sketch)
        first[number] = first[min(found)] if found else number
        index.insert(number, sketch)
    return first


def pairs(groups: NDArray[Any]) -> int:
    """How many pairs of rows are in one group."""
    counts = np.unique(groups, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())


def measure(group: Callable[[Postings], First], postings: Postings, truth: Sequence[int]) -> dict[str, float]:
    """Pairwise precision, recall and F1, and postings a second of processor time."""
    start = time.process_time()
    first = group(postings)
    seconds = time.process_time() - start
    right = pairs(first * len(postings) + np.array(truth))
    precision, recall = right / max(pairs(first), 1), right / pairs(np.array(truth))
    return {
        "rows": len(postings),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4),
        "per_second": round(len(postings) / seconds),
    }


def run() -> dict[str, Any]:
    """Every figure, by the name of the set and of the method."""
    postings = pool()
    half = len(postings) // 2
    found: dict[str, Any] = {}
    for name, rows in (("tuned on", postings[:half]), ("held out", postings[half:])):
        copied, employer = rows[:COPIED], rows[COPIED : COPIED + EMPLOYER]
        found[f"{name}, postings as they are"] = measure(ours, *make(copied, employer, random.Random(SEED)))
        apart = without_lookalikes(rows)
        employer = apart[-EMPLOYER:]
        copied = apart[:-EMPLOYER]
        made = make(copied, employer, random.Random(SEED))
        found[f"{name}, without lookalikes"] = measure(ours, *made)
        found[f"{name}, the employer's jobs copied too"] = measure(
            ours, *make(copied, employer, random.Random(SEED), 3)
        )
    found["same words"] = measure(same_words, *made)
    for threshold in (0.3, 0.5, 0.7):
        found[f"datasketch {threshold}"] = measure(lambda rows, t=threshold: datasketch(rows, t), *made)
    first = ours(postings)
    again = first != np.arange(len(first))
    found["pool"] = {"rows": len(first), "groups": len(np.unique(first[again])), "share": round(float(again.mean()), 4)}
    return found


HEAD = f"""# The same advertisement found again

By `python benchmarks/duplicates.py`. A set is made of {COPIED:,} real postings with 0 to 5 edited copies each (other
place, agency header, reordered bullets, other salary, half cut; one copy in three edited twice) and {EMPLOYER} other
jobs between one invented employer's boilerplate. Precision, recall and F1 are of pairs; postings a second of processor
time, sketching and grouping together. Real postings hold reposts of their own, which count as mistakes in the sets of
postings as they are. The other sets leave out the later one of each two that share {LOOKALIKE:.0%} of the shorter one's
word triples, counted exactly, so that some 100 postings fewer are copied. Thresholds were tuned on the first half. The
peers are measured on the set held out, without lookalikes.

| set or peer | rows | precision | recall | F1 | postings a second |
| --- | --- | --- | --- | --- | --- |
"""

TAIL = """
In all {rows:,} real postings: {groups} groups; {share:.1%} of the rows are an advertisement found again.

Chosen for the sketches: rensa (MIT, 1 MB, needs nothing else). datasketch (MIT) makes sketches of the same kind in
Python, and its index must hold them all in memory. semhash (MIT) compares meanings, for which it needs a model from the
network; it was not measured.
"""


def table(found: dict[str, Any]) -> str:
    """The figures as a page."""
    rows = (
        f"| {name} | {row['rows']:,} | {row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} "
        f"| {row['per_second']:,} |\n"
        for name, row in found.items()
        if name != "pool"
    )
    return HEAD + "".join(rows) + TAIL.format(**found["pool"])


if __name__ == "__main__":
    figures = run()
    (HERE / "duplicates.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    (HERE / "duplicates.md").write_text(table(figures), "utf-8")
    print((HERE / "duplicates.md").read_text("utf-8"))
