"""The small model's two steps: fitted, made as sure as they deserve, and held out by group."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression

from matcher.classifier import Decision
from matcher.corpus import FOLDS, Ints, LabelledPosting, fold_of, type_targets, weight_of
from matcher.features import softmax
from matcher.figures import Figures
from matcher.profile import TYPES
from matcher.reading import Array

SMALL_C = 0.03
"""Inverse regularisation of the small model; chosen by cross-validation on the corpus (``benchmarks/quality.md``)."""

FIGURES_HALF = 100
"""Real rows among the labelled ones at which the figures' rows weigh half: the user's own tell better what the user
means. Chosen by cross-validation within the rows given (``benchmarks/retraining.md``)."""

FEW, MOST_TIMES = 240, 2.0
"""Fewer rows of the user's own than this weigh as much as so many would, each at most so many times: twenty labels of
a new kind would else be outvoted. At 4 times real postings lose what a correction (``corrections.py``) gains without
loss, and from 230 rows on any heavier weight costs more than it gives (``benchmarks/retraining-notes.md``)."""

TARGET_PRECISION = 0.95
"""Precision of accepted rows that the cut-off is chosen for, on cross-fitted probabilities."""


@dataclass(frozen=True)
class Rows:
    """What the small model learns from: inputs (postings, inputs), types, weights, folds, and which rows are real."""

    inputs: Array
    types: Ints
    weights: Array
    folds: Ints
    real: NDArray[np.bool_]

    @property
    def telling(self) -> NDArray[np.bool_]:
        """The rows that calibration goes by: the real ones, or all where there are none."""
        return self.real if self.real.any() else np.ones(len(self.real), bool)

    @classmethod
    def of(cls, inputs: Array, postings: Sequence[LabelledPosting], figures: Figures | None) -> "Rows":
        """Labelled postings with their cross-fitted inputs, then the figures' real postings."""
        users = np.array([not labelled.of_corpus for labelled in postings])
        times = np.where(users, np.clip(FEW / max(1, users.sum()), 1.0, MOST_TIMES), 1.0)
        own = cls(
            inputs,
            type_targets(postings),
            np.array([weight_of(labelled) for labelled in postings]) * times,
            np.array([fold_of(labelled.group) for labelled in postings]),
            users,
        )
        if figures is None:
            return own
        folds = np.array([fold_of(str(group)) for group in figures.groups])
        weights = figures.weights * (FIGURES_HALF / (FIGURES_HALF + own.real.sum()))
        real = cls(figures.inputs, figures.types, weights, folds, np.ones(len(folds), bool))
        return cls(*(np.concatenate([getattr(own, f.name), getattr(real, f.name)]) for f in fields(cls)))


def fit_decision(rows: Rows) -> Decision:
    """The small model, fitted on all rows and made as sure as its cross-fitted probabilities deserve."""
    gate_scores, kind_scores = np.zeros(len(rows.types)), np.zeros((len(rows.types), len(TYPES) - 1))
    for fold in range(FOLDS):
        rest, held = rows.folds != fold, rows.folds == fold
        part = _fit_steps(rows, rest)
        gate_scores[held] = part.gate_scores(rows.inputs[held])
        kind_scores[held] = part.kind_scores(rows.inputs[held])
    tpm = rows.types != len(TYPES) - 1
    told = rows.telling
    gate = _sureness(np.column_stack([np.zeros(told.sum()), gate_scores[told]]), tpm[told].astype(int))
    kinds = _sureness(kind_scores[tpm], rows.types[tpm])
    whole = _fit_steps(rows, np.ones(len(rows.types), bool))
    return Decision(
        whole.mean, whole.gate * gate, whole.gate_intercept * gate, whole.kinds * kinds, whole.kinds_intercept * kinds
    )


def _fit_steps(rows: Rows, chosen: NDArray[np.bool_]) -> Decision:
    inputs, types, weights = rows.inputs[chosen], rows.types[chosen], rows.weights[chosen]
    mean, scale = inputs.mean(axis=0), inputs.std(axis=0) + 1e-6
    values = (inputs - mean) / scale
    tpm = types != len(TYPES) - 1
    gate = LogisticRegression(C=SMALL_C, max_iter=2000).fit(values, tpm, sample_weight=weights)
    kinds = LogisticRegression(C=SMALL_C, max_iter=2000).fit(values[tpm], types[tpm], sample_weight=weights[tpm])
    return Decision(mean, gate.coef_[0] / scale, gate.intercept_[0], kinds.coef_.T / scale[:, None], kinds.intercept_)


def _sureness(scores: Array, target: Ints) -> float:
    """The factor on cross-fitted scores that makes their probabilities fit best (temperature scaling)."""
    rows = np.arange(len(target))
    best = minimize_scalar(
        lambda factor: -np.log(softmax(factor * scores)[rows, target]).mean(),
        bounds=(0.2, 3.0),
        method="bounded",
    )
    return float(best.x)


def cross_decision(rows: Rows, postings: int) -> Array:
    """Probabilities of the first ``postings`` rows by small models that saw none of their fold."""
    found = np.zeros((postings, len(TYPES)))
    for fold in range(FOLDS):
        rest = rows.folds != fold
        part = Rows(*(getattr(rows, f.name)[rest] for f in fields(Rows)))
        held = np.flatnonzero(~rest[:postings])
        found[held] = fit_decision(part).probabilities(rows.inputs[held])
    return found


def choose_cutoff(probabilities: Array, types: Ints, weights: Array) -> float:
    """The lowest winner's probability from which accepted rows reach ``TARGET_PRECISION``, at least one half."""
    top = probabilities.max(axis=1)
    order = np.argsort(-top, kind="stable")
    right = (probabilities.argmax(axis=1) == types)[order] * weights[order]
    precision = np.cumsum(right) / np.cumsum(weights[order])
    good = np.flatnonzero(precision >= TARGET_PRECISION)
    return float(max(0.5, top[order][good[-1]])) if len(good) else 1.0
