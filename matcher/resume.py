"""A career profile of one's own: a commented TOML file to edit, filled in from a resume where there is one."""

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from matcher.data.verbs import PRESENT
from matcher.errors import ProfileError
from matcher.facts import read_facts
from matcher.features import TermModel, sigmoid
from matcher.model_store import Model
from matcher.posting import JobPosting
from matcher.profile import SCHEMA, SKILLS, TYPES, Profile, Skill
from matcher.reading import Units, read, sentence_terms
from matcher.skills import Scores, asking
from matcher.text import Span, sentences

SHOWN_FROM = 0.5
"""A resume shows a skill when a sentence of it says so with this probability."""

NOT_SHOWN = 0.5
"""What is left of the weight of a skill that the resume does not show."""

WORDS = 110
"""Characters of a resume's own words in a comment."""

WIDTH = 96
"""Characters of a list on one line."""

_VERB = re.compile(r"(?:^|(?<=^I )|(?<=\band )|(?<=, ))[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Resume:
    """What a resume says, as far as a profile asks for it."""

    shown: dict[str, str]
    """Skills shown, each with the resume's own words that show it best."""
    holds: tuple[str, ...]
    """Certifications, security clearances and tools named."""
    background: tuple[str, ...]
    """Jobs of the profile's background that the resume names."""
    education: str
    """The resume's own words on education; empty when it has none."""

    @classmethod
    def read(cls, text: str, model: Model, profile: Profile) -> "Resume":
        """Read a resume's text with a model's sentence reading.

        Raises:
            ProfileError: there are no words in it.
        """
        if not any(c.isalnum() for c in text):
            raise ProfileError("the resume has no text in it")
        posting = JobPosting("", text)
        facts = read_facts(posting)
        lowered = text.lower()
        named = tuple(name for name, _ in facts.certifications)
        return cls(
            shown=_shown(posting, model),
            holds=tuple(dict.fromkeys((*named, *facts.beyond))),
            background=tuple(job for job in profile.facts.get("background", ()) if job in lowered),
            education=_sentence_with(facts.words.get("education"), text),
        )


def _shown(posting: JobPosting, model: Model) -> dict[str, str]:
    """Skills shown by a sentence as it stands, or with its verbs in the present tense, as postings have them."""
    units = Units.of(posting)
    told = [posting.description[span.start : span.end] for span in units.spans]
    scores = asking(read(units, model.sentence))
    present = _scores([_in_present(sentence, model.sentence) for sentence in told], model)
    chances = sigmoid(np.maximum(scores, present))
    best = chances.argmax(axis=0)
    return {
        name: _one_line(told[number])
        for index, (name, number) in enumerate(zip(SKILLS, best, strict=True))
        if chances[number, index] >= SHOWN_FROM
    }


def _scores(told: list[str], model: Model) -> Scores:
    """Scores of sentences that are cut already."""
    ends = np.cumsum([len(sentence) + 1 for sentence in told]).tolist()
    spans = tuple(Span(end - 1 - len(sentence), end - 1) for sentence, end in zip(told, ends, strict=True))
    posting = JobPosting("", "\n".join(told))
    terms = tuple(sentence_terms(posting.description, spans))
    return asking(read(Units(posting, spans, terms, ("§title",)), model.sentence))


def _in_present(sentence: str, model: TermModel) -> str:
    """A sentence with the past tenses that lead its clauses put in the present: "Planned and ran" → "plan and run"."""

    def present(match: re.Match[str]) -> str:
        word = match.group().lower()
        if word in PRESENT:
            return PRESENT[word]
        if word.endswith("ied"):
            return word[:-3] + "y"
        stems = (word[:-1], word[:-2], word[:-3]) if word.endswith("ed") else ()
        return next((stem for stem in stems if stem in model.vocabulary), match.group())

    return _VERB.sub(present, sentence)


def _sentence_with(words: str | None, text: str) -> str:
    """The sentence of a text that holds words."""
    held = (text[span.start : span.end] for span in sentences(text))
    return next((_one_line(sentence) for sentence in held if words and words in sentence), _one_line(words or ""))


def _one_line(text: str) -> str:
    """Text that is safe in a comment: on one line, without control characters, cut to ``WORDS``."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= WORDS else line[: WORDS - 1].rstrip() + "…"


def new_profile(resume: Resume | None = None) -> str:
    """The text of a new profile: the one that ships with a comment on every key, fitted to a resume."""
    profile = Profile.load()
    skills = _raw_weights(profile)
    facts = profile.facts
    background: Any = facts["background"]
    if resume:
        background = list(resume.background)
    parts = [
        "# A career profile: what postings are matched against. Edit it, look it over with",
        "# 'matcher profile check FILE', and use it with '--profile FILE'. Nothing needs to be retrained.",
        "# Every key but schema and the skills may be left out.",
        "",
        f"schema = {SCHEMA}  # the version of this layout; leave it",
        "",
        _key("name", "My career profile", "shown at the head of the profile"),
        _key("types", list(profile.types), f"kinds of posting you look for, any of: {', '.join(TYPES)}"),
        _key(
            "holds",
            list(resume.holds) if resume else [],
            'certifications, tools and clearances you have, such as ["PMP", "Jira", "Secret clearance"]; what a\n'
            "posting asks for and is not listed here, 'matcher score' shows as beyond the profile",
        ),
        _key("background", background, "hands-on jobs you come from"),
        _key("education", resume.education if resume else facts["education"], "your degree or what you look for"),
        _key("hours", facts["hours"], "the working hours you expect"),
        _key("employers", facts["employers"], "sectors you would work in"),
        _key("career", facts["career"], "the steps of your career, the first one first"),
        "[salary]",
        _key("annual", facts["salary"]["annual"], "what you expect a year, before tax"),
        _key("currency", facts["salary"]["currency"], "its code of three capitals; only pay in it is compared"),
        _key("source", "my own expectation" if resume else facts["salary"]["source"], "where the figure comes from"),
        "# The skills. A weight is the skill's share in the match: 0 leaves it out, 2 counts twice as much as 1; the",
        "# weights are divided by their sum. A skill's table may be deleted. kind (basic or task) and wording are",
        "# there for the reader: changing them changes no score; id is fixed.",
        *_resume_note(resume),
        "",
        *(_skill(skill, resume) for skill in skills),
    ]
    return "\n".join(parts)


def _raw_weights(profile: Profile) -> list[Skill]:
    """The skills with weights as a person writes them: the lightest is 1."""
    least = min(skill.weight for skill in profile.skills)
    return [replace(skill, weight=round(skill.weight / least, 3)) for skill in profile.skills]


def _resume_note(resume: Resume | None) -> list[str]:
    if not resume:
        return []
    return [
        f"# Filled in from a resume: its sentences show {len(resume.shown)} of {len(SKILLS)} skills (probability "
        f"{SHOWN_FROM} or more);",
        f"# its own words stand beside those; the weight of a skill not shown is multiplied by {NOT_SHOWN}.",
    ]


def _skill(skill: Skill, resume: Resume | None) -> str:
    lines = ["[[skills]]"]
    weight = skill.weight
    if resume and skill.id in resume.shown:
        lines.insert(0, f"# shown: “{resume.shown[skill.id]}”")
    elif resume:
        lines.insert(0, f"# not shown by the resume: weight {weight:g} × {NOT_SHOWN}")
        weight *= NOT_SHOWN
    values = {"id": skill.id, "kind": skill.kind, "weight": weight, "wording": skill.wording}
    return "\n".join([*lines, *(f"{key} = {_value(value)}" for key, value in values.items()), ""])


def _key(key: str, value: Any, comment: str) -> str:
    """A key with its comment above it."""
    return "\n".join([*(f"# {line}" for line in comment.split("\n")), f"{key} = {_value(value)}", ""])


def _value(value: Any) -> str:
    """A text, number or list of texts in TOML; a list too long for a line has an item on each."""
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    items = [json.dumps(item, ensure_ascii=False) for item in value]
    line = f"[{', '.join(items)}]"
    return line if len(line) <= WIDTH else "[\n" + "".join(f"  {item},\n" for item in items) + "]"


def write_new(path: str, text: str) -> None:
    """Write a new file.

    Raises:
        ProfileError: it is there already, or cannot be written.
    """
    try:
        with Path(path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise ProfileError(f"{path}: is there already; give another name with -o") from None
    except OSError as error:
        raise ProfileError(f"{path}: cannot be written ({error.strerror})") from None
