"""Tables of everything that ``evaluate`` measures."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from matcher.profile import SKILLS, TYPES

if TYPE_CHECKING:
    pass


def evaluation_tables(figures: Mapping[str, Any]) -> Group:
    """Everything that ``evaluate`` measures."""
    types = Table(title="Per type", box=None, title_justify="left", header_style="bold")
    for name in ("type", "precision", "recall", "F1", "rows"):
        types.add_column(name, justify="left" if name == "type" else "right")
    for name, row in figures["types"].items():
        types.add_row(name, *(f"{row[key]:.3f}" for key in ("precision", "recall", "f1")), str(row["count"]))
    confusion = Table(
        title="Confusion (rows: label; columns: model)", box=None, title_justify="left", header_style="bold"
    )
    confusion.add_column("")
    for name in TYPES:
        confusion.add_column(name, justify="right")
    for name, counts in zip(TYPES, figures["confusion"], strict=True):
        confusion.add_row(name, *map(str, counts))
    return Group(_overall(figures), Text(), types, Text(), confusion, Text(), _calibration(figures), *_skills(figures))


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _overall(figures: Mapping[str, Any]) -> Table:
    table = Table(title=f"{figures['rows']} postings", box=None, title_justify="left", show_header=False)
    accepted = figures["accepted"]
    rows = {
        "accuracy": _percent(figures["accuracy"]),
        "macro-F1": _percent(figures["macro_f1"]),
        "accuracy where the label is sure (confidence 3)": _percent(figures["accuracy_sure"]),
        "accuracy, second type counted as right": _percent(figures["accuracy_with_second"]),
        "calibration error (ECE, 10 bins of equal mass)": _percent(figures["ece"]),
        "accepted": f"{accepted['share']:.3f} of rows, precision {_percent(accepted['precision'])}",
    }
    for share, value in figures["accuracy_at_coverage"].items():
        rows[f"accuracy on the most confident {float(share):.0%}"] = f"{value:.3f}"
    for name, text in rows.items():
        table.add_row(name, text)
    return table


def _calibration(figures: Mapping[str, Any]) -> Table:
    table = Table(title="Calibration", box=None, title_justify="left", header_style="bold")
    for name in ("mean probability", "share right", "rows"):
        table.add_column(name, justify="right")
    for row in figures["calibration"]:
        table.add_row(f"{row['probability']:.3f}", f"{row['right']:.3f}", str(row["count"]))
    return table


def _skills(figures: Mapping[str, Any]) -> list[Any]:
    skills = figures["skills"]
    if not skills:
        return []
    head = (
        f"Skills: macro-F1 {skills['macro_f1']:.3f}, mean average precision {skills['mean_average_precision']:.3f}, "
        f"ECE {skills['ece']:.3f}"
    )
    table = Table(title=head, box=None, title_justify="left", header_style="bold")
    for name in ("skill", "F1", "average precision", "asked for", "rows"):
        table.add_column(name, justify="left" if name == "skill" else "right")
    for name in SKILLS:
        if row := skills["skills"].get(name):
            figures_of = (f"{row['f1']:.3f}", f"{row['average_precision']:.3f}", str(row["asked"]), str(row["count"]))
            table.add_row(name, *figures_of)
    return [Text(), table]
