"""A trained model's terms as tables for compiled code: one look-up by hash tells all that any part knows of a term."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.classifier import INPUTS, WORD_PARTS, TypeModel
from matcher.data.headings import PART_OF_HEADING
from matcher.fast.alphabet import tables
from matcher.fast.cutting import cue_table
from matcher.fast.hashing import hash_term, hash_word, table_of
from matcher.features import PREFERRED_HEADINGS, TELLING_HEADINGS, TermModel, word_lists
from matcher.match import QUOTE
from matcher.model_store import Model
from matcher.profile import SKILLS
from matcher.reading import DOMAINS, OUTPUTS, PARTS, POSITIONS
from matcher.reasons import CLEAR, OPPOSITES, PRESENT, SUBJECTS, input_label, term_label
from matcher.skills import DENIAL_WORDS

PLAIN, DUTY, REQUIRED, TITLE = range(4)
"""Columns of ``rows``: where a term stands in the word model (alone, with the prefix of duties, with the prefix of
requirements) and in the title model; -1 for nowhere. In the sentence model a term's row is its record."""

RECORD_BITS = 24
RECORD, MARKED, TAG = (1 << RECORD_BITS) - 1, 1 << RECORD_BITS, RECORD_BITS + 1
"""An entry of the table of terms: 1 more than the record, a bit that says whether it has marks, and from bit ``TAG`` on
the same bits as the term's hash. Another term has those bits once in 2³⁹ times."""

OPENS_TRIPLE, DENIES = 1 << 30, 1 << 29
"""Bits of ``marks`` beside those of the word lists: a listed term of three words begins so; a word that may deny."""

PREFERS, TELLS = 64, 128
"""Bits of a heading word beside the part that it opens (1 more than its place in ``PARTS``; 0 for none)."""

ANY, SUBJECT = 1, 2
"""Labels that a summary may name where ``other`` wins, and those that it may name for every type."""

SECTIONS = ("start", *PARTS[:-1])
"""Sections that a sentence can stand in: before any heading, then the part that the last heading opened."""


class Lexicon(NamedTuple):
    """Tables of one model; ``terms`` and the pairs of keys and values are hash tables with open addressing."""

    flags: NDArray[np.uint8]
    lower: NDArray[np.uint32]
    cues: NDArray[np.uint64]
    cue_bits: NDArray[np.uint8]
    terms: NDArray[np.uint64]
    rows: NDArray[np.int32]
    marks: NDArray[np.uint32]
    triples: NDArray[np.uint64]
    triple_marks: NDArray[np.uint32]
    heads: NDArray[np.uint64]
    head_values: NDArray[np.uint8]
    listed: NDArray[np.int32]
    """Records of the word lists' marks, in alphabetical order."""
    domain_lists: NDArray[np.int64]
    """Place in ``listed`` of each domain's list."""
    sections: NDArray[np.int32]
    places: NDArray[np.int32]
    heading: int
    title: int
    heads_only: NDArray[np.float32]
    """The sentence model without the skills."""
    sentence: NDArray[np.float32]
    sentence_intercept: NDArray[np.float32]
    words: NDArray[np.float32]
    words_intercept: NDArray[np.float32]
    titles: NDArray[np.float32]
    titles_intercept: NDArray[np.float32]
    mean: NDArray[np.float64]
    gate: NDArray[np.float64]
    gate_intercept: float
    kinds: NDArray[np.float64]
    kinds_intercept: NDArray[np.float64]
    word_labels: NDArray[np.int32]
    """The label of each of the word model's rows."""
    input_labels: NDArray[np.int32]
    """Two labels for each of ``INPUTS`` (more, less); -1 for none."""
    opposites: NDArray[np.int32]
    """For each label of more the one of less; -1 for all others."""
    named: NDArray[np.uint8]
    """Which labels a summary may name: ``ANY`` for other, ``SUBJECT`` for every type."""
    clear: int
    quoted: int
    """The first label that is a word of the posting: the mark that opens them sorts after all letters of the others."""
    skills: NDArray[np.float64]
    skills_intercept: NDArray[np.float64]


