"""Greenhouse (https://developers.greenhouse.io/job-board.html): all jobs of an employer in one answer."""

import re
from functools import partial
from typing import Any

from matcher.ingest.boards.row import board_row, rows_of, salary
from matcher.ingest.found import Found
from matcher.ingest.schema_org import unescaped

_PAGE = re.compile(
    r"^https?://(?:job-)?boards(?:\.eu)?\.greenhouse\.io/(?:embed/job_(?:board|app)(?:/js)?\?(?:.*&)?for=)?(?P<board>[\w-]+)"
    r"(?:/jobs/(?P<job>\d+))?",
    re.I,
)
_API = re.compile(r"^https?://boards-api\.greenhouse\.io/v1/boards/(?P<board>[\w-]+)(?:/jobs(?:/(?P<job>\d+))?)?", re.I)
_HOST = "https://boards-api.greenhouse.io/v1/boards"


def start(url: str) -> str:
    """The API address of a board or of one job."""
    match = _PAGE.match(url) or _API.match(url)
    if not match or match["board"].lower() == "embed":
        return ""
    if match["job"]:
        return f"{_HOST}/{match['board']}/jobs/{match['job']}?pay_transparency=true"
    return f"{_HOST}/{match['board']}/jobs?content=true"


def read(value: Any, url: str) -> Found | None:
    """Jobs of a list, or the one job; those without content are followed."""
    if not isinstance(value, dict):
        return None
    jobs = [value] if "absolute_url" in value else value.get("jobs")
    if not isinstance(jobs, list) or (not jobs and "meta" not in value) or any("absolute_url" not in j for j in jobs):
        return None
    match = _API.match(url)
    slug = match["board"] if match else ""
    follow = [start(job["absolute_url"]) or job["absolute_url"] for job in jobs if not job.get("content")]
    return Found(rows_of((job for job in jobs if job.get("content")), partial(_row, slug=slug)), follow)


def _row(job: dict[str, Any], slug: str) -> dict[str, Any]:
    pay: dict[str, Any] = next(iter(job.get("pay_input_ranges") or []), {})
    cents = (pay.get("min_cents") or 0) / 100, (pay.get("max_cents") or 0) / 100
    return board_row(
        title=job.get("title"),
        company=job.get("company_name"),
        slug=slug,
        location=(job.get("location") or {}).get("name"),
        url=job["absolute_url"],
        description=unescaped(job["content"]),
        datePosted=job.get("first_published") or job.get("updated_at"),
        identifier=str(job.get("requisition_id") or job.get("id") or ""),
        occupationalCategory="; ".join(part["name"] for part in job.get("departments") or [] if part.get("name")),
        baseSalary=salary(*cents, pay.get("currency_type"), ""),
    )
