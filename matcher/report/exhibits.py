"""The exhibits of the page, in its order: types, matches, skills, certifications, pay, conditions."""

from collections.abc import Sequence

from matcher.profile import TYPES, Profile
from matcher.report import plots
from matcher.report.exhibit import FOUR, ONCE, SHORT, Cells, Exhibit, bar, by_type, say, spoken
from matcher.report.figures import PERCENT, Figures, Number
from matcher.skills import ASKED_FROM

CERTIFICATIONS = 10
"""Certifications that are shown, the commonest."""

FEW = 4
"""Stated salaries of a type under which no spread is drawn."""

_HEADS = {name: words.replace(" ", "|") if " " in words else "|" + words for name, words in SHORT.items()}
_SHADES = ("var(--s1)", "var(--s2)", "var(--s3)", "var(--s4)", "var(--s5)")
_PALE, _SILENT = "var(--none)", "does not say"
_FACTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("seniority", "Seniority", ("junior", "mid", "senior", "lead", "consultant")),
    ("education", "Education", ("none", "associate", "bachelor", "master", "doctorate")),
    ("sector", "Kind of employer", ("government", "healthcare", "education", "nonprofit", "other")),
)
_TERMS = (("remote", "remote"), ("travel", "travel"), ("on_call", "on call"), ("overtime", "overtime"))
_BANDS = (
    ("80% or more", ("match>=0.8",)),
    *((f"{low}0%–{low + 1}0%", (f"match>=0.{low}", f"match<0.{low + 1}")) for low in range(7, 2, -1)),
    ("under 30%", ("match<0.3",)),
)
"""The ranges in which matches are counted."""

_STEPS = (0.1, 0.25, 0.5, 0.75, 0.9)


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
            bars += [bar(SHORT[name], "accepted", accepted), bar(SHORT[name], "to review", review)]
    lead = say(
        "{} of {} scored postings want none of the four, and are left out of the picture.",
        figures.count("status=ok", "type=other"),
        figures.count("status=ok"),
    )
    spec = plots.stacked(bars, ("accepted", "to review"), ("var(--heat)", "var(--s4)"))
    picture = plots.svg("types", spec, "Bars: " + spoken(rows[:-1], 3))
    head = ("type", "accepted", "to review", "postings", "share of scored")
    return Exhibit("types", "What kind of project manager they want", lead, picture, head, rows)


def matches(figures: Figures, kinds: Sequence[str]) -> Exhibit:
    """How well the postings of the four types match the profile."""
    rows, spec = by_type(figures, kinds, _BANDS)
    middle = figures.quantile(0.5, "match", *FOUR)._replace(form=PERCENT)
    lead = say("Half of them match {} of the profile or more.", middle)
    head = ("match", *(SHORT[kind] for kind in kinds), "all")
    picture = plots.svg("matches", spec, "Bars by match: " + spoken(rows, -1))
    return Exhibit("matches", "How well they match", lead, picture, head, rows)


def skills(figures: Figures, profile: Profile, kinds: Sequence[str]) -> Exhibit:
    """How many postings of each type ask for each skill of the profile."""
    table: list[tuple[float, Cells, list[Number]]] = []
    for skill in profile.skills:
        asked = f"skill_{skill.id}>={ASKED_FROM}"
        shares = [figures.share((*ONCE, f"type={name}", asked), (*ONCE, f"type={name}")) for name in kinds]
        overall = figures.share((*FOUR, asked), FOUR)
        row: Cells = [skill_words(skill.id), *shares, overall, f"{skill.weight:.1%}"]
        table.append((overall.value or 0.0, row, shares))
    table.sort(key=lambda item: -item[0])
    heads = [f"{_HEADS[name]}|n={figures.count(*ONCE, f'type={name}').text}" for name in kinds]
    cells = [
        {"row": row[0], "column": head, "value": share.value, "text": share.text}
        for _, row, shares in table
        for head, share in zip(heads, shares, strict=True)
    ]
    rows = [row for _, row, _ in table]
    lead = say("Asked for most: {} ({}); least: {} ({}).", rows[0][0], rows[0][-2], rows[-1][0], rows[-1][-2])
    picture = plots.svg("skills", plots.heat(cells), "Grid of shares, over all four types: " + spoken(rows, -2))
    head = ("skill", *(SHORT[name] for name in kinds), "all four", "weight in the profile")
    return Exhibit("skills", "What each type asks for", lead, picture, head, rows)


def certifications(figures: Figures, kinds: Sequence[str]) -> Exhibit | None:
    """The certifications that postings of the four types name most; None when they name none."""
    names = figures.most("certifications", *FOUR)[:CERTIFICATIONS]
    if not names:
        return None
    rows, spec = by_type(figures, kinds, ((name, (f"certifications~{name}",)) for name in names))
    lead = say("Named most: {}, in {} of {} postings.", rows[0][0], rows[0][-1], figures.count(*FOUR))
    picture = plots.svg("certifications", spec, "Bars: " + spoken(rows, -1))
    head = ("certification", *(SHORT[kind] for kind in kinds), "all")
    return Exhibit("certifications", "Certifications they name", lead, picture, head, rows)


