"""Term models learned from labelled sentences and postings, and put together with the figures' ones."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import scipy.sparse as sp
from joblib import Parallel, delayed
from sklearn.linear_model import LogisticRegression

from matcher.classifier import COLUMNS, INPUTS, Decision, TypeModel
from matcher.corpus import Ints, LabelledPosting
from matcher.features import Floats, TermModel
from matcher.profile import SKILLS, TYPES
from matcher.reading import DOMAINS, FUNCTIONS, PARTS, Array, Units

SENTENCE_C, WORDS_C = 10.0, 10.0
"""Inverse regularisation of the sentence heads and of the word model; chosen by cross-validation on the corpus
(``benchmarks/quality.md``)."""

SENTENCE_MIN_COUNT, WORDS_MIN_COUNT = 2, 3
"""Sentences or postings that must hold a term for it to count."""


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
