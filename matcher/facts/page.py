"""A posting's text made ready for reading facts: the same characters, fewer kinds of them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from matcher.data.headings import PART_OF_HEADING
from matcher.features import heading_part

REACH = 300
"""Characters to either side past which a sentence is taken to end."""

HITS = 200
"""Places of one word that are looked at; a posting has a handful."""

LINES = 60
"""Lines above a thing in which its heading is looked for."""

_ALIKE = (
    *((dash, "-") for dash in "–—‑−‒―"),
    *((quote, "'") for quote in "’‘`´"),
    *((space, " ") for space in "\u00a0\u202f\u2009\u2007\t\\*_"),
)
_NOUNS = frozenset(
    "qualifications requirements responsibilities skills experience criteria duties benefits knowledge"
    " haves points".split()
)
"""Last words of headings such as "Additional preferred qualifications"."""

_PREFERS = tuple("prefer;desir;nice to;nice-to;good to have;bonus;plus;asset;advantage;great if".split(";"))
_WORDS = re.compile(r"[a-z'’]+")
_PUNCTUATION = b",.;:()[]/'\"!?|&"
_TO_SPACES = bytes.maketrans(_PUNCTUATION, b" " * len(_PUNCTUATION))
_STOPS = ("\n", ". ", "; ", "•", "! ", "? ")


class Found(NamedTuple):
    """A value with the words that it was read from."""

    value: object
    words: str


class Page:
    """One text: ``raw`` as read, ``plain`` of the same length in lower case with one dash, quote and space.

    Offsets are good for both. Marks of Markdown read as spaces; a figure masked by four stars as ``xxxx``.
    """

    __slots__ = ("_prefers", "_vocabulary", "plain", "raw")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        plain = raw.lower()
        if len(plain) != len(raw):  # a few capitals have a lower case of two characters
            plain = "".join(low if len(low := char.lower()) == 1 else char for char in raw)
        for char, alike in _ALIKE if not raw.isascii() else _ALIKE[-4:]:
            if char in plain:
                plain = (
                    plain.replace("****", "xxxx").replace(char, alike) if char == "*" else plain.replace(char, alike)
                )
        self.plain = plain
        self._prefers: bool | None = None
        self._vocabulary: frozenset[str] | None = None

    @property
    def vocabulary(self) -> frozenset[str]:
        """The different words in ASCII letters, cut at spaces and punctuation but ``+`` and ``-`` (``security+``)."""
        if self._vocabulary is None:
            ascii_only = self.plain.encode("ascii", "replace").translate(_TO_SPACES)
            self._vocabulary = frozenset(ascii_only.decode("ascii").split())
        return self._vocabulary

    def cut(self, start: int, end: int) -> str:
        """The posting's own words from ``start`` to ``end``, on one line."""
        return " ".join(self.raw[start:end].split())

    def places(self, word: str) -> Iterator[int]:
        """Offsets of a literal, the first ``HITS`` of them."""
        at, length = self.plain.find(word), len(word)
        for _ in range(HITS):
            if at < 0:
                return
            yield at
            at = self.plain.find(word, at + length)

    def words(self, word: str) -> Iterator[tuple[int, int]]:
        """Bounds of a literal where it stands as words of its own; ``*`` at its end: where it begins one."""
        plain, stem = self.plain, word.removesuffix("*")
        for at in self.places(stem):
            end = at + len(stem)
            if not (at and plain[at - 1].isalnum()) and (stem != word or not plain[end : end + 1].isalnum()):
                yield at, end

    @property
    def prefers(self) -> bool:
        """Whether anything in the text is said to be liked rather than required."""
        if self._prefers is None:
            self._prefers = any(cue in self.plain for cue in _PREFERS)
        return self._prefers

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Bounds of the sentence, line or bullet around a range, at most ``REACH`` characters to either side."""
        plain, left, right = self.plain, max(0, start - REACH), min(len(self.plain), end + REACH)
        for stop in _STOPS:
            at = plain.rfind(stop, left, start)
            while at > 0 and stop == ". " and not _ends(plain, at):
                at = plain.rfind(stop, left, at)
            left = at + len(stop) if at >= 0 else left
            at = plain.find(stop, end, right)
            while at >= 0 and stop == ". " and not _ends(plain, at):
                at = plain.find(stop, at + 1, right)
            right = at if at >= 0 else right
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
