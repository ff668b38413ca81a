"""Figures learned from real advertisements: term weights and aggregated values, no text.

They are made by ``corpus/figures/learn.py`` and ship beside it; training adds them to what the corpus teaches.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.features import TermModel
from matcher.reading import Array


@dataclass(frozen=True)
class Figures:
    """Term models learned on real sentences and postings, and the type model's inputs of real postings.

    ``inputs`` is (postings, inputs), each row cross-fitted; ``types`` and ``weights`` (postings,) are its labels'
    indexes into ``TYPES`` and their weights; ``groups`` (postings,) numbers its employers. ``asked`` (postings, 14, 3)
    is what cross-fitted sentences say of each skill, and ``skills`` (postings, 14) whether a reader marked words that
    ask for it.
    """

    sentence: TermModel
    words: TermModel
    titles: TermModel
    inputs: Array
    types: NDArray[np.int64]
    weights: Array
    groups: NDArray[np.int64]
    asked: Array
    skills: NDArray[np.bool_]

    @classmethod
    def load(cls, folder: Path) -> "Figures":
        """Figures from their folder."""
        labels: dict[str, Any] = json.loads((folder / "labels.json").read_text("utf-8"))
        return cls(
            load_terms(folder, "sentence"),
            load_terms(folder, "words"),
            load_terms(folder, "titles"),
            np.load(folder / "inputs.npy", allow_pickle=False).astype(np.float64),
            np.array(labels["types"], np.int64),
            np.array(labels["weights"], np.float64),
            np.array(labels["groups"], np.int64),
            np.load(folder / "asked.npy", allow_pickle=False).astype(np.float64),
            np.load(folder / "skills.npy", allow_pickle=False),
        )

    def save(self, folder: Path) -> None:
        """Write the figures into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        save_terms(self.sentence, folder, "sentence")
        save_terms(self.words, folder, "words")
        save_terms(self.titles, folder, "titles")
        np.save(folder / "inputs.npy", self.inputs.astype(np.float32))
        np.save(folder / "asked.npy", self.asked.astype(np.float32))
        np.save(folder / "skills.npy", self.skills)
        labels = {"types": self.types.tolist(), "weights": self.weights.tolist(), "groups": self.groups.tolist()}
        (folder / "labels.json").write_text(json.dumps(labels) + "\n", "utf-8")


def shipped_figures() -> Path:
    """The folder of the figures: inside the installed package, or ``corpus/figures`` of a checkout."""
    here = Path(__file__).resolve().parent
    packaged = here / "figures_data"
    return packaged if packaged.is_dir() else here.parent / "corpus" / "figures"


def save_terms(model: TermModel, folder: Path, name: str) -> None:
    """Write a term model as a list of terms and two arrays."""
    ordered = sorted(model.vocabulary, key=lambda term: model.vocabulary[term])
    (folder / f"{name}.terms.txt").write_text("\n".join(ordered) + "\n", "utf-8")
    np.save(folder / f"{name}.weights.npy", model.weights.astype(np.float16))
    np.save(folder / f"{name}.intercept.npy", model.intercept.astype(np.float32))


def load_terms(folder: Path, name: str) -> TermModel:
    """Read a term model written by :func:`save_terms`."""
    terms = (folder / f"{name}.terms.txt").read_text("utf-8").split("\n")[:-1]
    weights = np.load(folder / f"{name}.weights.npy", allow_pickle=False).astype(np.float32)
    return TermModel.of(terms, weights, np.load(folder / f"{name}.intercept.npy", allow_pickle=False))
