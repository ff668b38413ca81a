"""Retraining: fit, compare with the model in use on rows that neither was fitted on, and switch only when not worse."""

import hashlib
import importlib.metadata
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from matcher import model_store
from matcher.corpus import LabelledPosting
from matcher.evaluation import skill_figures, type_figures
from matcher.figures import Figures, shipped_figures
from matcher.matcher import Matcher
from matcher.profile import SKILLS, TYPES
from matcher.training import Trained, train

PACKAGES = ("numpy", "scikit-learn", "scipy")
TOLERANCE = 0.01
"""A new model may be this much less accurate than the one in use before it counts as worse: within one standard
error of accuracy on a thousand rows."""


@dataclass(frozen=True)
class Comparison:
    """A new model beside the one in use, on the same rows; the new one's figures are cross-fitted."""

    old: dict[str, Any]
    new: dict[str, Any]

    @property
    def worse(self) -> bool:
        """Whether the new model is less accurate than the one in use."""
        return bool(self.new["accuracy"] < self.old["accuracy"] - TOLERANCE)


def load_figures() -> Figures | None:
    """The figures that ship; None where they are absent."""
    folder = shipped_figures()
    return Figures.load(folder) if (folder / "labels.json").is_file() else None


def fit(postings: Sequence[LabelledPosting], name: str, jobs: int = 2) -> tuple[Trained, dict[str, Any]]:
    """Train, and describe the model: its manifest without digest and files."""
    trained = train(postings, load_figures(), jobs)
    rows = np.round(trained.probabilities, 4).tolist()
    crossfit = {digest(posting): row for posting, row in zip(postings, rows, strict=True)}
    whole = replace(trained, model=replace(trained.model, crossfit=crossfit))
    return whole, manifest(postings, whole, name)


def manifest(postings: Sequence[LabelledPosting], trained: Trained, name: str) -> dict[str, Any]:
    """Name, corpus digest, package versions, and the cross-fitted scores."""
    types = type_figures(postings, trained.probabilities)
    skills = skill_figures(postings, [dict(zip(SKILLS, row, strict=True)) for row in trained.skills])
    scores = {key: types[key] for key in ("accuracy", "macro_f1", "accuracy_sure", "accuracy_with_second", "ece")}
    if skills:
        scores |= {f"skills_{key}": skills[key] for key in ("macro_f1", "mean_average_precision", "ece")}
    return {
        "name": name,
        "corpus": {
            "digest": corpus_digest(postings),
            "postings": len(postings),
            "types": {kind: sum(p.type == kind for p in postings) for kind in TYPES},
        },
        "cutoff": round(trained.model.types.cutoff, model_store.DIGITS),
        "scores": {key: round(value, 4) for key, value in scores.items() if value is not None},
        "scores_measured": "cross-fitted by group on the labelled postings",
        "packages": {
            "python": ".".join(platform.python_version_tuple()[:2]),
            **{package: importlib.metadata.version(package) for package in PACKAGES},
        },
    }


def corpus_digest(postings: Sequence[LabelledPosting]) -> str:
    """A digest of labelled postings in any order."""
    rows = sorted(f"{digest(posting)} {posting.type}" for posting in postings)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def compare(postings: Sequence[LabelledPosting], trained: Trained, current: Matcher) -> Comparison:
    """The new model beside the current one on the same rows, neither having been fitted on the row that it tells.

    The new model's probabilities are cross-fitted; so is what the current model kept of the rows it was trained on.
    """
    kept = current.model.crossfit
    unknown = [row for row in postings if digest(row) not in kept]
    told = iter(current.type_rows([row.posting for row in unknown]))
    old = np.array([kept.get(digest(row)) or _shares(next(told)) for row in postings])
    rows = [replace(row, skills=None) for row in postings]
    return Comparison(type_figures(rows, old), type_figures(rows, trained.probabilities))


def _shares(scored: Mapping[str, Any]) -> list[float]:
    return [scored[f"p_{name}"] for name in TYPES]


def digest(row: LabelledPosting) -> str:
    """A posting by its words, whatever its id."""
    words = f"{row.posting.title}\x1f{row.posting.description}"
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]


def target(output: str | None, name: str) -> Path:
    """The folder for a new model: as given, else among the user's models."""
    return Path(output) if output else model_store.models_folder() / name
