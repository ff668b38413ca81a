import json
import re
from collections import Counter

import jsonschema
import pytest

from matcher.corpus import read_labelled
from matcher.errors import LabelError
from matcher.profile import SKILLS, TYPES
from tests.conftest import ROOT

FILES = sorted((ROOT / "corpus").glob("*.jsonl"))
SCHEMA = json.loads((ROOT / "corpus" / "schema.json").read_text("utf-8"))
ROWS = [json.loads(line) for path in FILES for line in path.read_text("utf-8").splitlines()]


def test_every_row_follows_the_schema():
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for row in ROWS:
        error = next(validator.iter_errors(row), None)
        assert error is None, f"{row['id']}: {error}"


def test_ids_are_unique_and_files_hold_their_type():
    assert max(Counter(row["id"] for row in ROWS).values()) == 1
    assert [path.stem for path in FILES] == sorted(TYPES)
    for row in read_labelled([str(path) for path in FILES]):
        assert f"{row.type}.jsonl" in row.where


def test_there_is_enough_of_everything():
    types = Counter(row["type"] for row in ROWS)
    assert min(types[name] for name in TYPES[:-1]) >= 160
    assert types["other"] >= 340
    assert sum(bool(row["spans"]) for row in ROWS) >= 500
    assert sum(bool(row["sentences"]) for row in ROWS) >= 400
    assert {span["skill"] for row in ROWS for span in row["spans"]} == set(SKILLS)


def test_contrast_pairs_are_two_rows_of_one_group_and_different_types():
    pairs = {}
    for row in ROWS:
        if row["pair"]:
            pairs.setdefault(row["pair"], []).append(row)
    whole = [rows for rows in pairs.values() if len(rows) == 2]
    assert len(whole) >= 120
    for one, two in whole:
        assert one["group"] == two["group"]
        assert one["type"] != two["type"]


def test_spans_and_sentences_lie_inside_and_hold_words():
    for row in ROWS:
        text, at = row["description"], 0
        for mark in row["sentences"]:
            assert at <= mark["start"] < mark["end"] <= len(text), row["id"]
            at = mark["end"]
        for span in row["spans"]:
            words = text[span["start"] : span["end"]]
            assert words == words.strip() != "", row["id"]
            assert any(m["start"] <= span["start"] < m["end"] for m in row["sentences"]), row["id"]


def test_skills_are_those_of_the_spans():
    for row in ROWS:
        asked = {span["skill"] for span in row["spans"] if span["strength"] != "denied"}
        assert row["skills"] == [name for name in SKILLS if name in asked], row["id"]


def test_no_personal_data():
    for row in ROWS:
        found = re.search(
            r"[\w.]+@\w+\.\w+|(?<!\d)(?:\+?1[-. ])?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)", row["description"]
        )
        assert not found, row["id"]


GERMAN = """Sie planen die Erneuerung der Telefonanlagen in allen Filialen, berichten der Leitung jede Woche
und stimmen Termine und Kosten mit den Technikern ab."""


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            {"title": "PM", "description": "Lead", "type": "hardware"},
            "line 1: type must be one of software, .* not 'hardware'",
        ),
        ({"title": "PM", "description": "Lead"}, "line 1: type must be one of"),
        ({"title": "PM", "description": "", "type": "other"}, "line 1: no description"),
        (
            {"description": GERMAN, "type": "other"},
            r"line 1: the posting is in another language \(de\)",
        ),
        ({"description": "Lead", "type": "other", "second": "x"}, "line 1: second must be"),
        ({"description": "Lead", "type": "other", "skills": ["speed"]}, "line 1: unknown skill 'speed'"),
        ({"description": "Lead", "type": "other", "confidence": "high"}, "line 1: confidence must be 1, 2 or 3"),
        ({"description": "Lead", "type": "other", "sentences": [{"start": 0}]}, "line 1: a sentence mark needs"),
    ],
)
def test_labels_that_are_not_ours_are_named_with_their_line(row, message, write):
    with pytest.raises(LabelError, match=message):
        list(read_labelled([write("a.jsonl", [row])]))


def test_a_list_of_skills_is_complete_and_a_map_is_not(write):
    rows = [
        {"description": "Lead", "type": "other", "skills": ["education"]},
        {"description": "Lead", "type": "other", "skills": {"education": False}},
        {"description": "Lead", "type": "other"},
    ]
    full, partial, none = read_labelled([write("a.jsonl", rows)])
    assert len(full.skills) == len(SKILLS)
    assert full.skills["education"] is True
    assert dict(partial.skills) == {"education": False}
    assert none.skills is None
