"""What decided for a posting's type, compiled: the heaviest shares of the lead, and the counts behind the summary."""

from typing import Any

import numpy as np

from matcher.classifier import COLUMNS, INPUTS, SHOWN_REASONS
from matcher.fast.compiling import compiled
from matcher.fast.cutting import space_words
from matcher.fast.hashing import OFFSET, add_char, follow
from matcher.fast.inputs import N_DOMAINS, N_FUNCTIONS
from matcher.fast.scores import largest
from matcher.fast.terms import is_new, mask_of, next_turn
from matcher.profile import TYPES
from matcher.reading import FUNCTIONS, PARTS
from matcher.reasons import LIKELY, SURE, TELLING_WORDS, TELLS

N_TYPES, N_COLUMNS, N_INPUTS = len(TYPES), len(COLUMNS), len(INPUTS)
SUMMARY = 2 + N_FUNCTIONS + N_DOMAINS
"""Counts behind a summary: duties, those that manage projects, then duties by function, and by domain delivered."""

_START = np.uint64(OFFSET)
_DUTY, _PROJECTS, _NONE = PARTS.index("duty"), FUNCTIONS.index("projects"), FUNCTIONS.index("none")


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
def add_inputs(inputs: Any, mean: Any, change: Any, labels: Any, sums: Any, touched: Any) -> int:
    """Add the shares of the inputs that have labels, two for each (more, less); how many labels have a share."""
    count = 0
    for index in range(N_INPUTS):
        value = inputs[index] - mean[index]
        label = labels[2 * index + (1 if value < 0 else 0)]
        if label >= 0:
            count = add_reason(sums, touched, count, label, value * change[index])
    return count


@compiled
def net(sums: Any, touched: Any, count: int, opposites: Any) -> None:
    """Set shares of opposite labels off against each other under the heavier one's label."""
    for index in range(count):
        more = touched[index]
        less = opposites[more]
        if less < 0 or np.isnan(sums[less]) or np.isnan(sums[more]):
            continue
        if abs(sums[more]) >= abs(sums[less]):
            sums[more] += sums[less]
            sums[less] = np.nan
        else:
            sums[less] += sums[more]
            sums[more] = np.nan


@compiled
def most_telling(sums: Any, touched: Any, count: int, named: Any, least: int, out: Any) -> None:
    """Write the label marked ``least`` or more that says most, and a second if half as heavy; forget the sums."""
    first, second = -1, -1
    for index in range(count):
        label = touched[index]
        share = sums[label]
        if np.isnan(share) or named[label] < least or share < TELLS:
            continue
        if first < 0 or share > sums[first] or (share == sums[first] and label < first):
            first, second = label, first
        elif second < 0 or share > sums[second] or (share == sums[second] and label < second):
            second = label
    if second >= 0 and sums[second] < sums[first] / 2:
        second = -1
    out[0], out[1] = first, second
    for index in range(count):
        sums[touched[index]] = np.nan


@compiled
def next_kind(kinds: Any, winner: int) -> int:
    """The most probable of the four types that is not the winner."""
    best = 0 if winner else 1
    for kind in range(N_TYPES - 1):
        if kind != winner and kinds[kind] > kinds[best]:
            best = kind
    return best


@compiled
def heaviest(sums: Any, touched: Any, count: int, labels: Any, weights: Any) -> None:
    """Write the heaviest labels in order, and forget the sums."""
    kept = 0
    for index in range(count):
        label = touched[index]
        value = sums[label]
        if np.isnan(value):
            continue
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
    does = np.full(last - first, -1, np.int64)
    managed = 0
    for number in range(last - first):
        start, end = spans[first + number, 0], spans[first + number, 1]
        new = is_new(seen, mask, turn, _mixed(_hash_text(text, start, end)))
        long = space_words(text, flags, start, end, TELLING_WORDS) == TELLING_WORDS
        if new and long and part[first + number] == _DUTY:
            does[number] = largest(function[number])
            if does[number] == _PROJECTS and function[number, _PROJECTS] < LIKELY:
                does[number] = _NONE
            out[0] += 1
            out[2 + does[number]] += 1
            managed += int(does[number] == _PROJECTS)
    for number in range(last - first):  # domains are counted over the duties that manage projects, where any do
        if does[number] == _PROJECTS or (not managed and does[number] >= 0):
            what = largest(domain[number])
            out[2 + N_FUNCTIONS + (what if domain[number, what] >= SURE else 0)] += 1
    out[1] = managed
    return turn
