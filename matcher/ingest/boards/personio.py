"""Personio (https://developer.personio.de/docs/retrieving-open-job-positions): all open positions in one XML file."""

import re
from typing import Any
from urllib.parse import urlsplit

from matcher.ingest.boards.row import board_row, sections
from matcher.ingest.found import Found

ROOT = "workzag-jobs"
"""The name of the file's first element."""

_PAGE = re.compile(r"^https?://(?P<host>(?P<company>[\w-]+)\.jobs\.personio\.(?:de|com))", re.I)


def start(url: str) -> str:
    """The address of an employer's positions, in English where they are."""
    match = _PAGE.match(url)
    return f"https://{match['host']}/xml?language=en" if match else ""


def read(value: Any, url: str) -> Found | None:
    """The positions of the file (an lxml tree)."""
    if getattr(value, "tag", None) != ROOT:
        return None
    return Found([_row(position, url) for position in value.iter("position")])


def _row(position: Any, url: str) -> dict[str, Any]:
    def told(name: str) -> str:
        return (position.findtext(name) or "").strip()

    match, number = _PAGE.match(url), told("id")
    parts = [
        ((part.findtext("name") or "").strip(), (part.findtext("value") or "").strip())
        for part in position.iterfind("jobDescriptions/jobDescription")
    ]
    offices = [told("office"), *(office.text or "" for office in position.iterfind("additionalOffices/office"))]
    site = f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" if urlsplit(url).netloc else ""
    return board_row(
        title=told("name"),
        company=told("subcompany"),
        slug=match["company"] if match else "",
        location="; ".join(dict.fromkeys(office.strip() for office in offices if office.strip())),
        url=f"{site}/job/{number}" if site and number else "",
        description=sections(parts),
        datePosted=told("createdAt"),
        employmentType=told("schedule") or told("employmentType"),
        experienceRequirements=told("yearsOfExperience"),
        occupationalCategory=told("department"),
        identifier=number,
    )
