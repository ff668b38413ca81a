"""Learning: from labelled postings to a model, cross-fitted by group so that every figure is honest."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from matcher.classifier import INPUTS, TypeModel
from matcher.corpus import FOLDS, LabelledPosting, fold_of, type_targets, weight_of
from matcher.corrections import correct
from matcher.cross_reading import cross_read
from matcher.decision_fits import Rows, choose_cutoff, cross_decision, fit_decision
from matcher.errors import LabelError
from matcher.figures import Figures
from matcher.material import Material
from matcher.model_store import Model
from matcher.profile import SKILLS, TYPES
from matcher.reading import Array
from matcher.skills import SkillModel
from matcher.term_fits import blend, fit_sentences, fit_terms

SKILL_C = 1.0
"""Inverse regularisation of the skills; chosen by cross-validation on the corpus (``benchmarks/quality.md``)."""

REAL_TIMES = 3.0
"""How much heavier a real posting weighs than one of the corpus in telling how sure of a skill to be; chosen by
cross-validation on the figures' postings."""


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
    material = Material.of(postings, jobs)
    folds = np.array([fold_of(labelled.group) for labelled in postings])
    types = type_targets(postings)
    weights = np.array([weight_of(labelled) for labelled in postings])
    every = np.ones(len(postings), bool)
    chosen = [*(folds != fold for fold in range(FOLDS)), every]
    own = fit_sentences(material, chosen, jobs=jobs)
    sentences = [blend(model, figures.sentence if figures else None) for model in own]
    told = cross_read(material, folds, sentences[:FOLDS])
    words = material.words(told.part)
    pairs = fit_terms(words, material.titles, chosen, types, weights, figures, jobs)
    inputs = np.zeros((len(postings), len(INPUTS)))
    for fold, models in enumerate(pairs[:FOLDS]):
        held = folds == fold
        scores = [rows[held].scores(model) for rows, model in zip((words, material.titles), models, strict=True)]
        inputs[held] = np.hstack([told.aggregates[held], *scores])
    rows = Rows.of(inputs, postings, figures)
    probabilities = cross_decision(rows, len(rows.types))
    mine, first = rows.real[: len(postings)], slice(len(postings))
    correction, probabilities[first] = correct(
        words, material.titles, mine, probabilities[first], types, weights, folds
    )
    skill_model, skills = _fit_skills(postings, told.asked, 1 - probabilities[:, -1], rows, figures)
    known = rows.telling
    cutoff = choose_cutoff(probabilities[known], rows.types[known], rows.weights[known])
    kinds = TypeModel(*pairs[-1], fit_decision(rows), cutoff)
    model = Model(sentences[-1], correction.put_into(kinds) if correction else kinds, skill_model)
    return Trained(model, inputs, probabilities[first], skills)


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


def _fit_skills(
    postings: Sequence[LabelledPosting], asked: Array, tpm: Array, rows: Rows, figures: Figures | None
) -> tuple[SkillModel, Array]:
    """Posting-level skills on cross-fitted readings, and their own cross-fitted probabilities (postings, 14).

    ``tpm`` (rows,) and ``rows`` are the postings', then those of the figures.
    """
    asked = np.concatenate([asked, figures.asked]) if figures else asked
    values = np.concatenate([asked, np.repeat(tpm[:, None, None], len(SKILLS), axis=1)], axis=2)
    times = np.where(rows.real, REAL_TIMES, 1.0)
    found = np.full((len(postings), len(SKILLS)), np.nan)
    weights, intercept = np.zeros((len(SKILLS), values.shape[2])), np.zeros(len(SKILLS))
    for column, name in enumerate(SKILLS):
        marked = figures.skills[:, column].tolist() if figures else []
        known = np.array([*(bool(row.skills and name in row.skills) for row in postings), *(True for _ in marked)])
        yes = np.array([*(bool(row.skills and row.skills.get(name)) for row in postings), *marked])
        fit = _skill_fitter(values[:, column], yes, times)
        weights[column], intercept[column] = fit(known)
        for fold in range(FOLDS):
            part, cut = fit(known & (rows.folds != fold))
            held = np.flatnonzero(rows.folds[: len(postings)] == fold)
            found[held, column] = 1 / (1 + np.exp(-(values[held, column] @ part + cut)))
    return SkillModel(weights, intercept), found


def _skill_fitter(
    values: Array, asked: NDArray[np.bool_], times: Array
) -> Callable[[NDArray[np.bool_]], tuple[Array, float]]:
    def fit(rows: NDArray[np.bool_]) -> tuple[Array, float]:
        if len(np.unique(asked[rows])) < 2:
            return np.zeros(values.shape[1]), -4.0
        fitted = LogisticRegression(C=SKILL_C, solver="newton-cholesky").fit(values[rows], asked[rows], times[rows])
        return fitted.coef_[0], float(fitted.intercept_[0])

    return fit
