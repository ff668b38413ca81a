"""A proposed model: doubted labels, the comparison with the model in use, and what changes."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from matcher.comparison import WORDS
from matcher.display.common import plain
from matcher.profile import TYPES

if TYPE_CHECKING:
    from matcher.comparison import Comparison, Figure, Section
    from matcher.retraining import Proposal

SHOWN = 10
"""Doubted labels, and changes of each kind, that are shown."""

_TITLE_WIDTH = 30


def proposal_report(proposal: "Proposal") -> Group:
    """All that a person needs to decide on a proposed model, doubted labels first."""
    parts: list[Any] = []
    if proposal.conflicts:
        parts += [Text("Left out, because the labels of one advertisement contradict each other:", "bold")]
        parts += [Text(f"  {plain(str(conflict))}") for conflict in proposal.conflicts]
    doubted = [doubt for doubt in proposal.doubts if doubt.doubt > 0][:SHOWN]
    if doubted:
        table = _rows("Labels to look at again, the most doubtful first", "label", "rather")
        for doubt in doubted:
            _add(table, doubt.row.where, doubt.row.posting.title, doubt.row.type, doubt.instead)
        parts.append(table)
    return Group(*parts, Text(), comparison_report(proposal.comparison))


def comparison_report(comparison: "Comparison") -> Group:
    """The new model beside the one in use: figures with intervals, changes with titles, the verdict."""
    parts: list[Any] = [*(_figures(part) for part in comparison.sections), _types(comparison)]
    right, wrong = (
        _rows(f"Newly right: {len(comparison.newly_right)}", "label", "in use says"),
        _rows(f"Newly wrong: {len(comparison.newly_wrong)}", "label", "new says"),
    )
    for change in comparison.newly_right[:SHOWN]:
        _add(right, change.where, change.title, change.type, change.old)
    for change in comparison.newly_wrong[:SHOWN]:
        _add(wrong, change.where, change.title, change.type, change.new)
    parts += [table for table in (right, wrong) if table.row_count]
    return Group(*(item for part in parts for item in (part, Text())), Text(comparison.verdict, "bold"))


def _figures(part: "Section") -> Table:
    table = _table(f"{WORDS[part.name].capitalize()} ({part.rows}), held out from both; 95% intervals")
    for name in ("", "in use", "new", "change"):
        table.add_column(name, justify="right" if name else "left")
    for label, (old, new, change) in (("accuracy", part.accuracy), ("macro-F1", part.macro_f1)):
        table.add_row(label, _figure(old), _figure(new), _figure(change, "+"))
    ece = part.old["ece"], part.new["ece"]
    table.add_row("calibration error", *(f"{100 * value:.1f}" for value in ece), f"{100 * (ece[1] - ece[0]):+.1f}")
    return table


def _types(comparison: "Comparison") -> Table:
    table = _table("F1 of each type, all rows")
    for name in ("", "in use", "new", "change"):
        table.add_column(name, justify="right" if name else "left")
    for name in TYPES:
        old, new = (100 * side["types"][name]["f1"] for side in (comparison.old, comparison.new))
        table.add_row(name, f"{old:.1f}", f"{new:.1f}", f"{new - old:+.1f}")
    return table


def _rows(title: str, *columns: str) -> Table:
    table = _table(title)
    table.add_column("where", overflow="fold")
    table.add_column("title", overflow="fold")
    for name in columns:
        table.add_column(name, no_wrap=True)
    return table


def _add(table: Table, where: str, title: str, *types: str) -> None:
    table.add_row(Text(plain(Path(where).name)), Text(plain(title, _TITLE_WIDTH)), *types)


def _table(title: str) -> Table:
    return Table(title=title, box=None, title_justify="left", header_style="bold", pad_edge=False)


def _figure(figure: "Figure", sign: str = "") -> str:
    value, low, high = (100 * number for number in figure)
    return f"{value:{sign}.1f} ({low:{sign}.0f} to {high:{sign}.0f})"
