"""How senior a job is: by the words of its title, then by the years that it asks for."""

from matcher.facts.page import Found, Page
from matcher.facts.pattern import Pattern

JUNIOR_TO, SENIOR_FROM = 2, 7
"""Years of experience up to which a job is junior, and from which it is senior; mid between them. Our choice."""

_OBJECT = (
    r"(?:engineer|developer|manager|analyst|architect|designer|scientist|administrator|consultant|specialist"
    r"|coordinator|programmer|technician|lead)"
)
_TITLE = Pattern(
    r"\b(?:(?P<junior>(?:junior|jr\b\.?|entry[- ]level|intern(?:ship)?\b|trainee|apprentice(?:ship)?"
    r"|new grad\w*|early[- ]career|working student|werkstudent)"
    r"|assistant (?:project|program)|graduate\b(?! (?:school|stud|program|admission|educat|nurs|medical"
    r"|faculty))|associate(?<!senior associate)(?<!sr associate)(?<!sr\. associate)\b(?! (?:director|vice|vp|"
    r"professor|dean|principal|partner|general counsel|chief|head)))"
    r"|(?P<consultant>consultants?\b|contractor\b|freelance\b)"
    r"|(?P<lead>(?:head (?:of|,)|head$|lead\b(?! gen)(?!-gen)|leader\b|principal\b|director"
    r"|vice[- ]president|s?vp\b|chief\b|c[tief]o\b|ciso\b|managing partner|staff"
    rf"(?= (?:[\w+#/]+ ){{0,3}}{_OBJECT})))"
    r"|(?P<senior>(?:senior\b(?! (?:living|care|services|citizen|housing|centre|center))|snr\b|sr\b\.?"
    r"|sen\.|experienced\b|expert\b|iii\b|iv\b))"
    rf"|(?P<mid>mid(?:dle)?(?:[- ]?(?:level|senior|weight))?\b(?![- ]?(?:market|east|atlantic|west|size))"
    rf"|intermediate\b))"
)
_STEP = Pattern(
    rf"{_OBJECT}\s*,?\s*(?:level )?[-(]?\s?(?P<step>i{{1,3}}|iv|v|[1-5])\b(?!/\d)(?! ?(?:years|yrs|months"
    rf"|positions|openings|roles|posts|\+|%"
    rf"|x\b|days))"
)
_LEVEL = Pattern(r"\b(?:level|grade) (?P<step>i{1,3}|iv|v|[1-5])\b")
_STEPS = {"i": "junior", "1": "junior", "ii": "mid", "2": "mid"}
_ORDER = ("junior", "consultant", "lead", "senior", "mid")
_LENGTH = 160
"""Characters of a title that are read; some rows have the whole advertisement there."""


def read_seniority(title: Page, years: Found | None) -> Found | None:
    """Seniority from the title, by the first of junior, consultant, lead, senior, mid, then by a step (II)."""
    plain = title.plain[:_LENGTH]
    named = {m.lastgroup: m for m in reversed(list(_TITLE.finditer(plain)))}
    for level in _ORDER:
        if m := named.get(level):
            return Found(level, title.cut(m.start(), m.end()))
    if m := _STEP.search(plain) or _LEVEL.search(plain):
        return Found(_STEPS.get(m["step"], "senior"), title.cut(m.start(), m.end()))
    if years is None or not isinstance(years.value, int):
        return None
    level = "junior" if years.value <= JUNIOR_TO else "senior" if years.value >= SENIOR_FROM else "mid"
    return Found(level, years.words)
