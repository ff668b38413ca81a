"""Salaries in structured data: schema.org, JobSpy, plain values."""

from typing import Any

import pytest

from matcher.facts import read_facts
from matcher.posting import JobPosting

MONEY = "MonetaryAmount"

SHAPES: list[tuple[Any, tuple[Any, ...]]] = [
    (
        {"@type": MONEY, "currency": "USD", "value": {"minValue": 85000, "maxValue": 110000, "unitText": "YEAR"}},
        (85000, 110000, "USD", "year"),
    ),
    ({"currency": "EUR", "value": {"value": 4200, "unitText": "MONTH"}}, (4200, 4200, "EUR", "month")),
    ({"currency": "GBP", "value": {"minValue": "45000", "unitText": "YEAR"}}, (45000, None, "GBP", "year")),
    ({"currency": "GBP", "value": {"maxValue": "45,000.00", "unitText": "YEAR"}}, (None, 45000, "GBP", "year")),
    ({"currency": "USD", "value": {"min_value": 40, "max_value": 55, "unit_text": "HOUR"}}, (40, 55, "USD", "hour")),
    ({"currency": "USD", "value": {"minValue": 40, "maxValue": 55, "unitText": "per hour"}}, (40, 55, "USD", "hour")),
    ({"currency": "USD", "value": {"minValue": 400, "maxValue": 550, "unitText": "DAY"}}, (400, 550, "USD", "day")),
    ({"currency": "USD", "value": {"value": 1200, "unitText": "WEEK"}}, (1200, 1200, "USD", "week")),
    ({"currency": "USD", "minValue": 85000, "maxValue": 110000, "unitText": "YEAR"}, (85000, 110000, "USD", "year")),
    ({"currency": "USD", "value": 90000}, (90000, 90000, "USD", "year")),
    ({"currency": "USD", "value": "90000"}, (90000, 90000, "USD", "year")),
    ({"currency": "USD", "value": "$85k-$110k"}, (85000, 110000, "USD", "year")),
    ({"currency": "CAD", "value": [{"minValue": 1, "maxValue": 2, "unitText": "HOUR"}]}, (1, 2, "CAD", "hour")),
    ([{"currency": "USD", "value": {"value": 50, "unitText": "HOUR"}}], (50, 50, "USD", "hour")),
    ({"currency": "USD", "value": {"minValue": 0, "maxValue": 0, "unitText": "YEAR"}}, (None, None, None, None)),
    ({"currency": "USD", "value": {}}, (None, None, None, None)),
    ({"currency": "USD"}, (None, None, None, None)),
    ({"currency": "USD", "value": {"minValue": 110000, "maxValue": 85000}}, (85000, 110000, "USD", "year")),
    ({"currency": "$", "value": {"minValue": 85000, "unitText": "YEAR"}}, (85000, None, "USD", "year")),
    ({"currency": "eur", "value": {"value": 60000, "unitText": "ANN"}}, (60000, 60000, "EUR", "year")),
    ({"value": {"value": 60000, "unitText": "YEAR"}}, (60000, 60000, None, "year")),
    (
        {"min_amount": 85000.0, "max_amount": 110000.0, "currency": "USD", "interval": "yearly"},
        (85000, 110000, "USD", "year"),
    ),
    ({"min_amount": 40, "max_amount": None, "currency": "USD", "interval": "hourly"}, (40, None, "USD", "hour")),
    (
        {"min_amount": "5000", "max_amount": "6000", "currency": "SGD", "interval": "monthly"},
        (5000, 6000, "SGD", "month"),
    ),
    ({"min_amount": 500, "max_amount": 600, "currency": "GBP", "interval": "daily"}, (500, 600, "GBP", "day")),
    ({"min_amount": 900, "max_amount": 950, "currency": "GBP", "interval": "weekly"}, (900, 950, "GBP", "week")),
    (85000, (85000, 85000, None, "year")),
    (85000.0, (85000, 85000, None, "year")),
    (42.5, (42.5, 42.5, None, "hour")),
    ("85000", (85000, 85000, None, "year")),
    ("85,000", (85000, 85000, None, "year")),
    ("$85k-110k", (85000, 110000, "USD", "year")),
    ("$85,000 - $110,000 a year", (85000, 110000, "USD", "year")),
    ("£500 per day", (500, 500, "GBP", "day")),
    ("Up to £60,000", (None, 60000, "GBP", "year")),
    ("12-15 LPA", (1200000, 1500000, "INR", "year")),
    ("45 - 50 per hour", (45, 50, None, "hour")),
    ("Competitive", (None, None, None, None)),
    ("Not disclosed", (None, None, None, None)),
    ("", (None, None, None, None)),
    (0, (None, None, None, None)),
    (True, (None, None, None, None)),
    (
        '{"currency": "USD", "value": {"minValue": 85000, "maxValue": 110000, "unitText": "YEAR"}}',
        (85000, 110000, "USD", "year"),
    ),
    ("{broken", (None, None, None, None)),
]  # fmt: skip


def facts_of(value: Any, description: str = "Leads projects.", **more: Any) -> Any:
    row = {"title": "Project Manager", "description": description, "baseSalary": value, **more}
    return read_facts(JobPosting.from_row(row))


@pytest.mark.parametrize(("value", "expected"), SHAPES)
def test_shapes(value: Any, expected: tuple[Any, ...]) -> None:
    facts = facts_of(value)
    assert (facts.salary_min, facts.salary_max, facts.salary_currency, facts.salary_period) == expected
    assert bool(facts.salary_text) == (expected != (None, None, None, None))


def test_structured_data_goes_before_text() -> None:
    value = {"currency": "USD", "value": {"minValue": 85000, "maxValue": 110000, "unitText": "YEAR"}}
    facts = facts_of(value, "Salary: $60,000")
    assert facts.salary_min == 85000
    assert facts.salary_text == "85000-110000 USD YEAR"


def test_text_counts_where_structured_data_says_nothing() -> None:
    assert facts_of("Competitive", "Salary: $60,000").salary_min == 60000


def test_possible_only_by_the_year() -> None:
    facts = facts_of({"currency": "USD", "value": {"minValue": 45, "maxValue": 60, "unitText": "YEAR"}})
    assert (facts.salary_min, facts.salary_max) == (45, 60)
    assert facts.salary_annual_min is facts.salary_annual_max is None


def test_dollar_of_the_place() -> None:
    value = {"currency": "$", "value": {"value": 90000, "unitText": "YEAR"}}
    assert facts_of(value, location="Toronto, Canada").salary_currency == "CAD"


def test_currency_in_its_own_property() -> None:
    assert facts_of("90000", salaryCurrency="AUD").salary_currency == "AUD"


def test_columns_of_jobspy() -> None:
    row = {
        "title": "PM",
        "description": "Leads.",
        "min_amount": 50,
        "max_amount": 60,
        "currency": "USD",
        "interval": "hourly",
    }
    facts = read_facts(JobPosting.from_row(row))
    assert (facts.salary_min, facts.salary_annual_max) == (50, 124800)
