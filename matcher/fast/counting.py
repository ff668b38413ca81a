"""Counts of words and word pairs in each of many texts, compiled: the same as ``matcher.vectorizer.count_light``.

Terms become numbers (column and sign) that are sorted, digit by digit; equal ones are then neighbours to be added up.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.fast.alphabet import codes_of, tables
from matcher.fast.compiling import compiled
from matcher.fast.hashing import follow
from matcher.fast.terms import words_of

DIGIT_BITS = 11
"""Bits by which one pass sorts: the counts of a pass then stay in a core's nearest memory."""

_HALF, _NONE = np.uint64(32), np.uint64(0)


@compiled
def _key(mixed: np.uint64, n_features: np.uint64, sign: np.uint32) -> np.uint32:
    """Column (the upper half of a hash, scaled) and, as the lowest bit, whether the term counts down."""
    column = ((mixed >> _HALF) * n_features) >> _HALF
    return np.uint32(column << np.uint64(1)) | (np.uint32(mixed) & sign)


@compiled
def _keys(words: Any, count: int, shortest: int, longest: int, n_features: Any, sign: Any, keys: Any) -> int:
    """Write the keys of words and pairs; how many."""
    found = 0
    if shortest == 1:
        for place in range(count):
            keys[found] = _key(follow(words[place], _NONE), n_features, sign)
            found += 1
    if longest == 2:
        for place in range(count - 1):
            keys[found] = _key(follow(words[place], words[place + 1]), n_features, sign)
            found += 1
    return found


@compiled
def _sorted(keys: Any, spare: Any, count: int, n_features: Any) -> Any:
    """The two arrays, the one with the first ``count`` keys in order first."""
    places = np.empty(1 << DIGIT_BITS, np.int64)
    low = np.uint32(len(places) - 1)
    shift = np.uint32(0)
    while (n_features << np.uint64(1)) >> np.uint64(shift):
        places[:] = 0
        for at in range(count):
            places[(keys[at] >> shift) & low] += 1
        before = 0
        for digit in range(len(places)):
            here = places[digit]
            places[digit] = before
            before += here
        for at in range(count):
            digit = (keys[at] >> shift) & low
            spare[places[digit]] = keys[at]
            places[digit] += 1
        keys, spare = spare, keys
        shift += np.uint32(DIGIT_BITS)
    return keys, spare


@compiled
def _count(
    text: Any, starts: Any, flags: Any, lower: Any, shortest: int, longest: int, n_features: Any, sign: Any
) -> Any:
    """Where each row ends (n + 1,), columns, and counts, as compressed rows."""
    size = np.max(starts[1:] - starts[:-1]) + 1
    words = np.empty(size // 2 + 1, np.uint64)
    keys, spare = np.empty(size, np.uint32), np.empty(size, np.uint32)
    ends = np.zeros(len(starts), np.int64)
    columns, counts = np.empty(len(text), np.int32), np.empty(len(text), np.float64)
    at = 0
    for row in range(len(starts) - 1):
        count = words_of(text, starts[row], starts[row + 1], flags, lower, words)
        found = _keys(words, count, shortest, longest, n_features, sign, keys)
        keys, spare = _sorted(keys, spare, found, n_features)
        first = at
        for place in range(found):
            column = np.int32(keys[place] >> np.uint32(1))
            one = 1.0 - 2.0 * (keys[place] & np.uint32(1))
            if at > first and columns[at - 1] == column:
                counts[at - 1] += one
            else:
                columns[at], counts[at] = column, one
                at += 1
        ends[row + 1] = at
    return ends, columns[:at].copy(), counts[:at].copy()


def count_texts(
    texts: Sequence[str], shortest: int, longest: int, n_features: int, *, signed: bool
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]:
    """Row ends (n + 1,), columns in order, and counts, for one text or more."""
    starts = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(text) for text in texts], out=starts[1:])
    found = _count(
        codes_of("".join(texts)), starts, *tables(), shortest, longest, np.uint64(n_features), np.uint32(signed)
    )
    ends, columns, counts = found
    return ends, columns, counts
