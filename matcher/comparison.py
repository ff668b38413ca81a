"""A new model beside the one in use: told on rows that neither had seen, with intervals, and a verdict."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from matcher.corpus import LabelledPosting
from matcher.evaluation import type_figures
from matcher.profile import TYPES
from matcher.reading import Array

TOLERANCE = 0.01
"""A new model may be this much less accurate before it counts as worse, and in any case by one standard error of the
difference."""

ENOUGH = 30
"""The user's own rows from which it is asked whether they are told any better than by guessing."""

RESAMPLES, BLOCK = 1000, 50
"""How often groups are drawn anew, and how many draws are held at a time."""


class Figure(NamedTuple):
    """A value and the middle 95% of what it is when groups are drawn anew."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Change:
    """A posting that the two models tell differently, and one of them rightly."""

    where: str
    title: str
    type: str
    old: str
    new: str


@dataclass(frozen=True)
class Section:
    """Both models on the same rows: their figures, and accuracy, macro-F1 and their changes with intervals.

    ``beyond_guessing`` is how much more often the new model agrees with the labels than if its answers were dealt
    out among these rows at random.
    """

    name: str
    rows: int
    old: dict[str, Any]
    new: dict[str, Any]
    accuracy: tuple[Figure, Figure, Figure]
    macro_f1: tuple[Figure, Figure, Figure]
    error: float
    beyond_guessing: Figure

    @property
    def worse(self) -> bool:
        """Whether the new model is less accurate by more than chance and ``TOLERANCE`` allow."""
        lost = round(-self.accuracy[2].value, 9)  # a hundredth is a hundredth
        return lost > max(TOLERANCE, self.error)


@dataclass(frozen=True)
class Comparison:
    """A new model beside the one in use.

    ``sections``: all rows; ``yours``, those that are not of the corpus that ships; and ``known``, those that the model
    in use learned from, by the labels that it learned.
    """

    sections: tuple[Section, ...]
    newly_right: tuple[Change, ...]
    newly_wrong: tuple[Change, ...]

    @property
    def reasons(self) -> list[str]:
        """Why the new model must not take over; none if it may."""
        found = [
            f"on {WORDS[s.name]} {-s.accuracy[2].value:.1%} fewer are right than with the model in use"
            for s in self.sections
            if s.worse
        ]
        for s in self.sections:
            asked = s.name == "all" or (s.name == "yours" and s.rows >= ENOUGH and _types(s) > 1)
            if asked and s.beyond_guessing.low <= 0:
                found.append(
                    f"on {WORDS[s.name]} it is no better than guessing, as if the labels stood in the wrong rows"
                )
        return found

    @property
    def worse(self) -> bool:
        """Whether the model in use should stay."""
        return bool(self.reasons)

    @property
    def verdict(self) -> str:
        """The outcome in one sentence."""
        if self.reasons:
            return f"Worse: {'; '.join(self.reasons)}."
        old, new, change = self.sections[0].accuracy
        word = "Better" if change.low > 0 else "Not worse"
        return (
            f"{word}: {new.value:.1%} right, {old.value:.1%} before "
            f"({change.value:+.1%}, 95% interval {change.low:+.1%} to {change.high:+.1%})."
        )

    @property
    def old(self) -> dict[str, Any]:
        """Figures of the model in use on all rows."""
        return self.sections[0].old

    @property
    def new(self) -> dict[str, Any]:
        """Figures of the new model on all rows."""
        return self.sections[0].new

    def to_dict(self) -> dict[str, Any]:
        """The comparison as JSON objects."""
        return {"verdict": self.verdict, "worse": self.worse, **asdict(self)}


WORDS = {
    "all": "all rows",
    "yours": "rows of your own",
    "known": "rows that the model in use learned from",
}
"""Sections in words."""


def section(name: str, rows: Sequence[LabelledPosting], old: Array, new: Array) -> Section:
    """Both models' probabilities (rows, types) against the rows' labels."""
    rows = [replace(row, skills=None) for row in rows]
    counts = [_confusions(rows, chances) for chances in (old, new)]
    tables = [np.concatenate([count.sum(axis=0)[None], *_drawn(count)]) for count in counts]  # as they are come first
    accuracy, macro = [_accuracy(table) for table in tables], [_macro_f1(table) for table in tables]
    return Section(
        name,
        len(rows),
        type_figures(rows, old),
        type_figures(rows, new),
        _three(*accuracy),
        _three(*macro),
        float((accuracy[1] - accuracy[0])[1:].std()),
        _figure(accuracy[1] - _dealt(tables[1])),
    )


def changes(rows: Sequence[LabelledPosting], old: Array, new: Array) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """What the new model newly gets right, and newly wrong; where it is surest first."""
    found: tuple[list[Change], list[Change]] = [], []
    for at in np.argsort(-new.max(axis=1), kind="stable").tolist():
        row, before, after = rows[at], TYPES[old[at].argmax()], TYPES[new[at].argmax()]
        if before != after and row.type in (before, after):
            found[row.type == before].append(Change(row.where, row.posting.title, row.type, before, after))
    return tuple(found[0]), tuple(found[1])


def _types(part: Section) -> int:
    return sum(row["count"] > 0 for row in part.new["types"].values())


def _confusions(rows: Sequence[LabelledPosting], chances: Array) -> Array:
    """Counts (groups, labels, answers)."""
    _, groups = np.unique([row.group for row in rows], return_inverse=True)
    truth = np.array([TYPES.index(row.type) for row in rows])
    counts = np.zeros((groups.max() + 1, len(TYPES), len(TYPES)))
    np.add.at(counts, (groups, truth, chances.argmax(axis=1)), 1)
    return counts


def _drawn(counts: Array) -> Iterator[Array]:
    """Counts (draws, labels, answers) when groups are drawn anew, ``RESAMPLES`` times, some at a time."""
    draw, groups = np.random.default_rng(0), len(counts)
    for at in range(0, RESAMPLES, BLOCK):
        times = draw.multinomial(groups, np.full(groups, 1 / groups), min(BLOCK, RESAMPLES - at))
        yield np.tensordot(times.astype(np.float64), counts, 1)


def _accuracy(tables: Array) -> Array:
    return np.asarray(np.trace(tables, axis1=1, axis2=2) / tables.sum(axis=(1, 2)))


def _dealt(tables: Array) -> Array:
    """Accuracy to be expected if the same answers were dealt out among the same labels at random."""
    return np.asarray((tables.sum(axis=1) * tables.sum(axis=2)).sum(axis=1) / tables.sum(axis=(1, 2)) ** 2)


def _macro_f1(tables: Array) -> Array:
    """Mean F1 of the types that the rows have."""
    labels, answers = tables.sum(axis=2), tables.sum(axis=1)
    f1 = 2 * np.diagonal(tables, axis1=1, axis2=2) / np.maximum(1, labels + answers)
    present = labels > 0
    return np.asarray((f1 * present).sum(axis=1) / present.sum(axis=1))


def _three(old: Array, new: Array) -> tuple[Figure, Figure, Figure]:
    return _figure(old), _figure(new), _figure(new - old)


def _figure(values: Array) -> Figure:
    low, high = np.quantile(values[1:], [0.025, 0.975])
    return Figure(float(values[0]), float(low), float(high))
