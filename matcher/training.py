"""Learning: from labelled postings to a model, cross-fitted by group so that every figure is honest."""

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np
import scipy.sparse as sp
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from threadpoolctl import threadpool_limits

from matcher.classifier import COLUMNS, INPUTS, Decision, TypeModel, word_terms
from matcher.corpus import LabelledPosting
from matcher.errors import LabelError
from matcher.features import Floats, TermModel, softmax
from matcher.figures import Figures
from matcher.model_store import Model
from matcher.profile import SKILLS, TYPES
from matcher.reading import DOMAINS, FUNCTIONS, PARTS, Array, Reading, Units, read
from matcher.skills import SkillModel, asking, pooled

FOLDS = 4
SENTENCE_C, WORDS_C, SMALL_C, SKILL_C = 10.0, 10.0, 0.03, 1.0
"""Inverse regularisation of the sentence heads, the word model, the small model and the skills; chosen by
cross-validation on the corpus (``benchmarks/quality.md``)."""

SENTENCE_MIN_COUNT, WORDS_MIN_COUNT = 2, 3
"""Sentences or postings that must hold a term for it to count."""

CONFIDENCE_WEIGHT = {3: 1.0, 2: 0.8, 1: 0.5}
OWN_WEIGHT = 2.0
"""Weight of a posting written for the corpus beside a real one: the corpus has all five types, and was labelled with
more care than the real rows behind the figures."""

TARGET_PRECISION = 0.95
"""Precision of accepted rows that the cut-off is chosen for, on cross-fitted probabilities."""

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Trained:
    """A model, and the cross-fitted values behind its figures.

    Probabilities (postings, types), skills (postings, 14), and the small model's inputs (postings, inputs).
    """

    model: Model
    inputs: Array
    probabilities: Array
    skills: Array


def fold_of(group: str, folds: int = FOLDS) -> int:
    """The fold of a group: the same on every run and machine."""
    return zlib.crc32(group.encode()) % folds


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


def weight_of(labelled: LabelledPosting) -> float:
    """What a posting weighs in every fit."""
    return CONFIDENCE_WEIGHT.get(labelled.confidence, 1.0) * (OWN_WEIGHT if labelled.origin == "own" else 1.0)


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


def incidence(found: Sequence[Sequence[str]], vocabulary: dict[str, int]) -> sp.csr_matrix:
    """Texts as rows of ``1 / sqrt(number of different terms)`` at their known terms: what ``TermModel`` multiplies."""
    columns: list[int] = []
    starts, values = [0], []
    for terms in found:
        known = [row for term in terms if (row := vocabulary.get(term)) is not None]
        columns += known
        starts.append(len(columns))
        values.append(np.full(len(known), 1 / np.sqrt(max(1, len(terms)))))
    shape = (len(found), len(vocabulary))
    matrix = sp.csr_matrix(
        (np.concatenate([np.zeros(0), *values]), np.array(columns, np.int32), np.array(starts)), shape
    )
    matrix.sort_indices()  # workers get it read-only
    return matrix


def vocabulary_of(found: Sequence[Sequence[str]], minimum: int) -> dict[str, int]:
    """Terms of at least ``minimum`` texts, in alphabetical order, with their rows."""
    counts = Counter(term for terms in found for term in set(terms))
    return numbered(term for term, n in counts.items() if n >= minimum)


def numbered(names: Iterable[str]) -> dict[str, int]:
    """Terms in alphabetical order with their rows."""
    return {name: row for row, name in enumerate(sorted(names))}


def type_targets(postings: Sequence[LabelledPosting]) -> Ints:
    """Types as indexes into ``TYPES``."""
    return np.array([TYPES.index(labelled.type) for labelled in postings])


def mark_targets(labelled: LabelledPosting, units: Units) -> dict[int, Ints]:
    """Targets (part, function, domain, then 14 skills) of the sentences that a reader marked, by largest overlap."""
    found: dict[int, Ints] = {}
    for number, span in enumerate(units.spans):
        overlaps = [(min(span.end, mark.end) - max(span.start, mark.start), mark) for mark in labelled.marks]
        best, mark = max(overlaps, key=lambda item: item[0], default=(0, None))
        if mark is None or best <= 0:
            continue
        heads = [PARTS.index(mark.part), FUNCTIONS.index(mark.function), DOMAINS.index(mark.domain)]
        found[number] = np.array([*heads, *(name in mark.skills for name in SKILLS)], np.int64)
    return found


def marked_sentences(postings: Sequence[LabelledPosting], units: Sequence[Units]) -> tuple[list[Sequence[str]], Ints]:
    """Terms and targets (sentences, 17) of every sentence that a reader marked."""
    found: list[Sequence[str]] = []
    targets: list[Ints] = []
    for labelled, unit in zip(postings, units, strict=True):
        for number, target in mark_targets(labelled, unit).items():
            found.append(unit.terms[number])
            targets.append(target)
    return found, np.array(targets)


