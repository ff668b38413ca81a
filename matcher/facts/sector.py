"""The sector of an employer: by its name, by what it says that it is, by signs in the text."""

import re

from matcher.data.employers import HEADS, NAMES, SIGNS
from matcher.facts.page import Found, Page
from matcher.facts.pattern import Pattern

_NAMES = tuple((sector, Pattern(rf"\b(?:{pattern})")) for sector, pattern in NAMES)
_LINK = Pattern(
    r" (?:is|are|as|at|join) (?:currently |now |proud to be |one of (?:the |our )?|part of )*(?:an?|the|one of) "
)
_WE_ARE = Pattern(r"we're an? ")
_HEAD = Pattern(r"\b(?:" + "|".join(f"(?P<{sector}>{pattern})" for sector, pattern in HEADS) + ")")
_END = Pattern(r"[.;:\n()]")
_FOREIGN = Pattern(
    r"clients?\b|customers?\b|serv(?:es?|ing)\b|\bfor\b|between\b|you\b|experience|degree|candidate|opportunit"
    r"|equal|who\b|that\b|which\b|role\b|position\b|job\b|manager\b|engineer\b|this\b"
)
_SUBJECT = Pattern(
    r"(?:this|role|position|it|there|that|which|what|who|you|candidate|applicant|degree|experience|offer|client"
    r"|customers?|manager|salary|e-verify|here|contract|location|team)s?$"
)
_SIGNS = dict.fromkeys(sign for _, signs in SIGNS for sign in signs).keys()
NEAR = 110
"""Characters after "is a" within which the kind of employer is named."""

OPENING = 4000
"""Characters of a text in which an employer says what it is; the rest is duties and legal notes."""


def read_sector(page: Page, company: Page) -> Found | None:
    """``government``, ``healthcare``, ``education``, ``nonprofit``, ``other``; None when the posting does not tell.

    The kind of employer that its name gives goes first; "Inc" and the like only say ``other`` when the text does not
    say that it is a hospital, a school or a charity.
    """
    by_name = _by_name(company)
    if by_name and by_name.value != "other":
        return by_name
    stated = _stated(page)
    if stated and (by_name is None or stated.value != "other"):
        return stated
    return by_name or _by_signs(page)


def _by_name(company: Page) -> Found | None:
    plain = company.plain.strip()[:120]
    if not plain:
        return None
    for sector, pattern in _NAMES:
        if m := pattern.search(plain):
            if (
                sector == "government"
                and re.search(r"\bhospital|\bllc\b|\binc\b|\bltd\b|\buniversit|\bcollege\b", plain)
                and "nhs" not in plain
            ):
                continue
            if sector == "education" and re.search(r"\bhospital|\bmedical cent|\bhealth system|\binc\b|\bllc\b", plain):
                return (
                    Found("healthcare", company.cut(0, len(company.raw)))
                    if "inc" not in plain and "llc" not in plain
                    else None
                )
            return Found(sector, company.cut(m.start(), m.end()) or company.raw)
    return None


def _stated(page: Page) -> Found | None:
    """What the employer says that it is: "X is a … hospital"."""
    plain = page.plain
    for at in page.within("is a", 0, OPENING):
        link = _LINK.match(plain, max(0, at - 1), OPENING) or _WE_ARE.match(plain, at, OPENING)
        m = _employer(page, link.end()) if link else None
        if link is None or m is None or _FOREIGN.search(plain, link.end(), m.start()):
            continue
        subject = plain[max(0, link.start() - 25) : link.start()].split("\n")[-1].strip()
        if _SUBJECT.search(subject) or (
            link.group().startswith((" at ", " as ")) and "we" not in subject[-12:].split()
        ):
            continue
        return Found(m.lastgroup, page.cut(link.start(), m.end()))
    return None


def _employer(page: Page, start: int) -> re.Match[str] | None:
    """The first kind of employer that is named after "is a", in the same clause."""
    places = page.within("employer", start, start + NEAR)
    if not places:
        return None
    stop = _END.search(page.plain, start, start + NEAR)
    right = stop.start() if stop else start + NEAR
    return next((m for at in places if (m := _HEAD.match(page.plain, at, right))), None)


def _begins(raw: str, at: int) -> bool:
    """Whether a word begins at ``at``: not inside "your company" and "time-series", but after a line break lost."""
    before = raw[at - 1 : at]
    return not (before.isalnum() or before == "-") or (raw[at].isupper() and not before.isupper())


def _by_signs(page: Page) -> Found | None:
    named = page.named(_SIGNS)
    for sector, signs in SIGNS if named else ():
        for sign in signs:
            if (at := next((at for at in named.get(sign, ()) if _begins(page.raw, at)), None)) is not None:
                return Found(sector, page.cut(at, at + len(sign)))
    return None
