"""The unfinished output of a run: one part a fragment, each whole or not there, in a folder beside the output."""

import fcntl
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from matcher.errors import InputError

PLAN = "plan.json"
MAX_LISTED = 20
"""Rejected rows that a summary names."""


@dataclass
class Summary:
    """What a run, or a part of it, did."""

    rows: int = 0
    rejected: int = 0
    unsupported: int = 0
    """Rows in another language than English."""
    duplicates: int = 0
    accepted: int = 0
    types: dict[str, int] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def scored(self) -> int:
        """Rows that have a type."""
        return self.rows - self.rejected - self.unsupported

    def add(self, row: Mapping[str, Any]) -> None:
        """Count one output row."""
        self.rows += 1
        if row["status"] == "unsupported_language":
            self.unsupported += 1
            return
        if row["status"] != "ok":
            self.rejected += 1
            if len(self.errors) < MAX_LISTED:
                self.errors.append(row["error"])
            return
        self.types[row["type"]] = self.types.get(row["type"], 0) + 1
        self.accepted += row["decision"] == "accept"

    def join(self, other: "Summary") -> None:
        """Add the counts of another part."""
        self.rows += other.rows
        self.rejected += other.rejected
        self.unsupported += other.unsupported
        self.accepted += other.accepted
        for name, count in other.types.items():
            self.types[name] = self.types.get(name, 0) + count
        self.errors += other.errors[: MAX_LISTED - len(self.errors)]


@dataclass(frozen=True)
class Part:
    """Where the files of one part are: rows, sketches and ids of the scored ones, and the summary, written last."""

    folder: str
    number: int
    suffix: str

    @property
    def rows(self) -> Path:
        """The part's rows, in the format of the output (``.csv`` is made of Parquet at the end)."""
        return self._path(".jsonl" if self.suffix == ".jsonl" else ".parquet")

    @property
    def sketches(self) -> Path:
        """Sketches (scored, width) of the scored postings."""
        return self._path(".sketches")

    @property
    def done(self) -> Path:
        """The part's summary; the part is whole where it is there."""
        return self._path(".json")

    def _path(self, suffix: str) -> Path:
        return Path(self.folder) / f"{self.number:07}{suffix}"

    def finish(self, summary: Summary, scored: list[int], ids: list[str]) -> None:
        """Say that the part is whole; ``scored`` are the places of scored rows in it, ``ids`` their ids."""
        aside = self._path(f".{os.getpid()}.tmp")
        aside.write_text(json.dumps({"summary": asdict(summary), "scored": scored, "ids": ids}), "utf-8")
        aside.replace(self.done)

    def read(self) -> tuple[Summary, list[int], list[str]]:
        """What :meth:`finish` said."""
        told = json.loads(self.done.read_text("utf-8"))
        return Summary(**told["summary"]), told["scored"], told["ids"]


class Parts:
    """The folder of an unfinished run, held by one process at a time; use as a context manager."""

    def __init__(self, output: Path, plan: Mapping[str, Any], *, resume: bool) -> None:
        self.folder = output.with_name(f".{output.name}.parts")
        self._suffix = output.suffix.lower()
        self._output = output
        self._plan = json.loads(json.dumps(plan))
        self._resume = resume
        self._lock: IO[str] | None = None

    def __enter__(self) -> Self:
        try:
            self.folder.mkdir(exist_ok=True)
            self._lock = (self.folder / "lock").open("w")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(f"{self._output}: another run is writing it now") from None
        except OSError as error:
            raise InputError(f"{self._output}: cannot be written ({error.strerror})") from None
        if self._resume:
            self._check()
        else:
            self._clear()
        (self.folder / PLAN).write_text(json.dumps(self._plan), "utf-8")
        return self

    def _check(self) -> None:
        try:
            before = json.loads((self.folder / PLAN).read_text("utf-8"))
        except (OSError, ValueError):
            return  # nothing to resume: a run from the start
        changed = [name for name in self._plan if before.get(name) != self._plan[name]]
        if changed:
            raise InputError(
                f"{self._output}: the unfinished run had other {' and '.join(changed)}; "
                "run again as it was, or without --resume to start anew"
            )

    def _clear(self) -> None:
        for path in self.folder.iterdir():
            if path.name != "lock":
                path.unlink()

    def part(self, number: int) -> Part:
        """A part by its number from 0."""
        return Part(str(self.folder), number, self._suffix)

    def remove(self) -> None:
        """Take the folder away: the run is done."""
        shutil.rmtree(self.folder)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._lock:
            self._lock.close()
        if kind is not None and not any(self.folder.glob("[0-9]*.json")):
            shutil.rmtree(self.folder, ignore_errors=True)  # nothing to resume
