"""The facts of a posting: what it says of pay, experience, education, certifications, employer and conditions."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from matcher.facts.certifications import read_certifications
from matcher.facts.clearances import read_clearances
from matcher.facts.education import read_education
from matcher.facts.experience import read_experience
from matcher.facts.hours import ON_CALL, OVERTIME, TRAVEL, read_condition
from matcher.facts.page import Found, Page, Pages
from matcher.facts.remote import read_remote
from matcher.facts.salary import NOTHING, Salary, read_salary
from matcher.facts.salary_property import salary_of
from matcher.facts.sector import read_sector
from matcher.facts.seniority import read_seniority
from matcher.facts.tools import read_tools
from matcher.posting import JobPosting


@dataclass(frozen=True, slots=True)
class Facts:
    """What a posting states; None is "did not say".

    Yearly amounts are hours × 2,080, days × 260, weeks × 52 or months × 12. ``remote`` is True when the job is fully
    remote or remote is an option, False when it is on-site or hybrid. ``education`` is the lowest level that satisfies
    the posting; ``beyond`` names security clearances, then tools, each in the order of the text; ``words`` holds, for
    every other field that is not None, the posting's own words that it was read from.
    """

    salary_min: float | None
    salary_max: float | None
    salary_currency: str | None
    salary_period: str | None
    salary_annual_min: float | None
    salary_annual_max: float | None
    salary_text: str | None
    seniority: str | None
    experience_years_min: int | None
    education: str | None
    certifications: tuple[tuple[str, str], ...]
    sector: str | None
    on_call: bool | None
    overtime: bool | None
    travel: bool | None
    remote: bool | None
    beyond: tuple[str, ...]
    words: Mapping[str, str]

    def to_dict(self) -> dict[str, Any]:
        """The facts as fields of an output row: without ``beyond`` and ``words``, certifications by name."""
        values = {name: getattr(self, name) for name in _FIELDS}
        return values | {"certifications": [name for name, _ in self.certifications]}


_FIELDS = tuple(field.name for field in fields(Facts) if field.name not in ("beyond", "words"))


def read_facts(posting: JobPosting, pages: Pages | None = None) -> Facts:
    """Read the facts of one posting: its structured data first, then its text (``pages``, if they are made already)."""
    title, page, company, location = pages or Pages.of(posting)
    salary = _salary(posting, page, title, location)
    experience = read_experience(page, posting.properties)
    certificates = read_certifications(page)
    found: dict[str, Found | None] = {
        "seniority": read_seniority(title, experience),
        "experience_years_min": experience,
        "education": read_education(page, posting.properties),
        "sector": read_sector(page, company),
        "on_call": read_condition(page, ON_CALL),
        "overtime": read_condition(page, OVERTIME),
        "travel": read_condition(page, TRAVEL),
        "remote": read_remote(page, title, location, posting.properties),
    }
    values = {name: item.value if item else None for name, item in found.items()}
    words = _salary_words(salary) | {name: item.words for name, item in found.items() if item}
    if certificates:
        words["certifications"] = "; ".join(cut for _, _, cut in certificates)
    beyond = (*read_clearances(page), *read_tools(page))
    listed = tuple((name, said) for name, said, _ in certificates)
    return Facts(*salary[:6], salary.text or None, certifications=listed, beyond=beyond, words=words, **values)  # type: ignore[arg-type]


def _salary(posting: JobPosting, page: Page, title: Page, location: Page) -> Salary:
    """The salary of the structured data, else of the description, the title, the location."""
    place = f"{posting.location or _stated_place(page)} {posting.title}"
    found = salary_of(posting.properties, place)
    for text, own_line in ((page, False), (title, True), (location, True)):
        if found is not NOTHING:
            break
        found = read_salary(text, place, own_line)
    return found


def _stated_place(page: Page) -> str:
    """The line of the text that begins "Location:", for a posting without a location of its own."""
    at = page.plain.find("location:")
    return page.plain[at : at + 80].partition("\n")[0] if at >= 0 else ""


def _salary_words(salary: Salary) -> dict[str, str]:
    """The salary's words under every field that they were read for."""
    return {
        f"salary_{name}": salary.text
        for name, value in zip(Salary._fields, salary, strict=True)
        if value not in (None, "")
    }
