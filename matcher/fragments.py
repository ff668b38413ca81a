"""Inputs in fragments: descriptions of work, small enough to send anywhere, that read the same rows everywhere."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from matcher.ingest import Row, expand, read_rows
from matcher.ingest.bytes import MAX_LINE
from matcher.ingest.rows import JSONL, PARQUET, jsonl_rows, splits_as
from matcher.ingest.tables import group_rows, group_sizes

RANGE = 2 * 2**20
"""Bytes of a JSONL file in one fragment, to the end of the line."""

COUNTED = 2**30
"""Bytes of a JSONL file up to which its lines are counted beforehand."""

PIECE = 500
"""Rows of one fragment: at least, of a Parquet file; at most, of a source that can only be read from its start."""


@dataclass(frozen=True)
class Fragment:
    """Some rows of a source: bytes ``start`` to ``stop`` of a JSONL file, row groups ``start`` to ``stop`` of a Parquet
    file, or ``rows`` that are read already; ``before`` lines or rows of the source come first, ``lines`` are in it.
    """  # noqa: D205 - one sentence

    source: str
    kind: str = ""
    start: int = 0
    stop: int = 0
    before: int = 0
    lines: int = 0
    rows: tuple[Row, ...] = ()
    folder: str = field(default_factory=os.getcwd)
    """Where ``source`` is told from: a worker may be at work somewhere else."""

    def read(self) -> Iterator[Row]:
        """The rows, in order."""
        if self.kind == JSONL:
            return self._lines()
        if self.kind == PARQUET:
            fields = group_rows(str(Path(self.folder, self.source)), range(self.start, self.stop))
            return (Row(f"{self.source}, row {number}", row) for number, row in enumerate(fields, self.before + 1))
        return iter(self.rows)

    def _lines(self) -> Iterator[Row]:
        with Path(self.folder, self.source).open("rb") as file:
            file.seek(self.start)
            yield from jsonl_rows(self._numbered(file), self.source)

    def _numbered(self, file: BinaryIO) -> Iterator[tuple[int, str | None]]:
        number = self.before
        while file.tell() < self.stop and (line := file.readline(MAX_LINE)):
            number += 1
            whole = line.endswith(b"\n") or len(line) < MAX_LINE
            yield number, line.decode("utf-8", "replace") if whole else None
            if not whole:
                _rest_of_line(file)


def _rest_of_line(file: BinaryIO) -> int:
    """Bytes up to the end of the line, read in pieces."""
    size = 0
    while piece := file.readline(RANGE):
        size += len(piece)
        if piece.endswith(b"\n"):
            break
    return size


def fragments(sources: Sequence[str]) -> Iterator[Fragment]:
    """All rows of the sources, in order.

    Raises:
        InputError: a source cannot be read at all; told when its turn comes.
    """
    for source in sources:
        kind = splits_as(source)
        if kind == JSONL:
            yield from _ranges(source)
        elif kind == PARQUET:
            yield from _groups(source)
        else:
            rows = read_rows(source)
            while piece := tuple(islice(rows, PIECE)):
                yield Fragment(source, rows=piece)


def _ranges(source: str) -> Iterator[Fragment]:
    start = before = 0
    with Path(source).open("rb") as file:
        while data := file.read(RANGE):
            size, lines = len(data), data.count(b"\n")
            if not data.endswith(b"\n"):
                size += _rest_of_line(file)
                lines += 1
            yield Fragment(source, JSONL, start, start + size, before, lines)
            start += size
            before += lines


def _groups(source: str) -> Iterator[Fragment]:
    start = before = rows = 0
    sizes = group_sizes(source)
    for group, size in enumerate(sizes):
        rows += size
        if rows >= PIECE or group == len(sizes) - 1:
            yield Fragment(source, PARQUET, start, group + 1, before)
            start, before, rows = group + 1, before + rows, 0


def rows_told(inputs: Sequence[str]) -> int | None:
    """How many rows there are, where the files themselves tell it soon; for a progress bar."""
    total = 0
    for source in expand(list(inputs)):
        kind = splits_as(source)
        if kind == PARQUET:
            total += sum(group_sizes(source))
        elif kind == JSONL and Path(source).stat().st_size < COUNTED:
            total += sum(fragment.lines for fragment in _ranges(source))
        else:
            return None
    return total
