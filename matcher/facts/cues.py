"""Finds the cues and names of all readers in one pass over a text."""

import re
from codecs import charmap_decode
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from matcher.data.certifications import CERTIFICATIONS
from matcher.data.cues import CUES
from matcher.data.employers import SIGNS
from matcher.data.tools import forms

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

Places = dict[str, list[int]]
"""Kind of cue, or name → the offsets at which it stands in a text, in order."""

LENGTH = 300_000
"""Characters of a text in which cues are looked for; a posting has some thousands."""

CODE = "cp1252"
"""The character set of most postings, in which a text is folded a byte at a time."""

MASKED, _MASK = "****", "xxxx"
"""How some sites mask a figure, and what is read instead."""

_ALIKE = {
    **dict.fromkeys("–—‑−‒―", "-"),
    **dict.fromkeys("’‘`´", "'"),
    **dict.fromkeys("\u00a0\u202f\u2009\u2007\t\\*_", " "),
}
_SIGNS = {**dict.fromkeys("£€₹¥₱₦₩₫฿₪₺₽", "$"), "💰": "@", **dict.fromkeys("123456789", "0")}
KEPT = frozenset("abcdefghijklmnopqrstuvwxyz0+#$@")
"""Characters of a flattened text beside the space."""


def plain_char(char: str) -> str:
    """A character in lower case, with one dash, quote and space; a few capitals have none of one character."""
    return _ALIKE.get(char) or (low if len(low := char.lower()) == 1 else char)


def flat_char(char: str) -> str:
    """A character as cues are written."""
    plain = plain_char(char)
    return sign if (sign := _SIGNS.get(plain, plain)) in KEPT else " "


class _Each(dict[int, str]):
    """Code point → what a function makes of the character, for :meth:`str.translate`."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, code: int) -> str:
        made = self[code] = self._make(chr(code))
        return made


_PLAIN_OF, _FLAT_OF = _Each(plain_char), _Each(flat_char)
_CHARS = [bytes([code]).decode(CODE, "replace") for code in range(256)]
_LOWER = "".join(map(plain_char, _CHARS))
_PLAIN = _LOWER.encode(CODE, "replace")
_FLAT = "".join(map(flat_char, _CHARS)).encode()
_JOINS = {sign: re.compile(re.escape(sign) + rb"(?=[a-z])") for sign in (b"+", b"#")}
"""Signs that join two words, or lead a hashtag, rather than end one such as "C#"."""


def folded(raw: str) -> tuple[str, bytes]:
    """A text in lower case with one dash, quote and space, and the same flattened; both as long as the text.

    Marks of Markdown become spaces, a figure masked by four stars ``xxxx``.
    """
    raw = raw.replace(MASKED, _MASK)
    if raw.isascii():
        coded = raw.encode("ascii")
        return coded.translate(_PLAIN).decode("ascii"), coded.translate(_FLAT)
    try:
        coded = raw.encode(CODE)
    except UnicodeEncodeError:  # it has characters that ``CODE`` lacks
        return raw.translate(_PLAIN_OF), raw.translate(_FLAT_OF).encode()
    return charmap_decode(coded, "strict", _LOWER)[0], coded.translate(_FLAT)


def flattened(text: str) -> str:
    """A text as cues are written."""
    return folded(text)[1].decode()


def find(flat: bytes) -> Places:
    """Where the cues of every kind, and the names, stand in a flattened text."""
    search, owners = _automaton()
    found: Places = {}
    for sign, joining in _JOINS.items():
        if sign in flat:
            flat = joining.sub(b" ", flat)
    for number, start, _ in search.find_matches_as_indexes(b" %b " % flat[:LENGTH], overlapping=True):
        for key, shift in owners[number]:
            if key in found:
                found[key].append(start + shift)
            else:
                found[key] = [start + shift]
    for places in found.values():
        places.sort()
    return found


@cache
def _automaton() -> tuple["BytesAhoCorasick", list[tuple[tuple[str, int], ...]]]:
    """What finds all cues and names at once, and for each of its patterns the kinds and names that it stands for.

    With each goes how far from the pattern, in a text with a space before it, the cue or name begins in the text.
    """
    from ahocorasick_rs import BytesAhoCorasick, Implementation

    owners: dict[str, dict[tuple[str, int], None]] = {}
    for key, pattern, shift in patterns():
        owners.setdefault(pattern, {})[key, shift] = None
    search = BytesAhoCorasick([pattern.encode() for pattern in owners], implementation=Implementation.ContiguousNFA)
    return search, [tuple(owned) for owned in owners.values()]


def patterns() -> Iterator[tuple[str, str, int]]:
    """Kind or name, pattern, and how far from the pattern it begins, as in :func:`_automaton`."""
    yield from _cues()
    yield from _names()


def _cues() -> Iterator[tuple[str, str, int]]:
    """Kind, pattern and shift of every cue."""
    for kind, listed in CUES.items():
        for cue in listed.replace("_", " ").split(";"):
            yield (kind, cue[1:], -1) if cue[0] == "*" else (kind, f" {cue}", 0)


def _names() -> Iterator[tuple[str, str, int]]:
    """Name, pattern and shift of names that stand for themselves; their readers look at what is around them."""
    listed = [form.word.lower() for form in forms()]
    listed += [word.partition("=")[0] for item in CERTIFICATIONS for word in item.words]
    for name in listed:
        pattern, shift = (f" {flattened(name)}", 0) if name[0].isalnum() else (flattened(name), -1)
        for end in (" ", "+") if name[-1].isalnum() else ("",):
            yield name.strip("*"), pattern.rstrip() + end, shift
    for _, signs in SIGNS:
        for sign in signs:
            yield sign, flattened(sign), -1
