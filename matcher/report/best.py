"""The postings of a page, the best first: what its table holds of each, and what a row opens to."""

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.display.common import plain
from matcher.errors import PostingError
from matcher.ingest import expand, read_rows
from matcher.posting import JobPosting
from matcher.profile import TYPES, Profile
from matcher.report.exhibit import SHORT
from matcher.report.exhibits import skill_words
from matcher.report.results import Results
from matcher.skills import ASKED_FROM

Row = dict[str, Any]

TITLE_WIDTH = 160
WORDS_WIDTH = 400
TEXT_WIDTH = 20_000
"""Characters of a description that are shown."""

_FACTS = (
    ("salary_text", "pay"),
    ("experience_years_min", "years of experience"),
    ("seniority", "seniority"),
    ("education", "education"),
    ("sector", "kind of employer"),
    ("remote", "remote"),
    ("travel", "travel"),
    ("on_call", "on call"),
    ("overtime", "overtime"),
)


def ranked(results: Results, most: int) -> list[Row]:
    """The first scored rows: those of the four types first, by match, then by how sure their type is.

    Each row has its number in the file as ``row``, and ``sure``: the probability of its type.
    """
    table = results.table
    types = np.array(table["type"].to_pylist(), object)
    sure = np.select([types == name for name in TYPES], [_numbers(table[f"p_{name}"]) for name in TYPES], 0.0)
    scored = np.flatnonzero((np.array(table["status"].to_pylist(), object) == "ok") & np.isin(types, TYPES))
    keys = (scored, -sure[scored], -_numbers(table["match"])[scored], types[scored] == "other")
    order = scored[np.lexsort(keys)][:most]
    return [
        {**row, "row": int(number), "sure": float(sure[number])}
        for number, row in zip(order, table.take(order).to_pylist(), strict=True)
    ]


def _numbers(column: Any) -> NDArray[np.float64]:
    return np.nan_to_num(np.asarray(column.to_numpy(), np.float64))


def listed(rows: Sequence[Row]) -> dict[str, list[Any]]:
    """The columns of the page's table, one value a row."""
    names = (
        "match",
        "sure",
        "type",
        "decision",
        "seniority",
        "remote",
        "salary_annual_min",
        "salary_annual_max",
        "salary_currency",
    )
    columns = {name: [row[name] for row in rows] for name in ("row", *names)}
    for name in ("title", "company", "location"):
        columns[name] = [plain(row[name] or "", TITLE_WIDTH) for row in rows]
    columns["copy"] = [int(row["duplicate_of"] is not None) for row in rows]
    return columns  # fmt: skip


def detail(row: Row, evidence: Mapping[str, Any], profile: Profile, text: str) -> Row:
    """What a row opens to: the reasons for its type, skill by skill the posting's words, the facts, and its text.

    A text in which the evidence does not stand where it should is of another posting, and is left out.
    """
    asked = sorted(
        (
            (skill, chance, skill.weight * chance)
            for skill in profile.skills
            if (chance := row[f"skill_{skill.id}"]) is not None and chance >= ASKED_FROM
        ),
        key=lambda item: -item[2],
    )
    words = evidence.get("skills", {})
    skills = [
        {
            "id": skill.id,
            "name": skill_words(skill.id),
            "adds": adds,
            "words": [(span["strength"], plain(span["text"], WORDS_WIDTH)) for span in words.get(skill.id, ())],
        }
        for skill, _, adds in asked
    ]
    missing = [skill_words(s.id) for s in profile.skills if s.id not in {skill.id for skill, _, _ in asked}]
    spans = [(span, skill_words(name)) for name, found in words.items() for span in found]
    if not all(text[span["start"] : span["end"]] == span["text"] for span, _ in spans):
        text = ""
    return {
        **row,
        **{name: plain(row[name] or "", TITLE_WIDTH) for name in ("id", "title", "company", "location")},
        "link": row["url"] if re.match(r"https?://", row["url"] or "") else None,
        "type_words": SHORT[row["type"]],
        "skills": skills,
        "missing": missing,
        "facts": _facts(row, evidence),
        "summary": plain(evidence.get("summary") or "", WORDS_WIDTH),
        "runner_up": SHORT.get(evidence.get("runner_up") or "", ""),
        "reasons": [(plain(r["term"], 80), r["weight"]) for r in evidence.get("type") or ()],
        "beyond": [plain(name, 80) for name in evidence.get("beyond") or ()],
        "text": highlighted(text, [(span["start"], span["end"], name) for span, name in spans]),
    }


def _facts(row: Row, evidence: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Each fact that the posting states: its name, its value, and the posting's words for it."""
    words = evidence.get("facts", {})
    found = []
    for field, name in _FACTS:
        if (value := row[field]) is not None:
            shown = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
            said = plain(words.get(field) or "", WORDS_WIDTH) if field != "salary_text" else ""
            found.append((name, plain(str(shown), WORDS_WIDTH), said))
    if row["certifications"]:
        found.append(("certifications", plain(", ".join(row["certifications"]), WORDS_WIDTH), ""))
    return found


def highlighted(text: str, spans: Sequence[tuple[int, int, str]]) -> list[tuple[str, str]]:
    """A text cut into pieces, each with the skills that it is evidence for ("" for none)."""
    length = min(len(text), TEXT_WIDTH)
    cuts = sorted({0, length, *(at for span in spans for at in span[:2] if at < length)})
    pieces = []
    for start, end in pairwise(cuts):
        names = dict.fromkeys(name for a, b, name in spans if a <= start and end <= b)
        lines = (plain(line, TEXT_WIDTH) for line in text[start:end].split("\n"))
        pieces.append(("\n".join(lines), ", ".join(names)))
    return pieces


def texts_of(inputs: Sequence[str], wanted: Collection[str]) -> dict[str, str]:
    """Descriptions of the wanted posting ids in what was classified; of an id that stands twice the first."""
    texts: dict[str, str] = {}
    for source in expand(list(inputs)):
        for row in read_rows(source):
            try:
                posting = JobPosting.from_row(row.fields)
            except PostingError:
                continue
            if posting.id in wanted:
                texts.setdefault(posting.id, posting.description)
    return texts