def pay(figures: Figures, profile: Profile, kinds: Sequence[str]) -> Exhibit | None:
    """Stated yearly pay by type, in the profile's currency; None when too few postings state it so."""
    own = profile.facts.get("salary") or {}
    currency, annual = str(own.get("currency", "USD")), own.get("annual")
    rows: list[Cells] = []
    ranges = []
    stated = (f"salary_currency={currency}", "salary_annual!=null")
    for kind in kinds:
        count = figures.count(*ONCE, f"type={kind}", *stated)
        steps = [figures.quantile(at, "salary_annual", *ONCE, f"type={kind}", *stated) for at in _STEPS]
        rows.append([SHORT[kind], count, *steps])
        if (count.value or 0) >= FEW:
            values = {f"p{100 * at:.0f}": step.value for at, step in zip(_STEPS, steps, strict=True)}
            ranges.append({"row": SHORT[kind], "text": steps[2].text, **values})
    if not ranges:
        return None
    lead = say(
        f"{{}} of {{}} postings state a pay in {currency} that can be counted by the year; half of those pay {{}} "
        "or more." + (f" The profile says {annual:,}." if annual else ""),
        figures.count(*FOUR, *stated), figures.count(*FOUR), figures.quantile(0.5, "salary_annual", *FOUR, *stated),
    )  # fmt: skip
    spec = plots.spread(ranges, annual, f"profile {annual:,}" if annual else "")
    picture = plots.svg("pay", spec, f"Ranges of yearly pay in {currency}; half pay less than: " + spoken(rows, 4))
    head = ("type", "stated", "10% pay less than", "25%", "half", "75%", "90%")
    return Exhibit("pay", f"What they pay, {currency} a year", lead, picture, head, rows)


def currencies(figures: Figures) -> list[Cells]:
    """Each currency by itself: postings of the four types that state a yearly pay in it, and the middle one."""
    rows: list[Cells] = []
    for code in figures.most("salary_currency", *FOUR, "salary_annual!=null"):
        stated = (*FOUR, f"salary_currency={code}", "salary_annual!=null")
        rows.append([code, figures.count(*stated), figures.quantile(0.5, "salary_annual", *stated)])
    return rows


def conditions(figures: Figures, kinds: Sequence[str]) -> list[Exhibit]:
    """What postings of each type say of seniority, education and employer, and all of them of place and hours."""
    made = [_fact(figures, kinds, *fact) for fact in _FACTS]
    return [*(exhibit for exhibit in made if exhibit), _terms(figures, kinds)]


def _fact(figures: Figures, kinds: Sequence[str], field: str, title: str, values: tuple[str, ...]) -> Exhibit | None:
    stated = figures.share((*FOUR, f"{field}!=null"), FOUR)
    if not stated:
        return None
    words = [*("none needed" if value == "none" else value for value in values), _SILENT]
    rows: list[Cells] = []
    bars = []
    for kind in kinds:
        counts = [figures.count(*ONCE, f"type={kind}", f"{field}={value}") for value in (*values, "null")]
        rows.append([SHORT[kind], *counts])
        bars += [bar(SHORT[kind], word, count) for word, count in zip(words, counts, strict=True)]
    spec = plots.stacked(bars, words, (*_SHADES, _PALE), share=True)
    picture = plots.svg(field, spec, f"Bars of shares. {stated.text} of the postings say; numbers in the table.")
    return Exhibit(field, title, say("{} of the postings say.", stated), picture, ("type", *words), rows)


def _terms(figures: Figures, kinds: Sequence[str]) -> Exhibit:
    words = ("yes", "no", _SILENT)
    rows: list[Cells] = []
    bars = []
    for field, name in _TERMS:
        counts = [figures.count(*FOUR, f"{field}={value}") for value in ("true", "false", "null")]
        rows.append([name, *counts, *(figures.count(*ONCE, f"type={kind}", f"{field}=true") for kind in kinds)])
        bars += [bar(name, word, count) for word, count in zip(words, counts, strict=True)]
    spec = plots.stacked(bars, words, (_SHADES[0], _SHADES[2], _PALE), share=True)
    text = "Remote in {} postings, not remote or only partly in {}; the others do not say."
    picture = plots.svg("place-and-hours", spec, "Bars of shares that say yes: " + spoken(rows, 1))
    head = ("", *words, *(f"yes, {SHORT[kind]}" for kind in kinds))
    return Exhibit("place-and-hours", "Place and hours", say(text, rows[0][1], rows[0][2]), picture, head, rows)


def skill_words(skill: str) -> str:
    """A skill's id as words."""
    return skill.replace("_", " ")
