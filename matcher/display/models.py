"""Saved models, and a new one beside the one in use."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.table import Table

from matcher.profile import TYPES

if TYPE_CHECKING:
    from matcher.retraining import Comparison


def models_table(manifests: Mapping[str, Mapping[str, Any]], used: str) -> Table:
    """Saved models with their scores; the one in use has a star."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("model", "digest", "postings", "accuracy", "macro-F1"):
        table.add_column(name, justify="left" if name in ("model", "digest") else "right")
    for name, manifest in manifests.items():
        scores = manifest["scores"]
        shown = (f"{scores['accuracy']:.3f}", f"{scores['macro_f1']:.3f}")
        star = "* " if name == used else "  "
        table.add_row(star + name, manifest["digest"][:12], str(manifest["corpus"]["postings"]), *shown)
    return table


def comparison_table(comparison: "Comparison", rows: int) -> Table:
    """The new model beside the one in use."""
    table = Table(title=f"On the same {rows} labelled postings", box=None, title_justify="left", header_style="bold")
    for name in ("", "in use", "new", "change"):
        table.add_column(name, justify="right" if name else "left")
    words = {
        "accuracy": "accuracy",
        "macro_f1": "macro-F1",
        "accuracy_sure": "accuracy where sure",
        "ece": "calibration error",
    }
    for key, label in words.items():
        old, new = comparison.old[key], comparison.new[key]
        if old is not None and new is not None:
            table.add_row(label, f"{old:.3f}", f"{new:.3f}", f"{new - old:+.3f}")
    for name in TYPES:
        old, new = (side["types"][name]["f1"] for side in (comparison.old, comparison.new))
        table.add_row(f"F1 {name}", f"{old:.3f}", f"{new:.3f}", f"{new - old:+.3f}")
    return table
