"""Words, numbers and tables that are safe and short enough for any terminal."""

import math
import unicodedata

from rich.table import Table
from rich.text import Text

TYPE_WORDS = {
    "software": "software development",
    "telecom": "telecom",
    "networking": "computer networking",
    "it_conversion": "IT installation/conversion",
    "other": "none of these (other)",
}

_MANY = 1e6


def plain(text: str, width: int = 400) -> str:
    """Text of a posting without control characters or direction marks, cut to a width: safe in any terminal."""
    if not text.isprintable():
        text = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return text if len(text) <= width else text[: width - 1] + "…"


def sure(chance: float) -> str:
    """A probability as a percentage that is 100% or 0% only where it is."""
    shown = f"{chance:.0%}"
    return {"100%": ">99%", "0%": "<1%"}.get(shown, shown) if 0 < chance < 1 else shown


def times(weight: float) -> str:
    """How many times as probable a reason makes something, from its weight on the scale of logarithms."""
    factor = math.exp(min(abs(weight), 700))
    sign = "÷" if weight < 0 else "×"
    if factor > _MANY:
        return f"{sign} over a million"
    return f"{sign} {factor:,.0f}" if factor >= 10 else f"{sign} {factor:.1f}"


def table(title: str, *names: str, words: int = 1) -> Table:
    """An empty table without lines; all columns but the first ``words`` hold numbers and stand to the right."""
    made = Table(
        title=title or None, title_style="bold", title_justify="left", box=None, pad_edge=False, header_style="bold"
    )
    for place, name in enumerate(names):
        made.add_column(name, justify="left" if place < words else "right")
    return made


def labelled(*rows: tuple[str, Text]) -> Table:
    """Lines under each other, each behind its label."""
    made = Table.grid(padding=(0, 2))
    made.add_column(no_wrap=True, style="bold")
    for label, line in rows:
        made.add_row(label, line)
    return made
