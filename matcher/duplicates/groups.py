"""From the sketches of a whole run to its groups of one advertisement each, in little memory.

Rows with the same words are one text. A passage that stands under many titles (about us, benefits, equal opportunity)
is boilerplate and tells nothing. Texts that share two other MinHash values side by side are compared (``pairs.same``).
What hangs together by such pairs is cut into stars: every text of a group is the same advertisement as the one in its
centre, so that no chain of pairs brings two jobs together. Nothing of this depends on the order of the rows.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from matcher.duplicates.pairs import MIN_EVIDENCE, Flags, Indices, Rare, Sketches, same
from matcher.duplicates.sketch import DIGEST, MINIMA, TITLE, VALUES, WORDS

Keys = NDArray[np.uint64]

MIN_WORDS = 30
"""Descriptions shorter than this are the same only when all their words are."""

TITLES = 12
"""A passage that stands under more different titles than this is boilerplate."""

REACH = 6
"""How many neighbours a text is compared with among those that share a pair of values with it."""

CENTRE = 4
"""A group's centre is the text that one in this many are longer than: the longest ones have headers of their own."""

BLOCK = 2048
"""Pairs compared at once."""

_HALF = np.uint64(32)
_MIX = np.uint64(0x9E3779B97F4A7C15)


def first_of(sketches: Sketches) -> NDArray[np.int64]:
    """For each row of ``(n, WIDTH)`` sketches the index of the first row that is the same advertisement, or its own.

    The sketches may be memory-mapped; the rest takes some 60 bytes a row.
    """
    if not len(sketches):
        return np.zeros(0, np.int64)
    rows, text_of = _texts(sketches)
    group = _stars(sketches, rows)[text_of]
    first = np.full(len(rows), len(sketches), np.int64)
    np.minimum.at(first, group, np.arange(len(sketches)))
    return first[group]


def _texts(sketches: Sketches) -> tuple[Indices, Indices]:
    """One row of each different text, in the order of their digests, and for each row the number of its text."""
    digests = np.ascontiguousarray(sketches[:, DIGEST]).view(np.uint64)[:, 0]
    order = np.argsort(digests).astype(np.int32)
    digests = digests[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = digests[1:] != digests[:-1]
    text_of = np.empty(len(order), np.int32)
    text_of[order] = np.cumsum(new, dtype=np.int32) - 1
    return order[new], text_of


def _keys(sketches: Sketches, rows: Indices, column: int) -> Keys:
    """Two neighbouring columns as one number, mixed so that its upper bits tell."""
    keys = sketches[:, column][rows].astype(np.uint64)
    keys <<= _HALF
    keys |= sketches[:, column + 1][rows]
    keys *= _MIX
    keys ^= keys >> _HALF
    keys *= _MIX
    return keys


def _rare(sketches: Sketches, rows: Indices) -> Rare:
    """Which values of each text are no boilerplate."""
    titles = (_keys(sketches, rows, TITLE.start) >> _HALF).astype(np.uint32)
    rare = np.zeros((len(rows), VALUES // 8 + 1), np.uint8)
    found = np.zeros(len(rows), np.uint8)
    for value in range(VALUES):
        column = sketches[:, MINIMA.start + value][rows]
        boilerplate = _boilerplate(column, titles)
        at = np.searchsorted(boilerplate, column)
        telling = boilerplate[np.minimum(at, len(boilerplate) - 1)] != column
        rare[:, value // 8] |= telling.astype(np.uint8) << np.uint8(value % 8)
        found += telling
    rare[found < MIN_EVIDENCE, :-1] = 255
    rare[found < MIN_EVIDENCE, -1] = 1
    return rare


def _boilerplate(column: Sketches, titles: Sketches) -> Sketches:
    """The values of one column that stand under many titles, in order; never empty: it ends with "no words"."""
    keys = column.astype(np.uint64)
    keys <<= _HALF
    keys |= titles
    keys.sort()
    values = (keys[np.append(True, keys[1:] != keys[:-1])] >> _HALF).astype(np.uint32)
    many = values[TITLES:][values[TITLES:] == values[: max(len(values) - TITLES, 0)]]
    return np.unique(np.append(many, np.uint32(0xFFFFFFFF)))


def _stars(sketches: Sketches, rows: Indices) -> Indices:
    """For each text the number of the text that its group is named after."""
    rare = _rare(sketches, rows)

    def alike(a: Indices, b: Indices) -> Flags:
        blocks = [slice(at, at + BLOCK) for at in range(0, len(a), BLOCK)]
        pairs = (same(sketches[rows[a[at]]], rare[a[at]], sketches[rows[b[at]]], rare[b[at]]) for at in blocks)
        return np.concatenate([np.zeros(0, np.bool_), *pairs])

    root = np.arange(len(rows), dtype=np.int32)
    for a, b in _candidates(sketches, rows, rare):
        apart = root[a] != root[b]
        a, b = a[apart], b[apart]
        yes = alike(a, b)
        _join(root, a[yes], b[yes])
    return _cut(root, sketches[:, WORDS][rows], alike)


def _candidates(sketches: Sketches, rows: Indices, rare: Rare) -> Iterator[tuple[Indices, Indices]]:
    """Pairs of texts that share two telling values side by side; where many do, each with its next few neighbours."""
    long = sketches[:, WORDS][rows] >= MIN_WORDS
    number = np.uint64((1 << len(rows).bit_length()) - 1)
    for value in range(0, VALUES, 2):
        texts = np.flatnonzero(long & ((rare[:, value // 8] >> (value % 8)) & 3 == 3)).astype(np.int32)
        keys = _keys(sketches, rows[texts], MINIMA.start + value)
        keys &= ~number
        keys |= texts.astype(np.uint64)
        keys.sort()
        for step in range(1, min(REACH, len(keys) - 1) + 1):
            equal = np.flatnonzero((keys[step:] ^ keys[:-step]) <= number)
            yield (keys[equal] & number).astype(np.int32), (keys[equal + step] & number).astype(np.int32)


def _join(root: Indices, a: Indices, b: Indices) -> None:
    """Bring together what is paired, under the smallest number; every text then knows its root itself."""
    for one, other in zip(a.tolist(), b.tolist(), strict=True):
        while root[one] != one:
            one = root[one]
        while root[other] != other:
            other = root[other]
        root[max(one, other)] = min(one, other)
    while len(a) and (root[root] != root).any():
        root[:] = root[root]


def _cut(root: Indices, length: Sketches, alike: Callable[[Indices, Indices], Flags]) -> Indices:
    """Cut what hangs together into stars: a long text takes what is the same as itself, then one of those left."""
    star = np.arange(len(root), dtype=np.int32)
    left = np.flatnonzero(np.bincount(root, minlength=len(root))[root] > 1).astype(np.int32)
    left = left[np.lexsort((left, ~length[left], root[left]))]
    while len(left):
        starts = np.flatnonzero(np.append(True, root[left[1:]] != root[left[:-1]]))
        sizes = np.diff(np.append(starts, len(left)))
        centre = np.repeat(left[starts + sizes // CENTRE], sizes)
        yes = (left == centre) | alike(centre, left)
        star[left[yes]] = centre[yes]
        left = left[~yes]
    return star
