"""The job posting: the one noun that every source is read into."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from matcher.errors import PostingError
from matcher.text import plain_text

DESCRIPTION_NAMES = ("description", "text")
TITLE_NAMES = ("title", "job_title", "name")
COMPANY_NAMES = ("company", "company_name", "employer", "hiring_organization")
LOCATION_NAMES = ("location", "job_location")
URL_NAMES = ("url", "job_url", "job_url_direct")
SALARY_COLUMNS = ("min_amount", "max_amount", "currency", "interval")
"""JobSpy's salary columns, read together as ``base_salary``."""

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def snake_case(name: str) -> str:
    """A column or property name in snake_case: ``datePosted`` → ``date_posted``, ``Job Title`` → ``job_title``."""
    return re.sub(r"[\s\-]+", "_", _CAMEL.sub("_", name.strip().removeprefix("schema:"))).lower().lstrip("@")


def _text(value: object) -> str:
    """A field as a line of text; schema.org objects give their name, lists their items."""
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, Mapping):
        if any(key in value for key in ("addressLocality", "addressRegion", "addressCountry")):
            parts = (_text(value.get(key)) for key in ("addressLocality", "addressRegion", "addressCountry"))
            return ", ".join(part for part in parts if part)
        if value.get("@type") == "Place" and (address := _text(value.get("address"))):
            return address  # the name of a place says less
        return _text(value.get("name") or value.get("address") or value.get("value"))
    if isinstance(value, list | tuple):
        return "; ".join(dict.fromkeys(text for item in value if (text := _text(item))))
    return str(value).strip()


@dataclass(frozen=True, slots=True)
class JobPosting:
    """One job advertisement.

    ``description`` is plain text: every evidence span points into it. ``properties`` holds the other
    schema.org JobPosting properties in snake_case, as read.
    """

    title: str
    description: str
    company: str = ""
    location: str = ""
    url: str = ""
    id: str = ""
    properties: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.id:
            content = "\x1f".join((self.title, self.company, self.location, self.description))
            object.__setattr__(self, "id", hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:16])

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> "JobPosting":
        """A posting from a row of any known column naming.

        Raises:
            PostingError: the row has neither title nor description, or no words in them.
        """
        fields = {snake_case(str(key)): value for key, value in row.items()}

        def first(names: tuple[str, ...]) -> str:
            return next((text for name in names if (text := _text(fields.pop(name, None)))), "")

        raw = next((value for name in DESCRIPTION_NAMES if (value := fields.pop(name, None))), "")
        description = plain_text(raw if isinstance(raw, str) else _text(raw))
        title = re.sub(r"\s+", " ", first(TITLE_NAMES))
        company, location, url = first(COMPANY_NAMES), first(LOCATION_NAMES), first(URL_NAMES)
        if not any(c.isalnum() for c in description):
            raise PostingError(
                "no description: the row has a title only" if title else "no title and no description in this row"
            )
        if fields.get("min_amount") or fields.get("max_amount"):
            fields.setdefault("base_salary", {name: fields.get(name) for name in SALARY_COLUMNS})
        properties = {
            key: value
            for key, value in fields.items()
            if value not in (None, "", []) and value == value and key != "id"
        }
        return cls(title, description, company, location, url, _text(row.get("id")), properties)


def known_columns(names: list[str]) -> bool:
    """Whether a table with these columns can hold postings: it has a title or a description."""
    known = {snake_case(name) for name in names}
    return bool(known & {*TITLE_NAMES, *DESCRIPTION_NAMES})
