"""Postings as Arrow record batches: for engines that keep tables of their own, Spark first (:mod:`matcher.spark`).

Every input row gives one output row, in order, scored as ``matcher classify`` scores it. Nothing here knows an engine.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from matcher.batch import posting_of, score_with
from matcher.duplicates import Sketcher
from matcher.errors import InputError
from matcher.ingest import Row
from matcher.matcher import CHUNK, Matcher, batched
from matcher.posting import JobPosting, known_columns
from matcher.results import record_batch

ROWS = 512
"""Rows at once, whatever the size of a batch: some 10 MB as Python's own values."""


def score_batches(batches: Iterable[Any], matcher: Matcher, *, only_type: bool = False) -> Iterator[Any]:
    """Output rows of record batches of postings, as batches of ``results.parquet_schema()``; no repeats are looked for.

    Raises:
        InputError: no column holds a title or a description.
    """
    for batch in _small(batches):
        rows: list[dict[str, Any]] = []
        for chunk in batched(_rows(batch), CHUNK):
            rows += score_with(matcher, chunk, only_type=only_type)[0]
        yield record_batch(rows)


def sketch_batches(batches: Iterable[Any], key: str) -> Iterator[Any]:
    """Batches of the column ``key``, ``id`` and ``sketch`` (bytes of ``duplicates.WIDTH`` numbers) of the postings that
    are scored: what :func:`matcher.duplicates.first_of` groups.

    Raises:
        InputError: no column holds a title or a description.
    """  # noqa: D205 - one sentence
    import pyarrow as pa

    sketcher = Sketcher()
    for batch in _small(batches):
        read = [posting_of(row) for row in _rows(batch)]
        scored = [number for number, posting in enumerate(read) if isinstance(posting, JobPosting)]
        postings = [posting for posting in read if isinstance(posting, JobPosting)]
        columns = (
            batch.column(key).take(pa.array(scored, pa.int64())),
            pa.array([posting.id.encode("utf-8", "replace").decode() for posting in postings], pa.string()),
            pa.array([sketch.tobytes() for sketch in sketcher.sketch_many(postings)], pa.binary()),
        )
        yield pa.RecordBatch.from_arrays(list(columns), [key, "id", "sketch"])


def check_columns(names: Sequence[str]) -> None:
    """See that rows with these columns can be postings.

    Raises:
        InputError: none of them holds a title or a description.
    """
    if not known_columns(list(names)):
        raise InputError(f"no title or description column (found: {', '.join(names) or 'none'}); rename one")


def _small(batches: Iterable[Any]) -> Iterator[Any]:
    for batch in batches:
        check_columns(batch.schema.names)
        for start in range(0, len(batch), ROWS):
            yield batch.slice(start, ROWS)


def _rows(batch: Any) -> Iterator[Row]:
    try:
        for fields in batch.to_pylist():
            yield Row(_where(fields), fields)
    except (ValueError, OverflowError):  # a value that Python has no like of: its row alone is at fault
        for number in range(len(batch)):
            yield _row(batch, number)


def _row(batch: Any, number: int) -> Row:
    fields, wrong = {}, ""
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        try:
            fields[name] = column[number].as_py()
        except (ValueError, OverflowError) as error:
            wrong = f"{name} cannot be read ({error})"
    where = _where(fields)
    return Row(where, fields, f"{where}: {wrong}" if wrong else "")


def _where(fields: dict[str, Any]) -> str:
    """A row's place: a table of a cluster has no numbers for its rows."""
    return f"id {fields['id']}" if fields.get("id") not in (None, "") else "a row without id"
