"""The result of scoring one posting: a noun that explains itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from matcher.posting import JobPosting
from matcher.profile import SKILLS, TYPES

QUOTE = "“"
"""Opens a reason that is a word of the posting."""


class Evidence(NamedTuple):
    """Words of a posting that state something: ``description[start:end] == text``."""

    text: str
    start: int
    end: int
    strength: str
    """``required``, ``preferred`` or ``duty``."""
    probability: float

    def to_dict(self) -> dict[str, Any]:
        """The evidence as a row of the output."""
        return {"text": self.text, "start": self.start, "end": self.end, "strength": self.strength}


class Reason(NamedTuple):
    """One share of the winner's lead over the runner-up."""

    term: str
    weight: float

    @property
    def quoted(self) -> bool:
        """Whether it is a word of the posting."""
        return self.term.startswith(QUOTE)

    def to_dict(self) -> dict[str, Any]:
        """The reason as a row of the output."""
        return {"term": self.term, "weight": self.weight}


class SkillMatch(NamedTuple):
    """One skill of the profile in a posting: the probability that it is asked for, and where."""

    id: str
    probability: float
    share: float
    """What the skill adds to the match: its weight in the profile times its probability."""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What a model and a profile make of one posting."""

    posting: JobPosting
    probabilities: Mapping[str, float]
    decision: str
    skills: tuple[SkillMatch, ...]
    facts: Mapping[str, Any]
    """Salary, seniority and the other facts of the job, as output fields; null where the posting does not say."""
    fact_words: Mapping[str, str]
    """The raw words that each fact was read from."""
    certifications: tuple[tuple[str, str], ...]
    """Certifications named, each with ``required`` or ``preferred``."""
    beyond: tuple[str, ...]
    """What the posting asks for and the profile does not hold: certifications, security clearances, named tools."""
    summary: str
    """The reason for the type in one sentence."""
    runner_up: str
    reasons: tuple[Reason, ...]
    """What decided for the winner against the runner-up; the weights add up to the difference of their scores."""
    coverage: float
    """0–1: how much the posting says about the work, beside a posting of usual length."""
    model: str
    duplicate_of: str | None = None

    @property
    def type(self) -> str:
        """The most probable type, ``other`` included."""
        return max(TYPES, key=lambda name: self.probabilities[name])

    @property
    def match(self) -> float:
        """0–1: the sum of the skills' shares."""
        return round(sum(skill.share for skill in self.skills), 4)

    def to_row(self) -> dict[str, Any]:
        """The output row of the contract, in its order."""
        posting = self.posting
        asked = {skill.id: skill for skill in self.skills}
        return {
            "id": posting.id,
            "title": posting.title,
            "company": posting.company,
            "location": posting.location,
            "url": posting.url,
            "status": "ok",
            "error": None,
            "language": None,
            "type": self.type,
            **{f"p_{name}": self.probabilities[name] for name in TYPES},
            "decision": self.decision,
            "match": self.match,
            "coverage": self.coverage,
            **{f"skill_{name}": asked[name].probability if name in asked else None for name in SKILLS},
            **self.facts,
            "duplicate_of": self.duplicate_of,
            "evidence": {
                "summary": self.summary,
                "runner_up": self.runner_up,
                "type": [reason.to_dict() for reason in self.reasons],
                "certifications": [{"name": name, "strength": strength} for name, strength in self.certifications],
                "beyond": list(self.beyond),
                "facts": dict(self.fact_words),
                "skills": {skill.id: [e.to_dict() for e in skill.evidence] for skill in self.skills if skill.evidence},
            },
            "model": self.model,
        }
