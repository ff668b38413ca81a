"""Many postings in, many results out: every input row gives one output row, in order."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any

from joblib import Parallel, delayed

from matcher.duplicates import Duplicates
from matcher.errors import InputError, PostingError
from matcher.ingest import Row, expand, read_rows
from matcher.matcher import Matcher, batched
from matcher.posting import JobPosting
from matcher.results import ResultsFile

CHUNK = 128
"""Rows that go to a worker at once."""

MAX_LISTED = 20
"""Rejected rows that the summary names."""


@dataclass
class Summary:
    """What a run did."""

    rows: int = 0
    rejected: int = 0
    duplicates: int = 0
    accepted: int = 0
    types: dict[str, int] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    best: list[dict[str, Any]] = field(default_factory=list)

    def add(self, row: dict[str, Any]) -> None:
        """Count one output row."""
        self.rows += 1
        if row["status"] != "ok":
            self.rejected += 1
            if len(self.errors) < MAX_LISTED:
                self.errors.append(row["error"])
            return
        self.types[row["type"]] = self.types.get(row["type"], 0) + 1
        self.accepted += row["decision"] == "accept"
        self.duplicates += row.get("duplicate_of") is not None


@dataclass(frozen=True)
class Run:
    """What to do with every posting; small enough to send to a worker."""

    model: str | None = None
    profile: str | None = None
    only_type: bool = False


def classify(
    inputs: list[str],
    output: str,
    run: Run,
    *,
    jobs: int = 1,
    dedupe: bool = True,
    sort: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Summary:
    """Score every row of the inputs into ``output``; ``progress`` is told of rows done.

    Raises:
        InputError: an input cannot be read at all, or the output not written; nothing is overwritten then.
    """
    sources = expand(inputs)
    summary = Summary()
    with ResultsFile(output) as file:
        rows = _output_rows(sources, run, jobs, Duplicates() if dedupe and not run.only_type else None)
        if sort:
            rows = iter(sorted(rows, key=lambda row: (row["status"] != "ok", -(row.get("match") or 0.0))))
        for chunk in batched(rows, CHUNK):
            for row in chunk:
                summary.add(row)
            file.write(chunk)
            if progress is not None:
                progress(len(chunk))
    if not summary.rows:
        raise InputError(f"{', '.join(inputs)}: no rows in it")
    return summary


def _output_rows(sources: list[str], run: Run, jobs: int, seen: Duplicates | None) -> Iterator[dict[str, Any]]:
    chunks = batched(chain.from_iterable(map(read_rows, sources)), CHUNK)
    scored: Iterator[list[tuple[dict[str, Any], JobPosting | None]]]
    if jobs == 1:
        scored = (score_rows(chunk, run) for chunk in chunks)
    else:
        parallel = Parallel(n_jobs=jobs, return_as="generator", pre_dispatch="2 * n_jobs")
        scored = parallel(delayed(score_rows)(chunk, run) for chunk in chunks)
    for row, posting in chain.from_iterable(scored):
        if seen is not None and posting is not None:
            row["duplicate_of"] = seen.first(posting)
        yield row


@lru_cache(maxsize=2)
def _matcher(run: Run) -> Matcher:
    return Matcher.load(run.model, run.profile)


def score_rows(rows: list[Row], run: Run) -> list[tuple[dict[str, Any], JobPosting | None]]:
    """Output rows of input rows, each with its posting unless it is rejected."""
    read = [_posting(row) for row in rows]
    postings = [posting for posting in read if isinstance(posting, JobPosting)]
    matcher = _matcher(run)
    scored = iter(
        matcher.type_rows(postings) if run.only_type else [match.to_row() for match in matcher.score_chunk(postings)]
    )
    return [
        (next(scored), posting) if isinstance(posting, JobPosting) else (rejected(row, posting), None)
        for row, posting in zip(rows, read, strict=True)
    ]


def _posting(row: Row) -> JobPosting | str:
    """The posting of a row, or what is wrong with it."""
    if row.error:
        return row.error
    try:
        return JobPosting.from_row(row.fields)
    except PostingError as error:
        return f"{row.where}: {error}"


def rejected(row: Row, error: str) -> dict[str, Any]:
    """The output row of an input row that is no usable posting: what was read of it, and what is wrong."""
    kept = {
        name: str(value) for name in ("id", "title", "company", "location", "url") if (value := row.fields.get(name))
    }
    return {**kept, "status": "rejected", "error": error}
