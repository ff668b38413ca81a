"""What every exhibit of the page is: a sentence, a plot, its text alternative and the table of numbers behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Any

from matcher.report import plots
from matcher.report.figures import Figures, Number

SHORT = {
    "software": "software",
    "telecom": "telecom",
    "networking": "networking",
    "it_conversion": "IT conversion",
    "other": "other",
}
ONCE = ("status=ok", "duplicate_of=null")
"""Scored postings, each advertisement once."""

FOUR = (*ONCE, "type!=other")
"""Those of the four types of technical project manager."""

Words = tuple[str | Number, ...]
Cells = list[str | Number]


@dataclass(frozen=True)
class Exhibit:
    """What one picture says: ``lead`` in words and numbers, ``svg`` the picture, ``head`` and ``rows`` the data."""

    name: str
    title: str
    lead: Words
    svg: str
    head: tuple[str, ...]
    rows: list[Cells]


def say(text: str, *values: str | Number) -> Words:
    """A sentence with a value at each ``{}``, numbers kept as numbers."""
    parts = chain.from_iterable(zip_longest(text.split("{}"), values, fillvalue=""))
    return tuple(part for part in parts if part != "")


def spoken(rows: Iterable[Cells], place: int) -> str:
    """The first cell of each row and the one at ``place``, in words."""
    return ", ".join(f"{row[0]} {getattr(row[place], 'text', row[place])}" for row in rows)


def bar(row: str, part: str, count: Number) -> dict[str, Any]:
    """One part of a stacked bar."""
    return {"row": row, "part": part, "value": count.value}


def by_type(
    figures: Figures, kinds: Sequence[str], groups: Iterable[tuple[str, tuple[str, ...]]]
) -> tuple[list[Cells], plots.Spec]:
    """Groups (name, conditions) of postings of the four types, counted by type: rows with their sum, and bars."""
    rows: list[Cells] = []
    bars = []
    for name, within in groups:
        counts = [figures.count(*ONCE, f"type={kind}", *within) for kind in kinds]
        rows.append([name, *counts, figures.count(*FOUR, *within)])
        bars += [bar(name, SHORT[kind], count) for kind, count in zip(kinds, counts, strict=True)]
    return rows, plots.stacked(bars, [SHORT[kind] for kind in kinds], [f"var(--{kind})" for kind in kinds])
