"""Whether a sum of money is pay, by the words around it."""

from matcher.data.currencies import SCALE
from matcher.facts.money import Sum, currency, sum_at, yearly
from matcher.facts.page import Page
from matcher.facts.pattern import Pattern
from matcher.facts.pay_words import ALONE, BARE_MARK, CHAIN, PAY, SHORT_BEFORE, VETO, VETO_NEXT

REACH = 130
"""Characters before a sum, within its sentence or line, that are looked at."""

VETO_REACH = 55
"""Characters before a sum within which a word such as "budget" says that it is not pay."""

FULL_TIME = 10_000
"""Dollars a year below which a sum is pay only if pay is named near it; a quarter of it where wages are low."""

SURE, WIDEST = 25_000, 4
"""A range from so many dollars, whose most is at most so many times its least, is pay without being called so."""

_STOPS = ("\n", ". ", "; ", "|", "•", "! ", "? ")
_LAKHS = Pattern(r"lpa|l\.p|lakh|lac\b|\dl\b")


def rank(page: Page, found: Sum, start: int, own_line: bool) -> int:
    """2: pay by its words; 1: pay by its size and place; 0: not pay."""
    plain = page.plain
    bare = _rank_bare(page, found, start, own_line) if found.mark is None else None
    if bare == 0 or (found.millions and found.mark in (None, "$", "£", "€", "us$")) or _followed_by_veto(plain, found):
        return 0
    left = start - len(clause(plain, start))
    named = [at for at in page.within("pay", left, start) if PAY.match(plain, at, start)]
    pay = max(named, default=-1)
    veto = max((m.start() for m in VETO.finditer(plain, max(left, start - VETO_REACH), start)), default=-1)
    if veto > pay:
        return 0
    if bare is not None:
        return bare
    if pay >= 0 or PAY.search(lead(plain, start)) or _full_time(found):
        alone = found.high is None and found.period is None
        return 0 if alone and BARE_MARK.fullmatch(plain, found.start, found.end) else 2
    return 0 if found.period else _rank_unnamed(plain, found, start, own_line)


def _full_time(found: Sum) -> bool:
    """Whether a sum with its period is enough to live on, and so pay without being called so."""
    code = currency(found.mark, "")
    scale = SCALE.get(code or "", 1)
    annual = yearly(max(found.low, found.high or 0), found.period, code)
    return annual is not None and annual / scale >= (FULL_TIME if scale <= 2 else FULL_TIME / 4)


def _rank_unnamed(plain: str, found: Sum, start: int, own_line: bool) -> int:
    """The rank of a sum without period or word for pay: of the size of a salary, or a range that opens a line."""
    scale = SCALE.get(currency(found.mark, "") or "", 1)
    if max(found.low, found.high or 0) / scale < FULL_TIME:
        opens = plain[max(0, start - 6) : start].rstrip(" ")[-1:] in ("", "\n")
        return int(found.high is not None and found.low / scale >= 1000 and opens)
    if found.high is not None:
        narrow = SURE * scale <= found.low and found.high <= WIDEST * found.low
        return 2 if narrow else 1
    return int(own_line or ALONE.match(plain, found.end) is not None)


def _rank_bare(page: Page, found: Sum, start: int, own_line: bool) -> int:
    """The rank of a sum without a currency: pay must lead up to it, or lakhs, or thousands by the year, must follow."""
    plain = page.plain
    words = plain[found.start : found.end]
    top = max(found.low, found.high or 0)
    if in_lakhs(words):
        return 2
    if any(CHAIN.match(plain, at, start) for at in page.within("pay", start - REACH, start)):
        return 2 if top >= 1000 or found.period in ("hour", "day") or _hourly(plain, found) else 0
    if found.period == "hour" and found.high and 10 <= top <= 300 and ("/" in words or "." in words):
        return 1
    if "k" not in words or not FULL_TIME <= top <= 100 * FULL_TIME:
        return 0
    if found.period == "year" or (own_line and found.high):
        return 2
    modest = start < found.start and SHORT_BEFORE.search(plain, start, found.start)
    return int(bool(found.high or modest) and ALONE.match(plain, found.end) is not None)


def in_lakhs(words: str) -> bool:
    """Whether the words of a sum count in lakhs, and so in rupees."""
    return _LAKHS.search(words) is not None


def _hourly(plain: str, found: Sum) -> bool:
    """Whether small numbers after a word for pay are rates by the hour: "Pay: 14.00 to 15.00"."""
    with_cents = "." in plain[found.start : found.end].rstrip(".")
    return with_cents and found.period is None and 5 <= found.low <= 250 and not plain.startswith(" h", found.end)


def _followed_by_veto(plain: str, found: Sum) -> bool:
    """Whether what follows says that the sum is something else; also read before the period, for "annual bonus"."""
    amount = sum_at(plain, found.start, single=True) if found.high is None else None
    ends = {found.end, amount.end if amount else found.end}
    return plain.startswith("%", found.end) or any(VETO_NEXT.match(plain, end, end + 60) for end in ends)


def clause(plain: str, start: int) -> str:
    """Up to ``REACH`` characters before a sum, of its own sentence or line."""
    left = max(0, start - REACH)
    cuts = (at + len(stop) for stop in _STOPS if (at := plain.rfind(stop, left, start)) >= 0)
    return plain[max(cuts, default=left) : start]


def lead(plain: str, start: int) -> str:
    """The line above a sum that opens its own line: a heading or label such as "Salary range"."""
    head, _, own = plain[max(0, start - 160) : start].rpartition("\n")
    return head.rstrip("\n ").rpartition("\n")[2][-110:] if len(own.strip()) <= 45 else ""


def last(pattern: Pattern, text: str, reach: int = REACH) -> int:
    """Start of the last match within ``reach`` characters of the end, −1 for none."""
    return max((m.start() for m in pattern.finditer(text, max(0, len(text) - reach))), default=-1)
