"""The type classifier as a scikit-learn estimator, for pipelines, searches and labels of one's own."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils import column_or_1d
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_consistent_length, check_is_fitted, validate_data

from matcher.aggregates import aggregate
from matcher.classifier import word_terms
from matcher.corpus import LabelledPosting, fold_of
from matcher.features import TermModel
from matcher.matcher import as_posting
from matcher.model_store import load
from matcher.posting import JobPosting
from matcher.reading import Array, Reading, Units, read
from matcher.term_fits import WORDS_C, WORDS_MIN_COUNT, WORDS_TOL, logistic, outputs
from matcher.term_rows import TermRows


class PostingClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Learns classes of postings from how a saved model reads their sentences, and from their words.

    ``X`` is a sequence of postings (:class:`JobPosting`, dict, text or path), or a numeric array (postings, inputs)
    of ready inputs. ``model`` is the saved model that reads the sentences (name or folder; None: the one in use);
    ``C`` is the inverse regularisation of the last step. After ``fit``: ``classes_``.
    """

    def __init__(self, model: str | None = None, C: float = 0.03) -> None:  # noqa: N803 - scikit-learn's word
        self.model = model
        self.C = C

    def fit(self, X: Any, y: Any, groups: Any = None) -> Self:  # noqa: N803
        """Learn from postings and their classes; postings of one group never fall on both sides of a split."""
        self._reads = _are_postings(X)
        if not self._reads:
            X, y = validate_data(self, X, y)  # noqa: N806
        check_classification_targets(y)
        y = column_or_1d(y)
        check_consistent_length(X, y)
        self.classes_, targets = np.unique(y, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError("PostingClassifier needs at least two classes, got 1 class")
        inputs = self._learn_words(X, targets, groups) if self._reads else X
        self._small = make_pipeline(StandardScaler(), LogisticRegression(C=self.C, max_iter=1000))
        self._small.fit(inputs, targets)
        return self

    def predict_proba(self, X: Any) -> Array:  # noqa: N803
        """Probabilities (postings, classes)."""
        check_is_fitted(self, "classes_")
        if _are_postings(X) != self._reads:
            raise ValueError("fit and predict take the same kind of X: postings, or a numeric array")
        inputs = self._inputs(X) if self._reads else validate_data(self, X, reset=False)
        return np.asarray(self._small.predict_proba(inputs))

    def predict(self, X: Any) -> NDArray[Any]:  # noqa: N803
        """The most probable class of each posting."""
        check_is_fitted(self, "classes_")
        return np.asarray(self.classes_[self.predict_proba(X).argmax(axis=1)])

    def _readings(self, postings: Sequence[Any]) -> list[Reading]:
        sentence = load(self.model).sentence
        return [read(Units.of(as_posting(_posting(item))), sentence) for item in postings]

    def _learn_words(self, postings: Sequence[Any], targets: NDArray[np.int64], groups: Any) -> Array:
        """Inputs of the last step, whose word scores come from models that had not seen the posting's group."""
        readings = self._readings(postings)
        words = TermRows.of(word_terms(reading) for reading in readings)
        names = range(len(words)) if groups is None else groups
        folds = np.array([fold_of(str(name)) for name in names])
        scores = np.zeros((len(words), len(self.classes_)))
        for fold in np.unique(folds):
            rest, rows = folds != fold, folds == fold
            if len(np.unique(targets[rest])) == len(self.classes_):
                scores[rows] = _centred(self._fit_words(words[rest], targets[rest]), words[rows])
        self._words = self._fit_words(words, targets)
        return np.hstack([[aggregate(reading) for reading in readings], scores])

    def _fit_words(self, words: TermRows, targets: NDArray[np.int64]) -> TermModel:
        columns = words.common(min(WORDS_MIN_COUNT, len(words)))
        fitted = logistic(WORDS_C, WORDS_TOL).fit(words.only(columns).values(), targets)
        return TermModel.of(words.names[columns].tolist(), *outputs(fitted))

    def _inputs(self, postings: Sequence[Any]) -> Array:
        readings = self._readings(postings)
        scores = _centred(self._words, TermRows.of(word_terms(reading) for reading in readings))
        return np.hstack([[aggregate(reading) for reading in readings], scores])


def _centred(model: TermModel, words: TermRows) -> Array:
    """Scores (texts, classes) about nought: the logarithms of their probabilities less their mean."""
    scores = words.scores(model).astype(np.float64)
    return np.asarray(scores - scores.mean(axis=1, keepdims=True))


def _are_postings(data: Any) -> bool:
    """Whether X is a sequence of postings rather than an array of numbers."""
    first = data[0] if isinstance(data, list | tuple) and data else None
    if isinstance(data, np.ndarray) and data.dtype == object and data.ndim == 1 and len(data):
        first = data[0]
    return isinstance(first, str | dict | JobPosting | LabelledPosting)


def _posting(item: Any) -> Any:
    return item.posting if isinstance(item, LabelledPosting) else item
