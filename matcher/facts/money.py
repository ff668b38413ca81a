"""Sums of money as postings write them: one amount or two, their currency and the period they are paid for."""

import re
from typing import NamedTuple

from matcher.data.currencies import DEFAULTS, PLACES, SCALE, SYMBOLS, WORDS
from matcher.facts.pattern import Pattern

HOURS_A_YEAR = 2080
"""40 hours × 52 weeks."""

A_YEAR = {"hour": HOURS_A_YEAR, "day": 260, "week": 52, "month": 12, "year": 1}
"""How often each period is paid in a year; 260 days are 5 × 52."""

LEAST, MOST = 1_200.0, 3_000_000.0
"""Bounds of a possible salary in US dollars a year; our own choice, wide enough for a part-time and a partner's."""

AMBIGUOUS = ("$", "¥", "kr")
"""Marks of which another one beside the same sum tells more ("$90k CAD")."""

UNITS = {
    "k": 1e3,
    "thousand": 1e3,
    "grand": 1e3,
    "lakh": 1e5,
    "lac": 1e5,
    "lpa": 1e5,
    "l": 1e5,
    "cr": 1e7,
    "crore": 1e7,
    "m": 1e6,
}
"""Words after a number that multiply it; millions count for small currencies only."""


class Sum(NamedTuple):
    """One or two amounts at ``[start:end]`` of the text; ``high`` is None for a single amount."""

    low: float
    high: float | None
    mark: str | None
    period: str | None
    start: int
    end: int
    millions: bool


