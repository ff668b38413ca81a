"""The exhibits of the page: each a sentence, a plot, its text alternative and the table of numbers behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.profile import TYPES, Profile
from matcher.report import plots
from matcher.report.figures import Figures, Number
from matcher.skills import ASKED_FROM

SHORT = {
    "software": "software",
    "telecom": "telecom",
    "networking": "networking",
    "it_conversion": "IT conversion",
    "other": "other",
}
_HEADS = {name: words.replace(" ", "|") if " " in words else "|" + words for name, words in SHORT.items()}
ONCE = ("status=ok", "duplicate_of=null")
"""Scored postings, each advertisement once."""

CERTIFICATIONS = 10
"""Certifications that are shown, the commonest."""

FEW = 4
"""Stated salaries of a type under which no spread is drawn."""

Words = tuple[str | Number, ...]
Cells = list[str | Number]

_SHADES = ("var(--s1)", "var(--s2)", "var(--s3)", "var(--s4)", "var(--s5)")
_PALE, _SILENT = "var(--none)", "does not say"
_FACTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("seniority", "Seniority", ("junior", "mid", "senior", "lead", "consultant")),
    ("education", "Education", ("none", "associate", "bachelor", "master", "doctorate")),
    ("sector", "Kind of employer", ("government", "healthcare", "education", "nonprofit", "other")),
)
_TERMS = (("remote", "remote"), ("travel", "travel"), ("on_call", "on call"), ("overtime", "overtime"))
_BANDS = (0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.0)
"""Lower ends of the ranges in which matches are counted."""


@dataclass(frozen=True)
class Exhibit:
    """What one picture says: ``lead`` in words and numbers, ``svg`` the picture, ``head`` and ``rows`` the data."""

    name: str
    title: str
    lead: Words
    svg: str
    head: tuple[str, ...]
    rows: list[Cells]


def found(figures: Figures) -> tuple[str, ...]:
    """The types of technical project manager that occur, in the order of every table."""
    return tuple(name for name in TYPES[:-1] if figures.count(*ONCE, f"type={name}"))


def types(figures: Figures) -> Exhibit:
    """Scored postings by type and decision."""
    rows: list[Cells] = []
    bars = []
    for name in TYPES:
        told = ("status=ok", f"type={name}")
        accepted, review = (figures.count(*told, f"decision={word}") for word in ("accept", "review"))
        rows.append([SHORT[name], accepted, review, figures.count(*told), figures.share(told, ("status=ok",))])
        if name != "other":
            bars += [_bar(SHORT[name], "accepted", accepted), _bar(SHORT[name], "to review", review)]
    other, scored = figures.count("status=ok", "type=other"), figures.count("status=ok")
    lead: Words = (other, " of ", scored, " scored postings want none of the four, and are left out of the picture.")
    spec = plots.stacked(bars, ("accepted", "to review"), ("var(--heat)", "var(--s4)"))
    picture = plots.svg("types", spec, "Bars: " + _spoken((row[0], row[3]) for row in rows[:-1]))
    head = ("type", "accepted", "to review", "postings", "share of scored")
    return Exhibit("types", "What kind of project manager they want", lead, picture, head, rows)


def skills(figures: Figures, profile: Profile, kinds: Sequence[str]) -> Exhibit:
    """How many postings of each type ask for each skill of the profile."""
    table: list[tuple[float, Cells]] = []
    everyone = (*ONCE, "type!=other")
    for skill in profile.skills:
        asked = f"skill_{skill.id}>={ASKED_FROM}"
        shares = [figures.share((*ONCE, f"type={name}", asked), (*ONCE, f"type={name}")) for name in kinds]
        overall = figures.share((*everyone, asked), everyone)
        weight = f"{skill.weight:.0%}"
        table.append((overall.value or 0.0, [skill_words(skill.id), *shares, overall, weight]))
    rows = [row for _, row in sorted(table, key=lambda item: -item[0])]
    heads = [f"{_HEADS[name]}|n={figures.count(*ONCE, f'type={name}').text}" for name in kinds]
    cells = [
        {"row": row[0], "column": head, "value": cell.value, "text": cell.text}
        for row in rows
        for head, cell in zip(heads, row[1:-2], strict=True)
        if isinstance(cell, Number)
    ]
    lead: Words = (
        "Asked for most: ",
        str(rows[0][0]),
        " (",
        rows[0][-2],
        "); least: ",
        str(rows[-1][0]),
        " (",
        rows[-1][-2],
        ").",
    )
    spoken = "Grid of shares, by skill over all four types: " + _spoken((row[0], row[-2]) for row in rows)
    head = ("skill", *(SHORT[name] for name in kinds), "all four", "weight in the profile")
    picture = plots.svg("skills", plots.heat(cells), spoken)
    return Exhibit("skills", "What each type asks for", lead, picture, head, rows)


def certifications(figures: Figures, kinds: Sequence[str]) -> Exhibit | None:
    """The certifications that postings of the four types name most; None when they name none."""
    everyone = (*ONCE, "type!=other")
    names = figures.most("certifications", *everyone)[:CERTIFICATIONS]
    if not names:
        return None
    rows: list[Cells] = []
    for name in names:
        counts = [figures.count(*ONCE, f"type={kind}", f"certifications~{name}") for kind in kinds]
        rows.append([name, *counts, figures.count(*everyone, f"certifications~{name}")])
    bars = [_bar(str(row[0]), SHORT[kind], count) for row in rows for kind, count in zip(kinds, row[1:-1], strict=True)]
    words = [SHORT[kind] for kind in kinds]
    spec = plots.stacked(bars, words, [f"var(--{kind})" for kind in kinds])
    lead: Words = ("Named most: ", rows[0][0], ", in ", rows[0][-1], " of ", figures.count(*everyone), " postings.")
    picture = plots.svg("certifications", spec, "Bars: " + _spoken((row[0], row[-1]) for row in rows))
    return Exhibit("certifications", "Certifications they name", lead, picture, ("certification", *words, "all"), rows)


def pay(figures: Figures, profile: Profile, kinds: Sequence[str]) -> Exhibit | None:
    """Stated yearly pay by type, in the profile's currency; None when no posting states it so."""
    own = profile.facts.get("salary") or {}
    currency, annual = str(own.get("currency", "USD")), own.get("annual")
    rows: list[Cells] = []
    ranges = []
    for kind in kinds:
        stated = (*ONCE, f"type={kind}", f"salary_currency={currency}", "salary_annual!=null")
        count = figures.count(*stated)
        steps = {
            f"p{at * 100:.0f}": figures.quantile(at, "salary_annual", *stated) for at in (0.1, 0.25, 0.5, 0.75, 0.9)
        }
        rows.append([SHORT[kind], count, *steps.values()])
        if (count.value or 0) >= FEW:
            middle = steps["p50"].text
            ranges.append({"row": SHORT[kind], "text": middle, **{name: step.value for name, step in steps.items()}})
    if not ranges:
        return None
    everyone = (*ONCE, "type!=other")
    stated = (*everyone, f"salary_currency={currency}", "salary_annual!=null")
    lead: Words = (
        figures.count(*stated), " of ", figures.count(*everyone), f" postings state a pay in {currency} "
        "that can be counted by the year; half of those pay ", figures.quantile(0.5, "salary_annual", *stated),
        f" or more. The profile says {annual:,}." if annual else "",
    )  # fmt: skip
    spec = plots.spread(ranges, annual, f"profile {annual:,}" if annual else "")
    spoken = f"Ranges of yearly pay in {currency}, the middle one of each type: " + _spoken(
        (row[0], row[4]) for row in rows
    )
    head = ("type", "stated", "10% pay less than", "25%", "half", "75%", "90%")
    return Exhibit("pay", f"What they pay, {currency} a year", lead, plots.svg("pay", spec, spoken), head, rows)


