"""Labelled rows of one advertisement: they stay together in every split, and must not contradict each other."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from matcher.corpus import LabelledPosting
from matcher.duplicates.sketch import MINIMA, Sketcher
from matcher.features import tokens

GRAM, MAX_JACCARD = 4, 0.6
"""What is one advertisement, by word runs: copies with another header, place or salary reach it, pairs of the corpus
(one subject, two types) do not."""

BAND, KEPT_RUNS = 3, 2048
"""MinHash values by which rows are found to compare, and rows whose runs are kept for it."""


@dataclass(frozen=True)
class Conflict:
    """Rows of one advertisement that do not have one type; training leaves them out."""

    rows: tuple[LabelledPosting, ...]

    def __str__(self) -> str:
        said = "; ".join(f"{row.where}: {row.type}" for row in self.rows)
        return f"{said} (the same advertisement, “{self.rows[0].posting.title}”)"


@dataclass(frozen=True)
class Agreed:
    """Rows to learn from, one group for each advertisement and its copies, and the conflicts that were left out."""

    postings: tuple[LabelledPosting, ...]
    conflicts: tuple[Conflict, ...]


def settle(postings: Sequence[LabelledPosting]) -> Agreed:
    """Put the copies of an advertisement into one group, and leave out those whose labels contradict each other.

    Rows that are alike but not the same, and share a group by their own labels, do not conflict: they are pairs that
    differ in the one fact that decides.
    """
    firsts = first_of(postings)
    copies: dict[int, list[int]] = defaultdict(list)
    for row, first in enumerate(firsts):
        copies[first].append(row)
    groups = _joined(postings, firsts)
    conflicts = [rows for rows in copies.values() if _contradict([postings[row] for row in rows])]
    left_out = {row for rows in conflicts for row in rows}
    kept = (replace(row, group=groups[row.group]) for at, row in enumerate(postings) if at not in left_out)
    return Agreed(tuple(kept), tuple(Conflict(tuple(postings[row] for row in rows)) for rows in conflicts))


def first_of(postings: Sequence[LabelledPosting]) -> list[int]:
    """For each row the index of the first row that is the same advertisement; its own where there is none before.

    The same are rows of the same words, and rows whose descriptions share more than ``MAX_JACCARD`` of their runs of
    ``GRAM`` words.
    """
    firsts = list(range(len(postings)))

    def root(row: int) -> int:
        while firsts[row] != row:
            row = firsts[row]
        return row

    seen: dict[bytes, int] = {}
    runs = _Runs(postings)
    for row, labelled in enumerate(postings):
        firsts[row] = seen.setdefault(_digest(labelled), row)
    for one, two in _candidates(postings):
        low, high = sorted((root(one), root(two)))
        if low != high and runs.alike(one, two):
            firsts[high] = low
    return [root(row) for row in range(len(postings))]


def _candidates(postings: Sequence[LabelledPosting]) -> list[tuple[int, int]]:
    """Each row with the first one of every bucket that it falls into, in order.

    Rows fall into a bucket by ``BAND`` MinHash values side by side; copies miss each other in all of them once in a
    hundred thousand times.
    """
    if not postings:
        return []
    values = Sketcher().sketch_many([labelled.posting for labelled in postings])[:, MINIMA]
    rows = np.arange(len(values))
    found = []
    for at in range(0, values.shape[1] - BAND + 1, BAND):
        _, first, bucket = np.unique(values[:, at : at + BAND], axis=0, return_index=True, return_inverse=True)
        pairs = np.column_stack([rows, first[bucket.ravel()]])
        found.append(pairs[pairs[:, 0] != pairs[:, 1]])
    return [(first, row) for row, first in np.unique(np.concatenate(found), axis=0).tolist()]


class _Runs:
    """The runs of words of rows; of those that stand first, they are kept."""

    def __init__(self, postings: Sequence[LabelledPosting]) -> None:
        self._postings = postings
        self._of = lru_cache(KEPT_RUNS)(self._made)

    def alike(self, first: int, row: int) -> bool:
        one, two = self._of(first), self._made(row)
        shared = len(one & two)
        return shared > MAX_JACCARD * (len(one) + len(two) - shared)

    def _made(self, row: int) -> frozenset[tuple[str, ...]]:
        words = tokens(self._postings[row].posting.description)
        return frozenset(zip(*(words[at:] for at in range(GRAM)), strict=False))


def _words(row: LabelledPosting) -> tuple[str, ...]:
    return (*tokens(row.posting.title), "|", *tokens(row.posting.description))


def _digest(row: LabelledPosting) -> bytes:
    return blake2b(" ".join(_words(row)).encode("utf-8", "replace"), digest_size=16).digest()


def _contradict(rows: Sequence[LabelledPosting]) -> bool:
    """Whether rows of one advertisement have two types; a declared group excuses rows that are not word for word."""
    words: dict[tuple[str, ...], str] = {}
    if any(words.setdefault(_words(row), row.type) != row.type for row in rows):
        return True
    return len({row.type for row in rows}) > 1 and len({row.group for row in rows}) > 1


def _joined(postings: Sequence[LabelledPosting], firsts: Sequence[int]) -> dict[str, str]:
    """Groups by name, and the name that each has after those with copies in common are joined."""
    parent: dict[str, str] = {row.group: row.group for row in postings}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    for row, first in zip(postings, firsts, strict=True):
        one, two = root(postings[first].group), root(row.group)
        parent[two] = one
    return {name: root(name) for name in parent}
