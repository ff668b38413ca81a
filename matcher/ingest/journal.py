"""What a run has read so far, on disk: one line a visit, so that an interrupted run can go on where it was."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import fields
from pathlib import Path

from matcher.atomic import locked
from matcher.errors import InputError
from matcher.ingest.crawl import Visit


class Journal:
    """The visits of one run, in the file beside its output.

    Raises:
        InputError: the file is there and the run is not to go on with it, or it is not such a file.
        MatcherError: another run is at work with it.
    """

    def __init__(self, path: Path, resume: bool) -> None:
        self.path, self._held = path, ExitStack()
        kept = path.exists()
        try:
            self._held.enter_context(locked(path, wait=False))
            if kept and not resume:
                self._held.close()
                raise InputError(f"{path}: an interrupted run is kept here; go on with --resume, or delete the file")
            self._file = self._held.enter_context(path.open("ab+"))
        except OSError as error:
            raise InputError(f"{path}: cannot be written ({error.strerror})") from None
        self._file.seek(self._whole())
        self._file.truncate()

    def _whole(self) -> int:
        """Bytes of whole lines: a run that was killed may have left a part of one."""
        self._file.seek(0)
        return sum(len(line) for line in self._file if line.endswith(b"\n"))

    def visits(self) -> Iterator[Visit]:
        """Every visit kept, in order."""
        self._file.seek(0)
        for number, line in enumerate(self._file, 1):
            try:
                kept = json.loads(line)
                yield Visit(**{**kept, "addresses": tuple(kept["addresses"])})
            except (ValueError, TypeError, KeyError):
                raise InputError(f"{self.path}, line {number}: not the state of a run; delete the file") from None

    def add(self, visit: Visit) -> None:
        """Keep a visit; from then on it outlives the process.

        Raises:
            InputError: the file cannot be written any more.
        """
        try:
            line = _line(visit)
        except RecursionError:
            line = _line(Visit(visit.addresses, failed="its values are nested too deeply"))
        try:
            self._file.write(line)
            self._file.flush()
        except OSError as error:
            raise InputError(f"{self.path}: cannot be written ({error.strerror})") from None

    def close(self) -> None:
        """Let go of the file."""
        self._held.close()

    def remove(self) -> None:
        """Forget the run: it is over."""
        self.path.unlink(missing_ok=True)
        self.close()


def _line(visit: Visit) -> bytes:
    values = {part.name: getattr(visit, part.name) for part in fields(visit)}
    return json.dumps(values, ensure_ascii=False, default=str).encode("utf-8", "replace") + b"\n"