def fit_sentences(
    postings: Sequence[LabelledPosting],
    units: Sequence[Units],
    vocabulary: dict[str, int] | None = None,
    jobs: int = 2,
) -> TermModel:
    """The sentence model: part, function and domain as multinomial, the skills as yes/no logistic regressions."""
    found, targets = marked_sentences(postings, units)
    vocabulary = vocabulary or vocabulary_of(found, SENTENCE_MIN_COUNT)
    matrix = incidence(found, vocabulary)
    sizes = (len(PARTS), len(FUNCTIONS), len(DOMAINS), *(1 for _ in SKILLS))
    tasks = (delayed(_fit_head)(matrix, targets[:, head], size) for head, size in enumerate(sizes))
    fitted = Parallel(n_jobs=jobs)(tasks)
    weights = np.hstack([head for head, _ in fitted]).astype(np.float32)
    return TermModel(vocabulary, weights, np.concatenate([intercept for _, intercept in fitted]).astype(np.float32))


def _fit_head(matrix: sp.csr_matrix, target: Ints, size: int) -> tuple[Floats, Floats]:
    """Weights (terms, size) and intercept (size,); an outcome that never occurs gets a score far below the others."""
    weights = np.zeros((matrix.shape[1], size), np.float32)
    present = np.unique(target)
    intercept = np.full(size, -8.0, np.float32)
    if len(present) < 2:
        intercept[present[0] if size > 1 else 0] = 8.0 if size > 1 or present[0] else -8.0
        return weights, intercept
    if size == 1:  # yes and no, and yes is rare: liblinear's dual coordinate descent does not stop early there
        fitted = LogisticRegression(C=SENTENCE_C, solver="liblinear").fit(matrix, target)
        return fitted.coef_.T.astype(np.float32), fitted.intercept_.astype(np.float32)
    fitted = LogisticRegression(C=SENTENCE_C, max_iter=500, tol=1e-3).fit(matrix, target)
    weights[:, present] = fitted.coef_.T if len(present) > 2 else np.hstack([-fitted.coef_.T, fitted.coef_.T]) / 2
    intercept[present] = fitted.intercept_ if len(present) > 2 else np.array([-1, 1]) * fitted.intercept_ / 2
    return weights, intercept


def blend(own: TermModel, real: TermModel | None) -> TermModel:
    """The mean of a model learned on the corpus and the figures' of real advertisements."""
    if real is None:
        return own
    names = sorted({*own.vocabulary, *real.vocabulary})
    weights = np.zeros((len(names), own.weights.shape[1]), np.float32)
    place = {name: row for row, name in enumerate(names)}
    for model in (own, real):
        rows = [place[name] for name in model.vocabulary]
        weights[rows] += model.weights[list(model.vocabulary.values())] / 2
    return TermModel(place, weights, np.asarray((own.intercept + real.intercept) / 2, np.float32))


def beside(own: TermModel, real: TermModel | None) -> TermModel:
    """The columns of the corpus's model, then those of the figures' (zero where there are none)."""
    names = numbered({*own.vocabulary, *(real.vocabulary if real else ())})
    weights = np.zeros((len(names), len(COLUMNS)), np.float32)
    intercept = np.zeros(len(COLUMNS), np.float32)
    at = 0
    for model in filter(None, (own, real)):
        columns = slice(at, at + len(model.intercept))
        weights[[names[name] for name in model.vocabulary], columns] = model.weights[list(model.vocabulary.values())]
        intercept[columns] = model.intercept
        at = columns.stop
    return TermModel(names, weights, intercept)


def fit_words(
    found: Sequence[Sequence[str]], types: Ints, weights: Array, vocabulary: dict[str, int] | None = None
) -> TermModel:
    """A term model that tells the type."""
    vocabulary = vocabulary or vocabulary_of(found, WORDS_MIN_COUNT)
    matrix = incidence(found, vocabulary)
    fitted = LogisticRegression(C=WORDS_C, max_iter=500, tol=1e-4).fit(matrix, types, sample_weight=weights)
    return TermModel(vocabulary, fitted.coef_.T.astype(np.float32), fitted.intercept_.astype(np.float32))


def input_model(words: TermModel, titles: TermModel) -> TypeModel:
    """A type model that only serves to compute inputs."""
    empty = np.zeros(len(INPUTS))
    kinds = np.zeros((len(INPUTS), len(TYPES) - 1))
    return TypeModel(words, titles, Decision(empty, empty, np.zeros(1), kinds, kinds[0]), 1.0)


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
        own = cls(
            inputs,
            type_targets(postings),
            np.array([weight_of(labelled) for labelled in postings]),
            np.array([fold_of(labelled.group) for labelled in postings]),
            np.array([labelled.origin != "own" for labelled in postings]),
        )
        if figures is None:
            return own
        folds = np.array([fold_of(str(group)) for group in figures.groups])
        real = cls(figures.inputs, figures.types, figures.weights, folds, np.ones(len(folds), bool))
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
    best = minimize_scalar(
        lambda factor: log_loss(target, softmax(factor * scores), labels=range(scores.shape[1])),
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
