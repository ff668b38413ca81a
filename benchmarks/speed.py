"""How fast postings are classified on one core, beside fastText and stock scikit-learn on the same text.

    python benchmarks/speed.py                           100,000 postings, five rounds, into speed.json and speed.md
    python benchmarks/speed.py --rows 1000 --rounds 1    a short form

Everything runs on one core, in turn, and is timed in processor seconds, so that what else the machine does counts
little; a command counts from its start to its end. fastText predicts one label in memory from text that is ready;
matcher reads a file, writes the whole record of each posting (type, 14 skills with evidence, facts, duplicates), and
its start is counted. Peers learn from the corpus: fastText (extra ``benchmarks``) with word pairs, scikit-learn with
hashed word pairs and logistic regression (from every twelfth row: how much it learned from is nothing to its speed).
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from measured import (
    ROOT,
    command,
    compile_first,
    machine,
    on_one_core,
    postings,
    source,
    taken,
    write_postings,
    write_result,
)
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from matcher import TermHasher

HERE = Path(__file__).resolve().parent
ONCE = 5000
"""Postings that the slow peers read, and both vectorisers: all there are, once."""

FASTTEXT, WHOLE, TYPE = "fastText, one label, in memory", "classify, whole record", "classify --only type"
FASTTEXTS = {FASTTEXT: {"dim": 50}, "fastText, as small as it goes": {"dim": 10, "bucket": 2**18}}
"""The model of the quality table, which ratios are to, and one of few dimensions and buckets, which is faster."""
STOCK, STOCK_TERMS, TERMS = "HashingVectorizer + logistic regression", "HashingVectorizer", "TermHasher"
COLD, IMPORT = "matcher score posting.html --json", "import sklearn.linear_model"


class Entry(NamedTuple):
    """One thing that is timed: processor seconds of a run, and how much text and how many postings it reads."""

    run: Callable[[], float]
    megabytes: float
    rows: int


def text_of(row: dict[str, Any]) -> str:
    """Title and description, as every peer reads them."""
    return f"{row['title']}\n{row['description']}"


def megabytes(texts: Sequence[str]) -> float:
    """Their size in UTF-8."""
    return sum(len(text.encode()) for text in texts) / 1e6


def in_process(work: Callable[[], Any]) -> Callable[[], float]:
    """What a call takes."""

    def run() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    return run


def fasttext_of(corpus: list[tuple[str, str]], texts: Sequence[str], **size: int) -> Callable[[], float] | None:
    """FastText's prediction for all texts in one call; None where it is not installed."""
    try:
        import fasttext
    except ImportError:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.txt"
        path.write_text("".join(f"__label__{name} {' '.join(text.split())}\n" for text, name in corpus), "utf-8")
        model = fasttext.train_supervised(str(path), wordNgrams=2, minCount=2, thread=1, seed=1, verbose=0, **size)
    lines = [" ".join(text.split()) + "\n" for text in texts]
    return in_process(lambda: model.f.multilinePredict(lines, 1, 0.0, "strict"))


def entries(rows: int, folder: Path) -> Iterator[tuple[str, Entry]]:
    """Everything that is timed."""
    texts = [text_of(row) for row in postings(rows)]
    once, size = texts[:ONCE], megabytes(texts)
    small = (megabytes(once), len(once))
    labelled = [json.loads(line) for path in sorted((ROOT / "corpus").glob("*.jsonl")) for line in path.open("rb")]
    corpus = [(text_of(row), row["type"]) for row in labelled]
    for name, options in FASTTEXTS.items():
        if predict := fasttext_of(corpus, texts, **options):
            yield name, Entry(predict, size, rows)
    stock = make_pipeline(HashingVectorizer(ngram_range=(1, 2)), LogisticRegression(tol=0.01))
    stock.fit(*zip(*corpus[::12], strict=True))
    yield STOCK, Entry(in_process(lambda: stock.predict(once)), *small)
    yield STOCK_TERMS, Entry(in_process(lambda: stock[0].transform(once)), *small)
    hasher = TermHasher()
    hasher.transform(texts[:1000])  # compiled code is taken from disk here
    yield TERMS, Entry(in_process(lambda: hasher.transform(once)), *small)
    path = write_postings(folder / "rows.jsonl", rows)
    for name, more in ((WHOLE, []), (TYPE, ["--only", "type"])):
        words = command("classify", path, "-o", folder / "results.jsonl", *more)
        yield name, Entry(lambda words=words: taken(words)["cpu_seconds"], size, rows)


