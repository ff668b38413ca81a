"""Sketches on disk, read a column or some rows at a time, so that a million of them take little memory."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from matcher.duplicates.sketch import WIDTH, Numbers

ROWS = 4096
"""Sketches turned round at once."""


class StoredSketches:
    """The sketches of several files as one ``(n, WIDTH)`` table; use as a context manager.

    Takes ``table[rows]``, ``table[:, column]`` and ``table[:, first:stop]`` as an array does.
    """

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = [(path, path.stat().st_size // (4 * WIDTH)) for path in files]
        self._starts = np.cumsum([0, *(count for _, count in self._files)])

    def __len__(self) -> int:
        return int(self._starts[-1])

    def __enter__(self) -> Self:
        self._open = [path.open("rb", buffering=0) for path, _ in self._files]
        self._columns = tempfile.TemporaryFile(dir=self._files[0][0].parent if self._files else None)
        for number, (_, count) in enumerate(self._files):
            for at in range(0, count, ROWS):
                block = np.fromfile(self._open[number], np.uint32, min(ROWS, count - at) * WIDTH).reshape(-1, WIDTH)
                for column, values in enumerate(np.ascontiguousarray(block.T)):
                    place = 4 * (column * len(self) + int(self._starts[number]) + at)
                    os.pwrite(self._columns.fileno(), values.tobytes(), place)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._columns.close()
        for file in self._open:
            file.close()

    def __getitem__(self, key: Any) -> Numbers:
        if isinstance(key, tuple):
            column = key[1]
            if isinstance(column, slice):
                return np.stack([self._column(number) for number in range(*column.indices(WIDTH))], axis=1)
            return self._column(int(column))
        return self._rows(np.asarray(key))

    def _column(self, number: int) -> Numbers:
        data = os.pread(self._columns.fileno(), 4 * len(self), 4 * number * len(self))
        return np.frombuffer(data, np.uint32)

    def _rows(self, rows: Any) -> Numbers:
        found = np.empty((len(rows), WIDTH), np.uint32)
        files = np.searchsorted(self._starts, rows, side="right") - 1
        for at, (row, file) in enumerate(zip(rows.tolist(), files.tolist(), strict=True)):
            place = 4 * WIDTH * (row - int(self._starts[file]))
            found[at] = np.frombuffer(os.pread(self._open[file].fileno(), 4 * WIDTH, place), np.uint32)
        return found
