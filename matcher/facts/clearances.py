"""Security clearances that a posting asks for."""

import re

from matcher.facts.page import Page
from matcher.facts.pattern import Pattern

_NEAR = 80
"""Characters around a cue in which a clearance is looked for."""

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
_CLEARANCES = tuple((name, Pattern(pattern)) for name, pattern in _LEVELS)
_CLEARANCE = Pattern(
    r"(?<!highest levels of )\bsecurity[ -]clear(?:ance|ed)|\b(?:government|federal|active|dod) clearance"
    r"|\bclearance required",
    re.I,
)
_DENIED_BEFORE = Pattern(r"\b(?:no|not|without|never)\b(?! later| limited)(?:(?! but\b)[^.;!?\n]){0,40}$", re.I)
_DENIED_AFTER = Pattern(
    r"[^.;!?\n]{0,30}?(?:\bnot (?:be )?(?:required|needed|necessary)|\bif applicable)"
    r"|[^.;!?\n]{0,30}[:?-]\s*(?:none|no|not? \w+|n/a|other)\b",
    re.I,
)


def read_clearances(page: Page) -> tuple[str, ...]:
    """Security clearances that a text asks for; "security clearance" where it gives no level."""
    text = page.raw
    found: dict[str, None] = {}
    general = denied = False
    reached = 0
    for at in page.places("clearance"):
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
