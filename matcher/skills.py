"""The profile skills in a posting: how probably each is asked for, and the words that ask."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.features import TermModel, sigmoid, terms
from matcher.match import Evidence
from matcher.profile import SKILLS
from matcher.reading import OUTPUTS, PARTS, Array, Reading

Scores = NDArray[np.float32]

MAX_EVIDENCE = 3
ASKED_FROM = 0.5
"""A skill counts as asked for from this probability on."""

EVIDENCE_FLOOR = 0.5
"""A sentence is evidence for a skill from this probability on."""

LONG_EVIDENCE = 160
"""Characters past which evidence is narrowed to the clause that weighs most."""

_FIRST = OUTPUTS - len(SKILLS)
SILENT_PARTS = ("about", "offer", "heading")
"""Parts of a posting that ask for nothing."""

NO_SENTENCE = -8.0
"""The score that stands for a sentence that is not there."""

DENIED = -6.0
"""The highest score of a sentence that says that something is not asked for."""

WORD_COST = 0.02
"""What a term must add at least to be worth its place in evidence that is narrowed to a clause."""

_SILENT = [PARTS.index(part) for part in SILENT_PARTS]
_CLAUSE = re.compile(r"[;,:–—]\s+|\s+(?:and|or|while|including|as well as)\s+|\.\s+")
_PREFERENCE = re.compile(
    r"\b(?:preferred|preferably|desirable|desired|advantage(?:ous)?|(?:a|big|strong) plus|nice to have|bonus)\b", re.I
)
_PREFERRING = ("prefer", "desir", "advantage", "plus", "nice to have", "bonus")
"""One of these is in all that ``_PREFERENCE`` finds, and looked for much faster."""

_WEAKENED = re.compile(
    r"\b(?:but|though|although|while) (?:is |are )?not (?:strictly )?(?:required|necessary|essential|mandatory)", re.I
)
"""A preference, not a denial: "preferred but not required"."""

_DEMAND = re.compile(r"\b(?:required|must|mandatory|essential|minimum)\b", re.I)
DENIAL_WORDS = frozenset("no not without never isn aren don doesn won nor".split())
"""Every denial holds one of these words."""

_DENIAL = re.compile(
    r"\b(?:no|not|without|never|isn't|isn’t|aren't|don't|don’t|doesn't|doesn’t|won't|won’t|nor)\b[^.;]{0,40}?\b"
    r"(?:required|needed|necessary|expected|essential|mandatory|manage|managing|responsible|involve|need|require|matter|experience|degree)\b"
    r"|\b(?:not|isn't|isn’t) (?:a )?(?:required|needed|necessary|expected|essential|must|requirement)\b"
    r"|\bno (?:formal )?(?:degree|budget|line management|direct reports|certification|education|qualification)",
    re.I,
)

_DENIABLE = (
    *("requir", "need", "necessary", "expected", "essential", "mandatory", "manag", "responsible", "involve", "must"),
    *("matter", "experience", "degree", "budget", "direct reports", "certification", "education", "qualification"),
)
"""One of these is in all that ``_DENIAL`` finds, and looked for much faster."""


@dataclass(frozen=True)
class SkillModel:
    """From what the sentences say to a posting's probabilities: ``weights`` (skills, 4), ``intercept`` (skills,)."""

    weights: Array
    intercept: Array

    def probabilities(self, scores: Scores, tpm: float) -> Array:
        """Calibrated probability (skills,) that the posting asks for each skill.

        ``scores`` come from :func:`asking`; ``tpm`` is the probability that it is a TPM posting at all.
        """
        return sigmoid((pooled(scores, tpm) * self.weights).sum(axis=1) + self.intercept)


def denied(sentence: str) -> bool:
    """Whether a sentence says that something is not asked for ("no degree needed")."""
    if not _any_in(_DENIABLE, sentence):
        return False
    return _DENIAL.search(sentence) is not None and _DENIAL.search(_WEAKENED.sub("", sentence)) is not None


def _any_in(parts: Sequence[str], words: str) -> bool:
    low = words.lower()
    return any(part in low for part in parts)


def asking(reading: Reading) -> Scores:
    """Scores (n, skills) of the sentences, with denials counted as not asking."""
    scores = reading.scores[:, _FIRST:].copy()
    description = reading.units.posting.description
    for number, span in enumerate(reading.units.spans):
        if denied(description[span.start : span.end]):
            scores[number] = np.minimum(scores[number], np.float32(DENIED))
    return scores


def pooled(scores: Scores, tpm: float) -> Array:
    """What is told of each skill (skills, 4): the two highest scores, the log of the expected count, and ``tpm``."""
    padded = np.vstack([scores.astype(np.float64), np.full((2, len(SKILLS)), NO_SENTENCE)])
    top = np.sort(padded, axis=0)
    expected = sigmoid(padded).sum(axis=0)
    return np.stack([top[-1], top[-2], np.log(expected + 0.01), np.full(len(SKILLS), tpm)], axis=1)


def evidence(reading: Reading, scores: Scores, model: TermModel, skill: int) -> tuple[Evidence, ...]:
    """At most three spans that ask for a skill, best first; ``scores`` come from :func:`asking`."""
    chances = sigmoid(scores[:, skill])
    silent = np.isin(reading.part.argmax(axis=1), _SILENT)
    order = sorted(np.flatnonzero(~silent).tolist(), key=lambda n: (-chances[n], n))[:MAX_EVIDENCE]
    best = [n for n in order if chances[n] >= EVIDENCE_FLOOR] or order[:1]
    return tuple(_span(reading, model, skill, n, float(chances[n])) for n in best)


def _span(reading: Reading, model: TermModel, skill: int, number: int, chance: float) -> Evidence:
    start, end = reading.units.spans[number]
    description = reading.units.posting.description
    if end - start > LONG_EVIDENCE:
        start, end = _best_clause(description, start, end, model, _FIRST + skill)
    words = description[start:end]
    strength = strength_of(
        words, PARTS[int(reading.part[number].argmax())], "§preferred" in reading.units.terms[number]
    )
    return Evidence(words, start, end, strength, round(chance, 4))


def strength_of(words: str, part: str, listed: bool) -> str:
    """``required``, ``preferred`` or ``duty``: what evidence of a sentence of ``part`` says.

    ``listed`` when it stands under a heading of preferences.
    """
    if (listed and not _DEMAND.search(words)) or (_any_in(_PREFERRING, words) and _PREFERENCE.search(words)):
        return "preferred"
    return part if part in ("required", "preferred") else "duty"


def _best_clause(text: str, start: int, end: int, model: TermModel, column: int) -> tuple[int, int]:
    """The run of clauses of at most ``LONG_EVIDENCE`` characters whose words weigh most for a skill."""
    cuts = [start, *(start + m.end() for m in _CLAUSE.finditer(text[start:end])), end]
    ends = [*(start + m.start() for m in _CLAUSE.finditer(text[start:end])), end]
    best, best_weight = (start, end), -np.inf
    for i, left in enumerate(cuts[:-1]):
        for right in ends[i:]:
            if right - left > LONG_EVIDENCE and right != ends[i]:
                break
            if right <= left:
                continue
            words = terms(text[left:right])
            rows = model.rows(words)
            weight = float(model.weights[rows, column].sum(dtype=np.float64)) if len(rows) else 0.0
            weight -= WORD_COST * len(words)
            if weight > best_weight:
                best, best_weight = (left, right), weight
    return best
