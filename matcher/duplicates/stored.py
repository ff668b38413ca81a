"""Sketches on disk, read a column or some rows at a time, so that a million of them take little memory."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from matcher.duplicates.sketch import WIDTH, Numbers
from matcher.storage import opened

ROWS = 4096
"""Sketches read or turned round at once."""

_BYTES = 4 * WIDTH
"""Of one sketch."""


class StoredSketches:
    """The sketches of several files as one ``(n, WIDTH)`` table; use as a context manager.

    Takes ``table[rows]``, ``table[:, column]`` and ``table[:, first:stop]`` as an array does. They are copied twice, by
    rows and by columns, into files without a name in ``folder`` (else the system's temporary one): the files that they
    come from are read once, wherever they are, and none stays open.
    """

    def __init__(self, files: Iterable[Path], folder: Path | None = None) -> None:
        self._files = files
        self._folder = folder if isinstance(folder, Path) else None

    def __len__(self) -> int:
        return self._count

    def __enter__(self) -> Self:
        self._by_row = tempfile.TemporaryFile(dir=self._folder)
        self._by_column = tempfile.TemporaryFile(dir=self._folder)
        for path in self._files:
            with opened(path) as file:
                while data := file.read(ROWS * _BYTES):
                    self._by_row.write(data)
        self._count = self._by_row.tell() // _BYTES
        self._by_row.flush()
        for at in range(0, self._count, ROWS):
            data = os.pread(self._by_row.fileno(), ROWS * _BYTES, at * _BYTES)
            block = np.frombuffer(data, np.uint32).reshape(-1, WIDTH)
            for column, values in enumerate(np.ascontiguousarray(block.T)):
                os.pwrite(self._by_column.fileno(), values.tobytes(), 4 * (column * self._count + at))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._by_row.close()
        self._by_column.close()

    def __getitem__(self, key: Any) -> Numbers:
        if isinstance(key, tuple):
            column = key[1]
            if isinstance(column, slice):
                return np.stack([self._column(number) for number in range(*column.indices(WIDTH))], axis=1)
            return self._column(int(column))
        return self._rows(np.asarray(key))

    def _column(self, number: int) -> Numbers:
        data = os.pread(self._by_column.fileno(), 4 * self._count, 4 * number * self._count)
        return np.frombuffer(data, np.uint32)

    def _rows(self, rows: Any) -> Numbers:
        found = np.empty((len(rows), WIDTH), np.uint32)
        for at, row in enumerate(rows.tolist()):
            found[at] = np.frombuffer(os.pread(self._by_row.fileno(), _BYTES, _BYTES * row), np.uint32)
        return found
