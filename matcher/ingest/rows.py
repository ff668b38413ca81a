"""One row after another from any source: finds the format by content and hands over to its reader."""

import glob
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from matcher.errors import InputError, MatcherError, PostingError
from matcher.ingest import bytes as source_bytes
from matcher.ingest.boards import board_found
from matcher.ingest.documents import document_row, is_document, titled
from matcher.ingest.source import read_source
from matcher.ingest.tables import csv_rows, delimiter_of, parquet_rows
from matcher.ingest.warc import warc_pages
from matcher.storage import files_below, is_remote, matching, place, reached

JSONL, PARQUET = "jsonl", "parquet"

PAGE_SUFFIXES = (
    *(".html", ".htm", ".xhtml", ".json", ".jsonld", ".txt", ".md", ".markdown"),
    *(".pdf", ".docx", ".warc", ".warc.gz"),
)
"""Files of a folder that are read as postings."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as read: its fields, or the reason why it cannot be read."""

    where: str
    fields: dict[str, Any] = field(default_factory=dict)
    error: str = ""


def expand(sources: list[str]) -> list[str]:
    """Files behind sources: globs in sorted order, folders as the pages in them, the rest as it is.

    Raises:
        InputError: a glob or folder without any file, or a store that cannot be reached.
    """
    found: list[str] = []
    for source in sources:
        if _is_folder(source):
            files = [name for name in files_below(source) if name.lower().endswith(PAGE_SUFFIXES)]
            if not files:
                raise InputError(f"{source}: no pages in this folder ({' '.join(PAGE_SUFFIXES)})")
            found += files
        elif glob.has_magic(source) and not os.path.exists(source):
            files = matching(source) if is_remote(source) else sorted(glob.glob(source, recursive=True))
            if not files:
                raise InputError(f"{source}: no file matches")
            found += files
        else:
            found.append(source)
    return found


def _is_folder(source: str) -> bool:
    if not is_remote(source):
        return os.path.isdir(source)
    with reached(source):
        return place(source).is_dir()


def read_rows(source: str, path: str = "") -> Iterator[Row]:
    """Rows of one file or of standard input (``-``), in order, none left out; the file may be at another ``path``.

    Raises:
        InputError: the source cannot be read at all (missing, empty, no known format, no usable column).
    """
    if source.startswith(("http://", "https://")):
        raise InputError(f"{source}: an address; read it with 'matcher ingest {source} -o postings.jsonl' first")
    stream = source_bytes.open_bytes(path or source)
    with stream:
        try:
            yield from _reader(stream, source)(stream, source)
        except (EOFError, OSError) as error:
            raise InputError(f"{source}: damaged or cut short ({error})") from None


def _reader(stream: BinaryIO, source: str) -> Callable[[BinaryIO, str], Iterator[Row]]:
    """The reader for what the bytes are; the suffix only settles what content leaves open."""
    head: bytes = stream.peek(source_bytes.SAMPLE)[: source_bytes.SAMPLE]  # type: ignore[attr-defined]
    if not head.strip():
        raise InputError(f"{source}: the file is empty")
    if head.startswith(b"PAR1"):
        return _parquet
    if is_document(head):
        return _document
    if head.startswith(b"WARC/"):
        return _warc
    if source_bytes.is_binary(head):
        raise InputError(
            f"{source}: not a format that matcher reads "
            "(CSV, TSV, JSON, JSONL, Parquet, HTML, PDF, DOCX, WARC, text or Markdown)"
        )
    text = head.decode(source_bytes.encoding_of(head), "replace").lstrip("\ufeff \t\r\n")
    name = source.lower().removesuffix(".gz").removesuffix(".zst")
    if text.startswith(("{", "[")):
        by_line = text.startswith("{") and (_is_jsonl(text) or name.endswith((".jsonl", ".ndjson")))
        return _jsonl if by_line else _json
    if text.startswith("<") or "<html" in text[:2000].lower():
        return _html
    if name.endswith((".csv", ".tsv")) or (not name.endswith((".txt", ".md", ".markdown")) and delimiter_of(text)):
        return _csv
    if name.endswith((".jsonl", ".ndjson", ".json")):
        return _jsonl
    return _text


def _is_jsonl(text: str) -> bool:
    """Whether text that opens with a brace is one object a line, also where one is broken or cut off by the sample."""
    first, newline, rest = text.partition("\n")
    if _is_json(first):
        return bool(rest.strip())
    if not newline:
        return True
    second, newline, _ = rest.lstrip().partition("\n")
    return second.startswith("{") and (not newline or _is_json(second))


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _object(value: Any, where: str) -> Row:
    return Row(where, value) if isinstance(value, dict) else Row(where, error=f"{where}: not a JSON object")