def currencies(figures: Figures) -> list[Cells]:
    """Each currency by itself: postings of the four types that state a yearly pay in it, and the middle one."""
    rows: list[Cells] = []
    for code in figures.most("salary_currency", *ONCE, "type!=other"):
        stated = (*ONCE, "type!=other", f"salary_currency={code}", "salary_annual!=null")
        rows.append([code, figures.count(*stated), figures.quantile(0.5, "salary_annual", *stated)])
    return rows


def matches(figures: Figures, kinds: Sequence[str]) -> Exhibit:
    """How well the postings of the four types match the profile."""
    rows: list[Cells] = []
    bars = []
    everyone = (*ONCE, "type!=other")
    for place, low in enumerate(_BANDS):
        name = (
            f"{low:.0%} or more"
            if place == 0
            else f"{low:.0%}–{_BANDS[place - 1]:.0%}"
            if low
            else f"under {_BANDS[-2]:.0%}"
        )
        within = (f"match>={low}", *([f"match<{_BANDS[place - 1]}"] if place else []))
        counts = [figures.count(*ONCE, f"type={kind}", *within) for kind in kinds]
        rows.append([name, *counts, figures.count(*everyone, *within)])
        bars += [_bar(name, SHORT[kind], count) for kind, count in zip(kinds, counts, strict=True)]
    lead: Words = (
        "Half of them match ",
        figures.quantile(0.5, "match", *everyone)._replace(form="{:.0%}"),
        " of the profile or more.",
    )
    spec = plots.stacked(bars, [SHORT[kind] for kind in kinds], [f"var(--{kind})" for kind in kinds])
    spoken = "Bars by match: " + _spoken((row[0], row[-1]) for row in rows)
    head = ("match", *(SHORT[kind] for kind in kinds), "all")
    return Exhibit("matches", "How well they match", lead, plots.svg("matches", spec, spoken), head, rows)


