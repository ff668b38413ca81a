"""Finds the cues and names of all readers in one pass over a text."""

import re
from codecs import charmap_decode
from collections.abc import Iterator
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

_ALIKE = {
    **dict.fromkeys("–—‑−‒―", "-"),
    **dict.fromkeys("’‘`´", "'"),
    **dict.fromkeys("\u00a0\u202f\u2009\u2007\t\\*_", " "),
}
_SIGNS = {**dict.fromkeys("£€₹¥₱₦₩₫฿₪₺₽", "$"), "💰": "@", **dict.fromkeys("123456789", "0")}
_KEPT = frozenset("abcdefghijklmnopqrstuvwxyz0+#$@")
_CHARS = [bytes([code]).decode(CODE, "replace") for code in range(256)]
_LOWER = "".join(_ALIKE.get(char, char.lower()) for char in _CHARS)
_PLAIN = _LOWER.encode(CODE, "replace")
_FLAT = "".join(sign if (sign := _SIGNS.get(char, char)) in _KEPT else " " for char in _LOWER).encode()
_JOINS = {sign: re.compile(re.escape(sign) + rb"(?=[a-z])") for sign in (b"+", b"#")}
"""Signs that join two words, or lead a hashtag, rather than end one such as "C#"."""


def folded(raw: str) -> tuple[str, bytes]:
    """A text in lower case with one dash, quote and space, and the same flattened; both as long as the text.

    Marks of Markdown become spaces, a figure masked by four stars ``xxxx``.
    """
    if raw.isascii():
        coded = raw.encode("ascii").replace(b"****", b"xxxx")
        return coded.translate(_PLAIN).decode("ascii"), coded.translate(_FLAT)
    try:
        coded = raw.encode(CODE).replace(b"****", b"xxxx")
    except UnicodeEncodeError:
        return _folded_slowly(raw)
    return charmap_decode(coded, "strict", _LOWER)[0], coded.translate(_FLAT)


def _folded_slowly(raw: str) -> tuple[str, bytes]:
    """A text with characters that ``CODE`` lacks, folded as by :func:`folded`."""
    plain = raw.replace("****", "xxxx").lower()
    if len(plain) != len(raw):  # a few capitals have a lower case of two characters
        plain = "".join(low if len(low := char.lower()) == 1 else char for char in raw.replace("****", "xxxx"))
    for char, alike in _ALIKE.items():
        plain = plain.replace(char, alike)
    flat = plain
    for sign, alike in _SIGNS.items():
        flat = flat.replace(sign, alike)
    return plain, flat.encode(CODE, "replace").translate(_FLAT)


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
    for key, pattern, shift in (*_cues(), *_names()):
        owners.setdefault(pattern, {})[key, shift] = None
    search = BytesAhoCorasick([pattern.encode() for pattern in owners], implementation=Implementation.ContiguousNFA)
    return search, [tuple(owned) for owned in owners.values()]


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
