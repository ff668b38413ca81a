"""Results as files: parts in JSONL or Parquet, joined into CSV, JSONL or Parquet; renamed in when whole."""

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Protocol, Self

import orjson

from matcher.errors import InputError
from matcher.profile import SKILLS, TYPES
from matcher.storage import is_remote, opened, place, whole

SUFFIXES = (".csv", ".jsonl", ".parquet")
ROW_GROUP = 2000
"""Rows of a Parquet row group."""

_FLOATS = (*(f"p_{name}" for name in TYPES), "match", "coverage", *(f"skill_{name}" for name in SKILLS))
_SALARY_FLOATS = ("salary_min", "salary_max", "salary_annual_min", "salary_annual_max")
_SALARY_WORDS = ("salary_currency", "salary_period", "salary_text")
_FLAGS = ("on_call", "overtime", "travel", "remote")

FIELDS: tuple[str, ...] = (
    "id",
    "title",
    "company",
    "location",
    "url",
    "status",
    "error",
    "language",
    "type",
    *_FLOATS[: len(TYPES)],
    "decision",
    *_FLOATS[len(TYPES) :],
    "salary_min",
    "salary_max",
    "salary_currency",
    "salary_period",
    "salary_annual_min",
    "salary_annual_max",
    "salary_text",
    "seniority",
    "experience_years_min",
    "education",
    "certifications",
    "sector",
    *_FLAGS,
    "duplicate_of",
    "evidence",
    "model",
)
"""Fields of an output row, in order; CSV leaves ``evidence`` out."""

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
"""A cell of text that opens so would run as a formula in a spreadsheet; CSV puts an apostrophe before it."""


NO_DUPLICATE = b'"duplicate_of":null'
"""How a line of JSON says that a row is the first of its kind; no text of a posting can hold it unescaped."""


