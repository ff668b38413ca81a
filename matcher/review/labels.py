"""The label file: an append-only log of every answer, and beside it the labelled rows that ``train`` reads.

``labels.jsonl.log`` gets one JSON line for each answer or undo, on disk before the page hears of it. From it the
labelled file ``labels.jsonl`` is written whole, aside and renamed, after each line: at every moment it is well-formed.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from matcher import atomic
from matcher.errors import InputError, LabelError, StaleError
from matcher.posting import JobPosting
from matcher.review.label import Label

_FIELDS = ("id", "title", "company", "location", "url", "description")


def key_of(posting: JobPosting) -> str:
    """A posting by its words, whatever its id or place in the input: 16 hexadecimal digits."""
    words = "\x1f".join((posting.title, posting.company, posting.description))
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Line:
    """One answer of the log that holds: its number, its posting, and the whole label after it."""

    number: int
    key: str
    label: Label


class Labels:
    """The labels of one file, open for one server at a time; a context manager."""

    def __init__(self, output: str | Path) -> None:
        """Open or begin the log beside ``output``; a last line torn by a crash, never acknowledged, is cut off.

        Raises:
            InputError: the file cannot be written, another server has it open, or it is there without a log.
            LabelError: a line of the log is damaged.
        """
        self.path = Path(output)
        self.log = self.path.with_name(self.path.name + ".log")
        if self.path.exists() and not self.log.exists():
            raise InputError(f"{self.path}: is there already, and not from a review; give another name with -o")
        try:
            self._file = self.log.open("a+b", buffering=0)
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise InputError(f"{self.path}: another 'matcher review' has it open; stop that one first") from None
        except OSError as error:
            raise InputError(f"{self.log}: cannot be written ({error.strerror})") from None
        self._number = 0
        self._live: list[Line] = []
        self._stacks: dict[str, list[Line]] = {}
        self._revisions: dict[str, int] = {}
        self._postings: dict[str, Mapping[str, Any]] = {}
        try:
            self._read()
            self._write_rows()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def label(self, key: str) -> Label:
        """The label of a posting as it stands; an empty one where there is none."""
        stack = self._stacks.get(key)
        return stack[-1].label if stack else Label()

    def revision(self, key: str) -> int:
        """The number of the last line about a posting, 0 where there is none: an answer must name it."""
        return self._revisions.get(key, 0)

    @property
    def last(self) -> Line | None:
        """The answer that undo would take back."""
        return self._live[-1] if self._live else None

    def posting(self, key: str) -> JobPosting:
        """A posting that the log knows, though the input may not hold it any more."""
        return JobPosting(**self._postings[key])

    def answered(self) -> Iterator[tuple[str, Label]]:
        """Keys and labels of the postings that have a type, the first answered first."""
        return ((key, stack[-1].label) for key, stack in self._stacks.items() if stack and stack[-1].label.type)

    def change(self, posting: JobPosting, revision: int, change: Mapping[str, Any]) -> Label:
        """Keep one change of a posting's label, on disk when this returns.

        Raises:
            StaleError: the posting was answered since ``revision``.
            LabelError: not a change of a label.
            InputError: it cannot be written; nothing has changed then.
        """
        key = key_of(posting)
        if revision != self.revision(key):
            raise StaleError("this posting was changed in another tab; it is shown again as it stands")
        label = self.label(key).changed(change, posting)
        row = {} if key in self._postings else {"row": {name: getattr(posting, name) for name in _FIELDS}}
        self._append({"posting": key, "label": label.to_row(), **row})
        return label

    def undo(self, number: int) -> Line:
        """Take back the last answer, which must be line ``number``, by a line of its own; gives what was taken back.

        Raises:
            StaleError: it is not the last answer any more.
            InputError: it cannot be written; nothing has changed then.
        """
        last = self.last
        if last is None or last.number != number:
            raise StaleError("another answer was given since; look what undo would take back now")
        self._append({"undo": number})
        return last

    def _append(self, entry: dict[str, Any]) -> None:
        entry = {"line": self._number + 1, **entry, "at": datetime.now(UTC).isoformat(timespec="seconds")}
        data = json.dumps(entry).encode() + b"\n"
        size = os.fstat(self._file.fileno()).st_size
        try:
            if self._file.write(data) != len(data):
                raise OSError(28, "no space left on the disk")
            os.fsync(self._file.fileno())
        except OSError as error:
            os.truncate(self._file.fileno(), size)
            raise InputError(f"{self.log}: the answer cannot be written ({error.strerror}); try again") from None
        self._take(entry)
        self._write_rows()

    def _read(self) -> None:
        self._file.seek(0)
        data = self._file.readall()
        whole = data.rfind(b"\n") + 1
        for number, line in enumerate(data[:whole].splitlines(), 1):
            try:
                self._take(json.loads(line))
            except (ValueError, KeyError, TypeError, IndexError, AttributeError):
                raise LabelError(f"{self.log}, line {number}: damaged; restore the file, or move it away") from None
        if whole < len(data):
            os.truncate(self._file.fileno(), whole)

    def _take(self, entry: Mapping[str, Any]) -> None:
        """Take one line of the log into account."""
        number = int(entry["line"])
        if number != self._number + 1:
            raise ValueError("lines out of order")
        if "undo" in entry:
            if self._live[-1].number != entry["undo"]:
                raise ValueError("undo of a line that is not the last")
            taken = self._live.pop()
            self._stacks[taken.key].pop()
            self._revisions[taken.key] = number
        else:
            line = Line(number, str(entry["posting"]), Label.from_row(entry["label"]))
            if "row" in entry:
                self._postings[line.key] = entry["row"]
            self._live.append(line)
            self._stacks.setdefault(line.key, []).append(line)
            self._revisions[line.key] = number
        self._number = number

    def _write_rows(self) -> None:
        rows = [json.dumps(self._row(key, label)) + "\n" for key, label in self.answered()]
        if not rows and not self.path.exists():
            return  # an empty file is none that train reads
        try:
            atomic.write_text(self.path, "".join(rows))
        except OSError as error:
            raise InputError(f"{self.path}: cannot be written ({error.strerror}); the answer is in its log") from None

    def _row(self, key: str, label: Label) -> dict[str, Any]:
        """A row of the labelled file, as the contract has it."""
        posting = self._postings[key]
        said = {name: value for name, value in label.to_row().items() if name != "skipped"}
        words = str(posting["description"])
        spans = [{**span, "text": words[span["start"] : span["end"]]} for span in said["spans"]]
        return {**posting, **said, "skills": said["skills"] or None, "spans": spans}
