"""Labelled postings: what training learns from and evaluation measures on."""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.errors import LabelError, LanguageError, PostingError
from matcher.ingest import Row, expand, read_rows
from matcher.language import ENGLISH, language_of
from matcher.posting import JobPosting
from matcher.profile import SKILLS, TYPES
from matcher.reading import DOMAINS, FUNCTIONS, PARTS

FOLDS = 4

CONFIDENCE_WEIGHT = {3: 1.0, 2: 0.8, 1: 0.5}
OWN_WEIGHT = 2.0
"""Weight of a posting written for the corpus beside a real one: the corpus has all five types, and was labelled with
more care than the real rows behind the figures."""

Ints = NDArray[np.int64]

STRENGTHS = ("required", "preferred", "duty", "denied")


@dataclass(frozen=True, slots=True)
class SentenceMark:
    """What a reader says of ``description[start:end]``: its part, function and domain."""

    start: int
    end: int
    part: str
    function: str
    domain: str
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LabelledPosting:
    """A posting with its type; ``skills`` maps an id to asked for or not, a missing id is unknown.

    ``confidence`` is 3 (any careful reader would agree) to 1 (arguable); postings of one ``group`` never fall on
    both sides of a split; ``origin`` is ``own`` for a posting in other words than an employer's, else ``real``;
    ``marks`` are there where a reader went through the sentences.
    """

    posting: JobPosting
    type: str
    where: str
    second: str | None = None
    confidence: int = 3
    skills: Mapping[str, bool] | None = None
    group: str = ""
    origin: str = "real"
    marks: tuple[SentenceMark, ...] = ()

    @property
    def of_corpus(self) -> bool:
        """Whether it was written for the corpus, and is not a user's own: no user marks what every sentence says."""
        return self.origin == "own" and bool(self.marks)


def read_labelled(sources: Iterable[str]) -> Iterator[LabelledPosting]:
    """Labelled postings of files.

    Raises:
        LabelError: rows are not readable, have no description, are not in English, or have a label that is not one
            of ours; raised at the end and naming every one of them with file and line.
    """
    wrong: list[str] = []
    for source in expand(list(sources)):
        for row in read_rows(source):
            try:
                yield labelled(row)
            except LabelError as error:
                wrong.append(str(error))
    if wrong:
        raise LabelError(wrong[0] if len(wrong) == 1 else "\n  ".join([f"{len(wrong)} rows to put right:", *wrong]))


def labelled(row: Row) -> LabelledPosting:
    """A labelled posting from a row.

    Raises:
        LabelError: see :func:`read_labelled`.
    """
    if row.error:
        raise LabelError(row.error)
    fields = row.fields
    name = fields.get("type")
    if name not in TYPES:
        raise LabelError(f"{row.where}: type must be one of {', '.join(TYPES)}, not {name!r}")
    second = fields.get("second") or None
    if second is not None and second not in TYPES:
        raise LabelError(f"{row.where}: second must be one of {', '.join(TYPES)} or empty, not {second!r}")
    try:
        posting = JobPosting.from_row(fields)
        if (language := language_of(posting.description)) != ENGLISH:
            raise LanguageError(language)
    except PostingError as error:
        raise LabelError(f"{row.where}: {error}") from None
    spans = fields.get("spans") or ()
    return LabelledPosting(
        posting,
        str(name),
        row.where,
        second,
        _confidence(fields.get("confidence"), row.where),
        _skills(fields.get("skills"), row.where),
        str(fields.get("group") or posting.id),
        str(fields.get("origin") or "real"),
        tuple(_mark(item, spans, row.where) for item in fields.get("sentences") or ()),
    )


def _confidence(value: Any, where: str) -> int:
    if value in (None, ""):
        return 3
    if str(value) not in ("1", "2", "3"):
        raise LabelError(f"{where}: confidence must be 1, 2 or 3, not {value!r}")
    return int(value)


def _skills(value: Any, where: str) -> dict[str, bool] | None:
    if value in (None, ""):
        return None
    if isinstance(value, str):
        value = [name.strip() for name in value.split(",")]
    known = (
        {name: bool(asked) for name, asked in value.items()} if isinstance(value, dict) else dict.fromkeys(value, True)
    )
    if unknown := set(known) - set(SKILLS):
        raise LabelError(f"{where}: unknown skill {sorted(unknown)[0]!r}; known: {', '.join(SKILLS)}")
    return known if isinstance(value, dict) else {name: name in known for name in SKILLS}


def _mark(item: Mapping[str, Any], spans: Iterable[Mapping[str, Any]], where: str) -> SentenceMark:
    try:
        start, end, part = int(item["start"]), int(item["end"]), item["part"]
        function, domain = item["function"] or "none", item["domain"] or "none"
    except (KeyError, TypeError, ValueError):
        raise LabelError(f"{where}: a sentence mark needs start, end, part, function and domain") from None
    if part not in PARTS or function not in FUNCTIONS or domain not in DOMAINS:
        raise LabelError(f"{where}: unknown mark {part!r}, {function!r}, {domain!r} at {start}")
    asked = (s["skill"] for s in spans if start <= s["start"] < end and s["strength"] != "denied")
    return SentenceMark(start, end, part, function, domain, frozenset(asked))


def fold_of(group: str, folds: int = FOLDS) -> int:
    """The fold of a group: the same on every run and machine."""
    return zlib.crc32(group.encode()) % folds


def type_targets(postings: Sequence[LabelledPosting]) -> Ints:
    """Types as indexes into ``TYPES``."""
    return np.array([TYPES.index(labelled.type) for labelled in postings])


def weight_of(labelled: LabelledPosting) -> float:
    """What a posting weighs in every fit."""
    return CONFIDENCE_WEIGHT.get(labelled.confidence, 1.0) * (OWN_WEIGHT if labelled.of_corpus else 1.0)
