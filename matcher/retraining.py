"""Retraining: fit, compare with the model in use on rows that neither was fitted on, and switch only when asked to."""

import hashlib
import importlib.metadata
import platform
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from matcher import model_store
from matcher.agreement import Conflict, settle
from matcher.comparison import Comparison, changes, section
from matcher.corpus import LabelledPosting
from matcher.doubts import Doubt, doubts
from matcher.evaluation import skill_figures, type_figures
from matcher.figures import Figures, shipped_figures
from matcher.matcher import Matcher
from matcher.profile import SKILLS, TYPES
from matcher.training import Trained, train

BLOCK = 1000
"""Rows that the model in use is asked about at once."""

PACKAGES = ("numpy", "scikit-learn", "scipy")


@dataclass(frozen=True)
class Proposal:
    """A new model that is not saved yet, and all that speaks for and against it.

    ``manifest`` describes it (without digest and files), ``doubts`` ranks every row that it learned from, the most
    doubted label first, and ``conflicts`` were left out.
    """

    trained: Trained
    manifest: dict[str, Any]
    comparison: Comparison
    doubts: tuple[Doubt, ...]
    conflicts: tuple[Conflict, ...]


def propose(postings: Sequence[LabelledPosting], current: Matcher, jobs: int = 2) -> Proposal:
    """Train on labelled postings, and compare with the model in use; writes nothing.

    Raises:
        LabelError: too few postings, types, or marked sentences to learn from.
    """
    agreed = settle(postings)
    rows = agreed.postings
    trained, described = fit(rows, "new", jobs)
    comparison = compare(rows, trained, current)
    described["corpus"]["conflicts"] = len(agreed.conflicts)
    described["compared"] = {"with": current.model.label, "verdict": comparison.verdict}
    return Proposal(trained, described, comparison, tuple(doubts(rows, trained.probabilities)), agreed.conflicts)


def keep(proposal: Proposal, output: str | Path | None = None, *, use: bool) -> Path:
    """Save the new model: into ``output``, else as the next version among the user's models; returns its folder.

    Only with ``use`` it becomes the model in use. A run of ``classify`` that began before goes on with the old one.
    """
    if output:
        folder = Path(output).absolute()
        model_store.save(proposal.trained.model, folder, {**proposal.manifest, "name": folder.name})
    else:
        folder = model_store.save_version(proposal.trained.model, proposal.manifest)
    if use:
        model_store.use(str(folder) if output else folder.name)
    return folder


def load_figures() -> Figures | None:
    """The figures that ship; None where they are absent."""
    folder = shipped_figures()
    return Figures.load(folder) if (folder / "labels.json").is_file() else None


def fit(postings: Sequence[LabelledPosting], name: str, jobs: int = 2) -> tuple[Trained, dict[str, Any]]:
    """Train, and describe the model: its manifest without digest and files."""
    trained = train(postings, load_figures(), jobs)
    rows = np.round(trained.probabilities, 4).tolist()
    crossfit = {digest(posting): row for posting, row in zip(postings, rows, strict=True)}
    labels = {digest(posting): posting.type for posting in postings}
    whole = replace(trained, model=replace(trained.model, crossfit=crossfit, labels=labels))
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
            "origins": dict(sorted(Counter(p.origin for p in postings).items())),
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
    kept, names = current.model.crossfit, [digest(row) for row in postings]
    unknown = [row.posting for name, row in zip(names, postings, strict=True) if name not in kept]
    blocks = (unknown[at : at + BLOCK] for at in range(0, len(unknown), BLOCK))
    told = (row for block in blocks for row in current.type_rows(block))
    old = np.array([kept.get(name) or _shares(next(told)) for name in names])
    new, shipped = trained.probabilities, model_store.shipped_rows()
    learned = current.model.labels
    own = [at for at, name in enumerate(names) if name not in shipped]
    known = [at for at, name in enumerate(names) if name in learned]
    sections = [section("all", postings, old, new)]
    if 0 < len(own) < len(postings):
        sections.append(section("yours", [postings[at] for at in own], old[own], new[own]))
    if known:
        rows = [replace(postings[at], type=learned[names[at]]) for at in known]
        if rows != list(postings):  # else the first section says it
            sections.append(section("known", rows, old[known], new[known]))
    return Comparison(tuple(sections), *changes(postings, old, new))


def _shares(scored: Mapping[str, Any]) -> list[float]:
    return [scored[f"p_{name}"] for name in TYPES]


def digest(row: LabelledPosting) -> str:
    """A posting by its words, whatever its id."""
    words = f"{row.posting.title}\x1f{row.posting.description}"
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]
