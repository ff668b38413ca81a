"""The type of a posting: a small readable model over its sentences' shares, its title and its words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.aggregates import AGGREGATES, aggregate
from matcher.features import TermModel, sigmoid, softmax
from matcher.findings import reasons_of
from matcher.match import QUOTE, Reason
from matcher.profile import TYPES
from matcher.reading import PARTS, Array, Reading
from matcher.reasons import CLEAR, PRESENT, SUBJECTS, input_label, most_telling, netted, term_label

WORD_PARTS = {"duty": "d:", "required": "r:", "preferred": "r:"}
"""Parts whose words count for the type, with the prefix that tells them apart; the rest is set aside as boilerplate."""

COLUMNS = (*TYPES, "any", "software_or_it")
"""Outputs of the word and title models: the five types as the corpus tells them, then two questions as real
advertisements answer them: is it a TPM posting at all, and software rather than IT conversion."""

INPUTS = (*AGGREGATES, *(f"words.{name}" for name in COLUMNS), *(f"titles.{name}" for name in COLUMNS))
"""Inputs of the small model: the aggregates, then the scores of the word model and of the title model."""

SHOWN_REASONS = 12


@dataclass(frozen=True)
class Decision:
    """The small model: two linear steps over inputs less ``mean`` (inputs,).

    The first tells whether it is a TPM posting at all (``gate`` (inputs,) and its intercept, as log-odds); the second
    tells which of the four types (``kinds`` (inputs, 4) and its intercepts).
    """

    mean: Array
    gate: Array
    gate_intercept: Array
    kinds: Array
    kinds_intercept: Array

    def gate_scores(self, inputs: Array) -> Array:
        """Log-odds (…) that it is a TPM posting."""
        return np.asarray((inputs - self.mean) @ self.gate + self.gate_intercept)

    def kind_scores(self, inputs: Array) -> Array:
        """Scores of the four types (…, 4), up to a constant."""
        return np.asarray((inputs - self.mean) @ self.kinds + self.kinds_intercept)

    def probabilities(self, inputs: Array) -> Array:
        """Probabilities of the five types (…, types)."""
        return type_probabilities(self.gate_scores(inputs), self.kind_scores(inputs))


def type_probabilities(gate: Array, kinds: Array) -> Array:
    """Probabilities of the five types (…, types) by the scores of both steps, (…) and (…, 4)."""
    tpm = sigmoid(gate)[..., None]
    return np.concatenate([tpm * softmax(kinds), 1 - tpm], axis=-1)


@dataclass(frozen=True)
class TypeModel:
    """Word, title and small model, and the probability of the winner from which the decision is ``accept``."""

    words: TermModel
    titles: TermModel
    decision: Decision
    cutoff: float

    def inputs(self, reading: Reading, words: list[str]) -> Array:
        """The values of ``INPUTS`` for one posting and its :func:`word_terms`."""
        scores = (self.words.scores(words), self.titles.scores(reading.units.title_terms))
        return np.concatenate([aggregate(reading), *scores]).astype(np.float64)

    def lead(self, probabilities: Array, winner: int, other: int) -> float:
        """The winner's score less the other's: the logarithm of how many times as probable it is."""
        tiny = np.finfo(float).tiny
        return float(np.log(max(probabilities[winner], tiny)) - np.log(max(probabilities[other], tiny)))

    def reasons(self, words: list[str], inputs: Array, winner: int, other: int) -> tuple[Reason, ...]:
        """What speaks for ``winner`` against ``other``, heaviest first; weights add up to :meth:`lead`."""
        change, clear = self._change(inputs, winner, other)
        found = self._shares(inputs, change)
        if clear:
            found[CLEAR] = clear
        first = INPUTS.index(f"words.{COLUMNS[0]}")
        quoted = 0.0
        for term, share in _term_shares(self.words, words, change[first : first + len(COLUMNS)]):
            label = term_label(term)
            found[label] = found.get(label, 0.0) + share
            quoted += share if label.startswith(QUOTE) else 0.0
        total = self.lead(self.decision.probabilities(inputs), winner, other)
        ordered = sorted(netted(found).items(), key=lambda item: (-abs(item[1]), item[0]))[:SHOWN_REASONS]
        return reasons_of(ordered, quoted, total)

    def telling(self, inputs: Array, winner: int) -> list[str]:
        """Labels of what says most for ``winner``.

        For one of the four types against the next of them: reasons against ``other`` tell only why it is a TPM posting.
        """
        last = len(TYPES) - 1
        rivals = np.where(np.arange(last) == winner, -np.inf, self.decision.kind_scores(inputs))
        change, _ = self._change(inputs, winner, int(rivals.argmax()))
        return most_telling(self._shares(inputs, change), PRESENT if winner == last else SUBJECTS)

    def _shares(self, inputs: Array, change: Array) -> dict[str, float]:
        """Shares of a lead by label, of all inputs but the word model's; ``change`` is the lead's for one of each."""
        found: dict[str, float] = {}
        for name, value, weight in zip(INPUTS, (inputs - self.decision.mean).tolist(), change.tolist(), strict=True):
            if label := input_label(name, below=value < 0):
                found[label] = found.get(label, 0.0) + value * weight
        return found

    def _change(self, inputs: Array, winner: int, other: int) -> tuple[Array, float]:
        """Weights of the inputs in the lead, and the second step's share where one of the two is ``other``."""
        kinds = self.decision.kinds
        last = len(TYPES) - 1
        if last not in (winner, other):
            return kinds[:, winner] - kinds[:, other], 0.0
        chances = softmax(self.decision.kind_scores(inputs))
        if other == last:
            return self.decision.gate, float(np.log(chances[winner]))
        return -self.decision.gate, -float(np.log(chances[other]))


def _term_shares(model: TermModel, found: Sequence[str], change: Array) -> Iterator[tuple[str, float]]:
    """Each known term's share in what a term model adds to a score whose weights on its outputs are ``change``."""
    known = [term for term in found if term in model.vocabulary]
    shares = model.weights[model.rows(known)].astype(np.float64) @ change / np.sqrt(max(1, len(found)))
    yield from zip(known, shares.tolist(), strict=True)


def word_terms(reading: Reading) -> list[str]:
    """Terms for the word model: the duties' and the requirements', told apart and together."""
    found: list[str] = []
    for terms, part in zip(reading.units.terms, reading.part.argmax(axis=1).tolist(), strict=True):
        prefix = WORD_PARTS.get(PARTS[part])
        if prefix:
            for term in terms:
                if not term.startswith("§"):
                    found += (prefix + term, term)
    return list(dict.fromkeys(found))
