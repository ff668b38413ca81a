"""Labelled postings cut into sentences and numbered once, for every fit of a training."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from joblib import Parallel, delayed
from numpy.typing import NDArray

from matcher.aggregates import LISTED
from matcher.classifier import WORD_PARTS
from matcher.corpus import Ints, LabelledPosting
from matcher.profile import SKILLS
from matcher.reading import DOMAINS, FUNCTIONS, PARTS, Array, Units
from matcher.skills import DENIAL_WORDS, denied
from matcher.term_rows import TermRows

PIECE = 2000
"""Postings that one process cuts at a time; fewer are cut where they are, which takes less time than a process."""

RARE = 2
"""Terms in fewer sentences can be learned by no fit; they only count as terms."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Material:
    """n postings of S sentences in all.

    ``sentences`` and ``titles`` are their terms; posting ``i`` has the sentences ``first[i]`` to ``first[i + 1]``;
    ``denied`` (S,) tells those that say that something is not asked for; ``marked`` (m,) are those that a reader
    marked, and ``targets`` (m, 17) is what the reader said: part, function, domain, then yes or no for 14 skills.
    """

    sentences: TermRows
    titles: TermRows
    first: Ints
    denied: Flags
    marked: Ints
    targets: NDArray[np.int8]

    @classmethod
    def of(cls, postings: Sequence[LabelledPosting], jobs: int = 1) -> "Material":
        """Cut postings; many of them in ``jobs`` processes."""
        if len(postings) <= PIECE:
            return _cut(postings)
        pieces = [postings[at : at + PIECE] for at in range(0, len(postings), PIECE)]
        return cls._joined(Parallel(n_jobs=jobs)(delayed(_cut)(piece) for piece in pieces))

    @classmethod
    def _joined(cls, parts: Sequence["Material"]) -> "Material":
        before = np.cumsum([0, *(len(part.sentences) for part in parts)])
        sentences = TermRows.joined([part.sentences for part in parts])
        return cls(
            sentences.only(np.flatnonzero(sentences.counts() >= RARE)),
            TermRows.joined([part.titles for part in parts]),
            np.concatenate([[0], *(part.first[1:] + start for part, start in zip(parts, before, strict=False))]),
            np.concatenate([part.denied for part in parts]),
            np.concatenate([part.marked + start for part, start in zip(parts, before, strict=False)]),
            np.concatenate([part.targets for part in parts]),
        )

    def told(self, postings: Flags) -> Flags:
        """Which sentences (S,) are those of the chosen postings (n,)."""
        return np.repeat(postings, np.diff(self.first))

    def listed(self) -> tuple[Array, Array]:
        """For each of ``LISTED``: how many sentences of each posting hold a word of it, and whether the title does."""
        found = []
        for rows, owners in ((self.sentences, self.owners()), (self.titles, None)):
            counts = np.zeros((len(self.titles), len(LISTED)))
            columns = rows.named(LISTED)
            held = rows.held[:, columns].astype(np.float64)
            counts[:, [LISTED.index(name) for name in rows.names[columns]]] = (
                held.toarray() if owners is None else (owners @ held).toarray()
            )
            found.append(counts)
        return found[0], found[1]

    def words(self, part: NDArray[np.integer]) -> TermRows:
        """Terms for the word model, as ``classifier.word_terms`` gives them, by each sentence's ``part`` (S,)."""
        plain = np.flatnonzero([not name.startswith("§") for name in self.sentences.names])
        names = self.sentences.names[plain]
        parts: dict[str, list[int]] = {}
        for name, prefix in WORD_PARTS.items():
            parts.setdefault(prefix, []).append(PARTS.index(name))
        chosen = [np.isin(part, numbers) for numbers in parts.values()]
        unknown = self.sentences.sizes - np.diff(self.sentences.held.indptr)
        blocks = []
        for at in range(0, len(self.titles), PIECE):  # so that what lies between takes little memory
            sentences = slice(self.first[at], self.first[min(at + PIECE, len(self.titles))])
            held = self.sentences.held[sentences][:, plain]
            kinds = [_once(self.owners(flags)[at : at + PIECE, sentences] @ held) for flags in chosen]
            blocks.append(sp.hstack([_once(sum(kinds[1:], kinds[0])), *kinds], "csr"))
        together = sp.vstack(blocks, "csr")
        rare = sum(self.owners(flags) @ unknown for flags in chosen)  # each by itself and with its prefix
        columns = np.concatenate([names, *(prefix + names for prefix in parts)])
        return TermRows(columns, together, 2 * rare + np.diff(together.indptr))

    def owners(self, chosen: Flags | None = None) -> sp.csr_matrix:
        """A matrix of ones (n, S) where a posting has a sentence that is chosen (S,), or any."""
        ones = np.ones(len(self.sentences), np.int32) if chosen is None else chosen.astype(np.int32)
        made = sp.csr_matrix((ones, np.arange(len(ones)), self.first), (len(self.titles), len(ones)))
        made.eliminate_zeros()
        return made


def _once(counts: sp.csr_matrix) -> sp.csr_matrix:
    """Ones where there is a count."""
    counts = counts.astype(np.int8)
    counts.data[:] = 1
    return counts


def _cut(postings: Sequence[LabelledPosting]) -> Material:
    units = [Units.of(labelled.posting) for labelled in postings]
    first = np.cumsum([0, *(len(unit.spans) for unit in units)])
    marks = [mark_targets(labelled, unit) for labelled, unit in zip(postings, units, strict=True)]
    said = [
        not DENIAL_WORDS.isdisjoint(terms) and denied(unit.posting.description[start:end])
        for unit in units
        for terms, (start, end) in zip(unit.terms, unit.spans, strict=True)
    ]
    return Material(
        TermRows.of(terms for unit in units for terms in unit.terms),
        TermRows.of(unit.title_terms for unit in units),
        first,
        np.array(said, bool),
        np.concatenate([np.zeros(0, np.int64), *(rows + at for (rows, _), at in zip(marks, first, strict=False))]),
        np.concatenate([np.zeros((0, 3 + len(SKILLS)), np.int8), *(targets for _, targets in marks)]),
    )


def mark_targets(labelled: LabelledPosting, units: Units) -> tuple[Ints, NDArray[np.int8]]:
    """The sentences that a reader marked, by largest overlap, and their targets."""
    if not labelled.marks or not units.spans:
        return np.zeros(0, np.int64), np.zeros((0, 3 + len(SKILLS)), np.int8)
    starts, ends = np.array(units.spans).T
    marked = np.array([(mark.start, mark.end) for mark in labelled.marks])
    overlaps = np.minimum.outer(ends, marked[:, 1]) - np.maximum.outer(starts, marked[:, 0])
    best = overlaps.argmax(axis=1)
    rows = np.flatnonzero(overlaps.max(axis=1) > 0)
    heads = [
        (
            PARTS.index(mark.part),
            FUNCTIONS.index(mark.function),
            DOMAINS.index(mark.domain),
            *(name in mark.skills for name in SKILLS),
        )
        for mark in labelled.marks
    ]
    return rows, np.array(heads, np.int8)[best[rows]]
