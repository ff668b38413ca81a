"""The type of a posting: a small readable model over its sentences' shares, its title and its words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.aggregates import AGGREGATES, aggregate
from matcher.features import TermModel, sigmoid, softmax
from matcher.findings import reasons_of
from matcher.match import Reason
from matcher.profile import TYPES
from matcher.reading import DOMAINS, FUNCTIONS, PARTS, Array, Reading

WORD_PARTS = {"duty": "d:", "required": "r:", "preferred": "r:"}
"""Parts whose words count for the type, with the prefix that tells them apart; the rest is set aside as boilerplate."""

COLUMNS = (*TYPES, "any", "software_or_it")
"""Outputs of the word and title models: the five types as the corpus tells them, then two questions as real
advertisements answer them: is it a TPM posting at all, and software rather than IT conversion."""

INPUTS = (*AGGREGATES, *(f"words.{name}" for name in COLUMNS), *(f"titles.{name}" for name in COLUMNS))
"""Inputs of the small model: the aggregates, then the scores of the word model and of the title model."""

SHOWN_REASONS = 12

TELLING_WORDS = 3
"""Words from which a sentence says something of its own."""

SURE = 0.4
"""Probability from which a sentence counts as delivering something in the summary."""

_FUNCTION_WORDS = {
    "none": "no task named",
    "projects": "manages projects",
    "builds": "builds by hand",
    "product": "manages a product",
    "people": "manages people",
    "sells": "sells",
    "operates": "operates",
    "analyses": "analyses",
    "constructs": "constructs",
}
DOMAIN_WORDS = {
    "none": "nothing named",
    "software": "software",
    "telecom": "telecom",
    "networking": "network",
    "it_conversion": "IT installation",
    "hardware": "hardware",
    "buildings": "buildings",
    "business": "business change",
}


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


CLEAR = "which of the four types it is"


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

    def reasons(self, reading: Reading, words: list[str], inputs: Array, winner: int, other: int) -> tuple[Reason, ...]:
        """What speaks for ``winner`` against ``other``, heaviest first; weights add up to :meth:`lead`."""
        change, clear = self._change(inputs, winner, other)
        centred = inputs - self.decision.mean
        found: dict[str, float] = {CLEAR: clear} if clear else {}
        word_change, title_change = np.split(change[len(AGGREGATES) :], 2)
        titles = reading.units.title_terms
        shown = [
            *(
                (aggregate_label(name, value < 0), value * weight)
                for name, value, weight in zip(AGGREGATES, centred, change, strict=False)
            ),
            *((term_label(term), share) for term, share in _term_shares(self.words, words, word_change)),
            *((term_label(f"t:{term}"), share) for term, share in _term_shares(self.titles, titles, title_change)),
        ]
        for label, share in shown:
            found[label] = found.get(label, 0.0) + float(share)
        total = self.lead(self.decision.probabilities(inputs), winner, other)
        ordered = sorted(found.items(), key=lambda item: (-abs(item[1]), item[0]))[:SHOWN_REASONS]
        return reasons_of(ordered, total)

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


def summary(reading: Reading) -> str:
    """One sentence that a person would say: how many duties do what, and what the managed projects deliver."""
    duties = _told_once(reading) & (reading.part.argmax(axis=1) == PARTS.index("duty"))
    functions = reading.function[duties].argmax(axis=1)
    projects = functions == FUNCTIONS.index("projects")
    domains = reading.domain[duties][projects if projects.any() else slice(None)]
    clear = np.where(domains.max(axis=1, initial=0) >= SURE, domains.argmax(axis=1), DOMAINS.index("none"))
    return summary_of(
        np.bincount(functions, minlength=len(FUNCTIONS)).tolist(), np.bincount(clear, minlength=len(DOMAINS)).tolist()
    )


def summary_of(functions: Sequence[int], domains: Sequence[int]) -> str:
    """The sentence for counts of duties by function, and by the domain that those delivered which manage projects."""
    count = sum(functions)
    if not count:
        return "The posting tells no duties"
    text = f"{functions[FUNCTIONS.index('projects')]} of {count} duties manage projects"
    others = _counts(functions, FUNCTIONS, _FUNCTION_WORDS, skip=("none", "projects"))
    if others:
        text += f", others: {others}"
    return f"{text}; what they deliver: {_counts(domains, DOMAINS, DOMAIN_WORDS, skip=('none',)) or 'not named'}"


def _told_once(reading: Reading) -> NDArray[np.bool_]:
    """Sentences that say something of their own, and not said before."""
    seen: set[str] = set()
    kept = np.zeros(len(reading.units.spans), bool)
    for number, (start, end) in enumerate(reading.units.spans):
        text = reading.units.posting.description[start:end]
        kept[number] = len(text.split()) >= TELLING_WORDS and text not in seen
        seen.add(text)
    return kept


def _counts(counts: Sequence[int], names: tuple[str, ...], words: dict[str, str], skip: tuple[str, ...]) -> str:
    order = sorted(range(len(names)), key=lambda index: (-counts[index], index))
    kept = [i for i in order if counts[i] and names[i] not in skip][:3]
    return ", ".join(f"{words[names[i]]} ({counts[i]})" for i in kept)


def aggregate_label(name: str, below: bool) -> str:
    """An aggregate's name in words, for a posting that has more or less of it than usual; one label for a meaning."""
    part, _, rest = name.partition(".")
    what, _, which = rest.partition(".")
    if part == "count":
        return "little told of the work" if below else "much told of the work"
    if part == "lists":
        said = f"words of the {DOMAIN_WORDS[which or what]} trade"
    elif part == "title":
        said = f"title: {(_FUNCTION_WORDS if what == 'function' else DOMAIN_WORDS)[which]}"
    elif part == "about":
        said = f"employer's own text: {DOMAIN_WORDS[which]}"
    elif what == "function":
        said = _FUNCTION_WORDS[which]
    else:
        said = f"delivers {DOMAIN_WORDS[which]}"
    return f"less than usual: {said}" if below else said


def term_label(term: str) -> str:
    """A term of the word or title model in words."""
    title = term.startswith("t:")
    word = term.removeprefix("t:") if title else term.removeprefix("d:").removeprefix("r:")
    kind, _, name = word.partition(":")
    if kind == "@d":
        return f"words of the {DOMAIN_WORDS[name]} trade"
    if kind == "@f":
        return f"words of the task: {_FUNCTION_WORDS[name]}"
    if word.startswith("§"):
        return "any title"
    return f"title “{word}”" if title else f"“{word}”"
