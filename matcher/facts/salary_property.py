"""The salary in a posting's structured data: schema.org ``baseSalary``, JobSpy's columns, a plain text or number."""

import json
import re
from collections.abc import Mapping
from typing import Any

from matcher.facts.money import currency, likely_period, number, yearly
from matcher.facts.page import Page
from matcher.facts.salary import NOTHING, Salary, read_salary
from matcher.posting import snake_case

_PERIODS = {
    "hour": "hour",
    "hr": "hour",
    "day": "day",
    "dai": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "annual": "year",
    "annum": "year",
}
_UNIT_CODES = {"ann": "year", "mon": "month", "wee": "week", "day": "day", "hur": "hour"}
"""Unit codes of UN/CEFACT Recommendation 20."""

_LOW = ("min_value", "min_amount", "minimum", "min")
_HIGH = ("max_value", "max_amount", "maximum", "max")
_ONE = ("value", "amount", "price")
_UNIT = ("unit_text", "interval", "unit_code", "period", "unit")
_CURRENCY = ("currency", "salary_currency", "currency_code")
_LABELS = "pay: "
"""Put before a text from a salary property, so that it reads as the pay it is."""


def salary_of(properties: Mapping[str, Any], place: str) -> Salary:
    """The salary in ``base_salary``, ``NOTHING`` where there is none or it has no figures.

    Amounts are kept as stated; the yearly ones are None when they are not possible (a price per hour marked as yearly).
    """
    value = properties.get("base_salary")
    if value in (None, "", [], {}):
        return NOTHING
    code = properties.get("salary_currency")
    return _read(value, str(code) if isinstance(code, str) else None, place)


def _read(value: object, code: str | None, place: str) -> Salary:
    """A salary from any of the shapes that it comes in."""
    if isinstance(value, list | tuple):
        return next((found for item in value if (found := _read(item, code, place)) is not NOTHING), NOTHING)
    if isinstance(value, str):
        return _from_text(value, code, place)
    if isinstance(value, Mapping):
        return _from_object({snake_case(str(key)): item for key, item in value.items()}, code, place)
    amount = _amount(value)
    return _salary(amount, amount, None, code, place, str(value)) if amount else NOTHING


def _from_text(text: str, code: str | None, place: str) -> Salary:
    """A salary from a text: JSON of an object, a bare number, or words."""
    text = text.strip()
    if text[:1] in "{[":
        try:
            return _read(json.loads(text), code, place)
        except ValueError:
            return NOTHING
    if re.fullmatch(r"[\d.,' ]+", text):
        amount = number(text)
        return _salary(amount, amount, None, code, place, text) if amount else NOTHING
    found = read_salary(Page.of(_LABELS + text), place, own_line=True)
    if found is NOTHING:
        return NOTHING
    return found._replace(currency=found.currency or currency(code and code.lower()), text=text)


def _from_object(fields: dict[str, Any], code: str | None, place: str) -> Salary:
    """A salary from a MonetaryAmount, the QuantitativeValue inside it, or JobSpy's columns."""
    code = next((str(fields[name]) for name in _CURRENCY if isinstance(fields.get(name), str)), code)
    inner = next((fields[name] for name in _ONE if isinstance(fields.get(name), Mapping | list)), None)
    if inner is not None:
        items = inner if isinstance(inner, list) else [inner]
        inside = {snake_case(str(k)): v for k, v in items[0].items()} if items and isinstance(items[0], Mapping) else {}
        fields = {**fields, **dict.fromkeys(_ONE), **inside}
    low, high, one = (next((a for n in names if (a := _amount(fields.get(n)))), None) for names in (_LOW, _HIGH, _ONE))
    text = next((fields[name] for name in _ONE if isinstance(fields.get(name), str)), "")
    if low is None and high is None and one is None:
        return _from_text(text, code, place) if text else NOTHING
    low, high = (low, high) if low or high else (one, one)
    unit = next((str(fields[name]) for name in _UNIT if fields.get(name)), "")
    words = " ".join(filter(None, (_range(low, high), code, unit)))
    return _salary(low, high, _period(unit), code, place, words)


def _salary(
    low: float | None, high: float | None, period: str | None, code: str | None, place: str, words: str
) -> Salary:
    """A salary from its parts; the period by the size of the sum when it is not given."""
    if low and high and low > high:
        low, high = high, low
    iso = currency(code.lower(), place) if code else None
    period = period or likely_period(high or low or 0.0, iso)
    return Salary(low, high, iso, period, yearly(low, period, iso), yearly(high, period, iso), words)


def _period(unit: str) -> str | None:
    low = unit.lower()
    return _UNIT_CODES.get(low) or next((period for part, period in _PERIODS.items() if part in low), None)


def _amount(value: object) -> float | None:
    """A positive amount from a number or a text of one ("85,000.00", "$85k"); None for anything else."""
    if isinstance(value, str):
        m = re.fullmatch(r"[^\d]{0,5}([\d.,' ]*\d)\s?(k?)[^\d]{0,6}", value.strip().lower())
        amount = number(m[1]) if m else None
        value = amount * (1000 if m and m[2] else 1) if amount is not None else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 < value < float("inf") else None


def _range(low: float | None, high: float | None) -> str:
    parts = [f"{amount:.15g}" for amount in (low, high) if amount is not None]
    return parts[0] if len(set(parts)) == 1 and low is not None and high is not None else "-".join(parts)
