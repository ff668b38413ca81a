"""Inputs in fragments: descriptions of work, small enough to send anywhere, that read the same rows everywhere.

A file of JSON lines is cut into ranges of bytes, and a line belongs to the range that it begins in; a Parquet file is
cut between row groups. What can only be read from its start is one fragment, small files next to one another together,
and gives a part for every ``PIECE`` rows: so parts do not depend on who reads.
"""

import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, islice
from pathlib import Path
from typing import BinaryIO

from matcher.ingest import Row, expand, read_rows
from matcher.ingest.bytes import MAX_LINE, STDIN
from matcher.ingest.rows import JSONL, PARQUET, jsonl_rows, splits_as
from matcher.ingest.tables import group_rows, group_sizes
from matcher.storage import is_remote, opened, place, reached

RANGE = 2 * 2**20
"""Bytes of a JSONL file in one fragment, and of small files that are read together."""

SLACK = 2**16
"""Bytes fetched past a range of a remote file: the end of its last line is mostly there."""

COUNTED = 2**30
"""Bytes of a JSONL file up to which its lines are counted beforehand."""

PIECE = 500
"""Rows of one part: at least, of a Parquet file; at most, of a source that can only be read from its start."""

WHOLE, ROWS = "whole", "rows"


@dataclass(frozen=True)
class Unit:
    """Sources that are cut up together: one that can be split (``kind`` says how), or some that cannot."""

    kind: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Fragment:
    """Some rows of a unit: of a JSONL file those of its bytes ``start`` to ``stop``, of a Parquet file its row groups
    ``start`` to ``stop``, all of its sources, or ``rows`` that are read already.
    """  # noqa: D205 - one sentence

    kind: str
    sources: tuple[str, ...]
    start: int = 0
    stop: int = 0
    before: int = 0
    """Lines or rows of the source that come first."""
    rows: tuple[Row, ...] = ()
    unit: int = 0
    piece: int = 0
    """Where it stands in the input: the number of its unit, and its own in that."""
    folder: str = field(default_factory=os.getcwd)
    """Where sources are told from: a worker may be at work somewhere else."""

    def pieces(self) -> Iterator[tuple[int, Iterable[Row]]]:
        """The rows of each part that it gives, and the part's number in the unit."""
        if self.kind != WHOLE:
            yield self.piece, self.read()
            return
        rows = self.read()
        for piece in count():
            if not (taken := tuple(islice(rows, PIECE))):
                return
            yield piece, taken

    def read(self) -> Iterator[Row]:
        """The rows, in order.

        Raises:
            InputError: a source cannot be read.
        """
        if self.kind == ROWS:
            yield from self.rows
        for source in self.sources:
            path = source if is_remote(source) or source == STDIN else str(Path(self.folder, source))
            with reached(source):
                if self.kind == JSONL:
                    yield from self._lines(source, path)
                elif self.kind == PARQUET:
                    fields = group_rows(path, range(self.start, self.stop))
                    rows = enumerate(fields, self.before + 1)
                    yield from (Row(f"{source}, row {number}", row) for number, row in rows)
                elif self.kind == WHOLE:
                    yield from read_rows(source, path)

    def _lines(self, source: str, path: str) -> Iterator[Row]:
        with opened(place(path), self.stop - self.start + SLACK) as file:
            if self.start:
                file.seek(self.start - 1)
                _rest_of_line(file)  # a line that begins in the range before
            yield from jsonl_rows(self._numbered(file), source)

    def _numbered(self, file: BinaryIO) -> Iterator[tuple[int, str | None]]:
        number = self.before
        while file.tell() < self.stop and (line := file.readline(MAX_LINE)):
            number += 1
            whole = line.endswith(b"\n") or len(line) < MAX_LINE
            yield number, line.decode("utf-8", "replace") if whole else None
            if not whole:
                _rest_of_line(file)


def _rest_of_line(file: BinaryIO) -> None:
    """Read up to the end of the line, in pieces."""
    while piece := file.readline(RANGE):
        if piece.endswith(b"\n"):
            return


