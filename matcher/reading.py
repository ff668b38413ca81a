"""Who does what, sentence by sentence: one pass over a posting with the sentence model."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.features import TermModel, heading_part, softmax, terms
from matcher.posting import JobPosting
from matcher.profile import SKILLS
from matcher.text import Span, sentences

PARTS = ("about", "duty", "required", "preferred", "offer", "heading")
FUNCTIONS = ("none", "projects", "builds", "product", "people", "sells", "operates", "analyses", "constructs")
DOMAINS = ("none", "software", "telecom", "networking", "it_conversion", "hardware", "buildings", "business")
HEADS = {"part": len(PARTS), "function": len(FUNCTIONS), "domain": len(DOMAINS), "skills": len(SKILLS)}
"""What is told of a sentence, and the number of outputs for each, in the order of the model's columns."""

OUTPUTS = sum(HEADS.values())
POSITIONS = 5
"""A sentence's place in the posting is told in fifths."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Units:
    """A posting cut into sentences, with the terms of each and of the title."""

    posting: JobPosting
    spans: tuple[Span, ...]
    terms: tuple[tuple[str, ...], ...]
    title_terms: tuple[str, ...]

    @classmethod
    def of(cls, posting: JobPosting) -> "Units":
        """Cut a posting."""
        spans = tuple(sentences(posting.description))
        found = tuple(sentence_terms(posting.description, spans))
        return cls(posting, spans, found, (*terms(posting.title), "§title"))


@dataclass(frozen=True, slots=True)
class Reading:
    """What the sentence model makes of a posting of n sentences.

    Raw ``scores`` (n, 37), and as probabilities ``part`` (n, 6), ``function`` (n, 9), ``domain`` (n, 8);
    ``title_function`` (9,) and ``title_domain`` (8,) are the same for the title.
    """

    units: Units
    scores: NDArray[np.float32]
    part: Array
    function: Array
    domain: Array
    title_function: Array
    title_domain: Array


def sentence_terms(description: str, spans: tuple[Span, ...]) -> Iterator[tuple[str, ...]]:
    """Terms of each sentence, with marks for the section that it stands in and its place in the posting."""
    section = "start"
    for number, span in enumerate(spans):
        text = description[span.start : span.end]
        opened = heading_part(text)
        section = opened or section
        marks = (f"§{section}", f"§place:{POSITIONS * number // len(spans)}", *(("§heading",) if opened else ()))
        yield (*terms(text), *marks)


def read(units: Units, model: TermModel) -> Reading:
    """Read a posting with a sentence model of ``OUTPUTS`` columns."""
    scores = np.array([model.scores(found) for found in units.terms], np.float32).reshape(-1, OUTPUTS)
    _, title_function, title_domain = head_probabilities(model.scores(units.title_terms))
    return Reading(units, scores, *head_probabilities(scores), title_function, title_domain)


def head_probabilities(scores: NDArray[np.float32]) -> tuple[Array, Array, Array]:
    """Probabilities of part, function and domain from raw scores (…, 37)."""
    part, function, domain, _ = np.split(scores, np.cumsum(list(HEADS.values()))[:-1], axis=-1)
    return softmax(part), softmax(function), softmax(domain)
