"""Words and word pairs, and linear models over them as plain arrays."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from matcher.data.headings import PART_OF_HEADING

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

_TOKEN = re.compile(r"[^\W_]+[+#]*")
_HEADING_WORDS = re.compile(r"[^a-z'’]+")
PREFERRED_HEADINGS = frozenset("preferred desired desirable optional nice additional".split())
TELLING_HEADINGS = frozenset(
    "responsibilities duties requirements qualifications preferred benefits desirable essential".split()
)
HEADING_CHARACTERS, HEADING_WORDS, SHORT_HEADING, HEADING_SKIPS = 60, 7, 4, 3
"""A heading is this long at most; one of few words may open a part by a single word; words that may come before it."""


def lowered(text: str) -> str:
    """Lower case, letter by letter: no letter becomes two, or another one at a word's end."""
    return (text if text.isascii() else text.replace("İ", "i").replace("Σ", "σ")).lower()


def tokens(text: str) -> list[str]:
    """Lower-cased words; whole numbers all read ``0``, so that "5 years" and "7 years" are one thing."""
    return ["0" if token.isdigit() else token for token in _TOKEN.findall(lowered(text))]


def terms(text: str) -> list[str]:
    """Words, their pairs, and the word lists (``@d:telecom``) that they stand in; each once, in order."""
    words = tokens(text)
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    lists = word_lists()
    marks: set[str] = set()
    for term in (*words, *pairs, *(f"{pair} {c}" for pair, c in zip(pairs, words[2:], strict=False))):
        if term in lists:
            marks.update(lists[term])
    return list(dict.fromkeys((*words, *pairs, *sorted(marks))))


@cache
def word_lists() -> dict[str, tuple[str, ...]]:
    """Term → marks of the lists of ``data/lexicon.toml`` that hold it."""
    data = tomllib.loads(resources.files("matcher.data").joinpath("lexicon.toml").read_text("utf-8"))
    found: dict[str, tuple[str, ...]] = {}
    for kind, lists in data.items():
        for name, listed in lists.items():
            for term in filter(None, (" ".join(part.split()) for part in listed.split(";"))):
                found[term] = (*found.get(term, ()), f"@{kind[0]}:{name}")
    return found


def heading_part(sentence: str) -> str | None:
    """The part (``duty``, ``required``, …) that a heading opens; None for no heading."""
    colon = sentence.find(":", 0, HEADING_CHARACTERS)
    head = sentence[:colon] if colon >= 0 else sentence
    if len(head) > HEADING_CHARACTERS:
        return None
    words = _HEADING_WORDS.sub(" ", lowered(head)).split()
    if not words or len(words) > HEADING_WORDS:
        return None
    for skipped in range(HEADING_SKIPS):
        if part := PART_OF_HEADING.get(" ".join(words[skipped:])):
            return "preferred" if PREFERRED_HEADINGS.intersection(words[:skipped]) else part
    if colon >= 0 or len(words) <= SHORT_HEADING:
        return next((PART_OF_HEADING[word] for word in words if word in TELLING_HEADINGS), None)
    return None


@dataclass(frozen=True)
class TermModel:
    """Linear scores over the presence of terms: ``intercept + sum(weights[term]) / sqrt(number of different terms)``.

    ``weights`` is (terms, outputs), ``intercept`` (outputs,); ``vocabulary`` maps a term to its row. Unknown terms
    count in the denominator, so that models of different vocabularies add up.
    """

    vocabulary: Mapping[str, int]
    weights: Floats
    intercept: Floats

    @classmethod
    def of(cls, names: Sequence[str], weights: Floats, intercept: Floats) -> "TermModel":
        """A model whose rows are named by ``names``."""
        return cls({name: row for row, name in enumerate(names)}, weights, intercept)

    def rows(self, found: Sequence[str]) -> Rows:
        """Rows of the known terms among ``found``, in order."""
        get = self.vocabulary.get
        known = [row for term in found if (row := get(term)) is not None]
        return np.array(known, np.int64)

    def scores(self, found: Sequence[str]) -> Floats:
        """Scores (outputs,) of a text whose different terms are ``found``."""
        rows = self.rows(found)
        if not len(rows):
            return self.intercept
        total: Floats = self.weights[rows].sum(axis=0, dtype=np.float32)
        return self.intercept + total / np.float32(np.sqrt(len(found)))


def softmax(scores: NDArray[np.floating]) -> NDArray[np.float64]:
    """Probabilities along the last axis."""
    wide = scores.astype(np.float64)
    shifted = np.exp(wide - wide.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True))


def sigmoid(scores: NDArray[np.floating]) -> NDArray[np.float64]:
    """Probability of yes for a log-odds score."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(scores.astype(np.float64), -40, 40))))