def conditions(figures: Figures, kinds: Sequence[str]) -> list[Exhibit]:
    """What postings of each type say of seniority, education and employer, and all of them of place and hours."""
    made = [_fact(figures, kinds, *fact) for fact in _FACTS]
    return [exhibit for exhibit in [*made, _terms(figures, kinds)] if exhibit]


def _fact(figures: Figures, kinds: Sequence[str], field: str, title: str, values: tuple[str, ...]) -> Exhibit | None:
    everyone = (*ONCE, "type!=other")
    stated = figures.share((*everyone, f"{field}!=null"), everyone)
    if not stated:
        return None
    words = [*values, _SILENT]
    rows: list[Cells] = []
    bars = []
    for kind in kinds:
        counts = [figures.count(*ONCE, f"type={kind}", f"{field}={value}") for value in (*values, "null")]
        rows.append([SHORT[kind], *counts])
        bars += [_bar(SHORT[kind], word, count) for word, count in zip(words, counts, strict=True)]
    spec = plots.stacked(bars, words, (*_SHADES, _PALE), share=True)
    spoken = f"Bars of shares. {stated.text} of the postings say; numbers in the table."
    lead: Words = (stated, " of the postings say.")
    return Exhibit(field, title, lead, plots.svg(field, spec, spoken), ("type", *words), rows)


def _terms(figures: Figures, kinds: Sequence[str]) -> Exhibit | None:
    everyone = (*ONCE, "type!=other")
    rows: list[Cells] = []
    bars = []
    for field, name in _TERMS:
        counts = [figures.count(*everyone, f"{field}={value}") for value in ("true", "false", "null")]
        rows.append([name, *counts, *(figures.count(*ONCE, f"type={kind}", f"{field}=true") for kind in kinds)])
        bars += [_bar(name, word, count) for word, count in zip(("yes", "no", _SILENT), counts, strict=True)]
    spec = plots.stacked(bars, ("yes", "no", _SILENT), (_SHADES[0], _SHADES[2], _PALE), share=True)
    spoken = "Bars of shares that say yes: " + _spoken((row[0], row[1]) for row in rows)
    lead: Words = (
        "Remote in ",
        rows[0][1],
        " postings, not remote or only partly in ",
        rows[0][2],
        "; the others do not say.",
    )
    head = ("", "yes", "no", _SILENT, *(f"yes, {SHORT[kind]}" for kind in kinds))
    return Exhibit("terms-plot", "Place and hours", lead, plots.svg("terms-plot", spec, spoken), head, rows)


def skill_words(skill: str) -> str:
    """A skill's id as words."""
    return skill.replace("_", " ")


def _bar(row: str, part: str, count: Any) -> dict[str, Any]:
    return {"row": row, "part": part, "value": count.value}


def _spoken(pairs: Iterable[tuple[Any, Any]]) -> str:
    return ", ".join(f"{name} {getattr(value, 'text', value)}" for name, value in pairs)
