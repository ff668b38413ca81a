"""A description cut into pieces that a page can show: who marked them, and what would otherwise hide."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matcher.match import Evidence
from matcher.review.label import SkillSpan
from matcher.text import sentences

_HIDDEN = frozenset(
    map(chr, (0x61C, 0x180E, 0x200B, *range(0x200E, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0xFEFF))
)
"""Marks that turn the direction of text or cannot be seen; joiners stay, emoji and scripts need them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """``description[start:start + len(text)]``, with the skills that the model and the person see asked for there.

    ``sentence`` numbers the sentence it is of (-1: none); ``hidden`` names a character that is shown by its name.
    """

    text: str
    start: int
    sentence: int = -1
    asked: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    """Skills whose words end with this piece."""
    hidden: str = ""


def is_hidden(character: str) -> bool:
    """Whether a character is a control, half of a pair, or a mark that turns or hides text."""
    kind = unicodedata.category(character)
    tag = "\U000e0000" <= character <= "\U000e007f"
    return character in _HIDDEN or tag or (kind in ("Cc", "Cs") and character not in "\t\n\r")


def name_of(character: str) -> str:
    """A hidden character by its number: ``U+202E``."""
    return f"U+{ord(character):04X}"


def visible(text: str) -> str:
    """One line of text with hidden characters as their names in brackets."""
    return "".join(f"[{name_of(c)}]" if is_hidden(c) else c for c in text)


def lines(
    description: str, evidence: Sequence[tuple[str, Evidence]], spans: Sequence[SkillSpan]
) -> Iterator[list[Piece]]:
    """The description's lines that hold text, each as pieces; together they are its characters, save line breaks."""
    whole = sentences(description)
    asked = [(skill, found.start, found.end) for skill, found in evidence]
    marked = [(span.skill, span.start, span.end) for span in spans]
    line: list[Piece] = []
    number = 0
    for start, end in pairwise(_cuts(description, [*whole, *(span[1:] for span in (*asked, *marked))])):
        text = description[start:end]
        while number < len(whole) and whole[number].end <= start:
            number += 1
        if text == "\n":
            if line:
                yield line
            line = []
        elif text != "\r":
            inside = number < len(whole) and whole[number].start <= start
            ends = tuple(dict.fromkeys(skill for skill, _, at in (*marked, *asked) if at == end))
            hidden = name_of(text) if is_hidden(text[0]) else ""
            sentence = number if inside else -1
            over = (_over(asked, start, end), _over(marked, start, end))
            line.append(Piece(text, start, sentence, *over, ends, hidden))
    if line:
        yield line


def _cuts(description: str, spans: Iterable[tuple[int, int]]) -> list[int]:
    """Where pieces begin and end: at the spans' ends, and around line breaks and hidden characters."""
    cuts = {0, len(description), *(at for span in spans for at in span)}
    for number, character in enumerate(description):
        if character in "\n\r" or is_hidden(character):
            cuts |= {number, number + 1}
    return sorted(cuts)


def _over(spans: Iterable[tuple[str, int, int]], start: int, end: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(skill for skill, left, right in spans if left <= start and end <= right))