def cold() -> dict[str, float]:
    """Wall seconds of one round of starts."""
    page = ROOT / "demo" / "posting.html"
    return {
        COLD: taken(command("score", page, "--json"))["seconds"],
        IMPORT: taken([sys.executable, "-c", "import sklearn.linear_model"])["seconds"],
    }


def ratio(rounds: Sequence[dict[str, float]], one: str, other: str) -> float:
    """Median of the ratios within the rounds."""
    return round(statistics.median(found[one] / found[other] for found in rounds), 3)


def measure(rows: int, rounds: int) -> dict[str, Any]:
    """All figures; rates are medians over the rounds."""
    with tempfile.TemporaryDirectory() as folder:
        timed = dict(entries(rows, Path(folder)))
        rates = []
        for _ in range(rounds):
            rates.append({name: entry.megabytes / entry.run() for name, entry in timed.items()})
            print(rates[-1], file=sys.stderr, flush=True)
    starts = [cold() for _ in range(rounds)]
    table = {}
    for name, entry in timed.items():
        rate = statistics.median(found[name] for found in rates)
        table[name] = {
            "mb_per_second": round(rate, 2),
            "postings_per_second": round(rate * entry.rows / entry.megabytes),
            "to_fasttext": ratio(rates, name, FASTTEXT) if FASTTEXT in timed else None,
        }
    return {
        "machine": machine(),
        "postings": {"from": source(), "rows": rows, "megabytes": round(timed[WHOLE].megabytes, 1)},
        "rounds": rounds,
        "rates": table,
        "vectoriser_to_stock": ratio(rates, TERMS, STOCK_TERMS),
        "cold_seconds": {name: round(statistics.median(s[name] for s in starts), 3) for name in (COLD, IMPORT)},
        "cold_ratio": ratio(starts, COLD, IMPORT),
    }


def page(result: dict[str, Any]) -> str:
    """The figures as a page."""
    told, size = result["machine"], result["postings"]
    lines = [
        "# Speed on one core", "",
        f"By `python benchmarks/speed.py` on {size['rows']:,} postings ({size['from']}, repeated; "
        f"{size['megabytes']} MB of titles and descriptions), medians of {result['rounds']}, in processor seconds of "
        f"one core ({told['cpu']}, {told['cores']} cores, Python {told['python']}, numba {told['numba']}, "
        f"scikit-learn {told['scikit-learn']}).", "",
        "| | MB/s | postings/s | times fastText |", "| --- | --- | --- | --- |",
    ]  # fmt: skip
    for name, row in result["rates"].items():
        to = "" if row["to_fasttext"] is None else f"{row['to_fasttext']:.2f}"
        lines.append(f"| {name} | {row['mb_per_second']:.1f} | {row['postings_per_second']:,} | {to} |")
    seconds = result["cold_seconds"]
    lines += [
        "", f"`TermHasher` is {result['vectoriser_to_stock']:.1f} times as fast as `HashingVectorizer`, same text.",
        "", f"Cold start, wall: `{COLD}` {seconds[COLD]:.2f} s, `{IMPORT}` alone {seconds[IMPORT]:.2f} s "
        f"(ratio {result['cold_ratio']:.2f}).", "", "![Text classified a second](speed.svg)",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000, help="postings (100000)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, of which medians are told (5)")
    parser.add_argument(
        "--to", type=Path, default=HERE / "speed.json", help="the JSON; a page of the same name beside it"
    )
    options = parser.parse_args()
    compile_first()
    on_one_core()
    result = measure(options.rows, options.rounds)
    write_result(result, options.to)
    options.to.with_suffix(".md").write_text(page(result), "utf-8")


if __name__ == "__main__":
    main()
