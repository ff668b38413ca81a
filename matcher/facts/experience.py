"""Years of experience that a posting requires."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from matcher.facts.page import Found, Page
from matcher.facts.pattern import Pattern
from matcher.facts.strength import strength
from matcher.posting import snake_case

MOST = 25
"""Years; larger numbers are a firm's history."""

NUMBERS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
} | {"twenty": 20}

_WORD = "|".join(NUMBERS)
_NUMBER = rf"(?<![\w.$£€])(\d{{1,2}}(?:\.\d)?|{_WORD})(?: ?\(\d{{1,2}}\))?"
_BEFORE = Pattern(
    rf"{_NUMBER} ?(?:\+|plus|or more|or greater)?(?:\s?(?:-|to|~|or|/)\s?(?:\d{{1,2}}|{_WORD})(?: ?\(\d{{1,2}}\))?)?"
    r"\s?(?:\+|plus\b|or more|\(\+\))?\s?(?:full|consecutive|solid|continuous|complete|minimum|min\.?"
    r"|calendar|total)?[ -]?$"
)
_AFTER = Pattern(
    r"(?:year|yr)s?\b\.?\)?'?s?\s?(?:'|\(s\)|\+)?,?\s?(?:minimum |or more |plus )?"
    r"(?P<gap>[^.;•\n]{0,110}?)(?:\bexp(?:erience|erienced|\.|\b)|\b(?:working|managing|leading|building"
    r"|developing|delivering|designing|programming|"
    r"in an? (?:[\w-]+ ){1,3}(?:role|position|capacity)|hands-on|as an?\b|in (?:the )?(?:field|project"
    r"|program|software|engineering|it\b|industry)|background|"
    r"track record|post[- ]qualif\w*|pqe))"
)
_YEARS = Pattern(r"(?:year|yr)s?\b")
_LABEL = Pattern(r"(?:experience|exp)\b[^.;\n]{0,45}$")
_NOT = Pattern(
    r"(?:year|yr)s?\b'?\s?(?:of )?(?:old\b|of age|age\b|ago|in business|history|of history|heritage"
    r"|of success\b|of innovation|contract|fixed|ftc|warrant|plan\b|vest|"
    r"degree|college|university|program(?:me)?s? (?:at|of)|of service\b|anniversar|lease|with (?:us"
    r"|the company)|of employment|of tenure|and over|of combined|combined|"
    r"of growth|to (?:the|complete)|after|from (?:the|now)|in a row|running|of study|of full-time study|course)"
)
_FIRM = Pattern(
    r"\b(?:we|our|us|company|firm|founded|established|has been|have been|client'?s?|for (?:over|more than"
    r"|nearly|almost)|over the (?:past|last|next)|past|last|next|"
    r"within|every|first|after|recent|during|award|up to|contract|history|trusted|team of|team with"
    r"|collective)\b[^.;:\n]{0,40}$"
)
_NONE = Pattern(
    r"\bno (?:prior |previous |relevant |work(?:ing)? |professional )*experience (?:is )?(?:required|needed"
    r"|necessary)|without (?:prior )?experience"
)
_MONTHS = Pattern(r"(\d{1,2})\s?\+?(?:\s?(?:-|to)\s?\d{1,2})?\s?months?'?(?: of)?(?: [\w-]+){0,4} experience")
_SENTENCE_FIRM = Pattern(
    r"\b(?:we (?:have|bring|are)|our (?:team|company|firm|combined)|is an? (?:[\w-]+ ){0,4}(?:company|firm"
    r"|agency|provider|leader))\b"
)


def read_experience(page: Page, properties: Mapping[str, Any]) -> Found | None:
    """The fewest years that the first required experience asks for; structured data first."""
    given = properties.get("experience_requirements")
    if given not in (None, "", [], {}) and (found := _given(given)):
        return found
    plain = page.plain
    for years, start, end in _mentions(page):
        if strength(page, start, end) != "preferred":
            return Found(years, page.cut(start, end))
    for at in page.places("no experience"):
        if m := _NONE.match(plain, at):
            return Found(0, page.cut(m.start(), m.end()))
    for at in page.places("months"):
        m = _MONTHS.search(plain, max(0, at - 14), at + 120)
        if m and strength(page, m.start(), m.end()) != "preferred":
            return Found(int(m[1]) // 12, page.cut(m.start(), m.end()))
    return None


def _mentions(page: Page) -> Iterator[tuple[int, int, int]]:
    """Years of experience with the bounds of their words, in the order of the text."""
    plain = page.plain
    for at in page.places("years"):
        if at and plain[at - 1].isalpha():
            continue
        before = _BEFORE.search(plain, max(0, at - 45), at)
        if before is None or _NOT.match(plain, at):
            continue
        years = int(NUMBERS.get(before[1], -1)) if before[1].isalpha() else int(float(before[1]))
        end = _experience_end(plain, before.start(), at)
        if years <= MOST and end and not _of_a_firm(page, before.start(), end):
            yield years, before.start(), end


def _experience_end(plain: str, start: int, at: int) -> int | None:
    """Where the words of an experience end, None when the years are of something else."""
    after = _AFTER.match(plain, at, at + 160)
    if after and not re.search(r"\b(?:years?|yrs?|degree)\b", re.sub(r"\([^)]*\)|\([^)]*$", "", after["gap"])):
        return after.end()
    if _LABEL.search(plain, max(0, start - 60), start):
        stop = _YEARS.match(plain, at)
        return stop.end() if stop else at + 4
    return None


def _of_a_firm(page: Page, start: int, end: int) -> bool:
    """Whether the years are a company's, a period to come or gone by, and not the applicant's."""
    plain = page.plain
    if _FIRM.search(plain, max(0, start - 55), start):
        return not re.search(
            r"\b(?:you|candidate|applicant|must|minimum|at least|experience:)\b", plain[max(0, start - 55) : start]
        )
    left, right = page.sentence(start, end)
    return bool(_SENTENCE_FIRM.search(plain, left, right))


def _given(value: object) -> Found | None:
    """Years from ``experienceRequirements``: an object with months, a text or a number of years."""
    if isinstance(value, list | tuple):
        return next((found for item in value if (found := _given(item))), None)
    if isinstance(value, Mapping):
        fields = {snake_case(str(key)): item for key, item in value.items()}
        months = fields.get("months_of_experience")
        m = re.fullmatch(r"\s*(\d{1,3})(?:\.\d+)?\s*", str(months))
        return (
            Found(int(m[1]) // 12, f"{m[1]} months") if m else _given(fields.get("description") or fields.get("name"))
        )
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MOST:
        return Found(int(value), f"{value:g}")
    if not isinstance(value, str):
        return None
    if re.fullmatch(r"no (?:experience )?requirements?\.?", value.strip().lower()):
        return Found(0, value)
    label = "experience: "
    found = read_experience(Page.of(label + value), {})
    return Found(found.value, value) if found else None