def _why(error: Exception) -> str:
    """What json says is wrong, without the place."""
    return str(getattr(error, "msg", "nested too deeply")).removesuffix(" at")


def jsonl_rows(lines: Iterable[tuple[int, str | None]], source: str) -> Iterator[Row]:
    """Rows of numbered lines of JSON; ``None`` stands for a line that is too long to be read."""
    for number, line in lines:
        where = f"{source}, line {number}"
        if line is None:
            yield Row(where, error=f"{where}: longer than {source_bytes.MAX_LINE >> 20} million characters")
        elif line and not line.isspace():
            try:
                yield _object(_loads(line), where)
            except (ValueError, RecursionError) as error:
                yield Row(where, error=f"{where}: broken JSON ({_why(error)} at column {getattr(error, 'colno', 1)})")


def _loads(line: str) -> Any:
    try:
        return orjson.loads(line)
    except ValueError:  # Python's own reader takes NaN and lone surrogates, and says where a line is broken
        return json.loads(line.lstrip("\ufeff"))


def _jsonl(stream: BinaryIO, source: str) -> Iterator[Row]:
    encoding = source_bytes.encoding_of(stream.peek(source_bytes.SAMPLE)[: source_bytes.SAMPLE])  # type: ignore[attr-defined]
    yield from jsonl_rows(source_bytes.lines(stream, encoding), source)


def splits_as(source: str) -> str:
    """``JSONL`` or ``PARQUET`` if the source can be read from the middle, else empty."""
    if source == source_bytes.STDIN or not (is_remote(source) or Path(source).is_file()):
        return ""
    with source_bytes.open_packed(source) as stream:
        if source_bytes.is_packed(stream):
            return ""
        reader = _reader(stream, source)
        utf_8 = source_bytes.encoding_of(stream.peek(source_bytes.SAMPLE)[: source_bytes.SAMPLE]) == "utf-8"
        return PARQUET if reader is _parquet else JSONL if reader is _jsonl and utf_8 else ""


def _json(stream: BinaryIO, source: str) -> Iterator[Row]:
    try:
        value = json.loads(source_bytes.read_whole(stream, source))
    except (ValueError, RecursionError) as error:
        place = f"line {getattr(error, 'lineno', 1)} column {getattr(error, 'colno', 1)}"
        raise InputError(f"{source}: broken JSON ({_why(error)} at {place})") from None
    if found := board_found(value):
        value = found.rows
    elif isinstance(value, dict):
        lists = [item for item in value.values() if isinstance(item, list) and item and isinstance(item[0], dict)]
        value = (
            lists[0]
            if lists and not (value.keys() & {"description", "text", "@type"})
            else value.get("@graph", [value])
        )
    for number, item in enumerate(value, 1):
        yield _object(item, f"{source}, item {number}")


def _html(stream: BinaryIO, source: str) -> Iterator[Row]:
    yield from _found(source_bytes.read_bytes(stream), source)


def _found(data: bytes, where: str, url: str = "", content_type: str = "") -> Iterator[Row]:
    """The postings of a page, feed or other source that is no table, or one row that says why it has none."""
    try:
        rows = read_source(data, url, content_type).rows
        if not rows:
            raise PostingError("no posting in it, only addresses of others (matcher ingest follows them)")
    except MatcherError as error:
        yield Row(where, {"url": url} if url else {}, f"{where}: {error}")
        return
    for number, fields in enumerate(rows, 1):
        yield Row(where if number == 1 else f"{where}, posting {number}", fields)


def _csv(stream: BinaryIO, source: str) -> Iterator[Row]:
    for number, fields, error in csv_rows(stream, source):
        where = f"{source}, row {number}"
        yield Row(where, fields, f"{where}: {error}" if error else "")


def _parquet(stream: BinaryIO, source: str) -> Iterator[Row]:
    for number, fields in parquet_rows(stream, source):
        yield Row(f"{source}, row {number}", fields)


def _text(stream: BinaryIO, source: str) -> Iterator[Row]:
    yield Row(source, titled(source_bytes.read_whole(stream, source).lstrip("\ufeff")))


def _document(stream: BinaryIO, source: str) -> Iterator[Row]:
    try:
        yield Row(source, document_row(source_bytes.read_bytes(stream)))
    except PostingError as error:
        yield Row(source, error=f"{source}: {error}")
    except InputError as error:
        raise InputError(f"{source}: {error}") from None


def _warc(stream: BinaryIO, source: str) -> Iterator[Row]:
    for page in warc_pages(stream, source):
        where = f"{source}, {page.url}" if page.url else source
        if page.error:
            yield Row(where, {"url": page.url}, f"{where}: {page.error}")
        else:
            yield from _found(page.data, where, page.url, page.content_type)
