"""Finds the cues and names of all readers in one pass over a text."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from matcher.data.certifications import CERTIFICATIONS
from matcher.data.cues import CUES
from matcher.data.employers import SIGNS
from matcher.data.tools import forms

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

Places = dict[str, list[tuple[int, str]]]
"""Kind → where its cues stand, in order, each with the cue or name that stands there."""

CODE = "cp1252"
"""The character set of most postings, in which a text is folded a byte at a time."""

_ALIKE = {
    **dict.fromkeys("–—‑−‒―", "-"),
    **dict.fromkeys("’‘`´", "'"),
    **dict.fromkeys("\u00a0\u202f\u2009\u2007\t\\*_", " "),
}
_SIGNS = "$£€₹¥₱₦₩₫฿₪₺₽💰"
_KEPT = frozenset("abcdefghijklmnopqrstuvwxyz+#$")


_CHARS = [bytes([code]).decode(CODE, "replace") for code in range(256)]
_LOWER = [_ALIKE.get(char, char.lower()) for char in _CHARS]
_PLAIN = "".join(_LOWER).encode(CODE, "replace")
_FLAT = "".join(
    char if char in _KEPT else "0" if char in "0123456789" else "$" if char in _SIGNS else " " for char in _LOWER
).encode()


def folded(raw: str) -> tuple[str, bytes]:
    """A text in lower case with one dash, quote and space, and the same flattened; both as long as the text.

    Marks of Markdown become spaces, a figure masked by four stars ``xxxx``.
    """
    try:
        coded = raw.encode("ascii" if raw.isascii() else CODE).replace(b"****", b"xxxx")
    except UnicodeEncodeError:
        return _folded_slowly(raw)
    return coded.translate(_PLAIN).decode(CODE), coded.translate(_FLAT)


def _folded_slowly(raw: str) -> tuple[str, bytes]:
    """A text with characters that ``CODE`` lacks, folded as by :func:`folded`."""
    plain = raw.replace("****", "xxxx").lower()
    if len(plain) != len(raw):  # a few capitals have a lower case of two characters
        plain = "".join(low if len(low := char.lower()) == 1 else char for char in raw.replace("****", "xxxx"))
    for char, alike in _ALIKE.items():
        plain = plain.replace(char, alike)
    flat = plain
    for sign in _SIGNS:
        flat = flat.replace(sign, "$")
    return plain, flat.encode(CODE, "replace").translate(_FLAT)


def flattened(text: str) -> str:
    """A text as cues are written."""
    return folded(text)[1].decode()


def find(flat: bytes) -> Places:
    """Where the cues of every kind stand in a flattened text."""
    search, owners = _automaton()
    found: Places = {}
    for number, start, _ in search.find_matches_as_indexes(b" %b " % flat, overlapping=True):
        for kind, cue, shift in owners[number]:
            found.setdefault(kind, []).append((start + shift, cue))
    for places in found.values():
        places.sort()
    return found


@cache
def _automaton() -> tuple["BytesAhoCorasick", list[list[tuple[str, str, int]]]]:
    """What finds all cues at once, and for each of its patterns the kinds and cues that it stands for.

    With each goes how far into the pattern, less the space that :func:`find` puts before a text, the cue begins.
    """
    from ahocorasick_rs import BytesAhoCorasick, Implementation

    owners: dict[str, list[tuple[str, str, int]]] = {}
    for kind, cue, pattern in (*_cues(), *_names()):
        owners.setdefault(pattern, []).append((kind, cue, -1 if cue[0] == "*" or not cue[0].isalnum() else 0))
    patterns = [pattern.encode() for pattern in owners]
    return BytesAhoCorasick(patterns, implementation=Implementation.DFA), list(owners.values())


def _cues() -> Iterator[tuple[str, str, str]]:
    for kind, listed in CUES.items():
        for cue in dict.fromkeys(listed.split(";")):
            pattern = cue.replace("_", " ")
            yield kind, cue, pattern[1:] if cue[0] == "*" else f" {pattern}"


def _names() -> Iterator[tuple[str, str, str]]:
    """Names that stand for themselves; their readers look at what is before and behind them."""
    names: dict[str, Iterable[str]] = {
        "tool": (form.word.lower() for form in forms()),
        "certification": (word.partition("=")[0].rstrip("*") for item in CERTIFICATIONS for word in item.words),
        "sign": (sign for _, signs in SIGNS for sign in signs),
    }
    for kind, words in names.items():
        for word in dict.fromkeys(words):
            pattern = flattened(word)
            yield kind, word, f" {pattern}" if word[0].isalnum() else pattern
