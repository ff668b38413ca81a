"""The facts as a whole: shape, silence, words, odd texts, speed."""

from dataclasses import FrozenInstanceError, fields
from time import perf_counter

import pytest

from matcher.facts import Facts, read_facts
from matcher.posting import JobPosting

NAMES = (
    "salary_min salary_max salary_currency salary_period salary_annual_min salary_annual_max salary_text seniority "
    "experience_years_min education certifications sector on_call overtime travel remote beyond words"
).split()

FULL = """Harrow is a software company.
Requirements:
- 5+ years of experience as project manager
- Bachelor's degree, PMP preferred
Travel up to 10%. On-call rotation; evenings and weekends at go-live. Fully remote.
Salary: $95,000 - $120,000 per year"""

BIG = 1_000_000

LARGE = {
    "words": "manage the project and report on it. ",
    "one word": "a",
    "digits": "7",
    "numbers": "12 345 ",
    "dollars": "$5 ",
    "ranges": "$5,000 - $6,000 ",
    "salaries": "salary ",
    "years": "5 years ",
    "degrees": "degree ",
    "certificates": "PMP ",
    "travel": "travel ",
    "remote": "remote ",
    "hybrid": "hybrid, ",
    "is a": " is a ",
    "lines": "Requirements:\n",
    "spaces": " ",
    "commas": "1,",
    "on call": "on-call 24/7 overtime ",
    "masters": "master's ",
    "required": "required ",
    "tools": "jira, ",
    "pay": "pay: ",
    "beyond Windows-1252": "→ 💰 Łódź ",
}


def test_fields_in_order() -> None:
    assert [field.name for field in fields(Facts)] == NAMES


def test_frozen() -> None:
    facts = read_facts(JobPosting("Project Manager", FULL))
    with pytest.raises(FrozenInstanceError):
        facts.remote = False  # type: ignore[misc]
    assert not hasattr(facts, "__dict__")


def test_nothing_said() -> None:
    facts = read_facts(JobPosting("Project Manager", "Leads projects."))
    said = {name: getattr(facts, name) for name in NAMES if getattr(facts, name) not in (None, ())}
    assert said == {"words": {}}


def test_every_value_has_its_words() -> None:
    facts = read_facts(JobPosting("Senior Project Manager", FULL))
    for name in NAMES[:-2]:
        assert facts.words[name]
        assert all(words in " ".join(("Senior", *FULL.split())) for words in facts.words[name].split("; "))


def test_same_input_same_facts() -> None:
    posting = JobPosting("Senior Project Manager", FULL)
    assert read_facts(posting) == read_facts(posting)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\x00", "İİİ $90k İ", "$", "£-", "$$$ 5", "5 years", "—", "$1" * 50, "💰" * 20]
)
def test_odd_texts(text: str) -> None:
    facts = read_facts(JobPosting("İ", text))
    assert set(facts.words) <= set(NAMES)


def test_letters_that_grow_in_lower_case() -> None:
    assert read_facts(JobPosting("Manager", "İİİ salary: $90,000 - $99,000 İ")).salary_text == "$90,000 - $99,000"


@pytest.mark.parametrize("unit", LARGE.values(), ids=LARGE)
def test_a_megabyte_in_half_a_second(unit: str) -> None:
    posting = JobPosting("Project Manager", unit * (BIG // len(unit)))
    best = 9.0
    for _ in range(3):
        start = perf_counter()
        read_facts(posting)
        best = min(best, perf_counter() - start)
        if best < 0.5:
            break
    assert best < 0.5