def _choice(names: list[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_MARK = (
    rf"(?:(?<![a-z])(?:{_choice(list(WORDS))})\)?[ :]?(?:[$£€₹]|us\$|c\$|a\$)?|(?:(?<![a-z])[a-z]{{1,3}}\$"
    rf"|[{''.join(sorted(name for name in SYMBOLS if len(name) == 1))}]|zł|kč))"
)
_AFTER_MARK = rf"(?:(?:{_choice(list(WORDS))})(?![a-z])|[$£€₹¥₱](?! ?\d)|zł|kč)"
_NUMBER = (
    r"(?:\d{1,3}(?:,\d{2,3})+(?:\.\d{1,2})?(?!\d)|\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?(?!\d)|\d{1,3}(?:['’ ]\d{3})+(?!\d)"
    r"|\d{1,9}(?:[.,]\d{1,2})?(?![\d]))"
)
_UNIT = (
    r"(?:k(?![a-z])|thousand\b|grand\b|lakhs?\b|lacs?\b|l\.p\.a\b|lpa|l(?![a-z])|cr\b|crores?\b|mm?n?(?![a-z])"
    r"|millions?\b|bn?(?![a-z])|billions?\b)"
)
_PERIOD = (
    r"(?:/ ?)?(?:(?P<{0}h>(?:(?:\b(?:per|an?|each) |/ ?)\s?|\bp\.?/?)(?:hours?|hrs?|h)\b|\bhourly\b)"
    r"|(?P<{0}d>(?:\b(?:per|a|each) |/ ?|\bp\.?/)\s?(?:working )?(?:days?|diem|d)\b|\bpd\b|\bdaily\b|\bday rate)"
    r"|(?P<{0}w>(?:\b(?:per|a|each) |/ ?|\bp\.?/?)\s?(?:weeks?|wk|w)\b|\bweekly\b)"
    r"|(?P<{0}m>(?:\b(?:per|a|each) |/ ?|\bp\.?/|\bp\.)\s?(?:(?:calendar )?months?|mon?|mth|m)\b|\bpc?m\b|\bmonthly\b)"
    r"|(?P<{0}y>(?:\b(?:per|an?|each|every) |/ ?|\bp\.?/?)\s?(?:years?\b|yr\b|y\b|annum|a\b\.?)"
    r"|\bannual(?:ly)?\b|\byearly\b|\bp\.\s?a\b\.?|\bl?pa\b|\bannum\b))"
)
_FILL = (
    r"(?:(?:gross|net|base|basic|salary|ote|ctc|in|inr|usd|cad|eur|gbp|total|package|pay|paid|w2|c2c|plus super"
    r"|inclusive)\b[ ,/]{0,2}){0,3}"
)
_SEP = (
    r"\s{0,3}(?:\(min[a-z]*\.?\) ?-|\[[^\]\n]{0,100}\] ?(?:to|and|-)|/(?= ?\d+k)|[-~]{1,2}|to|and|up to"
    r"|through|or up to"
    r"|[a-z ,]{0,40}\bup to|(?<=\d)(?=[$£€]\d)|(?:,? and )?(?:the )?max(?:imum)?[a-z ]{0,60}:?"
    r"|\.?\s{1,3}(?:[•-] ?)?(?:mid[^\n]{0,50}\s{1,3}(?:[•-] ?)?)?(?:salary |pay |compensation "
    r"|base )?max(?:imum)?[a-z (:]{0,40})\s{0,3}"
)
_SUM = Pattern(
    rf"(?P<mark>{_MARK})?[\s~]{{0,2}}(?P<low>{_NUMBER})(?:\s?(?P<unit>{_UNIT}))?(?:\s?(?P<mark2>{_AFTER_MARK}))?"
    rf"(?:(?=[^0-9]{{1,160}}[0-9])\+?(?:[ (]{{0,2}}{_PERIOD.format('a')})?\)?(?P<sep>{_SEP})"
    rf"(?P<mark3>{_MARK})?[\s~]{{0,2}}(?P<high>{_NUMBER})(?:\s?(?P<unit2>{_UNIT}))?(?:\s?(?P<mark4>{_AFTER_MARK}))?"
    rf"(?!%|\s?percent))?"
)
_SINGLE = Pattern(
    rf"(?P<mark>{_MARK})?[\s~]{{0,2}}(?P<low>{_NUMBER})(?:\s?(?P<unit>{_UNIT}))?(?:\s?(?P<mark2>{_AFTER_MARK}))?"
    rf"(?P<sep>)(?P<high>)(?P<unit2>)(?P<mark3>)(?P<mark4>)"
)
_THIRD = Pattern(
    rf" ?(?:\(mid[a-z]*\.?\))? ?[-~] ?(?:{_MARK})? ?(?P<high>{_NUMBER})(?: ?k\b)?(?: ?\(max[a-z]*\.?\))?(?![-\d%])"
)
"""The most of "least - middle - most"."""

_BEFORE = Pattern(rf"{_MARK}[\s~]{{0,2}}$")
_AMERICA = Pattern(r"\bUSA?\b|\bU\.S\.")
_ENDS = frozenset(name[-1] for name in (*WORDS, *SYMBOLS, ")"))
_PERIOD_NEXT = Pattern(
    rf"[ )\]+,]{{0,3}}\(?{_FILL}(?:{_PERIOD.format('b')})(?! ?(?:performance )?(?:bonus|commission|incentive"
    rf"|stipend|allowance|target))"
)
_PERIOD_ANY = Pattern(r"(?:(?=/)|\b(?=[adehlmpwy]))" + _PERIOD.format("c"))
_POINTS = Pattern(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?")
_COMMAS = Pattern(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d{1,2})?")
_PERIODS = {"h": "hour", "d": "day", "w": "week", "m": "month", "y": "year"}


def number(text: str) -> float | None:
    """A number as written in any country: ``60.000`` → 60000, ``2,00,000`` → 200000, ``45,50`` → 45.5."""
    text = "".join(text.split()).replace("'", "").replace("’", "")
    if "." in text and _POINTS.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    elif "," in text and _COMMAS.fullmatch(text):
        text = text.replace(",", "")
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def begin(text: str, at: int) -> int:
    """Where the sum begins whose first digit stands at ``at``: before its currency mark, if it has one."""
    if text[at - 1 : at] not in _ENDS and text[at - 2 : at - 1] not in _ENDS:
        return at
    before = _BEFORE.search(text, max(0, at - 9), at)
    return before.start() if before else at


def sum_at(text: str, at: int, single: bool = False) -> Sum | None:
    """The sum that begins at ``at``; of a pair only the first amount if ``single``."""
    m = (_SINGLE if single else _SUM).match(text, at)
    low = number(m["low"]) if m else None
    if m is None or low is None:
        return None
    if m["sep"] and _apart(text, m):
        return sum_at(text, at, single=True)
    unit, unit2 = _unit(m["unit"]), _unit(m["unit2"])
    low, high = _scaled(low, number(m["high"]) if m["high"] else None, unit, unit2)
    end = max(m.end(name) for name in (("high", "unit2", "mark4") if high is not None else ("low", "unit", "mark2")))
    if high is not None and (third := _THIRD.match(text, end)):
        top = number(third["high"])
        if top is not None and high < top * UNITS.get(unit2, 1) <= 4 * high:
            high, end = top * UNITS.get(unit2, 1), third.end()
    period, end = period_after(text, end)
    period = period or (None if single else _named(m, "a")) or ("year" if "lpa" in (unit, unit2) else None)
    marks = [mark for mark in (m["mark"], m["mark2"], m["mark3"], m["mark4"]) if mark]
    mark = next((mark for mark in marks if mark not in AMBIGUOUS), marks[0] if marks else None)
    return Sum(low, high, mark, period, at, end, bool({unit, unit2} & {"m", "b"}))


def _apart(text: str, m: re.Match[str]) -> bool:
    """Whether two amounts side by side are no range: "and" without "between", or a percentage."""
    joined = m["sep"].strip()
    if joined == "and" and "between" not in text[max(0, m.start() - 30) : m.start()]:
        return True
    return text[m.end() : m.end() + 1] == "%" or (m["sep"].isspace() and not joined)


def _unit(word: str | None) -> str:
    """A unit as the key of ``UNITS``; ``b`` for billions."""
    word = (word or "").replace(".", "")
    if word in ("mm", "mn", "mmn", "million", "millions"):
        return "m"
    return "b" if word in ("bn", "billion", "billions") else word.removesuffix("s") if len(word) > 2 else word


def _scaled(low: float, high: float | None, unit: str, unit2: str) -> tuple[float, float | None]:
    """Amounts with their units; in ``85-110k`` and ``£35-40,000`` the first shares the second's."""
    if high is None:
        return low * UNITS.get(unit, 1), None
    if unit2 and not unit and low < 1000:
        unit = unit2
    if unit and not unit2 and high < 1000:
        unit2 = unit
    low, high = low * UNITS.get(unit, 1), high * UNITS.get(unit2, 1)
    if low < 1000 <= high and not unit and low * 1000 <= high and low >= 10 and high >= 10_000:
        low *= 1000
    return (low, high) if low <= high else (high, low)


def _named(m: re.Match[str], prefix: str) -> str | None:
    return next((period for key, period in _PERIODS.items() if m[prefix + key]), None)


def period_after(text: str, at: int) -> tuple[str | None, int]:
    """The period that follows an amount directly, and where it ends."""
    m = _PERIOD_NEXT.match(text, at, at + 60)
    return (_named(m, "b"), m.end()) if m else (None, at)


def period_in(text: str) -> str | None:
    """The last period named in some words."""
    last = None
    for m in _PERIOD_ANY.finditer(text):
        last = _named(m, "c")
    return last


def currency(mark: str | None, *places: str) -> str | None:
    """ISO code of a currency mark; ``$``, ``¥`` and ``kr`` by the first place that decides."""
    if mark is None:
        return None
    word = mark.strip().rstrip(":").strip()
    code = WORDS.get(word) or SYMBOLS.get(word) or WORDS.get(word.rstrip("$£€₹) ")) or SYMBOLS.get(word[-1:])
    if code not in ("$", "¥", "KR"):
        return code
    for place in places:
        low = place.lower()
        if code == "$" and _AMERICA.search(place):
            return "USD"
        for name, meant in PLACES:
            if name in low and code in meant:
                return meant[code]
    return DEFAULTS.get(code)


def yearly(amount: float | None, period: str | None, code: str | None) -> float | None:
    """An amount by the year, in its own currency; None when the period is not known or the sum is not plausible."""
    if amount is None or period is None:
        return None
    annual = round(amount * A_YEAR[period], 2)
    return annual if LEAST <= annual / SCALE.get(code or "", 1) <= MOST else None


def likely_period(amount: float, code: str | None) -> str | None:
    """The period of an amount that does not tell it: from 15,000 dollars a year, from 5 to 250 an hour."""
    dollars = amount / SCALE.get(code or "", 1)
    return (
        "year"
        if dollars >= 15_000 or (dollars >= 2_000 and code == "INR")
        else "hour"
        if 5 <= dollars <= 250 and amount < 1000
        else None
    )
