"""Results as files: CSV, JSONL or Parquet by suffix, written aside and renamed in when whole."""

import csv
import json
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from matcher.errors import InputError
from matcher.profile import SKILLS, TYPES

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

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A cell of text that opens so would run as a formula in a spreadsheet; CSV puts an apostrophe before it."""


class Writer(Protocol):
    """Writes rows to a file that is not yet the output."""

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Add rows."""

    def close(self) -> None:
        """Finish the file."""


class ResultsFile:
    """An output that appears whole or not at all; use as a context manager."""

    wanted = True
    """Whether the file is to appear when it is whole."""

    def __init__(self, output: str) -> None:
        self.path = path = self.check(output)
        self._aside = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            self._writer = self.writers()[path.suffix.lower()](self._aside)
        except OSError as error:
            raise InputError(f"{output}: cannot be written ({error.strerror})") from None

    @classmethod
    def check(cls, output: str) -> Path:
        """The path of an output that can be written.

        Raises:
            InputError: another suffix, no such folder, or a folder itself.
        """
        path = Path(output)
        if path.suffix.lower() not in cls.writers():
            raise InputError(f"{output}: the output's name must end with {', '.join(cls.writers())}")
        if not path.parent.is_dir():
            raise InputError(f"{output}: there is no folder {path.parent}")
        if path.is_dir():
            raise InputError(f"{output}: is a folder; give a file's name")
        return path

    @staticmethod
    def writers() -> Mapping[str, Callable[[Path], Writer]]:
        """The kinds of file, by suffix."""
        return _WRITERS

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


class _Jsonl:
    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", errors="replace", newline="\n")

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._file.writelines(
            json.dumps({name: row.get(name) for name in FIELDS}, ensure_ascii=False) + "\n" for row in rows
        )

    def close(self) -> None:
        self._file.close()


class _Csv:
    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", errors="replace", newline="")
        self._names = [name for name in FIELDS if name != "evidence"]
        self._csv = csv.writer(self._file, lineterminator="\n")
        self._csv.writerow(self._names)

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._csv.writerows([cell(row.get(name)) for name in self._names] for row in rows)

    def close(self) -> None:
        self._file.close()


def cell(value: Any) -> Any:
    """A value as a CSV cell that no spreadsheet runs as a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    if isinstance(value, str):
        text = value.replace("\x00", "")
        return "'" + text if text.startswith(FORMULA_STARTS) else text
    return value


class _Parquet:
    def __init__(self, path: Path) -> None:
        import pyarrow.parquet as pq

        self._schema = parquet_schema()
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._waiting: list[dict[str, Any]] = []

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        for row in rows:
            self._waiting.append({name: _column(row.get(name)) for name in FIELDS})
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


_WRITERS: dict[str, Callable[[Path], Writer]] = {".csv": _Csv, ".jsonl": _Jsonl, ".parquet": _Parquet}
