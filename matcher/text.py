"""Offset-safe text: HTML to plain text, and plain text to sentences.

A :class:`Span` always points into the plain description, so words cut by its offsets are the
posting's own words.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from matcher.data.openers import JOINERS, OPENERS

if TYPE_CHECKING:
    from bs4.element import Tag

ABBREVIATIONS = frozenset(
    "e.g i.e etc vs inc ltd llc co corp no nos sr jr dr mr mrs ms st approx dept incl excl min max yrs yr mgmt "
    "u.s u.k u.s.a b.s b.a m.s m.a ph.d b.sc m.sc b.e b.tech m.tech p.o a.m p.m".split()
)
"""Words before a full stop that does not end a sentence."""

MAX_WRAPPED = 8
"""Times that a description may have been escaped; real ones are escaped once or twice."""

CLAUSE_WORDS = 2
"""Words on both sides of a semicolon from which it parts two things asked for ("a degree; PMP preferred")."""

_SEMICOLON = re.compile(r"\s*;\s+")
_BLOCK = re.compile(r"</?(?:p|br|li|ul|ol|div|h[1-6]|table|tr|td|hr|section|article)\b[^<>]*>", re.I)
_INLINE = re.compile(r"</?(?:b|strong|em|i|u|span|a|font|small)(?:\s[^<>]*)?/?>", re.I)
_SIMPLE_INLINE = re.compile(r"</?(?:b|strong|em|i|u|span|a|font|small)(?: [^<>]*)?>", re.I)
_SIMPLE_BLOCK = re.compile(r"</?(?:p|br|li|ul|ol|div|h[1-6])(?: [^<>]*)?/?>", re.I)
_ITEM = re.compile(r"<li(?: [^<>]*)?>", re.I)
_ODD_ENTITY = re.compile(
    r"&(?! |(?:[a-z]{2,6}|#x(?:[2-7][0-9a-f]|[a-f][0-9a-f]|[0-9a-f]{3,4})"
    r"|#(?:3[2-9]|[4-9]\d|1[01]\d|12[0-6]|1[6-9]\d|[2-9]\d\d|[1-9]\d{3}));)",
    re.I,
)
"""An ampersand that HTML parsers and ``html.unescape`` may read in different ways."""

_SPACES, _BLANKS = re.compile(r"\s+"), re.compile(r"[^\S\n]+")
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,5});", re.I)
_BLOCK_NAMES = frozenset(
    "address article aside blockquote br dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre "
    "section table td th tr ul".split()
)
_DEAD_NAMES = ["script", "style", "noscript", "template", "svg"]
_BULLET = re.compile(r"[ \t]*(?:[-*•·–—●▪◦‣■○►➢✓✔§]|\d{1,2}[.)]|[oO](?= [A-Z]))[ \t]+|[ \t]*[•●▪◦■►➢✓✔]")
_INLINE_BULLET = re.compile(
    r"[•●▪◦■►➢✓✔·][ \t]*|\*(?<=[a-z.:;)]\*)(?=[A-Z])"
    r"|[ \t](?:[ \t]*(?:[•●▪◦■►➢✓✔·][ \t]*|(?:[-*–—o]|\d{1,2}[.)])[ \t]+(?=[A-Z]))|[ \t]{2,}(?=[A-Z]))"
)
_STOP = re.compile(r"[.!?…]+[\"')\]”’]*(?:\s+(?=[\"'(\[“‘]?[A-Z0-9•])|(?=[A-Z][a-z]))")
_GLUE = re.compile(r"[A-Z](?<=[a-z):][A-Z])(?=[a-z])")
_OPENER = re.compile(r" (?<=[a-z0-9)%+:,] ) *(?=([A-Z][A-Za-z']*)\b)")
"""Each begins with a character that it consumes, which is found much faster than a place between two."""

LONG_WORD = 64
"""Characters before a place in which the word before it is looked for: no abbreviation, opener or joiner is as long."""

_WORD_BEFORE = re.compile(r"[A-Za-z.&']+$")


class Span(NamedTuple):
    """A half-open range of characters, ``text[start:end]``."""

    start: int
    end: int


def plain_text(description: str) -> str:
    """The plain text of a description that may be HTML, escaped HTML, or plain already (then kept as it is).

    What it gives is plain: read again, it stays as it is.
    """
    if "<" not in description and "&" not in description:
        return description
    for _ in range(MAX_WRAPPED):
        plainer = _unwrapped(description)
        if plainer == description:
            break
        description = plainer
    return description


def _unwrapped(description: str) -> str:
    if "<" not in description and "&lt;" in description:
        description = unescape(description)
    if _BLOCK.search(description):
        return html_to_text(description)
    if _INLINE.search(description):
        return html_to_text(description.replace("\n", "<br>"))
    return unescape(description) if _ENTITY.search(description) else description


def html_to_text(markup: "str | Tag") -> str:
    """Plain text of HTML: one line per block, ``- `` before list items, entities decoded, scripts left out."""
    text = _without_tags(markup) if isinstance(markup, str) else None
    text = _text_of_tree(markup) if text is None else text
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", text.replace("\xa0", " "))
    text = re.sub(r"\n-\n+", "\n- ", text)
    text = re.sub(r"(?m)^- *(?:[•·*] *|- +)", "- ", text)
    text = re.sub(r"(?m)^-[ \t]*$\n?", "", text)
    return re.sub(r" {2,}", " ", re.sub(r"\n{2,}", "\n", text)).strip()


def _without_tags(markup: str) -> str | None:
    """What :func:`_text_of_tree` gives, a fifteenth of the time, for markup of a few plain tags; None for other.

    A stray end tag, which a tree drops, ends a line here.
    """
    if _ODD_ENTITY.search(markup):
        return None
    spaced = " ".join(markup.split()) + " " * markup[-1:].isspace()
    text = _SIMPLE_INLINE.sub("", spaced)
    text = _SIMPLE_BLOCK.sub("\n", _ITEM.sub("\n- ", text))
    return None if "<" in text else _BLANKS.sub(" ", unescape(text))


def _text_of_tree(markup: "str | Tag") -> str:
    from bs4 import BeautifulSoup
    from bs4.element import NavigableString, PreformattedString, Tag

    soup = markup if isinstance(markup, Tag) else BeautifulSoup(markup, "lxml")
    pieces: list[str] = []
    stack: list[Any] = [soup]
    while stack:  # a stack of our own: pages nest deeper than Python recurses
        node = stack.pop()
        if isinstance(node, str) and not isinstance(node, NavigableString):
            pieces.append(node)
        elif isinstance(node, Tag):
            if node.name in _DEAD_NAMES:
                continue
            if node.name in _BLOCK_NAMES:
                pieces.append("\n- " if node.name == "li" else "\n")
                stack.append("\n")
            stack.extend(reversed(node.contents))
        elif not isinstance(node, PreformattedString):
            pieces.append(_SPACES.sub(" ", str(node)))
    return "".join(pieces)


def _cuts(line: str) -> Iterator[tuple[int, int]]:
    """Places to cut a line: ``(end of the piece before, start of the piece after)``."""
    for m in _INLINE_BULLET.finditer(line):
        yield m.start(), m.end()
    for m in _STOP.finditer(line):
        before = _WORD_BEFORE.search(line, max(0, m.start() - LONG_WORD), m.start() + 1)
        word = before.group().rstrip(".").lower() if before else ""
        if line[m.start()] == "." and (word in ABBREVIATIONS or (len(word) == 1 and word != "i")):
            continue
        yield m.end() - len(m.group()) + len(m.group().rstrip()), m.end()
    for m in _GLUE.finditer(line):
        right = re.match(r"[A-Z][a-z']+", line[m.start() :])
        left = re.search(r"[A-Za-z]+[):]?$", line[max(0, m.start() - LONG_WORD) : m.start()])
        if line[m.start() - 1] in "):" or (right and left and right.group() in OPENERS and len(left.group()) > 3):
            yield m.start(), m.start()
    for m in _OPENER.finditer(line):
        if m.group(1) in OPENERS:
            before = _WORD_BEFORE.search(line, max(0, m.start() - LONG_WORD), m.start())
            comma = line[m.start() - 1] == ","
            if not comma and not (before and before.group().lower() in JOINERS):
                yield m.start(), m.end()


def _pieces(line: str, offset: int) -> Iterator[Span]:
    """Cut one line; pieces of fewer than three words join what follows on the same line."""
    at = 0
    cuts = sorted(set(_cuts(line)))
    cuts.append((len(line), len(line)))
    for end, start in cuts:
        if end < at or (end < len(line) and len(line[at:end].split()) < 2 and not line[at:end].rstrip().endswith(":")):
            continue
        yield from _trim(line, at, end, offset)
        at = start


def _trim(line: str, start: int, end: int, offset: int) -> Iterator[Span]:
    bullet = _BULLET.match(line, start, end)
    if bullet:
        start = bullet.end()
    while start < end and line[start] in " \t\r":
        start += 1
    while end > start and line[end - 1] in " \t\r":
        end -= 1
    pieces: list[tuple[int, int]] = []
    for cut in _SEMICOLON.finditer(line, start, end):
        if len(line[start : cut.start()].split()) >= CLAUSE_WORDS <= len(line[cut.end() : end].split()):
            pieces.append((start, cut.start()))
            start = cut.end()
    for left, right in (*pieces, (start, end)):
        if any(c.isalnum() for c in line[left:right]):
            yield Span(offset + left, offset + right)


def sentences(text: str) -> list[Span]:
    """Cut a description into sentences: bullets, lines, full stops, and run-on blobs without either.

    Every span is non-empty, holds a letter or digit, and they do not overlap.
    """
    found: list[Span] = []
    at = 0
    for line in text.split("\n"):
        found.extend(_pieces(line, at))
        at += len(line) + 1
    return found
