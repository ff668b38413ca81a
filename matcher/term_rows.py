"""Many texts as the terms that they hold, numbered: what the term models learn from and are applied to at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from matcher.corpus import Ints
from matcher.features import Floats, TermModel

CHUNK = 1 << 16
"""Texts that are scored at once."""


@dataclass(frozen=True, eq=False)
class TermRows:
    """Texts as sets of terms.

    ``names`` (terms,) are the terms in any order; ``held`` is a sparse matrix (texts, terms) of ones; ``sizes``
    (texts,) counts each text's different terms, those without a column among them.
    """

    names: NDArray[np.object_]
    held: sp.csr_matrix
    sizes: Ints

    @classmethod
    def of(cls, found: Iterable[Sequence[str]]) -> "TermRows":
        """Texts whose different terms are ``found``."""
        numbers: dict[str, int] = {}
        columns: list[int] = []
        starts = [0]
        for terms in found:
            columns += [numbers.setdefault(term, len(numbers)) for term in terms]
            starts.append(len(columns))
        held = _ones(np.array(columns, np.int32), np.array(starts), len(numbers))
        return cls(_array(numbers), held, np.diff(starts))

    @classmethod
    def joined(cls, parts: Sequence["TermRows"]) -> "TermRows":
        """The texts of several parts, one part after another."""
        numbers: dict[str, int] = {}
        columns = []
        for part in parts:
            place = np.array([numbers.setdefault(name, len(numbers)) for name in part.names], np.int32)
            columns.append(place[part.held.indices])
        lengths = np.concatenate([np.diff(part.held.indptr) for part in parts])
        held = _ones(np.concatenate(columns), np.concatenate([[0], np.cumsum(lengths)]), len(numbers))
        return cls(_array(numbers), held, np.concatenate([part.sizes for part in parts]))

    def __len__(self) -> int:
        """How many texts."""
        return len(self.sizes)

    def __getitem__(self, rows: Ints | NDArray[np.bool_] | slice) -> "TermRows":
        """Some of the texts."""
        return TermRows(self.names, self.held[rows], self.sizes[rows])

    def common(self, minimum: int) -> Ints:
        """Columns of the terms that at least ``minimum`` of the texts hold, the most frequent first."""
        return self._sorted(np.flatnonzero(self.counts() >= minimum))

    def counts(self) -> Ints:
        """How many texts hold each term (terms,)."""
        return np.bincount(self.held.indices, minlength=len(self.names))

    def named(self, names: Iterable[str]) -> Ints:
        """Columns of those of the terms that there are, the most frequent first."""
        wanted = set(names)
        return self._sorted(np.flatnonzero([name in wanted for name in self.names]))

    def _sorted(self, columns: Ints) -> Ints:
        """Frequent terms side by side: a fit that goes from text to text finds most weights in the cache."""
        return columns[np.lexsort((self.names[columns], -self.counts()[columns]))]

    def only(self, columns: Ints) -> "TermRows":
        """The texts with these columns alone; their sizes stay."""
        return TermRows(self.names[columns], self._columns(self.held, columns), self.sizes)

    def values(self) -> sp.csr_matrix:
        """What ``TermModel`` multiplies: ``1 / sqrt(different terms)`` where a text holds a term."""
        made = self.held.astype(np.float32)
        made.data = np.repeat(self._scale(), np.diff(made.indptr))
        return made

    def scores(self, model: TermModel) -> Floats:
        """The model's scores of every text (texts, outputs)."""
        places = np.array([model.vocabulary.get(name, -1) for name in self.names], np.int64)
        known = np.flatnonzero(places >= 0)
        weights = np.asarray(model.weights, np.float32)[places[known]]
        blocks = (self.held[at : at + CHUNK] for at in range(0, len(self), CHUNK))
        sums = [self._columns(block, known).astype(np.float32) @ weights for block in blocks]
        empty = np.zeros((0, weights.shape[1]), np.float32)
        return np.asarray(np.concatenate([empty, *sums]) * self._scale()[:, None] + model.intercept, np.float32)

    def _scale(self) -> Floats:
        return (1 / np.sqrt(np.maximum(1, self.sizes))).astype(np.float32)

    @staticmethod
    def _columns(held: sp.csr_matrix, columns: Ints) -> sp.csr_matrix:
        part = held[:, columns]
        part.sort_indices()  # threads share it, and must not sort it for themselves
        return part


def _ones(columns: NDArray[np.int32], starts: Ints, width: int) -> sp.csr_matrix:
    held = sp.csr_matrix((np.ones(len(columns), np.int8), columns, starts), (len(starts) - 1, width))
    held.sort_indices()
    return held


def _array(names: Iterable[str]) -> NDArray[np.object_]:
    listed = list(names)
    found = np.empty(len(listed), object)
    found[:] = listed
    return found
