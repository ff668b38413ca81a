"""The unfinished output of a run: one part a fragment, each whole or not there, in a folder beside the output."""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import count, takewhile
from pathlib import Path
from typing import Any

from matcher.atomic import locked
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
        for name, rows in other.types.items():
            self.types[name] = self.types.get(name, 0) + rows
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
    """The folder of an unfinished run."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self.folder = output.absolute().with_name(f".{output.name}.parts")  # workers may be somewhere else

    def part(self, number: int) -> Part:
        """A part by its number from 0."""
        return Part(str(self.folder), number, self._output.suffix.lower())

    def whole(self) -> list[Part]:
        """The parts from the first one on that are whole."""
        return list(takewhile(lambda part: part.done.exists(), map(self.part, count())))

    def begin(self, plan: Mapping[str, Any], *, resume: bool) -> None:
        """Note what the run is about, or see that it is what it was when ``resume``.

        Raises:
            InputError: the unfinished run was about something else.
        """
        plan = json.loads(json.dumps(plan))
        before = self._noted() if resume else None
        if before is None:
            for path in self.folder.iterdir():
                path.unlink()
        elif changed := [name for name, value in plan.items() if before.get(name) != value]:
            raise InputError(
                f"{self._output}: the unfinished run had other {' and '.join(changed)}; "
                "run again as it was, or without --resume to start anew"
            )
        (self.folder / PLAN).write_text(json.dumps(plan), "utf-8")

    def _noted(self) -> dict[str, Any] | None:
        try:
            noted = json.loads((self.folder / PLAN).read_text("utf-8"))
        except (OSError, ValueError):
            return None  # nothing to resume: a run from the start
        return dict(noted)

    def remove(self) -> None:
        """Take the folder away: the run is done."""
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def parts_of(output: Path, plan: Mapping[str, Any], *, resume: bool) -> Iterator[Parts]:
    """The parts of an output, held by one process at a time; what can be resumed stays when the run breaks off.

    Raises:
        InputError: the output cannot be written, or the unfinished run was about something else.
        MatcherError: another run is writing it now.
    """
    parts = Parts(output)
    try:
        parts.folder.mkdir(exist_ok=True)
    except OSError as error:
        raise InputError(f"{output}: cannot be written ({error.strerror})") from None
    with locked(parts.folder, wait=False):
        try:
            parts.begin(plan, resume=resume)
            yield parts
        finally:
            if not any(parts.folder.glob("[0-9]*.json")):
                parts.remove()  # nothing to resume
