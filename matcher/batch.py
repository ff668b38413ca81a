"""Many postings in, many results out: every input row gives one output row, in order.

Each fragment of the input becomes parts of the output, each there whole or not at all; when all parts are there, the
same advertisements are grouped over the whole run, and the parts are joined. So the bytes do not depend on who works,
and a run that was cut off goes on where it was, on the same engine or another.
"""

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher import __version__
from matcher.duplicates import WIDTH, Sketcher, StoredSketches, first_of
from matcher.engines import Engine, engine_of
from matcher.errors import InputError, LanguageError, MatcherError, ModelError, PostingError
from matcher.fragments import Fragment, count_all, fragments, units_of
from matcher.ingest import Row, expand
from matcher.ingest.bytes import STDIN
from matcher.matcher import CHUNK, READ, Matcher, batched, in_english, unsupported
from matcher.model_store import MANIFEST, Model, find, load
from matcher.parts import Part, Parts, Summary, parts_of
from matcher.posting import JobPosting
from matcher.profile import Profile
from matcher.results import join, output_path, part_file
from matcher.storage import place, reached, whole

_UNFINISHED = "unfinished"

_OBJECTS = 50_000
"""New objects from which Python looks for unused ones that hold each other. Rows make few of these, and looking as
often as it does by itself (700) takes a tenth of the time of a run."""

Places = NDArray[np.int64]


@dataclass(frozen=True)
class Run:
    """What to do with every posting; small enough to send to a worker."""

    model: str | None = None
    profile: str | None = None
    only_type: bool = False
    dedupe: bool = True
    label: str = ""
    """Name and digest of the model, where it is settled: a worker's own must be the same."""
    version: str = __version__
    """Of matcher."""
    read: Profile | None = field(default=None, compare=False, repr=False)
    """The profile itself, where it is read already; ``profile`` then tells it from others."""


