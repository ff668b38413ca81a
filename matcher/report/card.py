"""The model's card: what its manifest says of it, and whether it keeps its word on postings it had not seen."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from matcher import model_store
from matcher.corpus import read_labelled
from matcher.errors import MatcherError, ModelError
from matcher.evaluation import calibration_bins
from matcher.profile import TYPES
from matcher.report import plots
from matcher.report.exhibit import SHORT, Cells, Exhibit, Words
from matcher.report.figures import PERCENT, Number

CARD = "card.md"

_SCORES = {
    "accuracy": ("right type", PERCENT),
    "accuracy_sure": ("right type where any careful reader would agree", PERCENT),
    "macro_f1": ("F1, mean of the types", "{:.2f}"),
    "ece": ("calibration error", "{:.3f}"),
    "skills_macro_f1": ("skills: F1, mean of the skills", "{:.2f}"),
    "skills_mean_average_precision": ("skills: average precision, mean", "{:.2f}"),
    "skills_ece": ("skills: calibration error", "{:.3f}"),
}


@dataclass(frozen=True)
class Card:
    """A model as the page tells of it; ``problem`` says why there is nothing to tell but its label."""

    label: str
    problem: str = ""
    measured: str = ""
    cutoff: Number | None = None
    corpus: tuple[tuple[str, Number], ...] = ()
    scores: tuple[tuple[str, Number], ...] = ()
    text: str = ""
    calibration: Exhibit | None = None


def read_card(label: str, model: str | None) -> Card:
    """The card of the model that results name (``name@digest``), found by its name or given by ``model``."""
    name, _, digest = label.partition("@")
    try:
        folder = model_store.find(model or name)
        manifest = model_store.read_manifest(folder)
    except ModelError as error:
        if model:
            raise
        return Card(label, f"its folder is not here ({error})")
    if not str(manifest["digest"]).startswith(digest or "-"):
        return Card(label, f"the model at {folder} has other contents than the one that scored these postings")
    corpus = manifest["corpus"]
    counts = [("postings", corpus["postings"]), *((SHORT[kind], corpus["types"].get(kind, 0)) for kind in TYPES)]
    return Card(
        label,
        measured=str(manifest.get("scores_measured", "")),
        cutoff=Number("model cutoff", manifest["cutoff"], PERCENT),
        corpus=tuple((word, Number(f"model corpus {word}", count)) for word, count in counts),
        scores=tuple(
            (word, Number(f"model scores {key}", manifest["scores"][key], form))
            for key, (word, form) in _SCORES.items()
            if key in manifest["scores"]
        ),
        text=_markdown(folder / CARD),
        calibration=_calibration(folder, manifest),
    )


def _markdown(path: Path) -> str:
    """A card in Markdown as HTML in which no HTML of its own survives; empty when there is none."""
    if not path.is_file():
        return ""
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(path.read_text("utf-8")))


def _calibration(folder: Path, manifest: Mapping[str, Any]) -> Exhibit | None:
    bins = manifest.get("calibration") or _crossfit_bins(folder, manifest)
    if not bins:
        return None
    rows: list[Cells] = [
        [Number(f"model calibration {place} {key}", bin_[key], form) for key, form in
         (("probability", PERCENT), ("right", PERCENT), ("count", "{:,.0f}"))]
        for place, bin_ in enumerate(bins)
    ]  # fmt: skip
    spoken = "Share right by how sure the model said it was: " + ", ".join(
        f"{bin_['right']:.0%} at {bin_['probability']:.0%}" for bin_ in bins
    )
    lead: Words = ("On the dashed line, a model that says 80% is right 8 times in 10.",)
    picture = plots.svg("calibration", plots.calibration(bins), spoken)
    return Exhibit("calibration", "Does it keep its word?", lead, picture, ("said", "was right", "postings"), rows)


def _crossfit_bins(folder: Path, manifest: Mapping[str, Any]) -> list[dict[str, float]]:
    """Bins of the cross-fitted probabilities against the corpus's labels, where the corpus it learned from is here."""
    from matcher.retraining import corpus_digest, digest

    try:
        kept = json.loads((folder / "crossfit.json").read_text("utf-8"))
        rows = list(read_labelled([str(model_store.shipped().parent.parent / "corpus" / "*.jsonl")]))
    except (OSError, ValueError, MatcherError):
        return []
    if corpus_digest(rows) != manifest["corpus"]["digest"]:
        return []
    chances = np.array([kept[digest(row)] for row in rows])
    right = chances.argmax(axis=1) == np.array([TYPES.index(row.type) for row in rows])
    return calibration_bins(chances.max(axis=1), right)