def lexicon_of(model: Model) -> tuple[Lexicon, list[str]]:
    """A model's tables, and the texts behind its labels in alphabetical order."""
    records = {term: [-1] * 4 for term in sorted(model.sentence.vocabulary, key=model.sentence.vocabulary.__getitem__)}
    for term, row in model.types.words.vocabulary.items():
        prefix = term[:2] if term[:2] in WORD_PARTS.values() else ""
        column = {"": PLAIN, "d:": DUTY, "r:": REQUIRED}[prefix]
        _place(records, column, [(term.removeprefix(prefix), row)])
    _place(records, TITLE, model.types.titles.vocabulary.items())
    lists = word_lists()
    names = sorted({mark for marks in lists.values() for mark in marks})
    sections = [f"§{section}" for section in SECTIONS]
    places = [f"§place:{place}" for place in range(POSITIONS)]
    specials = (*names, *sections, *places, "§heading", "§title")
    for term in (*specials, *lists, *DENIAL_WORDS):
        records.setdefault(term, [-1] * 4)
    number = {term: index for index, term in enumerate(records)}
    marks = np.zeros(len(records) + 1, np.uint32)
    triples: dict[int, int] = {}
    extra: dict[int, int] = {}
    for term, found in lists.items():
        bits = sum(1 << names.index(mark) for mark in found)
        words = term.split(" ")
        if len(words) <= 2:
            marks[number[term]] |= bits
        elif len(words) == 3:
            opening = " ".join(words[:2])
            triples[hash_term(term)] = bits
            if opening in number:
                marks[number[opening]] |= OPENS_TRIPLE
            else:
                extra[hash_term(opening)] = len(records)  # one record that only says that a listed triple may follow
    marks[len(records)] = OPENS_TRIPLE
    for word in DENIAL_WORDS:
        marks[number[word]] |= DENIES
    terms = _terms({**{hash_term(term): index for term, index in number.items()}, **extra}, marks)
    triple_keys, triple_marks = table_of(triples, np.uint32)
    heads, head_values = _headings()
    flags, lower = tables()
    (word_labels, input_labels, opposites, named, clear, quoted), texts = _labels(model.types)
    decision = model.types.decision
    return Lexicon(
        flags, lower, *cue_table(), terms,
        np.array([*records.values(), [-1] * 4], np.int32), marks, triple_keys, triple_marks, heads, head_values,
        np.array([number[name] for name in names], np.int32),
        np.array([names.index(f"@d:{name}") for name in DOMAINS[1:]], np.int64),
        np.array([number[name] for name in sections], np.int32),
        np.array([number[name] for name in places], np.int32),
        number["§heading"], number["§title"],
        np.ascontiguousarray(model.sentence.weights[:, : OUTPUTS - len(SKILLS)], np.float32),
        *_arrays(model.sentence), *_arrays(model.types.words), *_arrays(model.types.titles),
        decision.mean, decision.gate, float(np.ravel(decision.gate_intercept)[0]),
        np.ascontiguousarray(decision.kinds), decision.kinds_intercept,
        word_labels, input_labels, opposites, named, clear, quoted, model.skills.weights, model.skills.intercept,
    ), texts  # fmt: skip


def _place(records: dict[str, list[int]], column: int, terms: Iterable[tuple[str, int]]) -> None:
    for term, row in terms:
        records.setdefault(term, [-1] * 4)[column] = row


def _arrays(model: TermModel) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    return np.ascontiguousarray(model.weights, np.float32), np.ascontiguousarray(model.intercept, np.float32)


def _terms(records: Mapping[int, int], marks: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """The table of terms: at most half full, its size a power of two."""
    size = 1 << (2 * len(records)).bit_length()
    table = np.zeros(size, np.uint64)
    for key, record in records.items():
        at = key & (size - 1)
        while table[at]:
            at = (at + 1) & (size - 1)
        table[at] = (key >> TAG << TAG) | (MARKED if marks[record] else 0) | (record + 1)
    return table


def _headings() -> tuple[NDArray[np.uint64], Any]:
    values = {hash_term(heading): PARTS.index(part) + 1 for heading, part in PART_OF_HEADING.items()}
    for words, bit in ((PREFERRED_HEADINGS, PREFERS), (TELLING_HEADINGS, TELLS)):
        for word in words:
            values[hash_word(word)] = values.get(hash_word(word), 0) | bit
    return table_of(values, np.uint8)


_Labels = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.uint8], int, int]


def _labels(types: TypeModel) -> tuple[_Labels, list[str]]:
    """The fields ``word_labels`` to ``quoted`` of a :class:`Lexicon`, and the labels' texts in alphabetical order."""
    words = [term_label(term) for term in types.words.vocabulary]
    inputs = [input_label(name, below=below) for name in INPUTS for below in (False, True)]
    texts = sorted({*words, *inputs, *OPPOSITES, *OPPOSITES.values(), CLEAR} - {""})
    place = {text: index for index, text in enumerate(texts)} | {"": -1}
    return (
        np.array([place[text] for text in words], np.int32),
        np.array([place[text] for text in inputs], np.int32),
        np.array([place[OPPOSITES.get(text, "")] for text in texts], np.int32),
        np.array([SUBJECT if text in SUBJECTS else ANY if text in PRESENT else 0 for text in texts], np.uint8),
        place[CLEAR],
        sum(not text.startswith(QUOTE) for text in texts),
    ), texts