def classify(
    inputs: list[str],
    output: str,
    run: Run,
    *,
    jobs: int = 1,
    backend: str | None = None,
    scheduler: str | None = None,
    resume: bool = False,
    sort: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Summary:
    """Score every row of the inputs into ``output``; ``progress`` is told of rows done.

    ``backend`` is joblib's name of what works beside ``jobs`` processes here, ``scheduler`` the address of a cluster's.

    Raises:
        InputError: an input cannot be read at all, or the output not written; nothing is overwritten then.
        MatcherError: no such backend, nothing at the scheduler's address, or workers that cannot do this run.
        KeyboardInterrupt: the rows done so far are in a file of their own beside the output (:func:`unfinished`).
    """
    sources = expand(inputs)
    path = output_path(output)
    with engine_of(backend, scheduler, jobs) as engine:
        if STDIN in inputs and (resume or not engine.here):
            what = "--resume" if resume else f"--backend {engine.backend}"
            raise InputError(
                f"{what}: standard input cannot be read {'again' if resume else 'elsewhere'}; save it to a file first"
            )
        run = _settled(run)
        units = units_of(sources)
        with parts_of(path, _plan(sources, run), resume=resume) as parts:
            engine.check(check, run, parts)
            try:
                counted = count_all(units, engine.map)
                pieces = fragments(units, inline=engine.here and engine.jobs > 1, counted=counted)
                rows = sum(_work(pieces, parts, run, engine, progress or _nobody))
            except KeyboardInterrupt:
                _join(parts, unfinished(path), run, sort)
                raise
            if not rows:
                raise InputError(f"{', '.join(inputs)}: no rows in it")
            summary = engine.once(_join, parts, path.absolute(), run, sort)
            if summary.rows != rows:
                raise MatcherError(
                    f"{output}: of {rows} rows {summary.rows} are in the parts; --resume makes the others"
                )
            unfinished(path).unlink(missing_ok=True)
            parts.remove()
    return summary


def unfinished(output: Path) -> Path:
    """The file that holds what an interrupted run had done so far."""
    return output.with_name(f"{output.stem}.{_UNFINISHED}{output.suffix}")


def _settled(run: Run) -> Run:
    """The run with its model and profile named whole: another model may come into use, and workers are elsewhere.

    Raises:
        ModelError, ProfileError: one of them is damaged or not there.
    """
    run = replace(run, model=str(find(run.model).absolute()))
    matcher = _matcher(run)
    return replace(run, label=matcher.model.label, profile=repr(matcher.profile), read=matcher.profile)


def _plan(sources: list[str], run: Run) -> dict[str, Any]:
    """What must not change between a run that was cut off and the one that goes on."""
    return {
        "inputs": [_told(source) for source in sources],
        "model": run.label,
        "profile": run.profile,
        "options": {"only_type": run.only_type, "dedupe": run.dedupe},
        "version": __version__,
    }


def _told(source: str) -> list[Any]:
    try:
        told = place(source).stat()
    except OSError:
        return [source, 0, 0]  # reading it says what is wrong
    return [source, told.st_size, told.st_mtime_ns]


def _nobody(rows: int) -> None:
    """Nobody is told."""


def _work(
    pieces: Iterable[Fragment], parts: Parts, run: Run, engine: Engine, progress: Callable[[int], None]
) -> Iterator[int]:
    """Rows of each fragment, as its parts become whole."""
    if engine.jobs == 1:
        yield from (write_parts(fragment, parts, run, progress) for fragment in pieces)
        return
    for rows in engine.each(write_parts, ((fragment, parts, run) for fragment in pieces)):
        progress(rows)
        yield rows


def write_parts(fragment: Fragment, parts: Parts, run: Run, progress: Callable[[int], None] = _nobody) -> int:
    """Score one fragment into its parts; how many rows it has. Done twice, it is the same.

    Raises:
        MatcherError: this process cannot do the run (:func:`check`), or a source cannot be read.
    """
    check(run, parts)
    return sum(write_part(rows, parts.part(fragment.unit, piece), run, progress) for piece, rows in fragment.pieces())


@lru_cache(maxsize=2)
def check(run: Run, parts: Parts) -> None:
    """See that this process has the run's matcher, model and folder of parts.

    Raises:
        MatcherError: it has not.
    """
    if run.version != __version__:
        raise MatcherError(f"here is matcher {__version__}, the run is of {run.version}: install that on every worker")
    _matcher(run)
    with reached(parts.folder):
        if parts.noted() != json.loads(parts.plan):
            raise InputError(f"{parts.folder}: is not there; a cluster's output must be where every worker reaches it")


def write_part(rows: Iterable[Row], part: Part, run: Run, progress: Callable[[int], None] = _nobody) -> int:
    """Score rows into one part, unless it is whole; how many it has."""
    if part.done.exists():
        return part.read()[0].rows
    summary, scored, ids = Summary(), [], []
    sketches = [np.zeros((0, WIDTH), np.uint32)]
    sketcher = Sketcher() if run.dedupe else None
    with part_file(part.rows) as file, _collecting_seldom():
        for chunk in batched(rows, CHUNK):
            made, postings = score_rows(chunk, run)
            for row in made:
                if row["status"] == "ok":
                    scored.append(summary.rows)
                    ids.append(row["id"])
                summary.add(row)
            if sketcher is not None and postings:
                sketches.append(sketcher.sketch_many(postings))
            file.write(made)
            progress(len(made))
    if sketcher is not None:
        with whole(part.sketches) as file_of_sketches:
            file_of_sketches.write(np.concatenate(sketches).tobytes())
    part.finish(summary, scored, ids)
    return summary.rows


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _join(made: Parts, output: Path, run: Run, sort: bool) -> Summary:
    """Group the same advertisements over all parts, and write the output whole."""
    summary, parts = Summary(), made.whole()
    places: list[Places] = [np.zeros(0, np.int64)]
    for part in parts:
        told, scored, _ = part.read()
        places.append(np.array(scored, np.int64) + summary.rows)
        summary.join(told)
    first_ids = _repeats(parts, np.concatenate(places)) if run.dedupe else {}
    summary.duplicates = len(first_ids)
    join((part.rows for part in parts), output, first_ids, sort=sort)
    return summary


class _Repeats(Mapping[int, str]):
    """Row → id of the first row that is the same advertisement, for every row that is not the first itself.

    Two arrays, ``rows`` in order and the number of each one's first: a run may have millions of them.
    """

    def __init__(self, rows: Places, firsts: Places, ids: Mapping[int, str]) -> None:
        self._rows, self._firsts, self._ids = rows, firsts, ids

    def __getitem__(self, row: int) -> str:
        at = int(np.searchsorted(self._rows, row))
        if at == len(self._rows) or self._rows[at] != row:
            raise KeyError(row)
        return self._ids[int(self._firsts[at])]

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows.tolist())

    def __len__(self) -> int:
        return len(self._rows)


def _repeats(parts: list[Part], places: Places) -> _Repeats:
    with StoredSketches((part.sketches for part in parts), parts[0].rows.parent if parts else None) as sketches:
        first = first_of(sketches)
    rows = np.flatnonzero(first != np.arange(len(first)))
    firsts = first[rows]
    wanted = set(np.unique(firsts).tolist())
    ids: dict[int, str] = {}
    at = 0
    for part in parts:
        names = part.read()[2]
        ids.update((at + number, name) for number, name in enumerate(names) if at + number in wanted)
        at += len(names)
    return _Repeats(places[rows], firsts, ids)


@lru_cache(maxsize=2)
def _matcher(run: Run) -> Matcher:
    """The matcher of a run.

    Raises:
        ModelError, ProfileError: not there, damaged, or not the run's.
    """
    model = _model(run.model)
    if run.label and model.label != run.label:
        _model.cache_clear()  # another may have taken its place
        model = _model(run.model)
    if run.label not in ("", model.label):
        raise ModelError(f"the model here is {model.label}, that of the run is {run.label}: copy it to every worker")
    return Matcher(model, run.read or Profile.load(run.profile))


@lru_cache(maxsize=2)
def _model(name: str | None) -> Model:
    """A model by the path that it has where the run was begun, or else by its name here."""
    return load(name if name is None or (Path(name) / MANIFEST).is_file() else Path(name).name)


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
