"""What the templates show, made of the desk: plain values, nothing of HTML."""

from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from matcher.display.common import TYPE_WORDS
from matcher.match import Match
from matcher.posting import JobPosting
from matcher.profile import SKILLS, TYPES
from matcher.review.desk import Desk
from matcher.review.label import Label
from matcher.review.labels import Line, key_of
from matcher.review.marking import lines, visible
from matcher.review.trainer import Trainer
from matcher.skills import ASKED_FROM

SKILL_KEYS = dict(zip(SKILLS, ascii_lowercase, strict=False))
"""The key that ticks each skill: a to n, in the profile's order."""

SURENESS = {3: "any careful reader would agree", 2: "likely", 1: "arguable"}
SHORT_WORDS = {name: name.replace("_", " ").replace("it ", "IT ") for name in TYPES}
SHOWN_REASONS = 5
SHOWN_DOUBTS = 10


@dataclass(frozen=True, slots=True)
class SkillRow:
    """One skill in the list: the model's ``chance`` and words, and what the person says (None: nothing yet)."""

    id: str
    key: str
    name: str
    wording: str
    chance: float
    quotes: tuple[Any, ...]
    asked: bool | None
    spans: tuple[Any, ...]


def environment() -> Environment:
    """The templates, which escape every value."""
    folder = Path(__file__).parent / "templates"
    made = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.filters["visible"] = visible
    made.globals.update(
        TYPES=TYPES,
        TYPE_WORDS=TYPE_WORDS,
        SURENESS=SURENESS,
        SHORT_WORDS=SHORT_WORDS,
        SKILL_KEYS=SKILL_KEYS,
    )
    return made


def frame(desk: Desk, trainer: Trainer) -> dict[str, Any]:
    """What every page shows: how far the work is, what undo would take back, the model, the file."""
    counts = desk.counts()
    last = desk.labels.last
    return {
        "counts": counts,
        "undo": {"line": last.number, "what": said(desk, last)} if last else None,
        "model": desk.matcher.model.label,
        "file": str(desk.labels.path),
        "unread": desk.errors,
        "training": trainer.training,
    }


def said(desk: Desk, line: Line) -> str:
    """An answer in a few words: ``telecom for “Fibre Project Manager”``."""
    title = visible(desk.posting(line.key).title) or "a posting without title"
    if line.label.type:
        return f"{TYPE_WORDS[line.label.type]} for “{title}”"
    return f"{'skipped' if line.label.skipped else 'a mark on'} “{title}”"


def posting_view(desk: Desk, key: str) -> dict[str, Any]:
    """One posting with the model's guess, its reasons, and the label as it stands."""
    with desk.lock:
        posting, matcher = desk.posting(key), desk.matcher
        label, revision, candidate = desk.labels.label(key), desk.labels.revision(key), desk.candidates.get(key)
    match = matcher.score(posting)
    evidence = [(skill.id, found) for skill in match.skills for found in skill.evidence]
    return {
        "key": key,
        "revision": revision,
        "posting": posting,
        "link": posting.url if posting.url.startswith(("https://", "http://")) else "",
        "because": candidate.because if candidate else "labelled before; not in this run's input",
        "copies": candidate.copies if candidate else 0,
        "label": label,
        "sure_next": {3: 2, 2: 1, 1: 3}[label.confidence],
        "match": match,
        "reasons": match.reasons[:SHOWN_REASONS],
        "skills": skill_rows(desk, posting, match, label),
        "lines": list(lines(posting.description, evidence, label.spans)),
    }


def skill_rows(desk: Desk, posting: JobPosting, match: Match, label: Label) -> list[SkillRow]:
    """The skills of the profile in its order; a skill that the label has and the profile has not is left out."""
    told = {skill.id: skill for skill in match.skills}
    return [
        SkillRow(
            skill.id,
            SKILL_KEYS[skill.id],
            skill.id.replace("_", " "),
            skill.wording,
            told[skill.id].probability,
            told[skill.id].evidence if told[skill.id].probability >= ASKED_FROM else (),
            label.skills.get(skill.id),
            tuple(
                {"start": s.start, "end": s.end, "text": posting.description[s.start : s.end]}
                for s in label.spans
                if s.skill == skill.id
            ),
        )
        for skill in desk.matcher.profile.skills
    ]


def answers_view(desk: Desk) -> dict[str, Any]:
    """Everything that has an answer, the latest first, then what was skipped."""
    with desk.lock:
        answered = [(key, label, desk.posting(key)) for key, label in desk.labels.answered()]
        skipped = [c for c in desk.candidates.values() if desk.labels.label(c.key).skipped]
    return {"answered": answered[::-1], "skipped": skipped}


def train_view(desk: Desk, trainer: Trainer) -> dict[str, Any]:
    """The training as it stands; with a proposal, the person's own labels that it doubts, most doubted first."""
    training = trainer.training
    if training is None or training.proposal is None:
        return {}
    from matcher.comparison import WORDS  # scikit-learn: here already

    with desk.lock:
        own = {key for key, _ in desk.labels.answered()}
    doubted = [(key_of(found.row.posting), found) for found in training.proposal.doubts if found.doubt > 0]
    return {
        "comparison": training.proposal.comparison,
        "conflicts": [str(conflict) for conflict in training.proposal.conflicts],
        "doubts": [(key, found) for key, found in doubted if key in own][:SHOWN_DOUBTS],
        "section_words": WORDS,
    }
