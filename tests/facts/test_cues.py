"""Cues and patterns fit together: what a pattern finds is led to by a cue."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from matcher.data.cues import CUES
from matcher.data.currencies import WORDS
from matcher.facts import (
    certifications,
    education,
    experience,
    hours,
    money,
    pay_words,
    salary,
    sector,
    strength,
    tools,
)
from matcher.facts.cues import find, flattened, folded
from matcher.facts.page import Page
from tests.facts import test_certifications, test_education, test_experience, test_hours, test_salary, test_sector

CORPUS = Path(__file__).parents[2] / "corpus"
ROWS = (
    *(test_certifications.NAMED + test_education.LEVELS + test_hours.TRAVEL + test_hours.ON_CALL),
    *(test_hours.OVERTIME + test_experience.YEARS + test_salary.STATED + test_sector.TEXTS),
)
PATTERNS = {
    "strength": strength._MARK,
    "degree": education._LEVEL,
    "study": education._ASIDE,
    "no experience": experience._NONE,
    "employer": sector._HEAD,
    "pay": pay_words.PAY,
    "travel": hours.TRAVEL.yes,
    "on call": hours.ON_CALL.yes,
    "overtime": hours.OVERTIME.yes,
}


@pytest.fixture(scope="module")
def pages():
    texts = [
        json.loads(line)["description"]
        for path in CORPUS.glob("*.jsonl")
        for line in path.read_text("utf-8").splitlines()
    ]
    rows = [value for row in ROWS for value in getattr(row, "values", row) if isinstance(value, str) and " " in value]
    return [Page.of(text) for text in (*texts, *rows)]


@pytest.mark.parametrize("kind", PATTERNS)
def test_whatever_a_pattern_finds_holds_a_cue(kind, pages):
    found = [(page, m) for page in pages for m in PATTERNS[kind].finditer(page.plain)]
    missed = {m.group() for page, m in found if not page.within(kind, m.start(), m.end())}
    assert len(found) > 1
    assert missed == set()


def test_no_name_is_a_kind_of_cue():
    names = {*certifications._NAMED, *tools._forms(), *sector._SIGNS}
    assert names.isdisjoint(CUES)
    assert all(find(f"{name} ".encode()) for name in map(flattened, names))


@pytest.mark.parametrize("word", [*WORDS, "k", "lakhs", "lpa", "/hr", "per hour", "zł", "$", "£", "€", "₹"])
def test_numbers_beside_money_are_looked_at(word):
    page = Page.of(f"{'word ' * 50}50 {word}{' word' * 50}")
    assert [m.group() for m in salary._numbers(page)] == ["50"]
    assert money.sum_at(page.plain, 250) is not None


@pytest.mark.parametrize(
    ("raw", "plain", "flat"),
    [
        ("Pay—£5,000* C++", "pay-£5,000  c++", "pay $0 000  c++"),
        ("₹5 “Ünï” ✓", "₹5 “ünï” ✓", "$0   n    "),
        ("İ Łódź’s 💰90", "İ łódź's 💰90", "   ód  s @00"),
        ("earn **** a\tday", "earn xxxx a day", "earn xxxx a day"),
        ("", "", ""),
    ],
)
def test_folding_keeps_every_offset(raw, plain, flat):
    got, flattened_bytes = folded(raw)
    assert got == plain
    assert flattened_bytes.decode() == re.sub("[^a-z0-9+#$@ ]", " ", flat)
    assert len(got) == len(flattened_bytes) == len(raw)


def test_places_are_in_order():
    page = Page.of("Remote or hybrid? Hybrid remote, in the office, work from home. " * 3)
    places = page.places("remote")
    assert len(places) == 18
    assert all(left < right for left, right in pairwise(places))
