"""One trained model applied to postings, against one career profile."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from matcher.beyond import beyond
from matcher.classifier import summary, word_terms
from matcher.errors import InputError, PostingError
from matcher.facts import read_facts
from matcher.ingest import read_rows
from matcher.ingest.addresses import is_address
from matcher.match import Match, SkillMatch
from matcher.model_store import Model, load
from matcher.posting import JobPosting
from matcher.profile import SKILLS, TYPES, Profile
from matcher.reading import PARTS, Array, Reading, Units, read
from matcher.skills import ASKED_FROM, asking, evidence

DIGITS = 4
"""Decimals of every probability in a result."""

FULL_COVERAGE = 8.0
"""Sentences of duties and requirements from which a posting counts as telling all: the lower quarter of real
project management postings tells about as many."""

_TOLD = [PARTS.index(part) for part in ("duty", "required", "preferred")]


class Matcher:
    """Scores postings. ``Matcher.load()`` gives the model in use and the profile that ships."""

    def __init__(self, model: Model, profile: Profile) -> None:
        self.model = model
        self.profile = profile

    @classmethod
    def load(cls, model: str | Path | None = None, profile: str | Path | None = None) -> "Matcher":
        """A matcher with a saved model (name or folder) and a profile (TOML file).

        Raises:
            ModelError, ProfileError: one of them is not usable.
        """
        return cls(load(model), Profile.load(profile))

    def score(self, posting: JobPosting | Mapping[str, Any] | str | Path) -> Match:
        """Score a posting: a :class:`JobPosting`, a row as a dict, the text of one, or the path of a file with one.

        Raises:
            PostingError: no usable posting.
            InputError: the file cannot be read.
        """
        posting = as_posting(posting)
        reading, words, inputs, exact = self._tell(posting)
        order = sorted(range(len(TYPES)), key=lambda index: (-exact[index], index))
        probabilities = rounded_shares(exact)
        facts = asdict(read_facts(posting))
        fact_words = facts.pop("words")
        certifications = facts.pop("certifications")
        facts["certifications"] = [name for name, _ in certifications]
        return Match(
            posting=posting,
            probabilities=dict(zip(TYPES, probabilities, strict=True)),
            decision=self._decision(probabilities[order[0]]),
            skills=self._skills(reading, 1 - float(exact[-1])),
            facts=facts,
            fact_words=fact_words,
            certifications=tuple(certifications),
            beyond=self.profile.lacking((*facts["certifications"], *beyond(posting.description))),
            summary=summary(reading),
            runner_up=TYPES[order[1]],
            reasons=self.model.types.reasons(reading, words, inputs, order[0], order[1]),
            coverage=round(min(1.0, float(reading.part[:, _TOLD].sum()) / FULL_COVERAGE), DIGITS),
            model=self.model.label,
        )

    def type_row(self, posting: JobPosting) -> dict[str, Any]:
        """The output row with the type alone (``--only type``)."""
        *_, exact = self._tell(posting)
        probabilities = rounded_shares(exact)
        best = max(range(len(TYPES)), key=lambda index: probabilities[index])
        return {
            **{name: getattr(posting, name) for name in ("id", "title", "company", "location", "url")},
            "status": "ok",
            "type": TYPES[best],
            **{f"p_{name}": chance for name, chance in zip(TYPES, probabilities, strict=True)},
            "decision": self._decision(probabilities[best]),
            "model": self.model.label,
        }

    def _tell(self, posting: JobPosting) -> tuple[Reading, list[str], Array, Array]:
        """A posting read, its word terms, the small model's inputs, and the probabilities (types,)."""
        reading = read(Units.of(posting), self.model.sentence)
        words = word_terms(reading)
        inputs = self.model.types.inputs(reading, words)
        return reading, words, inputs, self.model.types.decision.probabilities(inputs)

    def _decision(self, chance: float) -> str:
        return "accept" if chance >= self.model.types.cutoff else "review"

    def score_many(self, postings: Iterable[JobPosting | Mapping[str, Any] | str | Path]) -> Iterator[Match]:
        """Score one posting after another; the same results as one by one."""
        return (self.score(posting) for posting in postings)

    def _skills(self, reading: Reading, tpm: float) -> tuple[SkillMatch, ...]:
        scores = asking(reading)
        chances = self.model.skills.probabilities(scores, tpm)
        found = []
        for skill in self.profile.skills:
            index = SKILLS.index(skill.id)
            chance = round(float(chances[index]), DIGITS)
            asked = chance >= ASKED_FROM
            words = evidence(reading, scores, self.model.sentence, index) if asked else ()
            found.append(SkillMatch(skill.id, chance, skill.weight * chance, words))
        return tuple(found)


def rounded_shares(probabilities: np.ndarray[Any, Any]) -> list[float]:
    """Probabilities of ``DIGITS`` decimals that still add up to 1."""
    rounded = [round(float(value), DIGITS) for value in probabilities]
    largest = int(np.argmax(probabilities))
    rounded[largest] = round(1 - sum(value for index, value in enumerate(rounded) if index != largest), DIGITS)
    return rounded


def as_posting(source: JobPosting | Mapping[str, Any] | str | Path) -> JobPosting:
    """A posting from whatever a caller has."""
    if isinstance(source, JobPosting):
        return source
    if isinstance(source, Mapping):
        return JobPosting.from_row(source)
    if isinstance(source, Path) or (len(source) < 1024 and "\n" not in source and Path(source).is_file()):
        return posting_from_file(str(source))
    if is_address(source) and len(source.split()) == 1:
        raise InputError(f"{source}: an address; matcher.collect.posting_at reads it")
    return JobPosting.from_row({"description": source})


def posting_from_file(source: str) -> JobPosting:
    """The one posting of a file.

    Raises:
        PostingError: the file holds none, or its row is broken.
        InputError: the file cannot be read, or holds several postings.
    """
    rows = read_rows(source)
    row = next(rows, None)
    if row is None:
        raise InputError(f"{source}: no posting in it")
    if row.error:
        raise PostingError(row.error)
    if next(rows, None) is not None:
        raise InputError(f"{source}: holds more than one posting; use 'matcher classify'")
    try:
        return JobPosting.from_row(row.fields)
    except PostingError as error:
        raise PostingError(f"{row.where}: {error}") from None
