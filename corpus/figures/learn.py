"""Learn the figures of this folder from real labelled advertisements: term weights and aggregated values, no text.

    python corpus/figures/learn.py ../shared/gold/train.jsonl

A term counts only where at least five postings of at least three employers share it. ``marks.jsonl`` beside this
script says what a reader made of the sentences: posting id, offsets, part, function, domain and skills, no words.
"""

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from matcher.classifier import INPUTS
from matcher.corpus import (
    FOLDS,
    LabelledPosting,
    SentenceMark,
    fold_of,
    read_labelled,
    type_targets,
    weight_of,
)
from matcher.cross_reading import cross_read
from matcher.features import TermModel
from matcher.figures import Figures
from matcher.material import Material
from matcher.profile import SKILLS
from matcher.term_fits import beside, blend, fit_sentences, fit_words, numbered
from matcher.term_rows import TermRows

HERE = Path(__file__).resolve().parent
MIN_POSTINGS, MIN_EMPLOYERS = 5, 3
TOLERANCE = 0.1
"""Of the usual tolerance of a fit: figures are learned once, and may take their time."""


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


def shared_terms(held: csr_matrix, names: np.ndarray, groups: Sequence[str]) -> list[str]:
    """Terms that enough postings of enough employers share; ``held`` (postings, terms) counts what they hold."""
    numbers = numbered(set(groups))
    rows = [numbers[group] for group in groups]
    by_employer = csr_matrix((np.ones(len(rows)), (rows, range(len(rows)))), (len(numbers), len(rows))) @ held
    postings, employers = (np.asarray((counts > 0).sum(axis=0)).ravel() for counts in (held, by_employer))
    return names[(postings >= MIN_POSTINGS) & (employers >= MIN_EMPLOYERS)].tolist()


def two_steps(rows: TermRows, types: Sequence[str], weights: np.ndarray, terms: Sequence[str]) -> TermModel:
    """Two questions: a TPM posting at all, and software rather than IT conversion.

    Real advertisements for telecom and networking managers are too few to learn from: the corpus tells these.
    """
    names = np.array(types)
    pair = np.isin(names, ["software", "it_conversion"])
    any_tpm = fit_words(rows, (names != "other").astype(int), weights, terms, tolerance=TOLERANCE)
    is_software = (names[pair] == "software").astype(int)
    software = fit_words(rows[pair], is_software, weights[pair], terms, tolerance=TOLERANCE)
    found = sorted(terms)
    weights = np.hstack([model.weights[model.rows(found)] for model in (any_tpm, software)])
    return TermModel.of(found, weights, np.concatenate([any_tpm.intercept, software.intercept]))


@dataclass(frozen=True, eq=False)
class Source:
    """Labelled postings with all that the fits need; ``shared`` says whether only shared terms may be learned."""

    postings: list[LabelledPosting]
    shared: bool

    def __post_init__(self) -> None:
        object.__setattr__(self, "material", Material.of(self.postings))
        object.__setattr__(self, "folds", np.array([fold_of(row.group) for row in self.postings]))

    material: Material = field(init=False)
    folds: np.ndarray = field(init=False)

    def sentences(self, chosen: np.ndarray) -> TermModel:
        """Sentence heads learned on the chosen postings."""
        sentences = self.material.sentences
        terms = self._terms((self.material.owners() @ sentences.held), sentences.names, chosen)
        return fit_sentences(self.material, [chosen], terms, tolerance=TOLERANCE)[0]

    def types(self, rows: TermRows, chosen: np.ndarray) -> TermModel:
        """A term model that tells the type, learned on the words or titles of the chosen postings."""
        kept = [self.postings[at] for at in np.flatnonzero(chosen)]
        weights = np.array([weight_of(row) for row in kept])
        terms = self._terms(rows.held, rows.names, chosen)
        if terms is None:
            return fit_words(rows[chosen], type_targets(kept), weights, tolerance=TOLERANCE)
        return two_steps(rows[chosen], [row.type for row in kept], weights, terms)

    def _terms(self, held: csr_matrix, names: np.ndarray, chosen: np.ndarray) -> list[str] | None:
        groups = [self.postings[at].group for at in np.flatnonzero(chosen)]
        return shared_terms(held[chosen], names, groups) if self.shared else None


def main(path: str) -> None:
    """Learn and write the figures."""
    real = Source(read_real(path), shared=True)
    own = Source(list(read_labelled([str(HERE.parent / "*.jsonl")])), shared=False)
    both = (own, real)
    models = [blend(*(source.sentences(source.folds != fold) for source in both)) for fold in range(FOLDS)]
    told = {source: cross_read(source.material, source.folds, models) for source in both}
    words = {source: source.material.words(told[source].part) for source in both}
    inputs = np.zeros((len(real.postings), len(INPUTS)))
    for fold in range(FOLDS):
        held = real.folds == fold
        scores = [
            rows[real][held].scores(beside(*(source.types(rows[source], source.folds != fold) for source in both)))
            for rows in (words, {source: source.material.titles for source in both})
        ]
        inputs[held] = np.hstack([told[real].aggregates[held], *scores])
    every = np.ones(len(real.postings), bool)
    groups = numbered({row.group for row in real.postings})
    Figures(
        real.sentences(every),
        real.types(words[real], every),
        real.types(real.material.titles, every),
        inputs,
        type_targets(real.postings),
        np.array([weight_of(row) for row in real.postings]),
        np.array([groups[row.group] for row in real.postings]),
        told[real].asked,
        np.array([[any(name in mark.skills for mark in row.marks) for name in SKILLS] for row in real.postings]),
    ).save(HERE)


if __name__ == "__main__":
    main(sys.argv[1])
