"""A posting's text made ready for reading facts: the same characters, fewer kinds of them."""

import re
from bisect import bisect_left
from collections.abc import KeysView
from typing import NamedTuple

from matcher.data.headings import PART_OF_HEADING
from matcher.facts.cues import Places, find, folded
from matcher.features import heading_part
from matcher.posting import JobPosting

REACH = 300
"""Characters to either side past which a sentence is taken to end."""

HITS = 200
"""Places of one word that are looked at; a posting has a handful."""

LINES = 60
"""Lines above a thing in which its heading is looked for."""

_NOUNS = frozenset(
    "qualifications requirements responsibilities skills experience criteria duties benefits knowledge"
    " haves points".split()
)
"""Last words of headings such as "Additional preferred qualifications"."""

_WORDS = re.compile(r"[a-z'’]+")
_NOWHERE: list[int] = []
_STOPS = ("\n", ". ", "; ", "•", "! ", "? ")
_STOP = re.compile(r"\n|\. |; |•|! |\? ")


class Found(NamedTuple):
    """A value with the words that it was read from."""

    value: object
    words: str


class Page:
    """One text: ``raw`` as read, ``plain`` of the same length in lower case with one dash, quote and space.

    Offsets are good for both. Marks of Markdown read as spaces; a figure masked by four stars as ``xxxx``.
    """

    __slots__ = ("found", "plain", "raw")

    def __init__(self, raw: str, plain: str, found: Places) -> None:
        self.raw = raw
        self.plain = plain
        self.found = found

    @classmethod
    def of(cls, raw: str) -> "Page":
        """The page of a text."""
        plain, flat = folded(raw)
        return cls(raw, plain, find(flat) if flat else {})

    def cut(self, start: int, end: int) -> str:
        """The posting's own words from ``start`` to ``end``, on one line."""
        return " ".join(self.raw[start:end].split())

    def places(self, kind: str) -> list[int]:
        """Offsets of the cues of a kind, the first ``HITS`` of them."""
        return self.found.get(kind, _NOWHERE)[:HITS]

    def within(self, kind: str, left: int, right: int) -> list[int]:
        """Offsets of the cues of a kind from ``left`` on and before ``right``."""
        found = self.found.get(kind)
        return found[bisect_left(found, left) : bisect_left(found, right)] if found else _NOWHERE

    def named(self, names: KeysView[str]) -> dict[str, list[int]]:
        """Those of some names that stand in the text, each with its offsets, the first ``HITS`` of them."""
        plain, found = self.plain, self.found
        return {name: [at for at in found[name][:HITS] if plain.startswith(name, at)] for name in found.keys() & names}

    def sentences(self, kind: str) -> list[tuple[int, int]]:
        """Bounds of the sentences in which a cue of a kind stands, in order."""
        spans: list[tuple[int, int]] = []
        for at in self.places(kind):
            if not spans or at >= spans[-1][1]:
                spans.append(self.sentence(at, at + 1))
        return spans

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Bounds of the sentence, line or bullet around a range, at most ``REACH`` characters to either side."""
        plain, left, right = self.plain, max(0, start - REACH), min(len(self.plain), end + REACH)
        for stop in _STOPS:
            at = plain.rfind(stop, left, start)
            while at > 0 and stop == ". " and not _ends(plain, at):
                at = plain.rfind(stop, left, at)
            left = at + len(stop) if at >= 0 else left
        for m in _STOP.finditer(plain, end, right):
            if m.group() != ". " or _ends(plain, m.start()):
                return left, m.start()
        return left, right

    def part(self, at: int) -> str:
        """The part (``required``, ``preferred`` …) that the last heading before an offset opens, or ``""``."""
        end = self.raw.rfind("\n", 0, at)
        for _ in range(LINES):
            if end < 0:
                break
            begin = self.raw.rfind("\n", 0, end) + 1
            if 2 < end - begin < 90 and (part := _section(self.raw[begin:end])):
                return part
            end = begin - 1
        return ""


class Pages(NamedTuple):
    """What facts are read from."""

    title: Page
    description: Page
    company: Page
    location: Page

    @classmethod
    def of(cls, posting: JobPosting) -> "Pages":
        """The pages of one posting."""
        return cls(*(Page.of(getattr(posting, name)) for name in cls._fields))


def _section(line: str) -> str | None:
    """The part that a line opens for those below it: a heading that stands alone, not "PMP preferred"."""
    text = line.strip(" \t\r*#_-•·")
    words = _WORDS.findall(text.lower())
    if not words or len(words) > 9:
        return None
    if text.endswith(":") or words[-1] in _NOUNS or " ".join(words) in PART_OF_HEADING:
        return heading_part(text)
    return None


def _ends(plain: str, at: int) -> bool:
    """Whether a full stop ends a sentence: not after one letter (``b.s. ``, ``p.a. ``) or a short form."""
    before = plain[max(0, at - 5) : at].replace("\n", " ").rpartition(" ")[2]
    return (
        len(before) > 1 and before[-2:-1] != "." and before not in ("e.g", "i.e", "yrs", "min", "max", "approx", "inc")
    )
