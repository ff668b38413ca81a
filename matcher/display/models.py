"""Saved models."""

from collections.abc import Mapping
from typing import Any

from rich.table import Table


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