_CONTROLS = dict.fromkeys(code for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n\r")
"""Control characters, which a terminal may obey; CSV leaves them out."""


class Writer(Protocol):
    """Writes rows to a file that is not yet the output."""

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add rows."""

    def close(self) -> None:
        """Finish the file."""


class WholeFile:
    """A file that appears whole or not at all; use as a context manager.

    Raises:
        InputError: it cannot be written there.
    """

    wanted = True
    """Whether the file is to appear when it is whole."""

    def __init__(self, path: Path, kind: Callable[[Path], Writer]) -> None:
        self.path = path
        self._aside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        try:
            self._writer = kind(self._aside)
        except OSError as error:
            raise InputError(f"{path}: cannot be written ({error.strerror})") from None

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add rows."""
        self._writer.write(rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()
        if kind is None and self.wanted:
            self._aside.replace(self.path)
        else:
            self._aside.unlink(missing_ok=True)


@contextmanager
def part_file(path: Path) -> Iterator[Writer]:
    """Rows of one part of a run, as JSONL or Parquet by suffix; there when it is whole.

    Raises:
        InputError: it cannot be written there.
    """
    with whole(path) as file:
        writer = _Lines(file) if path.suffix == ".jsonl" else _Parquet(file)
        try:
            yield writer
        finally:
            writer.close()


def output_path(output: str, suffixes: Sequence[str] = SUFFIXES) -> Path:
    """The path of an output that can be written.

    Raises:
        InputError: another suffix, no such folder, or a folder itself.
    """
    path = place(output)
    if path.suffix.lower() not in suffixes:
        raise InputError(f"{output}: the output's name must end with {', '.join(suffixes)}")
    if is_remote(output):
        return path  # a store has no folders; what else is wrong, the first write tells
    if not path.parent.is_dir():
        raise InputError(f"{output}: there is no folder {path.parent}")
    if path.is_dir():
        raise InputError(f"{output}: is a folder; give a file's name")
    return path


def join(parts: Iterable[Path], output: Path, first_ids: Mapping[int, str], *, sort: bool) -> None:
    """Write the rows of all parts in order, with ``duplicate_of`` by row number; best match first if ``sort``.

    Raises:
        InputError: the output cannot be written.
    """
    write = {".jsonl": _join_lines, ".csv": _join_csv, ".parquet": _join_parquet}[output.suffix.lower()]
    with whole(output) as file:
        write(parts, file, first_ids, sort)


class _Lines:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._file.writelines(_line({name: row.get(name) for name in FIELDS}) for row in rows)

    def close(self) -> None:
        """Nothing waits."""


def _line(row: Mapping[str, Any]) -> bytes:
    try:
        return orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:  # a lone surrogate, which no UTF-8 can hold
        text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "replace") + b"\n"


def _join_lines(parts: Iterable[Path], file: BinaryIO, first_ids: Mapping[int, str], sort: bool) -> None:
    lines = _numbered_lines(parts, first_ids)
    file.writelines(sorted(lines, key=_rank_of_line) if sort else lines)


def _numbered_lines(parts: Iterable[Path], first_ids: Mapping[int, str]) -> Iterator[bytes]:
    number = 0
    for part in parts:
        with opened(part) as file:
            for line in file:
                first = first_ids.get(number)
                yield line if first is None else line.replace(NO_DUPLICATE, b'"duplicate_of":' + orjson.dumps(first), 1)
                number += 1


def _rank_of_line(line: Any) -> tuple[bool, float]:
    return _rank(orjson.loads(line))


def _rank(row: Mapping[str, Any]) -> tuple[bool, float]:
    """What best match first sorts by; rows without a match come last."""
    return row["status"] != "ok", -(row.get("match") or 0.0)


def _join_csv(parts: Iterable[Path], file: BinaryIO, first_ids: Mapping[int, str], sort: bool) -> None:
    names = [name for name in FIELDS if name != "evidence"]
    text = io.TextIOWrapper(file, "utf-8", newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(names)
    for batch in _batches(parts, first_ids, sort, names):
        table.writerows([cell(row[name]) for name in names] for row in batch.to_pylist())
    text.detach()


def _join_parquet(parts: Iterable[Path], file: BinaryIO, first_ids: Mapping[int, str], sort: bool) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetWriter(file, parquet_schema(), compression="zstd") as writer:
        for batch in _batches(parts, first_ids, sort):
            writer.write_table(pa.Table.from_batches([batch]))


def _batches(
    parts: Iterable[Path], first_ids: Mapping[int, str], sort: bool, names: list[str] | None = None
) -> Iterator[Any]:
    """Record batches of ``ROW_GROUP`` rows, the last one shorter, whatever the sizes of the parts."""
    import pyarrow as pa

    waiting: list[Any] = []
    rows = 0
    for batch in _filled(parts, first_ids, names):
        waiting.append(batch)
        rows += len(batch)
        while rows >= ROW_GROUP and not sort:
            table = pa.Table.from_batches(waiting).combine_chunks()
            yield table.slice(0, ROW_GROUP).combine_chunks().to_batches()[0]
            rest = table.slice(ROW_GROUP)
            waiting, rows = rest.to_batches(), len(rest)
    if waiting:
        table = pa.Table.from_batches(waiting)
        if sort:
            ranks = [_rank(row) for row in table.select(["status", "match"]).to_pylist()]
            table = table.take(sorted(range(len(ranks)), key=ranks.__getitem__))
        yield from table.combine_chunks().to_batches(ROW_GROUP)


def _filled(parts: Iterable[Path], first_ids: Mapping[int, str], names: list[str] | None) -> Iterator[Any]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    for part in parts:
        with opened(part) as file:
            for batch in pq.ParquetFile(file).iter_batches(ROW_GROUP, columns=names):
                firsts = pa.array([first_ids.get(number + row) for row in range(len(batch))], pa.string())
                column = batch.schema.get_field_index("duplicate_of")
                yield batch.set_column(column, batch.schema.field(column), firsts)
                number += len(batch)


def cell(value: Any) -> Any:
    """A value as a CSV cell that no spreadsheet runs as a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    if isinstance(value, str):
        text = value.translate(_CONTROLS)
        return "'" + text if text.startswith(FORMULA_STARTS) else text
    return value


class _Parquet:
    def __init__(self, file: BinaryIO) -> None:
        import pyarrow.parquet as pq

        self._schema = parquet_schema()
        self._writer = pq.ParquetWriter(file, self._schema, compression="zstd", compression_level=1)
        self._waiting: list[dict[str, Any]] = []

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        for row in rows:
            self._waiting.append(_columns(row))
            if len(self._waiting) == ROW_GROUP:
                self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        self._writer.write_table(pa.Table.from_pylist(self._waiting, self._schema))
        self._waiting = []

    def close(self) -> None:
        if self._waiting:
            self._flush()
        self._writer.close()


def _column(value: Any) -> Any:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _columns(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _column(row.get(name)) for name in FIELDS}


def record_batch(rows: Iterable[Mapping[str, Any]]) -> Any:
    """Output rows as an Arrow record batch of :func:`parquet_schema`."""
    import pyarrow as pa

    return pa.RecordBatch.from_pylist([_columns(row) for row in rows], parquet_schema())


def parquet_schema() -> Any:
    """The Arrow schema of an output row."""
    import pyarrow as pa

    text, number = pa.string(), pa.float64()
    words = pa.struct({"text": text, "start": pa.int32(), "end": pa.int32(), "strength": text})
    evidence = pa.struct(
        {
            "summary": text,
            "runner_up": text,
            "type": pa.list_(pa.struct({"term": text, "weight": number})),
            "certifications": pa.list_(pa.struct({"name": text, "strength": text})),
            "beyond": pa.list_(text),
            "facts": pa.map_(text, text),
            "skills": pa.struct({name: pa.list_(words) for name in SKILLS}),
        }
    )
    kinds: dict[str, Any] = dict.fromkeys(FIELDS, text)
    kinds |= dict.fromkeys((*_FLOATS, *_SALARY_FLOATS), number)
    kinds |= dict.fromkeys(_FLAGS, pa.bool_())
    kinds |= {"experience_years_min": pa.int32(), "certifications": pa.list_(text), "evidence": evidence}
    return pa.schema([(name, kinds[name]) for name in FIELDS])
