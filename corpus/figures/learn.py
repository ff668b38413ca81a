"""Learn the figures of this folder from real labelled advertisements: term weights and aggregated values, no text.

    python corpus/figures/learn.py ../shared/gold/train.jsonl

A term counts only where at least five postings of at least three employers share it. ``marks.jsonl`` beside this
script says what a reader made of the sentences: posting id, offsets, part, function, domain and skills, no words.
"""

import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from matcher.classifier import INPUTS, word_terms
from matcher.corpus import (
    FOLDS,
    LabelledPosting,
    SentenceMark,
    fold_of,
    read_labelled,
    type_targets,
    weight_of,
)
from matcher.features import TermModel
from matcher.figures import Figures
from matcher.reading import Reading, Units, read
from matcher.term_fits import beside, blend, fit_sentences, fit_words, input_model, numbered

HERE = Path(__file__).resolve().parent
MIN_POSTINGS, MIN_EMPLOYERS = 5, 3


def group_name(group: str) -> str:
    """An employer's group without its name: the same that corpus rows written from its facts carry."""
    return hashlib.sha256(group.encode()).hexdigest()[:12]


def read_real(path: str) -> list[LabelledPosting]:
    """The labelled advertisements with their readers' marks."""
    lines = (HERE / "marks.jsonl").read_text("utf-8").splitlines()
    marks = {row["id"]: row["marks"] for row in map(json.loads, lines)}
    return [
        replace(
            row,
            group=group_name(row.group),
            marks=tuple(SentenceMark(*mark[:5], frozenset(mark[5])) for mark in marks.get(row.posting.id, ())),
        )
        for row in read_labelled([path])
    ]


def shared_terms(found: Sequence[Sequence[str]], groups: Sequence[str]) -> set[str]:
    """Terms that enough postings of enough employers share; ``found`` holds one list of terms a posting."""
    postings: dict[str, int] = defaultdict(int)
    employers: dict[str, set[str]] = defaultdict(set)
    for terms, group in zip(found, groups, strict=True):
        for term in set(terms):
            postings[term] += 1
            employers[term].add(group)
    return {t for t in postings if postings[t] >= MIN_POSTINGS and len(employers[t]) >= MIN_EMPLOYERS}


def two_steps(
    found: Sequence[Sequence[str]], types: Sequence[str], weights: np.ndarray, vocabulary: dict[str, int]
) -> TermModel:
    """Two questions: a TPM posting at all, and software rather than IT conversion.

    Real advertisements for telecom and networking managers are too few to learn from: the corpus tells these.
    """
    names = np.array(types)
    tpm = names != "other"
    pair = np.isin(names, ["software", "it_conversion"])
    any_tpm = fit_words(found, tpm.astype(int), weights, vocabulary)
    chosen = [found[i] for i in np.flatnonzero(pair)]
    software = fit_words(chosen, (names[pair] == "software").astype(int), weights[pair], vocabulary)
    weights = np.hstack([any_tpm.weights, software.weights])
    return TermModel(vocabulary, weights, np.concatenate([any_tpm.intercept, software.intercept]))


@dataclass(frozen=True, eq=False)
class Source:
    """Labelled postings with all that the fits need; ``shared`` says whether only shared terms may be learned."""

    postings: list[LabelledPosting]
    shared: bool

    def __post_init__(self) -> None:
        object.__setattr__(self, "units", [Units.of(row.posting) for row in self.postings])
        object.__setattr__(self, "folds", np.array([fold_of(row.group) for row in self.postings]))

    units: list[Units] = field(init=False)
    folds: np.ndarray = field(init=False)

    def sentences(self, chosen: np.ndarray) -> TermModel:
        """Sentence heads learned on the chosen postings."""
        units = [self.units[i] for i in chosen]
        vocabulary = self._vocabulary([[t for s in u.terms for t in s] for u in units], chosen)
        return fit_sentences([self.postings[i] for i in chosen], units, vocabulary)

    def words(self, chosen: np.ndarray, readings: dict[int, Reading]) -> TermModel:
        """The word model learned on the chosen postings, as cross-fitted readings show them."""
        return self._types([word_terms(readings[i]) for i in chosen], chosen)

    def titles(self, chosen: np.ndarray) -> TermModel:
        """The title model learned on the chosen postings."""
        return self._types([self.units[i].title_terms for i in chosen], chosen)

    def _types(self, found: Sequence[Sequence[str]], chosen: np.ndarray) -> TermModel:
        rows = [self.postings[i] for i in chosen]
        weights = np.array([weight_of(row) for row in rows])
        vocabulary = self._vocabulary(found, chosen)
        if not self.shared:
            return fit_words(found, type_targets(rows), weights, vocabulary)
        return two_steps(found, [row.type for row in rows], weights, vocabulary)

    def _vocabulary(self, found: Sequence[Sequence[str]], chosen: np.ndarray) -> dict[str, int] | None:
        return numbered(shared_terms(found, [self.postings[i].group for i in chosen])) if self.shared else None


def main(path: str) -> None:
    """Learn and write the figures."""
    real = Source(read_real(path), shared=True)
    own = Source(list(read_labelled([str(HERE.parent / "*.jsonl")])), shared=False)
    readings: dict[Source, dict[int, Reading]] = {real: {}, own: {}}
    for fold in range(FOLDS):
        model = blend(*(source.sentences(np.flatnonzero(source.folds != fold)) for source in (own, real)))
        for source, found in readings.items():
            found |= {i: read(source.units[i], model) for i in np.flatnonzero(source.folds == fold)}
    inputs = np.zeros((len(real.postings), len(INPUTS)))
    for fold in range(FOLDS):
        rest = {source: np.flatnonzero(source.folds != fold) for source in (own, real)}
        words = beside(*(source.words(rest[source], readings[source]) for source in (own, real)))
        titles = beside(*(source.titles(rest[source]) for source in (own, real)))
        model = input_model(words, titles)
        for i in np.flatnonzero(real.folds == fold):
            inputs[i] = model.inputs(readings[real][i], word_terms(readings[real][i]))
    every = np.arange(len(real.postings))
    groups = numbered({row.group for row in real.postings})
    Figures(
        real.sentences(every),
        real.words(every, readings[real]),
        real.titles(every),
        inputs,
        type_targets(real.postings),
        np.array([weight_of(row) for row in real.postings]),
        np.array([groups[row.group] for row in real.postings]),
    ).save(HERE)


if __name__ == "__main__":
    main(sys.argv[1])
