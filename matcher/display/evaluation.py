"""Tables of everything that ``evaluate`` measures."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from matcher.display.common import table
from matcher.profile import SKILLS, TYPES


def evaluation_tables(figures: Mapping[str, Any]) -> Group:
    """Everything that ``evaluate`` measures."""
    parts = [_overall(figures), _types(figures), _confusion(figures), _calibration(figures)]
    if figures["skills"]:
        parts.append(_skills(figures["skills"]))
    spaced = [item for part in parts for item in (Text(), part)]
    return Group(*spaced[1:])


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _overall(figures: Mapping[str, Any]) -> Table:
    made = table(f"{figures['rows']} labelled postings", "", "")
    made.show_header = False
    accepted = figures["accepted"]
    rows = {
        "accuracy": figures["accuracy"],
        "macro-F1": figures["macro_f1"],
        "accuracy where the label is sure": figures["accuracy_sure"],
        "accuracy, second type counted as right": figures["accuracy_with_second"],
        "calibration error (ECE, 10 equal bins)": figures["ece"],
        "share accepted": accepted["share"],
        "accuracy of the accepted": accepted["precision"],
    }
    for share, value in figures["accuracy_at_coverage"].items():
        rows[f"accuracy on the most confident {float(share):.0%}"] = value
    for name, value in rows.items():
        made.add_row(name, _share(value))
    return made


def _types(figures: Mapping[str, Any]) -> Table:
    made = table("Per type", "type", "precision", "recall", "F1", "rows")
    for name, row in figures["types"].items():
        shown = [_share(row[key] if row["count"] else None) for key in ("precision", "recall", "f1")]
        made.add_row(name, *shown, str(row["count"]))
    return made


def _confusion(figures: Mapping[str, Any]) -> Table:
    """Rows are labels, columns what the model says: right ones in bold, empty cells dim."""
    made = table("Confusion: the label in rows, the model in columns", "", *TYPES)
    for place, (name, counts) in enumerate(zip(TYPES, figures["confusion"], strict=True)):
        styles = ("bold green" if at == place else "" if count else "dim" for at, count in enumerate(counts))
        made.add_row(name, *(Text(str(count), style) for count, style in zip(counts, styles, strict=True)))
    return made


def _calibration(figures: Mapping[str, Any]) -> Table:
    made = table("Calibration", "mean probability", "share right", "rows", words=0)
    for row in figures["calibration"]:
        made.add_row(f"{row['probability']:.3f}", f"{row['right']:.3f}", str(row["count"]))
    return made


def _skills(skills: Mapping[str, Any]) -> Table:
    head = (
        f"Skills: macro-F1 {skills['macro_f1']:.3f}, mean average precision {skills['mean_average_precision']:.3f}, "
        f"ECE {skills['ece']:.3f}"
    )
    made = table(head, "skill", "F1", "average precision", "asked for", "rows")
    for name in SKILLS:
        if row := skills["skills"].get(name):
            shown = (f"{row['f1']:.3f}", f"{row['average_precision']:.3f}", str(row["asked"]), str(row["count"]))
            made.add_row(name, *shown)
    return made
