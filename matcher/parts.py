"""The unfinished output of a run: parts, each whole or not there, in a folder beside the output."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from matcher.atomic import locked
from matcher.errors import InputError
from matcher.storage import place, reached, remove, whole

PLAN, DONE = "plan.json", ".json"
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
    name: str
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
        return self._path(DONE)

    def _path(self, suffix: str) -> Path:
        return place(self.folder) / f"{self.name}{suffix}"

    def finish(self, summary: Summary, scored: list[int], ids: list[str]) -> None:
        """Say that the part is whole; ``scored`` are the places of scored rows in it, ``ids`` their ids."""
        with whole(self.done) as file:
            file.write(json.dumps({"summary": asdict(summary), "scored": scored, "ids": ids}).encode())

    def read(self) -> tuple[Summary, list[int], list[str]]:
        """What :meth:`finish` said."""
        told = json.loads(self.done.read_text("utf-8"))
        return Summary(**told["summary"]), told["scored"], told["ids"]


@dataclass(frozen=True)
class Parts:
    """The folder of an unfinished run; small enough to send to a worker."""

    output: str
    """By its whole name: workers may be somewhere else."""
    plan: str
    """What the run is about, as JSON."""

    @property
    def folder(self) -> Path:
        """Beside the output."""
        path = place(self.output)
        return path.with_name(f".{path.name}.parts")

    @property
    def _key(self) -> str:
        """A digest of the plan, in the name of every part: what another run left, or still writes, is no part of it."""
        return hashlib.sha256(self.plan.encode()).hexdigest()[:12]

    def part(self, unit: int, piece: int) -> Part:
        """A part by the numbers, from 0, of its unit of the input and of its piece in that."""
        return self._part(f"{unit:06}-{piece:07}.{self._key}")

    def whole(self) -> list[Part]:
        """The parts that are whole, in the order of the input."""
        names = sorted(path.name.removesuffix(DONE) for path in self.folder.glob(f"[0-9]*.{self._key}{DONE}"))
        return [self._part(name) for name in names]

    def _part(self, name: str) -> Part:
        return Part(str(self.folder), name, place(self.output).suffix.lower())

    def begin(self, *, resume: bool) -> None:
        """Note what the run is about, or see that it is what it was when ``resume``.

        Raises:
            InputError: the unfinished run was about something else.
        """
        before = self.noted() if resume else None
        if before is None:
            for path in [*self.folder.iterdir()] if self.folder.exists() else []:
                path.unlink()
        elif changed := [name for name, value in json.loads(self.plan).items() if before.get(name) != value]:
            raise InputError(
                f"{self.output}: the unfinished run had other {' and '.join(changed)}; "
                "run again as it was, or without --resume to start anew"
            )
        with whole(self.folder / PLAN) as file:
            file.write(self.plan.encode())

    def noted(self) -> dict[str, Any] | None:
        """What the run in the folder is about; None where there is none."""
        try:
            return dict(json.loads((self.folder / PLAN).read_text("utf-8")))
        except (OSError, ValueError):
            return None

    def remove(self) -> None:
        """Take the folder away: the run is done."""
        remove(self.folder)


@contextmanager
def parts_of(output: Path, plan: Mapping[str, Any], *, resume: bool) -> Iterator[Parts]:
    """The parts of an output; what can be resumed stays when the run breaks off.

    One process at a time holds them; in a store, where nothing can be held, it is for the user to see to that.

    Raises:
        InputError: the output cannot be written, or the unfinished run was about something else.
        MatcherError: another run is writing it now.
    """
    parts = Parts(str(output.absolute()), json.dumps(plan))
    with _held(parts.folder, output):
        try:
            with reached(output):
                parts.begin(resume=resume)
            yield parts
        finally:
            with reached(output):
                if not any(parts.folder.glob(f"[0-9]*{DONE}")):
                    parts.remove()  # nothing to resume


def _held(folder: Path, output: Path) -> AbstractContextManager[None]:
    if not isinstance(folder, Path):
        return nullcontext()
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise InputError(f"{output}: cannot be written ({error.strerror})") from None
    return locked(folder, wait=False)
