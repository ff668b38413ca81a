"""What a posting asks for that no profile skill covers: security clearances and named tools."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from matcher.data.tools import NOT_TOOLS, TOOLS

_WORD = re.compile(r"[a-z0-9]+")
_OPENS = "\n.!?•·*-–"
_MARKS = ("clearance", "cleared", "secret", "ts/sci", "ts-sci", "public trust", "bpss", "reliability status")
_NEAR = 80
"""Characters around a mark in which a clearance is looked for."""

_OF = r"(?:(?:us|u\.s\.|dod|security|level|government|national) )*clearance"
_LEVELS = (
    ("Top Secret/SCI clearance", r"(?i:top[ -]?secret|\bts) ?(?:[/-]|with|w/|and) ?(?i:sci\b|sensitive comp)"),
    ("Top Secret clearance", rf"(?i:top[ -]secret)(?! ?/ ?SCI)|\bTS (?i:{_OF})|(?i:clearance\W{{1,3}})TS\b(?!/)"),
    (
        "Secret clearance",
        rf"(?<!(?i:top.))(?i:\bsecret {_OF}|\bsecret level)|(?i:dod) (?i:secret)"
        r"|(?i:clearance(?: level)?(?:\s*(?:required|requirement|of|is|at))?[\s:(–-]{0,6}"
        r"(?:active |current |a |interim |dod )*)(?:Secret|SECRET)\b",
    ),
    ("Public Trust clearance", r"Public[ -]Trust|PUBLIC TRUST|(?i:public trust (?:clearance|background|position))"),
    ("DOE Q clearance", r"\b[\"“]?Q[\"”]? (?i:(?:level )?clearance)|DOE Level Q"),
    ("DOE L clearance", r"(?i:\bdoe )[\"“]?L[\"”]? (?i:(?:level )?clearance)"),
    ("UK SC clearance", r"\bSC[ -](?i:clear(?:ed|ance))|(?i:security check) \(SC\)"),
    ("UK DV clearance", r"\bDV[ -](?i:clear(?:ed|ance))"),
    ("BPSS clearance", r"\bBPSS\b"),
    ("Reliability status", r"(?i:reliability status)"),
)
_CLEARANCES = tuple((name, re.compile(pattern)) for name, pattern in _LEVELS)
_CLEARANCE = re.compile(
    r"(?<!highest levels of )\bsecurity[ -]clear(?:ance|ed)|\b(?:government|federal|active|dod) clearance"
    r"|\bclearance required",
    re.I,
)
_DENIED_BEFORE = re.compile(r"\b(?:no|not|without|never)\b(?! later| limited)(?:(?! but\b)[^.;!?\n]){0,40}$", re.I)
_DENIED_AFTER = re.compile(
    r"[^.;!?\n]{0,30}?(?:\bnot (?:be )?(?:required|needed|necessary)|\bif applicable)"
    r"|[^.;!?\n]{0,30}[:?-]\s*(?:none|no|not? \w+|n/a|other)\b",
    re.I,
)


def beyond(description: str) -> tuple[str, ...]:
    """Security clearances, then tools, that a description names, under canonical names in the order of the text."""
    lowered = description.lower()
    if len(lowered) != len(description):  # a few capitals have a lower case of two characters
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in description)
    lowered = lowered.replace("\xa0", " ")
    return (*_clearances(description, lowered), *_tools(description, lowered))


def _clearances(text: str, lowered: str) -> tuple[str, ...]:
    """Security clearances that a text asks for; "security clearance" where it gives no level."""
    places = sorted(at for mark in _MARKS for at in _places(lowered, mark))
    found: dict[str, None] = {}
    general = denied = False
    reached = 0
    for at in places:
        start, end = max(reached, at - _NEAR), at + _NEAR
        if at < reached - _NEAR // 2:
            continue
        reached = end
        hits = [(m.start(), name, m) for name, pattern in _CLEARANCES for m in pattern.finditer(text, start, end)]
        for _, name, match in sorted(hits, key=lambda hit: hit[:2]):
            if not _denied(text, match):
                found[name] = None
        for match in _CLEARANCE.finditer(text, start, end):
            general = True
            denied = denied or _denied(text, match)
    return tuple(found) or (("security clearance",) if general and not denied else ())


def _denied(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    before = _DENIED_BEFORE.search(text[max(0, start - 60) : start])
    return bool(before or _DENIED_AFTER.match(text, end, end + 60))


def _places(lowered: str, form: str) -> Iterator[int]:
    at = lowered.find(form)
    while at >= 0:
        yield at
        at = lowered.find(form, at + len(form))


class _Form(NamedTuple):
    """A way of writing a tool's name (no name: a phrase that is no tool).

    ``cased`` when its capitals count, ``english`` when it is also a plain word.
    """

    name: str
    word: str
    cased: bool = False
    english: bool = False


def _tools(text: str, lowered: str) -> tuple[str, ...]:
    """Tools and products that a text names; of forms that overlap the longest counts."""
    forms = _forms()
    places: list[tuple[int, int, str]] = []
    for first in forms.keys() & set(_WORD.findall(lowered)):
        for form in forms[first]:
            end = len(form.word)
            places += [(at, -at - end, form.name) for at in _places(lowered, form.word.lower()) if _is(text, at, form)]
    found: dict[str, None] = {}
    reached = 0
    for start, end, name in sorted(places):
        if start >= reached:
            reached = -end
            if name:
                found[name] = None
    return tuple(found)


def _is(text: str, start: int, form: _Form) -> bool:
    """Whether the letters at a place are a whole word, with the capitals that it must have, and no verb."""
    end = start + len(form.word)
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() or (before and before in "_@") or after.isalnum() or after == "_":
        return False
    if text[max(0, start - 4) : start].lower() == "www." or (form.cased and text[start:end] != form.word):
        return False
    return not (form.english and _opens_sentence(text, start, end))


def _opens_sentence(text: str, start: int, end: int) -> bool:
    """Whether a word opens a sentence that goes on in small letters: "Excel at your work"."""
    before = text[max(0, start - 4) : start].rstrip(" \t")
    goes_on = text[end : end + 1] == " " and text[end + 1 : end + 2].islower()
    return goes_on and (not before or before[-1] in _OPENS) and not text.startswith((" and ", " or "), end)


@cache
def _forms() -> dict[str, list[_Form]]:
    """First word of a form → the forms to look for when the text holds it."""
    lines = [line.partition(": ") for line in TOOLS.strip().splitlines()]
    listed = [(name, form) for name, _, forms in lines for form in forms.split("; ")]
    found: dict[str, list[_Form]] = {}
    for name, form in [*listed, *(("", phrase) for phrase in NOT_TOOLS)]:
        word = form.lstrip("=~")
        made = _Form(name, word, form[0] in "=~", form[0] == "~")
        found.setdefault(_WORD.findall(word.lower())[0], []).append(made)
    return found