def units_of(sources: Sequence[str]) -> list[Unit]:
    """The sources, in order, by how they can be cut.

    Raises:
        InputError: a source is empty or no format that is read.
    """
    units: list[Unit] = []
    size = 0
    for source in sources:
        kind = splits_as(source)
        own = _size(source)
        if kind or not units or units[-1].kind != WHOLE or size + own > RANGE:
            units.append(Unit(kind or WHOLE, (source,)))
            size = own
        else:
            units[-1] = replace(units[-1], sources=(*units[-1].sources, source))
            size += own
    return units


def _size(source: str) -> int:
    """Bytes of a source; past every bound where nobody knows."""
    try:
        return place(source).stat().st_size
    except OSError:
        return RANGE + 1


def fragments(
    units: Sequence[Unit], *, inline: bool = False, counted: Mapping[str, Sequence[int]] | None = None
) -> Iterator[Fragment]:
    """All rows of the units, in order.

    ``inline`` reads what cannot be split here and now, so that several processes share it; ``counted`` gives
    :func:`count_lines` for each range of the files for which it is known.

    Raises:
        InputError: a source cannot be read at all; told when its turn comes.
    """
    for number, unit in enumerate(units):
        source = unit.sources[0]
        if unit.kind == JSONL:
            lines = (counted or {}).get(source) or map(count_lines, *_each_range(source))
            pieces = _ranges(source, lines)
        elif unit.kind == PARQUET:
            pieces = _groups(source)
        else:
            pieces = iter([Fragment(WHOLE, unit.sources)])
            if inline:
                pieces = (Fragment(ROWS, (), piece=piece, rows=tuple(rows)) for piece, rows in next(pieces).pieces())
        yield from (replace(piece, unit=number) for piece in pieces)


def count_all(units: Sequence[Unit], over: Callable[..., Iterable[int]]) -> dict[str, Sequence[int]]:
    """Lines of each range of the JSONL files behind addresses, counted by ``over``, a ``map`` on many machines."""
    sources = [unit.sources[0] for unit in units if unit.kind == JSONL and is_remote(unit.sources[0])]
    return {source: array("L", over(count_lines, *_each_range(source))) for source in sources}


def _each_range(source: str) -> tuple[list[str], list[int]]:
    """What :func:`count_lines` takes, for each range of a JSONL file."""
    starts = list(range(0, place(source).stat().st_size, RANGE))
    return [source] * len(starts), starts


def count_lines(source: str, start: int) -> int:
    """Lines of a JSONL file that begin in the ``RANGE`` bytes from ``start``."""
    before = max(start - 1, 0)
    with opened(place(source), RANGE) as file:
        file.seek(before)
        data = file.read(start + RANGE - before)
    ends = data.count(b"\n", 0, len(data) - 1)  # a line begins behind each, and there is none behind the last byte
    return ends + (start == 0)


def _ranges(source: str, lines: Iterable[int]) -> Iterator[Fragment]:
    before = 0
    for piece, begun in enumerate(lines):
        if begun:
            start = piece * RANGE
            yield Fragment(JSONL, (source,), start, start + RANGE, before, piece=piece)
        before += begun


def _groups(source: str) -> Iterator[Fragment]:
    start = before = rows = 0
    sizes = group_sizes(source)
    for group, size in enumerate(sizes):
        rows += size
        if rows >= PIECE or group == len(sizes) - 1:
            yield Fragment(PARQUET, (source,), start, group + 1, before, piece=start)
            start, before, rows = group + 1, before + rows, 0


def rows_told(inputs: Sequence[str]) -> int | None:
    """How many rows there are, where the files themselves tell it soon; for a progress bar."""
    total = 0
    for source in expand(list(inputs)):
        kind = splits_as(source)
        if kind == PARQUET:
            total += sum(group_sizes(source))
        elif kind == JSONL and not is_remote(source) and Path(source).stat().st_size < COUNTED:
            total += sum(map(count_lines, *_each_range(source)))
        else:
            return None
    return total
