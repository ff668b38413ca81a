"""The career profile that postings are matched against, read from TOML."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from matcher.errors import ProfileError

TYPES = ("software", "telecom", "networking", "it_conversion", "other")
"""The five outcomes, in the order of every table; the last is "none of these"."""

SKILLS = (
    "bridge_teams",
    "technical_standards",
    "technical_background",
    "education",
    "organization",
    "status_reporting",
    "team_communication",
    "problem_triage",
    "solution_brainstorming",
    "solution_optimization",
    "troubleshooting",
    "team_motivation",
    "resource_control",
    "quality_control",
)
"""Ids of the profile skills: five basic skills, nine daily tasks."""

SCHEMA = 1

_WORDS = "a text in quotes"
_LIST = "a list of texts in quotes"
_KEYS = {
    "schema": "1", "name": _WORDS, "types": _LIST, "holds": _LIST, "background": _LIST, "education": _WORDS,
    "hours": _WORDS, "employers": _LIST, "career": _LIST, "salary": "a table", "skills": "a list of tables",
}  # fmt: skip
_SALARY_KEYS = ("annual", "currency", "source")
_SKILL_KEYS = ("id", "kind", "weight", "wording")
_TABLE = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*([\w-]+)\s*=")

Problem = tuple[str, str]
"""The key that is wrong (``skills[2].weight``), and what is wrong with it."""


_CAREER_PLACE = {"junior": 0, "mid": 0, "senior": 1, "lead": 1, "consultant": 2}
"""Seniority → place in the profile's ``career``: the step to owning a firm is never advertised."""


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill of a profile; ``weight`` is its share of the match, all weights of a profile adding up to 1."""

    id: str
    kind: str
    weight: float
    wording: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A career profile: its skills with weights, and the facts that postings are set beside."""

    name: str
    skills: tuple[Skill, ...]
    types: tuple[str, ...]
    facts: dict[str, Any]

    @classmethod
    def load(cls, path: str | Path | None = None) -> "Profile":
        """The profile in a TOML file, or the one that ships.

        Raises:
            ProfileError: not readable, or a key is missing, unknown or out of range.
        """
        if path is None:
            text = resources.files("matcher.data").joinpath("profile.toml").read_text("utf-8")
            return cls._from_toml(tomllib.loads(text))
        data, found = _read(path)
        if found:
            more = f" (and {len(found) - 1} more: 'matcher profile check {path}')" if len(found) > 1 else ""
            raise ProfileError(found[0] + more)
        return cls._from_toml(data)

    @classmethod
    def _from_toml(cls, data: dict[str, Any]) -> "Profile":
        rows = {row["id"]: row for row in data.pop("skills")}
        total = sum(row["weight"] for row in rows.values())
        skills = tuple(
            Skill(name, row.get("kind", ""), row["weight"] / total, row.get("wording", ""))
            for name in SKILLS
            if (row := rows.get(name)) is not None
        )
        del data["schema"]
        return cls(data.pop("name", "unnamed"), skills, tuple(data.pop("types", TYPES[:-1])), data)

    def career_step(self, seniority: str | None) -> str | None:
        """The step of the profile's career that a posting's seniority stands for; None where either does not say."""
        steps = self.facts.get("career", ())
        place = _CAREER_PLACE.get(seniority or "")
        return str(steps[place]) if place is not None and place < len(steps) else None

    def lacking(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of ``names`` (certifications, clearances, tools) that the profile does not hold; each once."""
        held = {name.casefold() for name in self.facts.get("holds", ())}
        return tuple(dict.fromkeys(name for name in names if name.casefold() not in held))


def check(path: str | Path) -> list[str]:
    """Everything that is wrong with a profile's file, one line each with file, line and key; empty when it is fine.

    Raises:
        ProfileError: the file cannot be read.
    """
    return _read(path)[1]


def _read(path: str | Path) -> tuple[dict[str, Any], list[str]]:
    try:
        text = Path(path).read_text("utf-8-sig")
        data = tomllib.loads(text)
    except OSError as error:
        raise ProfileError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ProfileError(f"{path}: not valid TOML (not in UTF-8)") from None
    except tomllib.TOMLDecodeError as error:
        return {}, [f"{path}: not valid TOML ({error})"]
    lines = _lines(text)
    found = []
    for key, what in _problems(data):
        line = lines.get(key) or lines.get(key.rpartition(".")[0])
        found.append(f"{path}{f', line {line}' if line else ''}: {key}: {what}")
    return data, found


def _lines(text: str) -> dict[str, int]:
    """Key → the line that it stands on."""
    found: dict[str, int] = {}
    table, rows = "", 0
    for number, line in enumerate(text.split("\n"), 1):
        if opened := _TABLE.match(line):
            rows += opened[1] == "[["
            table = f"{opened[2]}[{rows}]" if opened[1] == "[[" else opened[2]
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault(f"{table}.{key[1]}" if table else key[1], number)
    return found


def _problems(data: dict[str, Any]) -> Iterator[Problem]:
    """What is wrong with a profile as read from TOML."""
    if type(data.get("schema")) is not int or data["schema"] != SCHEMA:
        yield (
            "schema",
            f"must be {SCHEMA}, not {data.get('schema')!r}" if "schema" in data else f"missing: must be {SCHEMA}",
        )
    yield from _unknown("", data, tuple(_KEYS))
    for key, kind in _KEYS.items():
        value = data.get(key)
        if value is None or kind not in (_WORDS, _LIST):
            continue
        fits = isinstance(value, str) if kind == _WORDS else _is_list_of(value, str)
        if not fits:
            yield key, f"must be {kind}, not {value!r}"
        elif key == "types":
            yield from _type_problems(value)
    yield from _salary_problems(data.get("salary"))
    yield from _skills_problems(data.get("skills"))


def _is_list_of(value: Any, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)


def _unknown(place: str, table: dict[str, Any], known: tuple[str, ...]) -> Iterator[Problem]:
    for key in table:
        if key not in known:
            yield place + key, f"unknown key; known: {', '.join(known)}"


def _type_problems(types: list[str]) -> Iterator[Problem]:
    if not types:
        yield "types", f"no type; known: {', '.join(TYPES)}"
    for name in types:
        if name not in TYPES:
            yield "types", f"unknown type {name!r}; known: {', '.join(TYPES)}"
    for name in sorted({name for name in types if types.count(name) > 1}):
        yield "types", f"type {name!r} stands twice"


def _salary_problems(salary: Any) -> Iterator[Problem]:
    if salary is None:
        return
    if not isinstance(salary, dict):
        yield "salary", "must be a table: [salary], then annual and currency on lines of their own"
        return
    yield from _unknown("salary.", salary, _SALARY_KEYS)
    annual, currency = salary.get("annual"), salary.get("currency")
    if annual is not None and not (_is_number(annual) and 0 < annual < float("inf")):
        yield "salary.annual", f"must be a number above 0 such as 88000, not {annual!r}"
    if annual is not None and currency is None:
        yield "salary.currency", "missing beside annual: a code of three capitals such as USD"
    elif currency is not None and not (isinstance(currency, str) and re.fullmatch("[A-Z]{3}", currency)):
        yield "salary.currency", f"must be a code of three capitals such as USD, not {currency!r}"
    if not isinstance(salary.get("source", ""), str):
        yield "salary.source", f"must be {_WORDS}, not {salary['source']!r}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _skills_problems(rows: Any) -> Iterator[Problem]:
    if not rows or not _is_list_of(rows, dict):
        yield "skills", "no [[skills]]"
        return
    seen: set[str] = set()
    total, fine = 0.0, True
    for number, row in enumerate(rows, 1):
        place = f"skills[{number}]."
        name, weight = row.get("id"), row.get("weight")
        if name not in SKILLS:
            yield place + "id", f"unknown skill id {name!r}; known: {', '.join(SKILLS)}"
        elif name in seen:
            yield place + "id", f"skill {name} stands twice"
        else:
            seen.add(name)
        if not _is_number(weight) or not 0 <= weight < float("inf"):
            fine = False
            said = "is missing" if weight is None else f"must be a number of 0 or more, not {weight!r}"
            yield place + "weight", f"skill {name}: weight {said}"
        else:
            total += weight
        for key in ("kind", "wording"):
            if not isinstance(row.get(key, ""), str):
                yield place + key, f"must be {_WORDS}, not {row[key]!r}"
        yield from _unknown(place, row, _SKILL_KEYS)
    if fine and not total:
        yield "skills", "every weight is 0"
    elif total == float("inf"):
        yield "skills", "the weights are too large to add up"
