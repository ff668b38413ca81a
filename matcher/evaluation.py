"""A model against labelled postings: every figure that ``matcher evaluate`` prints."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.corpus import LabelledPosting
from matcher.match import Match
from matcher.profile import SKILLS, TYPES

BINS = 10
"""Bins of equal mass for the calibration error."""

COVERAGES = (0.25, 0.5, 0.75, 1.0)


def evaluate(rows: Sequence[LabelledPosting], matches: Sequence[Match]) -> dict[str, Any]:
    """Figures of matches (one per row, in order) against the rows' labels."""
    probabilities = np.array([[match.probabilities[name] for name in TYPES] for match in matches])
    found: dict[str, Any] = type_figures(rows, probabilities)
    accepted = np.array([match.decision == "accept" for match in matches])
    right = probabilities.argmax(axis=1) == _targets(rows)
    found["accepted"] = {
        "share": float(accepted.mean()),
        "precision": float(right[accepted].mean()) if accepted.any() else None,
    }
    found["skills"] = skill_figures(rows, [{s.id: s.probability for s in match.skills} for match in matches])
    return found


def _targets(rows: Sequence[LabelledPosting]) -> NDArray[np.int64]:
    return np.array([TYPES.index(row.type) for row in rows])


def type_figures(rows: Sequence[LabelledPosting], probabilities: NDArray[np.float64]) -> dict[str, Any]:
    """Accuracy, per-type precision, recall and F1, confusion, calibration and accuracy at coverage."""
    truth, guess = _targets(rows), probabilities.argmax(axis=1)
    right = guess == truth
    sure = np.array([row.confidence == 3 for row in rows])
    second = np.array([row.second == TYPES[g] for row, g in zip(rows, guess, strict=True)])
    confusion = np.zeros((len(TYPES), len(TYPES)), int)
    np.add.at(confusion, (truth, guess), 1)
    types = {name: _prf(confusion, index) for index, name in enumerate(TYPES)}
    present = [types[name]["f1"] for name in TYPES if types[name]["count"]]
    top = probabilities.max(axis=1)
    order = np.argsort(-top, kind="stable")
    return {
        "rows": len(rows),
        "accuracy": float(right.mean()),
        "macro_f1": float(np.mean(present)),
        "accuracy_sure": float(right[sure].mean()) if sure.any() else None,
        "accuracy_with_second": float((right | second).mean()),
        "ece": calibration_error(top, right),
        "accuracy_at_coverage": {
            f"{c:.2f}": float(right[order[: max(1, int(c * len(rows)))]].mean()) for c in COVERAGES
        },
        "types": types,
        "confusion": confusion.tolist(),
        "calibration": calibration_bins(top, right),
    }


def _prf(confusion: NDArray[np.int64], index: int) -> dict[str, float]:
    hit, truth, guess = confusion[index, index], confusion[index].sum(), confusion[:, index].sum()
    precision, recall = hit / max(1, guess), hit / max(1, truth)
    f1 = 2 * hit / max(1, truth + guess)
    return {"precision": float(precision), "recall": float(recall), "f1": float(f1), "count": int(truth)}


def calibration_bins(chance: NDArray[np.float64], right: NDArray[np.bool_]) -> list[dict[str, float]]:
    """Mean probability and share right in bins of equal mass, lowest first."""
    parts = np.array_split(np.argsort(chance, kind="stable"), min(BINS, len(chance)))
    return [
        {"probability": float(chance[p].mean()), "right": float(right[p].mean()), "count": len(p)}
        for p in parts
        if len(p)
    ]


def calibration_error(chance: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Expected calibration error over ``BINS`` bins of equal mass."""
    bins = calibration_bins(chance, right)
    return sum(abs(b["probability"] - b["right"]) * b["count"] for b in bins) / len(chance)


def skill_figures(rows: Sequence[LabelledPosting], chances: Sequence[Mapping[str, float]]) -> dict[str, Any] | None:
    """Per-skill F1 and average precision, their means, and the pooled calibration error; None without labels."""
    skills: dict[str, dict[str, float]] = {}
    pooled_chance: list[float] = []
    pooled_asked: list[bool] = []
    for name in SKILLS:
        pairs = [
            (chance.get(name, 0.0), row.skills[name])
            for row, chance in zip(rows, chances, strict=True)
            if row.skills is not None and name in row.skills
        ]
        if not pairs:
            continue
        chance, asked = np.array([p for p, _ in pairs]), np.array([a for _, a in pairs], bool)
        said = chance >= 0.5
        f1 = 2 * (said & asked).sum() / max(1, said.sum() + asked.sum())
        precision = average_precision(chance, asked)
        skills[name] = {"f1": float(f1), "average_precision": precision, "asked": int(asked.sum()), "count": len(pairs)}
        pooled_chance += chance.tolist()
        pooled_asked += asked.tolist()
    if not skills:
        return None
    return {
        "macro_f1": float(np.mean([s["f1"] for s in skills.values()])),
        "mean_average_precision": float(np.mean([s["average_precision"] for s in skills.values()])),
        "ece": calibration_error(np.array(pooled_chance), np.array(pooled_asked)),
        "skills": skills,
    }


def average_precision(chance: NDArray[np.float64], asked: NDArray[np.bool_]) -> float:
    """Mean precision at each hit in the ranking by chance; 0 when nothing is asked for."""
    hits = asked[np.argsort(-chance, kind="stable")]
    if not hits.any():
        return 0.0
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float(precision[hits].mean())
