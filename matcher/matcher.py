"""One trained model applied to postings, against one career profile."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from matcher import fast
from matcher.classifier import word_terms
from matcher.errors import InputError, LanguageError, PostingError
from matcher.facts import read_facts
from matcher.facts.page import Pages
from matcher.findings import DIGITS, Findings
from matcher.ingest import read_rows
from matcher.ingest.addresses import is_address
from matcher.language import ENGLISH, language_of
from matcher.match import Match, SkillMatch
from matcher.model_store import Model, load
from matcher.posting import JobPosting
from matcher.profile import SKILLS, TYPES, Profile
from matcher.reading import PARTS, Array, Reading, Units, read
from matcher.reasons import summary
from matcher.skills import ASKED_FROM, asking, evidence

if TYPE_CHECKING:
    from matcher.fast.engine import Engine

_T = TypeVar("_T")

READ = ("id", "title", "company", "location", "url")
"""Fields of an output row that are as read."""

CHUNK = 128
"""Postings that the fast path reads at once."""

FULL_COVERAGE = 8.0
"""Sentences of duties and requirements from which a posting counts as telling all: the lower quarter of real
project management postings tells about as many."""

_TOLD = [PARTS.index(part) for part in ("duty", "required", "preferred")]


class Matcher:
    """Scores postings. ``Matcher.load()`` gives the model in use and the profile that ships."""

    def __init__(self, model: Model, profile: Profile) -> None:
        self.model = model
        self.profile = profile
        self._asked = [(skill.id, SKILLS.index(skill.id), skill.weight) for skill in profile.skills]
        self._fast: Engine | None = None

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
            PostingError: no usable posting, or (``LanguageError``) not an English one.
            InputError: the file cannot be read.
        """
        posting = in_english(as_posting(posting))
        return self._match(posting, self.find(posting))

    def score_many(self, postings: Iterable[JobPosting | Mapping[str, Any] | str | Path]) -> Iterator[Match]:
        """Score postings, chunk by chunk; the same results as one by one, and the same errors."""
        for chunk in batched((in_english(as_posting(posting)) for posting in postings), CHUNK):
            yield from self.score_chunk(chunk)

    def score_chunk(self, postings: Sequence[JobPosting]) -> list[Match]:
        """Score some postings at once: the same results as one by one, by compiled code once that is ready."""
        engine = self._engine(len(postings))
        if engine is None:
            return [self._match(posting, self.find(posting)) for posting in postings]
        return [self._match(posting, *found) for posting, found in zip(postings, engine.find(postings), strict=True)]

    def type_rows(self, postings: Sequence[JobPosting]) -> list[dict[str, Any]]:
        """Output rows with the type alone (``--only type``)."""
        engine = self._engine(len(postings))
        exact = engine.types(postings) if engine else [self._tell(posting)[3] for posting in postings]
        return [self._type_row(posting, row) for posting, row in zip(postings, exact, strict=True)]

    def find(self, posting: JobPosting) -> Findings:
        """What the model finds in one posting, by the light path: nothing is compiled."""
        reading, words, inputs, exact = self._tell(posting)
        order = sorted(range(len(TYPES)), key=lambda index: (-exact[index], index))
        scores = asking(reading)
        chances = self.model.skills.probabilities(scores, 1 - float(exact[-1]))
        asked = np.round(chances, DIGITS) >= ASKED_FROM
        return Findings(
            exact.tolist(),
            order[0],
            order[1],
            summary(reading, self.model.types.telling(inputs, order[0])),
            self.model.types.reasons(words, inputs, order[0], order[1]),
            float(reading.part[:, _TOLD].sum()),
            chances.tolist(),
            tuple(
                evidence(reading, scores, self.model.sentence, skill) if asked[skill] else ()
                for skill in range(len(SKILLS))
            ),
        )

    def _match(self, posting: JobPosting, found: Findings, pages: Pages | None = None) -> Match:
        probabilities = rounded_shares(found.probabilities)
        facts = read_facts(posting, pages)
        return Match(
            posting=posting,
            probabilities=dict(zip(TYPES, probabilities, strict=True)),
            decision=self._decision(probabilities[found.winner]),
            skills=self._skills(found),
            facts=facts.to_dict(),
            fact_words=facts.words,
            certifications=facts.certifications,
            beyond=self.profile.lacking((*(name for name, _ in facts.certifications), *facts.beyond)),
            summary=found.summary,
            runner_up=TYPES[found.runner_up],
            reasons=found.reasons,
            coverage=round(min(1.0, found.told / FULL_COVERAGE), DIGITS),
            model=self.model.label,
        )

    def _engine(self, postings: int) -> "Engine | None":
        """The fast path, where it is worth its start and already compiled."""
        if self._fast is None and fast.ready(postings):
            from matcher.fast.engine import Engine

            self._fast = Engine(self.model)
        return self._fast

    def _type_row(self, posting: JobPosting, exact: Sequence[float]) -> dict[str, Any]:
        probabilities = rounded_shares(exact)
        best = max(range(len(TYPES)), key=lambda index: probabilities[index])
        return {
            **{name: getattr(posting, name) for name in READ},
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

    def _skills(self, found: Findings) -> tuple[SkillMatch, ...]:
        made = []
        for name, index, weight in self._asked:
            chance = round(found.skills[index], DIGITS)
            words = found.evidence[index] if chance >= ASKED_FROM else ()
            made.append(SkillMatch(name, chance, weight * chance, words))
        return tuple(made)


def batched(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """Lists of ``size`` items, the last one shorter (``itertools.batched`` comes with Python 3.12)."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def rounded_shares(probabilities: Sequence[float]) -> list[float]:
    """Probabilities of ``DIGITS`` decimals that still add up to 1."""
    rounded = [round(float(value), DIGITS) for value in probabilities]
    largest = max(range(len(rounded)), key=lambda index: probabilities[index])
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


def in_english(posting: JobPosting) -> JobPosting:
    """The posting, if it is in English.

    Raises:
        LanguageError: it is not.
    """
    language = language_of(posting.description)
    if language != ENGLISH:
        raise LanguageError(language)
    return posting


def unsupported(posting: JobPosting, language: str) -> dict[str, Any]:
    """The output row of a posting in another language than English."""
    return {
        **{name: getattr(posting, name) for name in READ}, "status": "unsupported_language", "language": language,
    }  # fmt: skip


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
