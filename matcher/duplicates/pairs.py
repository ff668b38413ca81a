"""Whether two sketches are of the same advertisement.

A repost may be cut, have another header or another order, so what counts is how much of the shorter text is in the
longer one. Different jobs under titles of their own need more to be the same than copies under one title.
The thresholds are tuned on one half of the real postings and reported on the other: ``benchmarks/duplicates.py``.
"""

import numpy as np
from numpy.typing import NDArray

from matcher.duplicates.sketch import MINIMA, RANK, TITLE, VALUES

Flags = NDArray[np.bool_]
Indices = NDArray[np.int32]
Counts = NDArray[np.int64]
Sketches = NDArray[np.uint32]

Rare = NDArray[np.uint8]
"""For each text one bit for each value that is no boilerplate, then one byte: 1 where the text is nothing but
boilerplate, all of which then counts."""

SHARE, OVERLAP = 0.84, 0.25
"""Under titles that agree: the least part of the shorter text that is in the longer one, and the least part of both
together that is common (half of a text under another header has some 0.4)."""

STRICT_SHARE, STRICT_OVERLAP = 0.95, 0.85
"""The same under other titles, and for texts that are nothing but boilerplate."""

TITLE_SHARE = 0.85
"""Titles agree when this part of the shorter one's words is in the longer one: all of up to six, six of seven."""

MIN_EVIDENCE = 10
"""Values that tell, below which two texts are not known to be the same."""


def same(a: Sketches, rare_a: Rare, b: Sketches, rare_b: Rare) -> Flags:
    """Whether each row of ``a`` is the same advertisement as the row of ``b`` beside it."""
    both, less, more = _counts(a, rare_a, b, rare_b)
    share = both / np.maximum(both + less, 1)
    overlap = both / np.maximum(both + less + more, 1)
    alike, bare = titles_agree(a, b), (rare_a[:, -1] | rare_b[:, -1]).astype(np.bool_)
    loose = alike & ~bare & (share >= SHARE) & (overlap >= OVERLAP)
    strict = (alike | ~bare) & (share >= STRICT_SHARE) & (overlap >= STRICT_OVERLAP)
    yes: Flags = (both + less >= MIN_EVIDENCE) & (loose | strict)
    return yes


def titles_agree(a: Sketches, b: Sketches) -> Flags:
    """Whether one title says what the other says and names the same ranks; an empty one agrees with every other."""
    words_a, words_b, common = (
        np.unpackbits(np.ascontiguousarray(bits).view(np.uint8), axis=1).sum(1)
        for bits in (a[:, TITLE], b[:, TITLE], a[:, TITLE] & b[:, TITLE])
    )
    shorter = np.minimum(words_a, words_b)
    agree: Flags = (shorter == 0) | ((common >= TITLE_SHARE * shorter) & (a[:, RANK] == b[:, RANK]))
    return agree


def _counts(a: Sketches, rare_a: Rare, b: Sketches, rare_b: Rare) -> tuple[Counts, Counts, Counts]:
    """Of the telling values of two texts together: how many are in both, in one only (the fewer), in the other only.

    The lesser of two MinHash values is a random piece of both texts together, and whose it is tells where it stands.
    """
    x, y = a[:, MINIMA], b[:, MINIMA]
    tells_a, tells_b = (
        np.unpackbits(rare[:, :-1], axis=1, bitorder="little", count=VALUES).astype(np.bool_)
        for rare in (rare_a, rare_b)
    )
    both = ((x == y) & (tells_a | tells_b)).sum(1)
    only_a, only_b = ((x < y) & tells_a).sum(1), ((y < x) & tells_b).sum(1)
    return both, np.minimum(only_a, only_b), np.maximum(only_a, only_b)
