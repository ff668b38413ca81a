"""What decided for a posting's type, compiled: the heaviest shares of the lead, and the counts behind the summary."""

from typing import Any

import numpy as np

from matcher.classifier import COLUMNS, INPUTS, SHOWN_REASONS, SURE, TELLING_WORDS
from matcher.fast.compiling import compiled
from matcher.fast.cutting import space_words
from matcher.fast.hashing import OFFSET, add_char, follow
from matcher.fast.inputs import N_DOMAINS, N_FUNCTIONS
from matcher.fast.scores import largest
from matcher.fast.terms import is_new, mask_of, next_turn
from matcher.profile import TYPES
from matcher.reading import FUNCTIONS, PARTS

N_TYPES, N_COLUMNS, N_INPUTS = len(TYPES), len(COLUMNS), len(INPUTS)
SUMMARY = 2 + N_FUNCTIONS + N_DOMAINS
"""Counts behind a summary: duties, those that manage projects, then duties by function, and by domain delivered."""

_START = np.uint64(OFFSET)
_DUTY, _PROJECTS = PARTS.index("duty"), FUNCTIONS.index("projects")


@compiled
def change_of(decision: Any, kinds: Any, winner: int, other: int, change: Any) -> float:
    """Write what a unit of each input changes of the winner's lead; what of the lead stands without any input."""
    last = N_TYPES - 1
    for at in range(N_INPUTS):
        if winner == last:
            change[at] = -decision[1][at]
        elif other == last:
            change[at] = decision[1][at]
        else:
            change[at] = decision[3][at, winner] - decision[3][at, other]
    if other == last:
        return float(np.log(kinds[winner]))
    return float(-np.log(kinds[other])) if winner == last else 0.0


@compiled
def add_reason(sums: Any, touched: Any, count: int, label: int, value: float) -> int:
    """Add a share of the lead to its label's sum; how many labels have one now."""
    if np.isnan(sums[label]):
        sums[label] = 0.0
        touched[count] = label
        count += 1
    sums[label] += value
    return count


@compiled
def share_of(weights: Any, row: int, change: Any, first: int, size: float) -> float:
    """A term's share of the lead."""
    total = 0.0
    for column in range(N_COLUMNS):
        total += np.float64(weights[row, column]) * change[first + column]
    return total / size


@compiled
def heaviest(sums: Any, touched: Any, count: int, labels: Any, weights: Any) -> None:
    """Write the heaviest labels in order, and forget the sums."""
    kept = 0
    for index in range(count):
        label = touched[index]
        value = sums[label]
        sums[label] = np.nan
        at = kept
        while at > 0 and (
            abs(weights[at - 1]) < abs(value) or (abs(weights[at - 1]) == abs(value) and labels[at - 1] > label)
        ):
            at -= 1
        if at >= SHOWN_REASONS:
            continue
        kept = min(kept + 1, SHOWN_REASONS)
        for move in range(kept - 1, at, -1):
            labels[move], weights[move] = labels[move - 1], weights[move - 1]
        labels[at], weights[at] = label, value


@compiled
def _mixed(key: np.uint64) -> np.uint64:
    return follow(key, np.uint64(0))


@compiled
def _hash_text(text: Any, start: int, end: int) -> np.uint64:
    state = _START
    for at in range(start, end):
        state = add_char(state, text[at])
    return state


@compiled
def summarise(text: Any, spans: Any, first: int, last: int, part: Any, function: Any, domain: Any, flags: Any,
               seen: Any, turn: int, out: Any) -> int:  # fmt: skip
    """Counts over the duties that are told once; ``part`` is (S,), function and domain (sentences, …)."""
    mask = mask_of(last - first)
    turn = next_turn(seen, turn)
    telling = np.zeros(last - first, np.bool_)
    managed = 0
    for number in range(last - first):
        start, end = spans[first + number, 0], spans[first + number, 1]
        new = is_new(seen, mask, turn, _mixed(_hash_text(text, start, end)))
        long = space_words(text, flags, start, end, TELLING_WORDS) == TELLING_WORDS
        if new and long and part[first + number] == _DUTY:
            telling[number] = True
            does = largest(function[number])
            out[0] += 1
            out[2 + does] += 1
            managed += int(does == _PROJECTS)
    for number in range(last - first):  # domains are counted over the duties that manage projects, where any do
        if telling[number] and (not managed or largest(function[number]) == _PROJECTS):
            what = largest(domain[number])
            out[2 + N_FUNCTIONS + (what if domain[number, what] >= SURE else 0)] += 1
    out[1] = managed
    return turn
