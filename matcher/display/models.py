"""Saved models."""

from collections.abc import Mapping
from typing import Any

from rich.table import Table

from matcher.display.common import table


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
