"""Scores of a sentence and a title, compiled, and what they make as probabilities."""

from typing import Any

import numpy as np

from matcher.fast.compiling import compiled
from matcher.fast.lexicon import TITLE


@compiled
def score_sentence(records: Any, start: int, end: int, weights: Any, intercept: Any, out: Any) -> None:
    """Scores of the terms ``start`` to ``end`` by the sentence model; unknown ones count in the denominator."""
    width = weights.shape[1]
    known = False
    for output in range(width):
        out[output] = np.float32(0)
    for at in range(start, end):
        record = records[at]
        if 0 <= record < len(weights):
            known = True
            for output in range(width):
                out[output] += weights[record, output]
    _divide(out, width, np.float32(np.sqrt(end - start)), intercept, known)


@compiled
def score_title(rows: Any, records: Any, start: int, end: int, weights: Any, intercept: Any, out: Any) -> None:
    """Scores of the terms ``start`` to ``end`` by the title model."""
    width = weights.shape[1]
    known = False
    for output in range(width):
        out[output] = np.float32(0)
    for at in range(start, end):
        row = rows[records[at], TITLE] if records[at] >= 0 else -1
        if row >= 0:
            known = True
            for output in range(width):
                out[output] += weights[row, output]
    _divide(out, width, np.float32(np.sqrt(end - start)), intercept, known)


@compiled
def _divide(out: Any, width: int, size: np.float32, intercept: Any, known: bool) -> None:
    """Sums of weights to scores."""
    for output in range(width):
        out[output] = intercept[output] + out[output] / size if known else intercept[output]


@compiled
def softmax(scores: Any, start: int, size: int, out: Any) -> None:
    """Probabilities of the scores from ``start`` on."""
    highest = scores[start]
    for at in range(start + 1, start + size):
        highest = max(highest, scores[at])
    total = 0.0
    for at in range(size):
        out[at] = np.exp(np.float64(scores[start + at]) - np.float64(highest))
        total += out[at]
    for at in range(size):
        out[at] /= total


@compiled
def largest(values: Any) -> int:
    """The place of the largest value, the first of equal ones."""
    best = 0
    for at in range(1, len(values)):
        if values[at] > values[best]:
            best = at
    return best
