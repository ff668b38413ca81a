"""Many postings: the closing summary of a batch run, and output rows as a table."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from matcher.display.common import TYPE_WORDS, plain, sure, table
from matcher.parts import Summary
from matcher.profile import TYPES

_BAR = 24
_STATUS = {"rejected": "rejected", "unsupported_language": "unread"}


def classify_summary(summary: Summary, output: str) -> Group:
    """The end of a batch run: counts by type, what was rejected and why, where the results are."""
    scored = summary.scored
    counts = table("", "type", "postings", "share", "")
    counts.columns[3].justify = "left"
    for name in TYPES:
        share = summary.types.get(name, 0) / max(1, scored)
        bar = Text("█" * round(_BAR * share), "dim" if name == "other" else "green")
        counts.add_row(TYPE_WORDS[name], f"{summary.types.get(name, 0):,}", f"{share:.1%}", bar)
    lines = [
        f"{summary.rows:,} rows: {scored:,} scored "
        f"({summary.accepted:,} accepted, {scored - summary.accepted:,} to review)"
    ]
    if summary.duplicates:
        lines.append(f"{summary.duplicates:,} are the same advertisement as an earlier row")
    if summary.unsupported:
        lines.append(f"{summary.unsupported:,} not scored: in another language than English")
    if summary.rejected:
        lines.append(f"{summary.rejected:,} rejected:")
        lines += [f"  {plain(error, 200)}" for error in summary.errors]
        if summary.rejected > len(summary.errors):
            lines.append(f"  … and {summary.rejected - len(summary.errors):,} more, in the output")
    return Group(counts, Text("\n".join([*lines, f"results: {plain(output)}"])))


def postings_table(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Output rows as a table that a person understands at a glance."""
    made = table("", "title", "type", "sure", "decision", "match", words=2)
    made.columns[3].justify = "left"
    for column in made.columns:
        column.no_wrap = True
    for row in rows:
        title = Text(plain(row.get("title") or "", 38))
        if row["status"] == "ok":
            match = f"{row['match']:.0%}" if row.get("match") is not None else ""
            made.add_row(title, row["type"], sure(row["p_" + row["type"]]), row["decision"], match)
        else:
            made.add_row(title, "", "", Text(_STATUS.get(row["status"], plain(row["status"], 10)), "yellow"), "")
    return made
