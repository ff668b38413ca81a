"""Postings as files in the input format: JSONL or CSV by suffix, written aside and renamed in when whole."""

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from matcher.results import WholeFile, cell

FIRST = ("id", "title", "company", "location", "url", "description")
LAST = ("sources", "gone")
"""Columns before and after the properties, which each posting has its own of."""


SUFFIXES = (".jsonl", ".csv")


def postings_file(path: Path) -> WholeFile:
    """An output of postings, by suffix."""
    return WholeFile(path, _Csv if path.suffix.lower() == ".csv" else _Jsonl)


class _Jsonl:
    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", errors="replace", newline="\n")

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._file.writelines(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)

    def close(self) -> None:
        self._file.close()


class _Csv:
    """Rows wait in a file of lines until all columns are known."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting = path.with_name(path.name + ".rows")
        self._lines = _Jsonl(self._waiting)
        self._names: set[str] = set()

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        for row in rows:
            self._names.update(row)
            self._lines.write([row])

    def close(self) -> None:
        self._lines.close()
        names = [*FIRST, *sorted(self._names.difference(FIRST, LAST)), *LAST]
        with (
            self._waiting.open(encoding="utf-8") as lines,
            self._path.open("w", encoding="utf-8", errors="replace", newline="") as file,
        ):
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(names)
            writer.writerows([_cell(row.get(name)) for name in names] for row in map(json.loads, lines))
        self._waiting.unlink()


def _cell(value: Any) -> Any:
    """A cell: lists and objects as JSON, the rest as in results."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else cell(value)
