"""Term models learned from labelled sentences and postings, and put together with the figures' ones.

All are fitted by stochastic average gradient: on these rows, short and of few terms each, it is nearer to the optimum
in a sixth of the time than L-BFGS (``benchmarks/README.md``), and threads share the rows.
"""

from collections.abc import Collection, Iterable, Sequence

import numpy as np
import scipy.sparse as sp
from joblib import Parallel, delayed
from sklearn.linear_model import LogisticRegression

from matcher.classifier import COLUMNS
from matcher.corpus import Ints
from matcher.features import Floats, TermModel
from matcher.figures import Figures
from matcher.material import Flags, Material
from matcher.profile import SKILLS, TYPES
from matcher.reading import DOMAINS, FUNCTIONS, PARTS, Array
from matcher.term_rows import TermRows

SENTENCE_C, WORDS_C = 10.0, 10.0
"""Inverse regularisation of the sentence heads and of the word model; chosen by cross-validation on the corpus
(``benchmarks/quality.md``)."""

SENTENCE_MIN_COUNT, WORDS_MIN_COUNT = 2, 3
"""Sentences or postings that must hold a term for it to count."""

KIND_TOL, SKILL_TOL, WORDS_TOL = 0.05, 0.1, 0.005
"""Share of the largest weight by which a weight may still change in the last pass: part, function and domain; skills;
words and titles. Fitted so far, the heads tell of held-out sentences nearly all that they ever will
(``benchmarks/README.md``)."""

MOST_PASSES = 1000
"""A fit of the corpus takes some twenty."""

MOST_MARKED, MOST_POSTINGS = 100_000, 20_000
"""Marked sentences that the sentence heads learn from, and postings that the word and title models learn from, a fifth
of each type; of more, so many drawn at random. The small model learns from all."""


def numbered(names: Iterable[str]) -> dict[str, int]:
    """Terms in alphabetical order with their rows."""
    return {name: row for row, name in enumerate(sorted(names))}


def fit_sentences(
    material: Material,
    chosen: Sequence[Flags],
    names: Collection[str] | None = None,
    jobs: int = 2,
    *,
    tolerance: float = 1.0,
) -> list[TermModel]:
    """A sentence model for each choice of postings: part, function and domain as multinomial, the skills as yes or no.

    ``names`` are the terms to learn; None: those that are common enough. The number of threads, ``jobs``, changes
    nothing. ``tolerance`` is a share of the usual one, for what is learned once.
    """
    sizes = (len(PARTS), len(FUNCTIONS), len(DOMAINS), *(1 for _ in SKILLS))
    columns, tasks = [], []
    for postings in chosen:
        kept = some(np.flatnonzero(material.told(postings)[material.marked]), MOST_MARKED)
        rows = material.sentences[material.marked[kept]]
        columns.append(rows.common(SENTENCE_MIN_COUNT) if names is None else rows.named(names))
        values = rows.only(columns[-1]).values()
        tasks += [
            delayed(_fit_head)(values, material.targets[kept, head], size, tolerance) for head, size in enumerate(sizes)
        ]
    fitted = Parallel(n_jobs=jobs, prefer="threads")(tasks)
    found = []
    for number, known in enumerate(columns):
        weights, intercepts = zip(*fitted[number * len(sizes) : (number + 1) * len(sizes)], strict=True)
        found.append(
            TermModel.of(material.sentences.names[known].tolist(), np.hstack(weights), np.concatenate(intercepts))
        )
    return found


def some(rows: Ints, most: int) -> Ints:
    """The rows, or so many of them, in order."""
    return rows if len(rows) <= most else np.sort(np.random.default_rng(0).choice(rows, most, replace=False))


def _fit_head(values: sp.csr_matrix, target: Ints, size: int, tolerance: float) -> tuple[Floats, Floats]:
    """Weights (terms, size) and intercept (size,); an outcome that never occurs gets a score far below the others."""
    present = np.unique(target)
    intercept = np.full(size, -8.0, np.float32)
    if len(present) < 2:
        intercept[present[0] if size > 1 else 0] = 8.0 if size > 1 or present[0] else -8.0
        return np.zeros((values.shape[1], size), np.float32), intercept
    fitted = logistic(SENTENCE_C, tolerance * (SKILL_TOL if size == 1 else KIND_TOL)).fit(values, target)
    if size == 1:
        return fitted.coef_.T.astype(np.float32), fitted.intercept_.astype(np.float32)
    weights = np.zeros((values.shape[1], size), np.float32)
    weights[:, present], intercept[present] = outputs(fitted)
    return weights, intercept


def outputs(fitted: LogisticRegression) -> tuple[Floats, Floats]:
    """Weights (terms, classes) and intercept (classes,), for two classes as for more."""
    weights, intercept = fitted.coef_.T, fitted.intercept_
    if len(fitted.classes_) == 2:
        weights, intercept = np.hstack([-weights, weights]) / 2, np.concatenate([-intercept, intercept]) / 2
    return weights.astype(np.float32), intercept.astype(np.float32)


def logistic(strength: float, tolerance: float) -> LogisticRegression:
    """Logistic regression over term rows; the same rows give the same bytes."""
    return LogisticRegression(C=strength, solver="sag", tol=tolerance, max_iter=MOST_PASSES, random_state=0)


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
    rows: TermRows, types: Ints, weights: Array, names: Collection[str] | None = None, *, tolerance: float = 1.0
) -> TermModel:
    """A term model that tells the type; ``names`` are the terms to learn, None: those that are common enough."""
    columns = rows.common(WORDS_MIN_COUNT) if names is None else rows.named(names)
    fitted = logistic(WORDS_C, tolerance * WORDS_TOL).fit(rows.only(columns).values(), types, sample_weight=weights)
    return TermModel.of(
        rows.names[columns].tolist(), fitted.coef_.T.astype(np.float32), fitted.intercept_.astype(np.float32)
    )


def fit_terms(
    words: TermRows,
    titles: TermRows,
    chosen: Sequence[Flags],
    types: Ints,
    weights: Array,
    figures: Figures | None,
    jobs: int,
) -> list[tuple[TermModel, TermModel]]:
    """A word and a title model for each choice of postings, each beside the figures' one."""
    quota = MOST_POSTINGS // len(TYPES)
    kept = [
        np.sort(np.concatenate([some(np.flatnonzero(postings & (types == kind)), quota) for kind in np.unique(types)]))
        for postings in chosen
    ]
    tasks = [delayed(fit_words)(rows[at], types[at], weights[at]) for at in kept for rows in (words, titles)]
    fitted = Parallel(n_jobs=jobs, prefer="threads")(tasks)
    real = (figures.words, figures.titles) if figures else (None, None)
    both = [beside(model, real[number % 2]) for number, model in enumerate(fitted)]
    return list(zip(both[::2], both[1::2], strict=True))
