"""Ashby (https://developers.ashbyhq.com/docs/public-job-posting-api): all listed jobs in one answer."""

import re
from functools import partial
from typing import Any

from matcher.ingest.boards.row import board_row, place, remote, rows_of, salary
from matcher.ingest.found import Found

_PAGE = re.compile(
    r"^https?://(?:jobs\.ashbyhq\.com|api\.ashbyhq\.com/posting-api/job-board)/(?P<board>[\w.%-]+)(?P<job>/[\w-]{36})?",
    re.I,
)


def start(url: str) -> str:
    """The API address of a board; one job has none, but its page holds JSON-LD."""
    match = _PAGE.match(url)
    return (
        f"https://api.ashbyhq.com/posting-api/job-board/{match['board']}?includeCompensation=true"
        if match and not match["job"]
        else ""
    )


def read(value: Any, url: str) -> Found | None:
    """Jobs that are listed."""
    jobs = value.get("jobs") if isinstance(value, dict) else None
    if not isinstance(jobs, list) or ("apiVersion" not in value and not any("descriptionHtml" in job for job in jobs)):
        return None
    match = _PAGE.match(url) or next((m for job in jobs if (m := _PAGE.match(job.get("jobUrl") or ""))), None)
    slug = match["board"] if match else ""
    return Found(rows_of((job for job in jobs if job.get("isListed", True)), partial(_row, slug=slug)))


def _row(job: dict[str, Any], slug: str) -> dict[str, Any]:
    address = (job.get("address") or {}).get("postalAddress") or {}
    own = job.get("location") or place(*(address.get(f"address{part}") for part in ("Locality", "Region", "Country")))
    parts = (job.get("compensation") or {}).get("summaryComponents") or []
    pay: dict[str, Any] = next((part for part in parts if part.get("compensationType") == "Salary"), {})
    return board_row(
        title=job.get("title"),
        slug=slug,
        location="; ".join([own, *(more.get("location") or "" for more in job.get("secondaryLocations") or [])]),
        url=job.get("jobUrl"),
        description=job.get("descriptionHtml") or job.get("descriptionPlain"),
        datePosted=job.get("publishedAt"),
        employmentType=job.get("employmentType"),
        occupationalCategory=job.get("department") or job.get("team"),
        jobLocationType=remote(job.get("isRemote")),
        baseSalary=salary(
            pay.get("minValue"),
            pay.get("maxValue"),
            pay.get("currencyCode"),
            str(pay.get("interval", "")).split(" ")[-1],
        ),
    )
