"""Labels that a model doubts: confident learning over probabilities from models that had not seen the row.

After Northcutt, Jiang and Chuang, "Confident Learning" (2021): a type's threshold is the mean probability that rows
labelled with it get; a row is doubted by how far another type stands above its own threshold, and its label below.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.corpus import LabelledPosting
from matcher.profile import TYPES
from matcher.reading import Array


@dataclass(frozen=True)
class Doubt:
    """A labelled row, the type that is most probable beside its label, and how much the label is doubted (-1 to 1).

    Above 0 the other type is more probable than the label, each against what its own type usually gets.
    """

    row: LabelledPosting
    instead: str
    doubt: float

    def to_row(self) -> dict[str, object]:
        """The doubt as a row of a file."""
        posting = self.row.posting
        found = {"where": self.row.where, "id": posting.id, "title": posting.title, "type": self.row.type}
        return {**found, "instead": self.instead, "doubt": round(self.doubt, 4)}


def doubts(postings: Sequence[LabelledPosting], probabilities: Array) -> list[Doubt]:
    """Every row, the most doubted label first; ``probabilities`` (postings, types) are cross-fitted."""
    types = np.array([TYPES.index(row.type) for row in postings])
    rows = np.arange(len(postings))
    usual = np.array([probabilities[types == kind, kind].mean() if (types == kind).any() else 1.0 for kind in range(5)])
    margins = probabilities - usual
    own = margins[rows, types].copy()
    margins[rows, types] = -np.inf
    instead = margins.argmax(axis=1)
    doubt = (margins[rows, instead] - own) / 2
    order = np.argsort(-doubt, kind="stable").tolist()
    return [Doubt(postings[row], TYPES[instead[row]], float(doubt[row])) for row in order]
