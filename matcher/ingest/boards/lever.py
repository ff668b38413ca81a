"""Lever (https://github.com/lever/postings-api): all postings of an employer in one array."""

import re
from datetime import UTC, datetime
from typing import Any

from matcher.ingest.boards.row import board_row, remote, rows_of, salary, sections
from matcher.ingest.found import Found

_PAGE = re.compile(
    r"^https?://(?:jobs|api)(?P<eu>\.eu)?\.lever\.co/(?:v0/postings/)?(?P<site>[\w.%-]+)(?:/(?P<job>[0-9a-f-]{36}))?",
    re.I,
)
_UNITS = {"per-year-salary": "YEAR", "per-month-salary": "MONTH", "per-week-salary": "WEEK", "per-day-wage": "DAY",
          "per-hour-wage": "HOUR"}  # fmt: skip


def start(url: str) -> str:
    """The API address of a site or of one posting."""
    if not (match := _PAGE.match(url)):
        return ""
    job = f"/{match['job']}" if match["job"] else ""
    return f"https://api{match['eu'] or ''}.lever.co/v0/postings/{match['site']}{job}?mode=json"


def read(value: Any, _url: str) -> Found | None:
    """Postings of an array, or the one posting."""
    postings = value if isinstance(value, list) else [value]
    if not postings or not all(isinstance(p, dict) and "hostedUrl" in p and "categories" in p for p in postings):
        return None
    return Found(rows_of(postings, _row))


def _row(posting: dict[str, Any]) -> dict[str, Any]:
    told, pay = posting.get("categories") or {}, posting.get("salaryRange") or {}
    lists = [(part.get("text") or "", f"<ul>{part.get('content') or ''}</ul>") for part in posting.get("lists") or []]
    parts = [("", posting.get("description") or ""), *lists, ("", posting.get("additional") or "")]
    parts.append(("", posting.get("salaryDescription") or ""))
    site = _PAGE.match(posting["hostedUrl"])
    made = posting.get("createdAt")
    return board_row(
        title=posting.get("text"),
        slug=site["site"] if site else "",
        location="; ".join(told.get("allLocations") or [told.get("location") or ""]),
        url=posting["hostedUrl"],
        description=sections(parts),
        datePosted=datetime.fromtimestamp(made / 1000, UTC).date().isoformat() if isinstance(made, int) else None,
        employmentType=told.get("commitment"),
        occupationalCategory=told.get("department") or told.get("team"),
        jobLocationType=remote(posting.get("workplaceType") == "remote"),
        baseSalary=salary(
            pay.get("min"), pay.get("max"), pay.get("currency"), _UNITS.get(str(pay.get("interval")), "")
        ),
    )
