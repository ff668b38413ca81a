"""Whether a posting requires a thing or would like it, by the words around the thing."""

import re

from matcher.facts.page import Page
from matcher.facts.pattern import Pattern

_PREFERRED = (
    r"prefer(?:red|ably|ence|s|able)?\b|desir(?:able|ed)\b|nice[- ]to[- ]have|good[- ]to[- ]have|ideal(?:ly)?\b"
    r"|(?:is |as |be |are |considered |seen as )?(?:a |an )?(?:strong |big |huge |definite |added |real |distinct )*"
    r"(?:plus|asset|advantage|bonus)\b(?! points?\b)|bonus points|advantageous|beneficial|\boptional|helpful"
    r"|not (?:\w+ )?(?:required|essential|mandatory|necessary)|would be (?:great|good|nice)|highly regarded|welcome"
    r"|recommended|willing(?:ness)? to (?:obtain|get|achieve)|favou?rable|encouraged"
)
_REQUIRED = (
    r"require[ds]?\b|\bmust\b|mandatory|essential|minimum|at least|need(?:ed|s)?\b|necessary|mandated"
    r"|\bhold(?:s|ing)?\b"
)
_MARK = Pattern(rf"(?P<preferred>{_PREFERRED})|(?P<required>{_REQUIRED})")
_AFTER_COLON = Pattern(r"\s*(?:\w+\s+){0,3}(?::|-(?=\s))")
_LEADS = (
    "must",
    "minimum",
    "at least",
    "prefer",
    "ideal",
    "hold",
    "requires",
    "require ",
    "need",
    "desir",
    "nice",
    "good",
    "bonus",
)


def strength(page: Page, start: int, end: int, limit: int | None = None) -> str | None:
    """``required`` or ``preferred`` as the words around ``page.plain[start:end]`` say it; None when they do not.

    Looked at in turn: a word that leads the thing within its clause ("must have PMP"), the first one that follows it
    in the sentence, up to ``limit`` ("PMP or CSM preferred"), the last one before it, the heading it stands under.
    """
    left, right = page.sentence(start, end)
    plain = page.plain
    before = _marks(page, left, start)
    leads = [mark.lastgroup for mark in before[-3:] if _leads(plain, mark, start)]
    if leads:
        return "preferred" if "preferred" in leads else "required"
    after = next(iter(_marks(page, end, right if limit is None else min(limit, right))), None)
    if after and not _opens_next(plain, after):
        return after.lastgroup
    if before:
        return before[-1].lastgroup
    part = page.part(start) if page.places("preference") else ""
    return part if part in ("preferred", "required") else None


def _marks(page: Page, left: int, right: int) -> list[re.Match[str]]:
    """Words between two offsets that require or prefer."""
    marks: list[re.Match[str]] = []
    for at in page.within("strength", left, right):
        if (not marks or at >= marks[-1].end()) and (mark := _MARK.match(page.plain, at, right)):
            marks.append(mark)
    return marks


def _leads(plain: str, mark: re.Match[str], start: int) -> bool:
    """Whether a mark before a thing governs it: same clause, and a word that stands before its object."""
    between = plain[mark.end() : start]
    if ":" in between and len(between) < 60:
        return True
    return len(between) < 45 and "," not in between and mark.group().lstrip().startswith(_LEADS)


def _opens_next(plain: str, mark: re.Match[str]) -> bool:
    """Whether a mark after a thing speaks of what comes next: "… Preferred: CSM"."""
    return bool(_AFTER_COLON.match(plain, mark.end(), mark.end() + 40))
