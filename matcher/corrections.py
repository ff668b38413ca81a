"""What the user's own rows say beyond the model: other weights for the rare terms that they share, and for no others.

Rows of a new kind that weigh more in every fit move everything. A correction starts from the model's cross-fitted
scores and is fitted to the user's labels, while the rows of the corpus are to keep the probabilities that they have. It
has no intercept, so that no posting without these terms is told differently.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize
from scipy.special import logsumexp

from matcher.classifier import TypeModel, type_probabilities
from matcher.corpus import FOLDS, Ints
from matcher.features import TermModel, sigmoid, softmax
from matcher.material import Flags
from matcher.profile import TYPES
from matcher.reading import Array
from matcher.term_fits import numbered, some
from matcher.term_rows import TermRows

STRENGTHS = (1.0, 0.1, 0.01, 0.001)
"""Ridge penalties from the smallest correction on: the next is tried as long as cross-fitted probabilities gain."""

SURE = 2.0
"""Standard errors by which the user's rows must gain, that chance is not taken for a kind of its own. Twenty rows of a
new kind gain by 3 to 7, some 200 of all kinds by 1.9 at most (``benchmarks/retraining-notes.md``)."""

SHARED = 2
"""The user's rows that must hold a term: what one row alone holds explains that row, and tells of no other."""

RARE = 0.01
"""The share of the other rows that may hold a term: by what many postings say a new kind is not told, and real ones
that are told right would be moved with it (``benchmarks/retraining-notes.md``)."""

MOST_ROWS, MOST_STEPS = 2000, 200
"""Of the user's rows and of the others, so many at most that a correction learns from; steps of the optimiser."""

LEAST_REACH = 0.02
"""Directions of a term model's outputs that move the decision less than this share of the most are let be: the weights
would outgrow the half precision in which they are saved."""

OUTPUTS = len(TYPES)
"""Outputs of a correction: the log-odds of a TPM posting at all, then the scores of the four types."""


@dataclass(frozen=True)
class Correction:
    """Changes of the decision's two steps, as term models of ``OUTPUTS`` without intercept."""

    words: TermModel
    titles: TermModel

    def put_into(self, model: TypeModel) -> TypeModel:
        """The model with other weights of these terms, such that its decision changes by just that much."""
        first = len(model.decision.mean) - len(model.words.intercept) - len(model.titles.intercept)
        reach = np.column_stack([model.decision.gate, _centred(model.decision.kinds)])[first:]
        words, titles = np.split(reach, [len(model.words.intercept)])
        return replace(
            model, words=_added(model.words, self.words, words), titles=_added(model.titles, self.titles, titles)
        )


def correct(
    words: TermRows, titles: TermRows, mine: Flags, told: Array, types: Ints, weights: Array, folds: Ints
) -> tuple[Correction | None, Array]:
    """A correction by the rows that are the user's own, ``mine`` (n,), and what all rows are told with it.

    ``told`` (n, types) are cross-fitted probabilities, and so are those that come back: each row's by a correction that
    saw none of its fold. None, and the same probabilities, where nothing is surely gained, or where all rows are the
    user's: the model is then theirs already.
    """
    parts = [(rows, _telling(rows, mine)) for rows in (words, titles)]
    values = sp.hstack([rows.only(columns).values() for rows, columns in parts], "csr").astype(np.float64)
    if not values.shape[1] or mine.all():
        return None, told
    problem = _Problem(values, _scores(told), np.where(mine[:, None], np.eye(OUTPUTS)[types], told), weights)
    learned = np.concatenate([some(np.flatnonzero(flags), MOST_ROWS) for flags in (mine, ~mine)])
    before, chosen, highest = _losses(told, types), None, 0.0
    for strength in STRENGTHS:
        found = problem.cross_told(learned, folds, strength)
        gain = _gain(weights * (before - _losses(found, types)), mine)
        if gain <= highest:
            break
        chosen, highest, told = strength, gain, found
    return (_models(parts, problem.fit(learned, chosen)) if chosen else None), told


def _telling(rows: TermRows, mine: Flags) -> Ints:
    """Columns of the terms that the user's rows share, and few others hold."""
    columns: Ints = rows[mine].common(SHARED)
    rare: Ints = columns[rows[~mine].counts()[columns] <= RARE * (~mine).sum()]
    return rare


