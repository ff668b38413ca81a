"""Tables: CSV and TSV of any usual delimiter, and Parquet."""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any, BinaryIO

from matcher.errors import InputError
from matcher.ingest.bytes import MAX_LINE, SAMPLE, encoding_of
from matcher.posting import DESCRIPTION_NAMES, TITLE_NAMES, known_columns
from matcher.storage import is_remote, opened, place

DELIMITERS = ",\t;|"
PARQUET_BATCH = 1024
"""Rows of a Parquet file in memory at once."""


def delimiter_of(text: str) -> str:
    """The delimiter under which the first line names a title or description column; empty if none does."""
    first = text.partition("\n")[0]
    for delimiter in DELIMITERS:
        names = next(csv.reader([first], delimiter=delimiter), [])
        if len(names) > 1 and known_columns(names):
            return delimiter
    return ""


def _check(names: list[str], source: str) -> None:
    if not known_columns(names):
        shown = ", ".join(name for name in names[:20] if name) or "none"
        looked_for = ", ".join((*TITLE_NAMES, *DESCRIPTION_NAMES))
        raise InputError(f"{source}: no title or description column (found: {shown}; looked for: {looked_for})")


def csv_rows(stream: BinaryIO, source: str) -> Iterator[tuple[int, dict[str, Any], str]]:
    """Rows as ``(number from 1, fields, error)``.

    Raises:
        InputError: the header names neither a title nor a description.
    """
    head: bytes = stream.peek(SAMPLE)[:SAMPLE]  # type: ignore[attr-defined]
    encoding = encoding_of(head)
    sample = head.decode(encoding, "replace").lstrip("\ufeff")
    first = sample.partition("\n")[0]
    delimiter = delimiter_of(sample) or max(DELIMITERS, key=first.count)
    csv.field_size_limit(MAX_LINE)
    with io.TextIOWrapper(stream, encoding, errors="replace", newline="") as text:
        reader = csv.reader(text, delimiter=delimiter)
        names: list[str] | None = None
        number = 0
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                number += 1
                yield number, {}, f"not readable as CSV ({error})"
                continue
            if names is None:
                names = [name.strip().lstrip("\ufeff") for name in cells]
                _check(names, source)
                continue
            if not cells:
                continue
            number += 1
            fields = dict(zip(names, cells, strict=False))
            extra = len(cells) - len(names)
            yield number, fields, f"{extra} cells more than columns; is a quote missing?" if extra > 0 else ""
        if names is None:
            raise InputError(f"{source}: the file is empty")


def parquet_rows(stream: BinaryIO, source: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows as ``(number from 1, fields)``.

    Raises:
        InputError: not a whole Parquet file, or no title or description column.
    """
    file = _parquet(stream if stream.seekable() else io.BytesIO(stream.read()), source)
    number = 0
    for batch in file.iter_batches(PARQUET_BATCH):
        for fields in batch.to_pylist():
            number += 1
            yield number, fields


def group_sizes(source: str) -> list[int]:
    """Rows of each row group of a Parquet file.

    Raises:
        InputError: not a whole Parquet file, or no title or description column.
    """
    with _opened(source) as file:
        metadata = _parquet(file, source).metadata
        return [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)]


def group_rows(source: str, groups: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Rows of some row groups of a Parquet file; of a remote one nothing else is fetched.

    Raises:
        InputError: not a whole Parquet file, or no title or description column.
    """
    with _opened(source) as file:
        for batch in _parquet(file, source).iter_batches(PARQUET_BATCH, row_groups=list(groups)):
            yield from batch.to_pylist()


def _opened(source: str) -> AbstractContextManager[Any]:
    """What pyarrow reads: a local file by its name, which is faster."""
    return opened(place(source), SAMPLE) if is_remote(source) else nullcontext(source)


def _parquet(file: Any, source: str) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(file)
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError(f"{source}: not a whole Parquet file ({str(error).splitlines()[0]})") from None
    _check(table.schema_arrow.names, source)
    return table
