"""Words and word pairs of texts as a sparse matrix, for scikit-learn pipelines: fast over many, light over few."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from numbers import Integral
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.preprocessing import normalize

from matcher import fast
from matcher.features import tokens
from matcher.hashing import MIX_ONE, MIX_TWO, hash_word

Counts = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]
"""Row ends (n + 1,), columns in order within each row, and counts."""

MANY = 128
"""Texts that are counted at once, and for fewer of which loading the compiled code does not pay."""

_COMPILED = "matcher.fast.counting"
_MAX_FEATURES = 2**31 - 1


class TermHasher(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Counts words and word pairs into hashed columns, as ``HashingVectorizer(ngram_range=(1, 2))`` does, but faster.

    Words are those of :func:`matcher.features.tokens`: lower case, ``C++`` kept, every whole number ``0``. The result
    is a CSR matrix (texts, ``n_features``), columns in order; a text gives the same row alone or among many.
    ``n_features`` (1 to 2**31 - 1), ``norm`` (``"l1"``, ``"l2"``, None), ``binary``, ``alternate_sign`` and ``dtype``
    mean what they mean there; ``ngram_range`` is (1, 1), (1, 2) or (2, 2). Nothing is learned: ``fit`` only checks.
    """

    def __init__(
        self,
        n_features: int = 2**20,
        *,
        ngram_range: tuple[int, int] = (1, 2),
        norm: str | None = "l2",
        binary: bool = False,
        alternate_sign: bool = True,
        dtype: Any = np.float64,
    ) -> None:
        self.n_features = n_features
        self.ngram_range = ngram_range
        self.norm = norm
        self.binary = binary
        self.alternate_sign = alternate_sign
        self.dtype = dtype

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: N803, ARG002 - scikit-learn's words
        """Check the parameters.

        Raises:
            ValueError: one of them is out of its range, or X is one text instead of several.
        """
        self._check(X)
        return self

    def partial_fit(self, X: Any, y: Any = None) -> Self:  # noqa: N803
        """The same as :meth:`fit`."""
        return self.fit(X, y)

    def transform(self, X: Iterable[str]) -> csr_matrix:  # noqa: N803
        """Rows of counts (texts, ``n_features``), scaled by ``norm``.

        Raises:
            ValueError: a parameter is out of its range, X is one text or none, or one of X is not a text.
        """
        self._check(X)
        parts = [self._count(texts) for texts in _chunks(X)]
        if not parts:
            raise ValueError("X has no texts; TermHasher needs one or more")
        ends, columns, counts = (np.concatenate(arrays) for arrays in zip(*map(_lengths, parts), strict=True))
        ends = np.concatenate([[0], np.cumsum(ends)])
        made = csr_matrix((counts.astype(self.dtype), columns, ends), shape=(len(ends) - 1, self.n_features))
        if self.binary:
            made.data.fill(1)
        return made if self.norm is None else normalize(made, norm=self.norm, copy=False)

    def _count(self, texts: Sequence[str]) -> Counts:
        shape = (*self.ngram_range, self.n_features)
        if (len(texts) == MANY or _COMPILED in sys.modules) and fast.ready(len(texts)):
            from matcher.fast.counting import count_texts

            return count_texts(texts, *shape, signed=self.alternate_sign)
        return count_light(texts, *shape, signed=self.alternate_sign)

    def _check(self, texts: Any) -> None:
        if isinstance(texts, str):
            raise ValueError("X is one text; TermHasher takes several: a list of texts")
        if not isinstance(self.n_features, Integral) or not 1 <= self.n_features <= _MAX_FEATURES:
            raise ValueError(f"n_features is {self.n_features!r}, not a whole number from 1 to {_MAX_FEATURES}")
        if self.ngram_range not in ((1, 1), (1, 2), (2, 2)):
            raise ValueError(f"ngram_range is {self.ngram_range!r}, not (1, 1), (1, 2) or (2, 2)")
        if self.norm not in ("l1", "l2", None):
            raise ValueError(f"norm is {self.norm!r}, not 'l1', 'l2' or None")

    def __sklearn_tags__(self) -> Any:
        """Takes texts, and works without ``fit``."""
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = False
        return tags


def _chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    """Texts, some at a time."""
    rest = enumerate(texts)
    while numbered := list(islice(rest, MANY)):
        for number, text in numbered:
            if not isinstance(text, str):
                raise ValueError(f"X[{number}] is of type {type(text).__name__}, not a text")
        yield [text for _, text in numbered]


def _lengths(part: Counts) -> Counts:
    ends, columns, counts = part
    return np.diff(ends), columns, counts


def count_light(texts: Sequence[str], shortest: int, longest: int, n_features: int, *, signed: bool) -> Counts:
    """What ``matcher.fast.counting.count_texts`` counts, without compiled code."""
    rows = [_row(text, shortest, longest, n_features, signed) for text in texts]
    ends = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    return ends, np.concatenate([columns for columns, _ in rows]), np.concatenate([counts for _, counts in rows])


def _row(
    text: str, shortest: int, longest: int, n_features: int, signed: bool
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Columns of a text's terms, in order, and their counts."""
    words = np.array([hash_word(word) for word in tokens(text)], np.uint64)
    singles, pairs = _follow(words, np.zeros_like(words)), _follow(words[:-1], words[1:])
    mixed = np.concatenate([singles[: len(words) * (shortest == 1)], pairs[: len(words) * (longest == 2)]])
    half = np.uint64(32)
    columns, place = np.unique(((mixed >> half) * np.uint64(n_features)) >> half, return_inverse=True)
    ones = 1.0 - 2.0 * (mixed & np.uint64(signed)).astype(np.float64)
    counts: NDArray[np.float64] = np.bincount(place, ones, len(columns)).astype(np.float64)
    return columns.astype(np.int32), counts


def _follow(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The hashes of two things in order: :func:`matcher.hashing.hash_pair` over arrays."""
    mixed = (first ^ (first >> np.uint64(30))) * np.uint64(MIX_ONE) + second
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(MIX_TWO)
    return mixed ^ (mixed >> np.uint64(31))
