"""The salary that a text states: the first sum of money that is pay, and not a budget, a bonus or a turnover."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from matcher.data.currencies import SCALE
from matcher.facts.money import Sum, begin, currency, likely_period, period_in, sum_at, yearly
from matcher.facts.page import Page
from matcher.facts.pattern import Pattern
from matcher.facts.pay import REACH, clause, in_lakhs, last, lead, rank
from matcher.facts.pay_words import LEAST, MOST, SHORT, SHORT_BEFORE, TAIL

USUAL_MOST = 600_000
"""Dollars a year above which a period that only stands before a sum is taken to belong to something else."""

LEAST_UNKNOWN = 250
"""Dollars below which a sum whose period is not known is no salary."""

LEAD = 45
"""Characters between a sum and a currency or unit behind it, at most."""

MARK = 12
"""Characters between a currency and a sum behind it, at most."""

_DIGIT = Pattern(r"[0-9][0-9.,]*")


class Salary(NamedTuple):
    """A salary as stated, the same by the year, and the words that state it."""

    min: float | None
    max: float | None
    currency: str | None
    period: str | None
    annual_min: float | None
    annual_max: float | None
    text: str


NOTHING = Salary(None, None, None, None, None, None, "")


def read_salary(page: Page, place: str, own_line: bool = False) -> Salary:
    """The first salary of a text; ``place`` decides what a bare ``$`` means.

    A sum counts when pay is named near it, or its period is; failing that, a range or a lone amount of the size of a
    salary. ``own_line``: the text is a title or a location, in which no more than a sum is needed.
    """
    spare = NOTHING
    for found, start in _sums(page):
        ranked = rank(page, found, start, own_line)
        if not ranked or (ranked == 1 and spare is not NOTHING):
            continue
        salary = _salary(page, found, start, place)
        if salary is not NOTHING and ranked == 2:
            return salary
        spare = spare if salary is NOTHING else salary
    return spare


def _sums(page: Page) -> Iterator[tuple[Sum, int]]:
    """Sums that may be money, with the start of the words before them ("up to") that belong to them."""
    plain, done = page.plain, 0
    for m in _numbers(page):
        at = m.start()
        if at < done:
            continue
        start = begin(plain, at)
        if start == at and ((at and plain[at - 1].isalpha()) or not _may_be_money(page, at, m.end())):
            continue
        found = sum_at(plain, start)
        if found is None:
            continue
        done = found.end
        before = SHORT_BEFORE.search(plain, max(0, start - 20), start)
        yield found, before.start() if before else start


def _numbers(page: Page) -> Iterator[re.Match[str]]:
    """Numbers near a word or sign of money, in order."""
    plain, reached = page.plain, 0
    windows = [(at, at + REACH) for at in page.places("pay")]
    windows += [(at - LEAD, at + MARK) for at in page.places("money")]
    for left, right in sorted(windows):
        reached = max(reached, left)
        while reached < right and (m := _DIGIT.search(plain, reached, right + LEAD)) and m.start() < right:
            reached = m.end()
            if not plain[m.start() - 1 : m.start()].isdigit():  # else the window cuts a number
                yield m
        reached = max(reached, right)


def _may_be_money(page: Page, at: int, end: int) -> bool:
    """Whether a number without a mark before it may be money: a unit or mark after it, or pay named before it."""
    return TAIL.match(page.plain, end) is not None or bool(page.within("pay", at - REACH, at))


def _salary(page: Page, found: Sum, start: int, place: str) -> Salary:
    """The salary that a sum states; ``NOTHING`` for one that cannot be."""
    plain = page.plain
    line = page.raw[max(plain.rfind("\n", 0, start) + 1, start - 120) : found.end + 60].partition("\n")[0]
    code = currency(found.mark, line, place) or ("INR" if in_lakhs(plain[found.start : found.end]) else None)
    top = found.high if found.high is not None else found.low
    period = found.period or _period_before(plain, start, found, code) or likely_period(top, code)
    if period is None and (top / SCALE.get(code or "", 1) < LEAST_UNKNOWN or found.low < 1):
        return NOTHING
    if period and (yearly(top, period, code) is None or (found.low and yearly(found.low, period, code) is None)):
        return NOTHING
    low, high = _bounds(plain, found, start)
    annual = (yearly(low, period, code), yearly(high, period, code))
    return Salary(low, high, code, period, *annual, page.cut(start, found.end))


def _period_before(plain: str, start: int, found: Sum, code: str | None) -> str | None:
    """The period named before a sum ("annual salary: …") when it makes a possible salary."""
    period = period_in(clause(plain, start)) or period_in(lead(plain, start))
    annual = yearly(found.low or found.high, period, code)
    return period if annual is not None and annual / SCALE.get(code or "", 1) < USUAL_MOST else None


def _bounds(plain: str, found: Sum, start: int) -> tuple[float | None, float | None]:
    """Least and most: of "up to 70k" only the most, of "from 40k" and "40k+" only the least, of one sum both."""
    if found.high is not None:
        return found.low or None, found.high
    short = SHORT.match(plain, start, found.start) if start < found.start else None
    kind = short.lastgroup if short else None
    before = clause(plain, start)
    least, most = last(LEAST, before), last(MOST, before)
    if kind == "max" or most > least:
        return None, found.low
    open_ended = "+" in plain[found.start : found.end] or re.match(r"\+(?=[\s.,)/]|$)", plain[found.end :][:2])
    return found.low, None if kind == "min" or least >= 0 or open_ended else found.low
