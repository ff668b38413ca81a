"""Why a posting is of its type, in words: labels for shares of the winner's lead, and the sentence that sums it up."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.aggregates import AGGREGATES
from matcher.match import QUOTE
from matcher.reading import DOMAINS, FUNCTIONS, PARTS, Reading

CLEAR = "unclear which of the four types"
TITLE = "its title"
_WORK, _EMPLOYER = "work on ", "the employer's own text: "
_MUCH, _LITTLE = "much told of the work", "little told of the work"

TELLS = 0.4
"""Share of a lead from which the summary names a label: it makes the winner half as probable again."""

TELLING_WORDS = 3
"""Words from which a sentence says something of its own."""

LIKELY = 0.5
"""Probability from which a duty counts as managing projects in the summary: most marked duties do, so that it is often
the largest of several small chances."""

SURE = 0.4
"""Probability from which a sentence counts as delivering something in the summary."""

NAMED = 2
"""Duties from which a summary names what they do or deliver: one alone is often misread."""

FUNCTION_WORDS = {
    "projects": "project management",
    "builds": "hands-on engineering",
    "product": "product management",
    "people": "people management",
    "sells": "selling",
    "operates": "support and operation",
    "analyses": "analysis",
    "constructs": "construction",
}
DOMAIN_WORDS = {
    "software": "software",
    "telecom": "telecom",
    "networking": "networks",
    "it_conversion": "IT installation",
    "hardware": "physical products",
    "buildings": "buildings",
    "business": "business matters",
}


def input_label(name: str, *, below: bool = False) -> str:
    """An input of the small model in words, for a posting that has more or less of it than usual.

    Inputs of one meaning have one label: all that the title gives is told as the title. Those of the word model have
    none, as its terms are told one by one.
    """
    part, _, rest = name.partition(".")
    what, _, which = rest.partition(".")
    if part == "words":
        return ""
    if part in ("title", "titles") or what == "title":
        return TITLE
    if part == "count":
        return _LITTLE if below else _MUCH
    if which == "none":
        return _MUCH if below else _LITTLE
    if part == "lists":
        return _mentions(what, below=below)
    if part == "about":
        return f"{_EMPLOYER}{'little of ' * below}{DOMAIN_WORDS[which]}"
    if what == "function":
        return _function(which, below=below)
    work = f"{_WORK}{DOMAIN_WORDS[which]}"
    return f"less {work} than usual" if below else work


def term_label(term: str) -> str:
    """A term of the word model in words."""
    word = term.removeprefix("d:").removeprefix("r:")
    kind, _, name = word.partition(":")
    if kind == "@d":
        return _mentions(name)
    return _function(name) if kind == "@f" else f"{QUOTE}{word}”"


def _mentions(domain: str, *, below: bool = False) -> str:
    words = f"mentions of {DOMAIN_WORDS[domain]}"
    return f"fewer {words} than usual" if below else words


def _function(function: str, *, below: bool = False) -> str:
    words = FUNCTION_WORDS[function]
    return f"less {words} than usual" if below else words


OPPOSITES = {
    input_label(name): input_label(name, below=True)
    for name in AGGREGATES
    if "title" not in name and not name.endswith(".none")
}
"""Labels that say that there is more of something than usual, each with the one that says that there is less."""

SUBJECTS = {TITLE, *(label for label in OPPOSITES if label.startswith((_WORK, _EMPLOYER)))}
"""Labels that a summary may name for one of the four types."""

PRESENT = SUBJECTS | set(FUNCTION_WORDS.values())
"""Labels that it may name for ``other``; what is absent is never named."""


def netted(found: Mapping[str, float]) -> dict[str, float]:
    """Shares by label, those of opposite labels set off against each other under the heavier one's label."""
    kept = dict(found)
    for more, less in OPPOSITES.items():
        if more in kept and less in kept:
            label, other = (more, less) if abs(kept[more]) >= abs(kept[less]) else (less, more)
            kept[label] += kept.pop(other)
    return kept


def most_telling(found: Mapping[str, float], named: Collection[str]) -> list[str]:
    """The label, of those that may be ``named``, that says most for the winner, and a second if half as heavy."""
    saying = sorted((-share, label) for label, share in netted(found).items() if label in named and share >= TELLS)
    return [label for share, label in saying[:2] if share <= saying[0][0] / 2]


def summary(reading: Reading, telling: Sequence[str]) -> str:
    """One sentence that a person would say: how many duties do what, what managed projects deliver, what decided."""
    duties = _told_once(reading) & (reading.part.argmax(axis=1) == PARTS.index("duty"))
    functions = reading.function[duties].argmax(axis=1)
    managed = FUNCTIONS.index("projects")
    functions[(functions == managed) & (reading.function[duties, managed] < LIKELY)] = FUNCTIONS.index("none")
    projects = functions == managed
    domains = reading.domain[duties][projects if projects.any() else slice(None)]
    clear = np.where(domains.max(axis=1, initial=0) >= SURE, domains.argmax(axis=1), DOMAINS.index("none"))
    return summary_of(
        np.bincount(functions, minlength=len(FUNCTIONS)).tolist(),
        np.bincount(clear, minlength=len(DOMAINS)).tolist(),
        telling,
    )


def summary_of(functions: Sequence[int], domains: Sequence[int], telling: Sequence[str]) -> str:
    """The sentence for counts of duties by function, and by the domain that those delivered which manage projects."""
    count = sum(functions)
    parts = [f"{functions[FUNCTIONS.index('projects')]} of {count} duties manage projects"]
    if not count:
        parts = ["The posting tells no duties"]
    if others := _counts(functions, FUNCTIONS, FUNCTION_WORDS, skip=("none", "projects")):
        parts[0] += f", others: {others}"
    if delivered := _counts(domains, DOMAINS, DOMAIN_WORDS, skip=("none",)):
        parts.append(f"what they deliver: {delivered}")
    if telling:
        parts.append(f"most telling: {', '.join(telling)}")
    return "; ".join(parts)


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
    kept = [i for i in order if counts[i] >= NAMED and names[i] not in skip][:3]
    return ", ".join(f"{words[names[i]]} ({counts[i]})" for i in kept)
