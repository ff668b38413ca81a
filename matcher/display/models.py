"""Saved models, and a new one beside the one in use."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.table import Table

from matcher.display.common import table
from matcher.profile import TYPES

if TYPE_CHECKING:
    from matcher.retraining import Comparison


def models_table(manifests: Mapping[str, Mapping[str, Any]], used: str) -> Table:
    """Saved models with their scores; the one in use has a star."""
    made = table("", "  model", "digest", "postings", "accuracy", "macro-F1", words=2)
    for name, manifest in manifests.items():
        scores = manifest["scores"]
        shown = (f"{scores['accuracy']:.3f}", f"{scores['macro_f1']:.3f}")
        star = "* " if name == used else "  "
        made.add_row(star + name, manifest["digest"][:12], f"{manifest['corpus']['postings']:,}", *shown)
    made.caption, made.caption_justify, made.caption_style = "* in use", "left", "dim"
    return made


def comparison_table(comparison: "Comparison", rows: int) -> Table:
    """The new model beside the one in use."""
    made = table(f"On the same {rows} labelled postings", "", "in use", "new", "change")
    words = {
        "accuracy": "accuracy",
        "macro_f1": "macro-F1",
        "accuracy_sure": "accuracy where sure",
        "ece": "calibration error",
    }
    for key, label in words.items():
        old, new = comparison.old[key], comparison.new[key]
        if old is not None and new is not None:
            made.add_row(label, f"{old:.3f}", f"{new:.3f}", f"{new - old:+.3f}")
    for name in TYPES:
        old, new = (side["types"][name]["f1"] for side in (comparison.old, comparison.new))
        made.add_row(f"F1 {name}", f"{old:.3f}", f"{new:.3f}", f"{new - old:+.3f}")
    return made
