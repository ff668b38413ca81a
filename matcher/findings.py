"""What a model finds in one posting, before profile and facts come in; the light and the fast path give the same."""

from collections.abc import Sequence
from typing import NamedTuple

from matcher.match import Evidence, Reason

DIGITS = 4
"""Decimals of every probability and weight in a result."""

OTHER_WORDS = "its other words, each a little"


class Findings(NamedTuple):
    """Exact probabilities of the types, and all that explains them; ``winner`` and ``runner_up`` index ``TYPES``."""

    probabilities: Sequence[float]
    winner: int
    runner_up: int
    summary: str
    reasons: tuple[Reason, ...]
    told: float
    """Sentences that tell duties or requirements, counted by probability."""
    skills: Sequence[float]
    """Probability of each of ``SKILLS``."""
    evidence: Sequence[tuple[Evidence, ...]]
    """Words for each of ``SKILLS``; empty where it is not asked for."""


def reasons_of(shares: Sequence[tuple[str, float]], words: float, lead: float) -> tuple[Reason, ...]:
    """The heaviest shares of a lead as reasons, then two for the rest, so that the weights add up.

    ``words`` is the share of all the posting's words, those among the heaviest included.
    """
    kept = [Reason(label, weight) for label, share in shares if (weight := round(share, DIGITS))]
    others = round(words - sum(reason.weight for reason in kept if reason.quoted), DIGITS)
    rest = round(round(lead, DIGITS) - sum(reason.weight for reason in kept) - others, DIGITS)
    return (*kept, Reason(OTHER_WORDS, others), Reason("everything else", rest))
