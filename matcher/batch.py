"""Many postings in, many results out: every input row gives one output row, in order.

Each fragment of the input becomes one part of the output, written aside and renamed in; when all parts are there, the
same advertisements are grouped over the whole run, and the parts are joined. So the bytes do not depend on the number
of workers, and a run that was cut off goes on where it was.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from joblib import Parallel, delayed

from matcher import __version__
from matcher.duplicates import WIDTH, Sketcher, StoredSketches, first_of
from matcher.errors import InputError, LanguageError, PostingError
from matcher.fragments import Fragment, fragments
from matcher.ingest import Row, expand
from matcher.ingest.bytes import STDIN
from matcher.matcher import CHUNK, READ, Matcher, batched, in_english, unsupported
from matcher.model_store import find
from matcher.parts import Part, Parts, Summary, parts_of
from matcher.posting import JobPosting
from matcher.results import join, output_path, part_file

_UNFINISHED = "unfinished"


@dataclass(frozen=True)
class Run:
    """What to do with every posting; small enough to send to a worker."""

    model: str | None = None
    profile: str | None = None
    only_type: bool = False
    dedupe: bool = True


def classify(
    inputs: list[str],
    output: str,
    run: Run,
    *,
    jobs: int = 1,
    resume: bool = False,
    sort: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Summary:
    """Score every row of the inputs into ``output``; ``progress`` is told of rows done.

    Raises:
        InputError: an input cannot be read at all, or the output not written; nothing is overwritten then.
        KeyboardInterrupt: the rows done so far are in a file of their own beside the output (:func:`unfinished`).
    """
    sources = expand(inputs)
    if resume and STDIN in inputs:
        raise InputError("--resume: standard input cannot be read again; save it to a file first")
    path = output_path(output)
    # named once and whole: another model may come into use meanwhile, and workers may be in another folder
    profile = run.profile and str(Path(run.profile).absolute())
    run = replace(run, model=str(find(run.model).absolute()), profile=profile)
    with parts_of(path, _plan(sources, run), resume=resume) as parts:
        try:
            count = sum(1 for _ in _work(fragments(sources), parts, run, jobs, progress or _nobody))
        except KeyboardInterrupt:
            _join(parts.whole(), unfinished(path), run, sort=sort)
            raise
        if not count:
            raise InputError(f"{', '.join(inputs)}: no rows in it")
        summary = _join([parts.part(number) for number in range(count)], path, run, sort=sort)
        unfinished(path).unlink(missing_ok=True)
        parts.remove()
    return summary


def unfinished(output: Path) -> Path:
    """The file that holds what an interrupted run had done so far."""
    return output.with_name(f"{output.stem}.{_UNFINISHED}{output.suffix}")


def _plan(sources: list[str], run: Run) -> dict[str, Any]:
    """What must not change between a run that was cut off and the one that goes on."""
    matcher = _matcher(run)  # a damaged model or profile stops the run before the first row
    files = []
    for source in sources:
        try:
            told = Path(source).stat()
            files.append([source, told.st_size, told.st_mtime_ns])
        except OSError:
            files.append([source, 0, 0])  # reading it says what is wrong
    return {
        "inputs": files,
        "model": matcher.model.label,
        "profile": repr(matcher.profile),
        "options": {**asdict(run), "model": None, "profile": None},
        "version": __version__,
    }


def _nobody(rows: int) -> None:
    """Nobody is told."""


def _work(
    pieces: Iterable[Fragment], parts: Parts, run: Run, jobs: int, progress: Callable[[int], None]
) -> Iterator[int]:
    """Rows of each part, as it becomes whole."""
    there: list[int] = []

    def missing() -> Iterator[tuple[Fragment, Part]]:
        for number, fragment in enumerate(pieces):
            part = parts.part(number)
            if part.done.exists():
                there.append(part.read()[0].rows)
            else:
                yield fragment, part

    if jobs == 1:
        yield from (write_part(fragment, part, run, progress) for fragment, part in missing())
    else:
        parallel = Parallel(n_jobs=jobs, return_as="generator_unordered", pre_dispatch="2 * n_jobs")
        for rows in parallel(delayed(write_part)(fragment, part, run) for fragment, part in missing()):
            progress(rows)
            yield rows
    for rows in there:
        progress(rows)
        yield rows


def write_part(fragment: Fragment, part: Part, run: Run, progress: Callable[[int], None] = _nobody) -> int:
    """Score one fragment into one part; how many rows it has. Done twice, it is the same."""
    summary, scored, ids = Summary(), [], []
    sketches = [np.zeros((0, WIDTH), np.uint32)]
    sketcher = Sketcher() if run.dedupe else None
    with part_file(part.rows) as file:
        for chunk in batched(fragment.read(), CHUNK):
            rows, postings = score_rows(chunk, run)
            for row in rows:
                if row["status"] == "ok":
                    scored.append(summary.rows)
                    ids.append(row["id"])
                summary.add(row)
            if sketcher is not None and postings:
                sketches.append(sketcher.sketch_many(postings))
            file.write(rows)
            progress(len(rows))
    if sketcher is not None:
        with part.sketches.open("wb") as file_of_sketches:
            np.concatenate(sketches).tofile(file_of_sketches)
    part.finish(summary, scored, ids)
    return summary.rows


def _join(parts: list[Part], output: Path, run: Run, *, sort: bool) -> Summary:
    """Group the same advertisements over all parts, and write the output whole."""
    summary = Summary()
    places: list[np.ndarray[Any, Any]] = [np.zeros(0, np.int64)]
    for part in parts:
        told, scored, _ = part.read()
        places.append(np.array(scored, np.int64) + summary.rows)
        summary.join(told)
    first_ids = _first_ids(parts, np.concatenate(places)) if run.dedupe else {}
    summary.duplicates = len(first_ids)
    join((part.rows for part in parts), output, first_ids, sort=sort)
    return summary


def _first_ids(parts: list[Part], places: np.ndarray[Any, Any]) -> Mapping[int, str]:
    """Row → id of the first row that is the same advertisement, for every row that is not the first itself."""
    with StoredSketches([part.sketches for part in parts]) as sketches:
        first = first_of(sketches)
    repeats = np.flatnonzero(first != np.arange(len(first)))
    wanted = set(first[repeats].tolist())
    names: dict[int, str] = {}
    at = 0
    for part in parts:
        ids = part.read()[2]
        names.update((at + number, name) for number, name in enumerate(ids) if at + number in wanted)
        at += len(ids)
    return {int(places[row]): names[int(first[row])] for row in repeats}


@lru_cache(maxsize=2)
def _matcher(run: Run) -> Matcher:
    return Matcher.load(run.model, run.profile)


def score_rows(rows: list[Row], run: Run) -> tuple[list[dict[str, Any]], list[JobPosting]]:
    """Output rows of input rows, and the postings of those that are scored."""
    return score_with(_matcher(run), rows, only_type=run.only_type)


def score_with(
    matcher: Matcher, rows: list[Row], *, only_type: bool = False
) -> tuple[list[dict[str, Any]], list[JobPosting]]:
    """Output rows of input rows by a matcher that is there, and the postings of those that are scored."""
    read = [posting_of(row) for row in rows]
    postings = [posting for posting in read if isinstance(posting, JobPosting)]
    scored = iter(
        matcher.type_rows(postings) if only_type else [match.to_row() for match in matcher.score_chunk(postings)]
    )
    return [next(scored) if isinstance(posting, JobPosting) else posting for posting in read], postings


def posting_of(row: Row) -> JobPosting | dict[str, Any]:
    """The posting of a row, or the output row that says why it is not scored."""
    if row.error:
        return rejected(row.fields, row.error)
    try:
        posting = JobPosting.from_row(row.fields)
    except PostingError as error:
        return rejected(row.fields, f"{row.where}: {error}")
    try:
        return in_english(posting)
    except LanguageError as error:
        return unsupported(posting, error.language)


def rejected(fields: Mapping[str, Any], error: str) -> dict[str, Any]:
    """The output row of an input row that is no usable posting: what was read of it, and what is wrong."""
    kept = {name: str(value) for name in READ if (value := fields.get(name))}
    return {**kept, "status": "rejected", "error": error}
