"""Many postings: the closing summary of a batch run, and output rows as a table."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from matcher.parts import Summary
from matcher.profile import TYPES

if TYPE_CHECKING:
    pass
from matcher.display.common import TYPE_WORDS, plain


def classify_summary(summary: Summary, output: str) -> Group:
    """The end of a batch run: counts by type, what was rejected and why, where the results are."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("type")
    table.add_column("postings", justify="right")
    table.add_column("share", justify="right")
    scored = summary.rows - summary.rejected
    for name in TYPES:
        count = summary.types.get(name, 0)
        table.add_row(TYPE_WORDS[name], str(count), f"{count / max(1, scored):.1%}")
    lines = [
        f"{summary.rows} rows: {scored} scored ({summary.accepted} accepted, {scored - summary.accepted} to review)"
    ]
    if summary.duplicates:
        lines.append(f"{summary.duplicates} are the same advertisement as an earlier row")
    if summary.rejected:
        lines.append(f"{summary.rejected} rejected:")
        lines += [f"  {plain(error, 200)}" for error in summary.errors]
        if summary.rejected > len(summary.errors):
            lines.append(f"  … and {summary.rejected - len(summary.errors)} more, in the output")
    return Group(table, Text("\n".join([*lines, f"results: {output}"])))


def postings_table(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Output rows as a table that a person understands at a glance."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, justify in (
        ("title", "left"),
        ("type", "left"),
        ("sure", "right"),
        ("decision", "left"),
        ("match", "right"),
    ):
        table.add_column(name, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    for row in rows:
        if row["status"] == "ok":
            sure = f"{row['p_' + row['type']]:.0%}"
            match = f"{row['match']:.0%}" if row.get("match") is not None else ""
            table.add_row(Text(plain(row["title"], 38)), row["type"], sure, row["decision"], match)
        else:
            table.add_row(Text(plain(row.get("title") or "", 38)), "rejected", "", "", "")
    return table