def _models(parts: Sequence[tuple[TermRows, Ints]], weights: Array) -> Correction:
    """The fitted weights (terms of words, then of titles, by ``OUTPUTS``) with their terms."""
    none = np.zeros(OUTPUTS, np.float32)
    words, titles = (
        TermModel.of(rows.names[columns].tolist(), part.astype(np.float32), none)
        for (rows, columns), part in zip(parts, np.split(weights, [len(parts[0][1])]), strict=True)
    )
    return Correction(words, titles)


@dataclass(frozen=True, eq=False)
class _Problem:
    """Term values (n, terms), scores before (n, outputs), wanted probabilities (n, types), weights (n,)."""

    values: sp.csr_matrix
    before: Array
    wanted: Array
    weights: Array

    def fit(self, rows: Ints, strength: float) -> Array:
        """Weights (terms, outputs) of the correction learned from some rows."""
        values, before, wanted, weights = (part[rows] for part in (self.values, self.before, self.wanted, self.weights))
        back, tpm = sp.csr_matrix(values.T), 1 - wanted[:, -1:]

        def loss(flat: Array) -> tuple[float, Array]:
            scores = before + values @ flat.reshape(-1, OUTPUTS)
            gate, kinds = scores[:, :1], scores[:, 1:]
            every = logsumexp(kinds, axis=1, keepdims=True)
            reached = tpm * gate + (wanted[:, :-1] * kinds).sum(axis=1, keepdims=True)
            each = np.logaddexp(0, gate) + tpm * every - reached
            slope = np.hstack([sigmoid(gate) - tpm, tpm * softmax(kinds) - wanted[:, :-1]]) * weights[:, None]
            ridge = strength / 2 * float(flat @ flat)
            return float(weights @ each[:, 0]) + ridge, (back @ slope).ravel() + strength * flat

        start = np.zeros(values.shape[1] * OUTPUTS)
        found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": MOST_STEPS})
        return np.asarray(found.x).reshape(-1, OUTPUTS)

    def cross_told(self, rows: Ints, folds: Ints, strength: float) -> Array:
        """Probabilities (n, types), each by a correction learned from those of the rows that are not of its fold."""
        scores = self.before.copy()
        for fold in range(FOLDS):
            held = folds == fold
            scores[held] += self.values[held] @ self.fit(rows[folds[rows] != fold], strength)
        return type_probabilities(scores[:, 0], scores[:, 1:])


def _scores(probabilities: Array) -> Array:
    """The decision's scores (n, outputs) behind probabilities."""
    logs = np.log(np.maximum(probabilities, np.finfo(float).tiny))
    tpm = np.log(np.maximum(probabilities[:, :-1].sum(axis=1), np.finfo(float).tiny))
    return np.column_stack([tpm - logs[:, -1], logs[:, :-1]])


def _losses(told: Array, types: Ints) -> Array:
    return -np.log(np.maximum(told[np.arange(len(types)), types], np.finfo(float).tiny))


def _gain(gains: Array, mine: Flags) -> float:
    """What the user's rows surely gain each, less what the others lose each."""
    own = gains[mine]
    return float(own.mean() - SURE * own.std(ddof=1) / np.sqrt(len(own)) + gains[~mine].mean())


def _centred(kinds: Array) -> Array:
    """Scores of the four types less their mean, which changes no probability."""
    return np.asarray(kinds - kinds.mean(axis=-1, keepdims=True), np.float64)


def _added(model: TermModel, change: TermModel, reach: Array) -> TermModel:
    """A term model whose outputs, as they ``reach`` the decision (its outputs, ``OUTPUTS``), change it as wanted."""
    names = numbered({*model.vocabulary, *change.vocabulary})
    weights = np.zeros((len(names), model.weights.shape[1]), np.float32)
    weights[[names[name] for name in model.vocabulary]] = model.weights[list(model.vocabulary.values())]
    change_weights = change.weights.astype(np.float64)
    wanted = np.column_stack([change_weights[:, :1], _centred(change_weights[:, 1:])])
    weights[[names[name] for name in change.vocabulary]] += wanted @ np.linalg.pinv(reach, rcond=LEAST_REACH)
    return TermModel(names, weights, model.intercept)
