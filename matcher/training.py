"""Learning: from labelled postings to a model, cross-fitted by group so that every figure is honest."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from matcher.classifier import INPUTS, TypeModel, word_terms
from matcher.corpus import FOLDS, Ints, LabelledPosting, fold_of, type_targets, weight_of
from matcher.decision_fits import Rows, choose_cutoff, cross_decision, fit_decision
from matcher.errors import LabelError
from matcher.features import TermModel
from matcher.figures import Figures
from matcher.model_store import Model
from matcher.profile import SKILLS, TYPES
from matcher.reading import Array, Reading, Units, read
from matcher.skills import SkillModel, asking, pooled
from matcher.term_fits import beside, blend, fit_sentences, fit_words, input_model

SKILL_C = 1.0
"""Inverse regularisation of the skills; chosen by cross-validation on the corpus (``benchmarks/quality.md``)."""


@dataclass(frozen=True)
class Trained:
    """A model, and the cross-fitted values behind its figures.

    Probabilities (postings, types), skills (postings, 14), and the small model's inputs (postings, inputs).
    """

    model: Model
    inputs: Array
    probabilities: Array
    skills: Array


def train(postings: Sequence[LabelledPosting], figures: Figures | None, jobs: int = 2) -> Trained:
    """Fit every part of a model.

    Raises:
        LabelError: too few postings, types, or marked sentences to learn from.
    """
    _check(postings)
    with threadpool_limits(1):  # sums in one order: the same bytes from any number of workers
        return _train(postings, figures, jobs)


def _train(postings: Sequence[LabelledPosting], figures: Figures | None, jobs: int) -> Trained:
    units = [Units.of(labelled.posting) for labelled in postings]
    folds = np.array([fold_of(labelled.group) for labelled in postings])
    types = type_targets(postings)
    weights = np.array([weight_of(labelled) for labelled in postings])
    readings = _cross_read(postings, units, folds, figures, jobs)
    words = [word_terms(reading) for reading in readings]

    titles = [unit.title_terms for unit in units]

    def fit_on(chosen: NDArray[np.bool_]) -> tuple[TermModel, TermModel]:
        picked = np.flatnonzero(chosen).tolist()
        own_words = fit_words([words[row] for row in picked], types[picked], weights[picked])
        own_titles = fit_words([titles[row] for row in picked], types[picked], weights[picked])
        return (
            beside(own_words, figures.words if figures else None),
            beside(own_titles, figures.titles if figures else None),
        )

    inputs = np.zeros((len(postings), len(INPUTS)))
    for fold in range(FOLDS):
        fold_model = input_model(*fit_on(folds != fold))
        for row in np.flatnonzero(folds == fold).tolist():
            inputs[row] = fold_model.inputs(readings[row], words[row])
    rows = Rows.of(inputs, postings, figures)
    every = cross_decision(rows, len(rows.types))
    probabilities = every[: len(postings)]
    skill_model, skills = _fit_skills(postings, readings, 1 - probabilities[:, -1], folds)
    told = rows.telling
    cutoff = choose_cutoff(every[told], rows.types[told], rows.weights[told])
    sentence = blend(fit_sentences(postings, units, jobs=jobs), figures.sentence if figures else None)
    all_terms = fit_on(np.ones(len(postings), bool))
    model = Model(sentence, TypeModel(*all_terms, fit_decision(rows), cutoff), skill_model)
    return Trained(model, inputs, probabilities, skills)


def _check(postings: Sequence[LabelledPosting]) -> None:
    counts = Counter(labelled.type for labelled in postings)
    missing = [name for name in TYPES if counts[name] < FOLDS]
    if missing:
        raise LabelError(
            f"too few labelled postings to learn from: {counts[missing[0]]} of type {missing[0]}, at least {FOLDS} are "
            "needed; give the corpus along with your own rows"
        )
    if not any(labelled.marks for labelled in postings):
        raise LabelError("no posting has marked sentences; give the corpus along with your own rows")


def _cross_read(
    postings: Sequence[LabelledPosting], units: Sequence[Units], folds: Ints, figures: Figures | None, jobs: int
) -> list[Reading]:
    """Every posting read by a sentence model that saw none of its group."""
    readings: dict[int, Reading] = {}
    for fold in range(FOLDS):
        others = np.flatnonzero(folds != fold).tolist()
        own = fit_sentences([postings[i] for i in others], [units[i] for i in others], jobs=jobs)
        model = blend(own, figures.sentence if figures else None)
        for row in np.flatnonzero(folds == fold).tolist():
            readings[row] = read(units[row], model)
    return [readings[row] for row in range(len(postings))]


def _fit_skills(
    postings: Sequence[LabelledPosting], readings: Sequence[Reading], tpm: Array, folds: Ints
) -> tuple[SkillModel, Array]:
    """Posting-level skills on cross-fitted readings, and their own cross-fitted probabilities (postings, 14)."""
    values = np.array([pooled(asking(reading), chance) for reading, chance in zip(readings, tpm, strict=True)])
    found = np.full((len(postings), len(SKILLS)), np.nan)
    weights, intercept = np.zeros((len(SKILLS), values.shape[2])), np.zeros(len(SKILLS))
    for column, name in enumerate(SKILLS):
        known = np.array([labelled.skills is not None and name in labelled.skills for labelled in postings])
        asked = np.array([bool(labelled.skills and labelled.skills.get(name)) for labelled in postings])
        fit = _skill_fitter(values[:, column], asked)
        weights[column], intercept[column] = fit(known)
        for fold in range(FOLDS):
            part, cut = fit(known & (folds != fold))
            rows = folds == fold
            found[rows, column] = 1 / (1 + np.exp(-(values[rows, column] @ part + cut)))
    return SkillModel(weights, intercept), found


def _skill_fitter(values: Array, asked: NDArray[np.bool_]) -> Callable[[NDArray[np.bool_]], tuple[Array, float]]:
    def fit(rows: NDArray[np.bool_]) -> tuple[Array, float]:
        if len(np.unique(asked[rows])) < 2:
            return np.zeros(values.shape[1]), -4.0
        fitted = LogisticRegression(C=SKILL_C, max_iter=1000).fit(values[rows], asked[rows])
        return fitted.coef_[0], float(fitted.intercept_[0])

    return fit
