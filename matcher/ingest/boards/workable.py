"""Workable (https://help.workable.com, the account widget): all published jobs in one answer."""

import re
from functools import partial
from typing import Any

from matcher.ingest.boards.row import board_row, place, remote, rows_of
from matcher.ingest.found import Found

_PAGE = re.compile(
    r"^https?://(?:apply\.workable\.com/(?:api/v\d/(?:widget/)?accounts/)?(?P<account>(?!api/|j/)[\w-]+)"
    r"|www\.workable\.com/api/accounts/(?P<old>[\w-]+)"
    r"|(?!www\.|apply\.|help\.|resources\.|jobs\.)(?P<sub>[\w-]+)\.workable\.com)",
    re.I,
)


def start(url: str) -> str:
    """The API address of an account."""
    match = _PAGE.match(url)
    account = match and (match["account"] or match["old"] or match["sub"])
    return f"https://apply.workable.com/api/v1/widget/accounts/{account}?details=true" if account else ""


def read(value: Any, _url: str) -> Found | None:
    """Jobs with a description; the pages of those without are followed."""
    jobs = value.get("jobs") if isinstance(value, dict) else None
    if not isinstance(jobs, list) or not jobs or not all(isinstance(job, dict) and "shortcode" in job for job in jobs):
        return None
    follow = [job["url"] for job in jobs if not job.get("description") and job.get("url")]
    return Found(
        rows_of((job for job in jobs if job.get("description")), partial(_row, company=value.get("name"))), follow
    )


def _row(job: dict[str, Any], company: str | None) -> dict[str, Any]:
    places = [
        place(each.get("city"), each.get("region"), each.get("country"))
        for each in job.get("locations") or []
        if not each.get("hidden")
    ]
    return board_row(
        title=job.get("title"),
        company=company,
        location="; ".join(places) or place(job.get("city"), job.get("state"), job.get("country")),
        url=job.get("url"),
        description=job["description"],
        datePosted=job.get("published_on") or job.get("created_at"),
        employmentType=job.get("employment_type"),
        educationRequirements=job.get("education"),
        industry=job.get("industry"),
        occupationalCategory=job.get("department") or job.get("function"),
        identifier=job.get("code"),
        jobLocationType=remote(job.get("telecommuting")),
    )
