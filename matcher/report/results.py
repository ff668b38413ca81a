"""What ``classify`` wrote, read back: a table of all fields but the evidence, and the evidence of some rows."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.errors import InputError
from matcher.results import FORMULA_STARTS, SUFFIXES, parquet_schema

EVIDENCE = "evidence"
NEEDED = ("status", "type")
"""A file without these fields was not written by ``classify``."""

_CHUNK = 2000
_CELL = 2**24
"""Characters of one CSV cell: no title or error is longer."""


@dataclass(frozen=True)
class Results:
    """Results of a batch run; row numbers count from 0 in the order of the file."""

    path: Path
    table: Any
    """A :class:`pyarrow.Table` with every field of an output row but ``evidence``; absent ones are null."""

    @classmethod
    def read(cls, path: str) -> "Results":
        """Read a results file (.parquet, .jsonl, .csv).

        Raises:
            InputError: not there, of another kind, or not what ``classify`` writes.
        """
        place = Path(path)
        reader = _TABLES.get(place.suffix.lower())
        if reader is None:
            raise InputError(f"{path}: not results; give what 'matcher classify' wrote ({', '.join(SUFFIXES)})")
        try:
            table = reader(place)
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({error.strerror or error})") from None
        if not table.num_rows:
            raise InputError(f"{path}: no rows in it")
        return cls(place, table)

    @property
    def has_evidence(self) -> bool:
        """Whether the file can hold evidence; CSV leaves it out."""
        return self.path.suffix.lower() != ".csv"

    @property
    def types_only(self) -> bool:
        """Whether only types were told (``--only type``)."""
        column = self.table["match"]
        return bool(column.null_count == len(column))

    def evidence(self, rows: Iterable[int]) -> dict[int, dict[str, Any]]:
        """The evidence of some rows, by row number; rows without any are left out."""
        wanted = set(rows)
        if not wanted or not self.has_evidence:
            return {}
        pieces = _parquet_evidence if self.path.suffix.lower() == ".parquet" else _jsonl_evidence
        return {row: _tidy(found) for row, found in pieces(self.path, wanted) if found}


def _tidy(found: Mapping[str, Any]) -> dict[str, Any]:
    """Evidence in one shape, whichever file it comes from."""
    skills = {name: spans for name, spans in (found.get("skills") or {}).items() if spans}
    return {**found, "skills": skills, "facts": dict(found.get("facts") or ())}


def _schema() -> Any:
    schema = parquet_schema()
    return schema.remove(schema.get_field_index(EVIDENCE))


def _parquet(path: Path) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        names = pq.read_schema(path).names
        known = [name for name in _schema().names if name in names]
        return _whole(pq.read_table(path, columns=known), path)
    except pa.ArrowException:
        raise InputError(f"{path}: not a Parquet file that can be read; classify again") from None


def _jsonl(path: Path) -> Any:
    return _from_rows(({k: v for k, v in row.items() if k != EVIDENCE} for _, row in _json_lines(path)), path)


def _csv(path: Path) -> Any:
    import pyarrow as pa

    kinds = {field.name: field.type for field in _schema()}
    csv.field_size_limit(_CELL)
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.DictReader(file)
        _check(reader.fieldnames or (), path)
        try:
            rows = ({name: _value(row.get(name), kind, pa) for name, kind in kinds.items()} for row in reader)
            return _from_rows(rows, path)
        except (ValueError, csv.Error) as error:
            raise InputError(f"{path}: line {reader.line_num}: {error}; classify again") from None


def _value(cell: str | None, kind: Any, pa: Any) -> Any:
    """A CSV cell as the value that was written."""
    if not cell:
        return None
    if kind == pa.string():
        return cell[1:] if cell[0] == "'" and cell[1:].startswith(FORMULA_STARTS) else cell
    if kind == pa.bool_():
        return cell == "true"
    if pa.types.is_list(kind):
        return cell.split("; ")
    return int(cell) if pa.types.is_integer(kind) else float(cell)


def _json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file):
            try:
                row = json.loads(line)
            except ValueError:
                row = None
            if not isinstance(row, dict):
                raise InputError(f"{path}: line {number + 1}: not a row of results; classify again")
            yield number, row


def _from_rows(rows: Iterable[Mapping[str, Any]], path: Path) -> Any:
    import pyarrow as pa

    schema, parts, waiting, names = _schema(), [], [], set[str]()
    for row in rows:
        names.update(row)
        waiting.append(row)
        if len(waiting) == _CHUNK:
            parts.append(_arrow(waiting, schema, path))
            waiting = []
    parts.append(_arrow(waiting, schema, path))
    if names:
        _check(names, path)
    return pa.concat_tables(parts)


def _arrow(rows: Sequence[Mapping[str, Any]], schema: Any, path: Path) -> Any:
    import pyarrow as pa

    try:
        return pa.Table.from_pylist(rows, schema)
    except (pa.ArrowException, TypeError) as error:
        raise InputError(f"{path}: not results of 'matcher classify' ({error})") from None


def _check(names: Iterable[str], path: Path) -> None:
    if missing := [name for name in NEEDED if name not in set(names)]:
        raise InputError(f"{path}: no column {missing[0]!r}; give what 'matcher classify' wrote")


def _whole(table: Any, path: Path) -> Any:
    """A table with every field of the schema, in its order and kinds."""
    import pyarrow as pa

    _check(table.column_names, path)
    columns = [
        table[field.name].cast(field.type) if field.name in table.column_names else pa.nulls(table.num_rows, field.type)
        for field in _schema()
    ]
    return pa.table(columns, schema=_schema())


def _parquet_evidence(path: Path, wanted: set[int]) -> Iterator[tuple[int, Mapping[str, Any] | None]]:
    import pyarrow.parquet as pq

    file = pq.ParquetFile(path)
    if EVIDENCE not in file.schema_arrow.names:
        return
    start = 0
    for group in range(file.num_row_groups):
        end = start + file.metadata.row_group(group).num_rows
        if inside := sorted(row for row in wanted if start <= row < end):
            column = file.read_row_group(group, columns=[EVIDENCE])[EVIDENCE]
            yield from zip(inside, column.take([row - start for row in inside]).to_pylist(), strict=True)
        start = end


def _jsonl_evidence(path: Path, wanted: set[int]) -> Iterator[tuple[int, Mapping[str, Any] | None]]:
    return ((number, row.get(EVIDENCE)) for number, row in _json_lines(path) if number in wanted)


_TABLES: dict[str, Callable[[Path], Any]] = {".parquet": _parquet, ".jsonl": _jsonl, ".csv": _csv}
