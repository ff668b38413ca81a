"""What a person says of one posting, and how one change of it is checked."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from matcher.corpus import STRENGTHS
from matcher.errors import LabelError
from matcher.posting import JobPosting
from matcher.profile import SKILLS, TYPES

MAX_SPANS = 200
"""Spans of one posting: more is not a person's work."""


@dataclass(frozen=True, slots=True)
class SkillSpan:
    """Words of a description that ask for a skill: ``description[start:end]``."""

    skill: str
    start: int
    end: int
    strength: str = "duty"


@dataclass(frozen=True, slots=True)
class Label:
    """One posting's label; a draft until it has a ``type``.

    ``skills`` maps an id to asked for or not, a missing id is unknown; ``confidence`` is 3 (any careful reader would
    agree) to 1 (arguable).
    """

    type: str | None = None
    second: str | None = None
    confidence: int = 3
    skills: Mapping[str, bool] = field(default_factory=dict)
    spans: tuple[SkillSpan, ...] = ()
    skipped: bool = False

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> "Label":
        """A label as :meth:`to_row` wrote it."""
        return cls(**{**row, "spans": tuple(SkillSpan(**span) for span in row["spans"])})

    def to_row(self) -> dict[str, Any]:
        """The label as JSON."""
        return asdict(self)

    def changed(self, change: Mapping[str, Any], posting: JobPosting) -> "Label":
        """The label after one change: ``{name of the field: its new value}``, as the page sends it.

        Raises:
            LabelError: no such field, or not a value of it.
        """
        if len(change) != 1 or (name := next(iter(change))) not in _CHANGES:
            raise LabelError(f"a change names one of {', '.join(_CHANGES)}")
        return _CHANGES[name](self, change[name], posting)


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A selection without the blanks around it, and widened to the whole of the words that it cuts."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end > start and end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _type(label: Label, value: Any, _posting: JobPosting) -> Label:
    if value not in TYPES:
        raise LabelError(f"type must be one of {', '.join(TYPES)}, not {value!r}")
    return replace(label, type=value, second=None if label.second == value else label.second, skipped=False)


def _second(label: Label, value: Any, _posting: JobPosting) -> Label:
    if value is not None and (value not in TYPES or value == label.type):
        raise LabelError(f"second must be another of {', '.join(TYPES)} or none, not {value!r}")
    return replace(label, second=value)


def _confidence(label: Label, value: Any, _posting: JobPosting) -> Label:
    if type(value) is not int or value not in (1, 2, 3):
        raise LabelError(f"confidence must be 1, 2 or 3, not {value!r}")
    return replace(label, confidence=value)


def _skills(label: Label, value: Any, _posting: JobPosting) -> Label:
    if not isinstance(value, dict) or not set(value) <= set(SKILLS):
        raise LabelError("skills must map ids of the profile's skills to true, false or null")
    if any(asked is not None and not isinstance(asked, bool) for asked in value.values()):
        raise LabelError("a skill is asked for (true), not asked for (false) or unknown (null)")
    known = {name: asked for name, asked in {**label.skills, **value}.items() if asked is not None}
    spans = tuple(span for span in label.spans if known.get(span.skill))
    return replace(label, skills={name: known[name] for name in SKILLS if name in known}, spans=spans)


def _span(label: Label, value: Any, posting: JobPosting) -> Label:
    skill, start, end, strength = _span_fields(value, len(posting.description))
    start, end = whole_words(posting.description, start, end)
    if start == end:
        raise LabelError("the selection holds no words")
    if len(label.spans) >= MAX_SPANS:
        raise LabelError(f"more than {MAX_SPANS} selections in one posting")
    spans = {(span.skill, span.start, span.end): span for span in label.spans}
    spans[skill, start, end] = SkillSpan(skill, start, end, strength)
    asked = _skills(label, {skill: True}, posting)
    return replace(asked, spans=tuple(spans[key] for key in sorted(spans, key=lambda key: (key[1], key[2], key[0]))))


def _unspan(label: Label, value: Any, posting: JobPosting) -> Label:
    skill, start, end, _ = _span_fields(value, len(posting.description))
    return replace(label, spans=tuple(s for s in label.spans if (s.skill, s.start, s.end) != (skill, start, end)))


def _span_fields(value: Any, length: int) -> tuple[str, int, int, str]:
    if not isinstance(value, dict) or value.get("skill") not in SKILLS:
        raise LabelError("a selection names one of the profile's skills")
    start, end, strength = value.get("start"), value.get("end"), value.get("strength", "duty")
    if not (type(start) is int and type(end) is int and 0 <= start < end <= length):
        raise LabelError(f"a selection lies within the description, 0 to {length}")
    if strength not in STRENGTHS:
        raise LabelError(f"strength must be one of {', '.join(STRENGTHS)}")
    return value["skill"], start, end, strength


def _skipped(label: Label, value: Any, _posting: JobPosting) -> Label:
    if not isinstance(value, bool):
        raise LabelError("skipped must be true or false")
    return replace(label, skipped=value, type=None)


_CHANGES: dict[str, Callable[[Label, Any, JobPosting], Label]] = {
    "type": _type,
    "second": _second,
    "confidence": _confidence,
    "skills": _skills,
    "span": _span,
    "unspan": _unspan,
    "skipped": _skipped,
}
