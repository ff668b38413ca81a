"""SmartRecruiters (https://developers.smartrecruiters.com/docs/posting-api): pages of a list, then one answer a job."""

import re
from typing import Any
from urllib.parse import urlencode

from matcher.ingest.boards.row import board_row, place, remote, rows_of, sections
from matcher.ingest.found import Found

_PAGE = re.compile(r"^https?://(?:careers|jobs)\.smartrecruiters\.com/(?P<company>[\w.%-]+)(?:/(?P<job>\d{6,}))?", re.I)
_API = re.compile(r"^https?://api\.smartrecruiters\.com/v1/companies/(?P<company>[\w.%-]+)/postings", re.I)
_HOST = "https://api.smartrecruiters.com/v1/companies"
_STEP = 100
"""Postings of one page; the API gives no more."""


def start(url: str) -> str:
    """The API address of an employer's first page, or of one posting."""
    if _API.match(url):
        return url
    match = _PAGE.match(url)
    if not match:
        return ""
    return f"{_HOST}/{match['company']}/postings" + (f"/{match['job']}" if match["job"] else f"?limit={_STEP}&offset=0")


def read(value: Any, url: str) -> Found | None:
    """The one posting; or of a page of the list the postings' addresses and the next page."""
    if not isinstance(value, dict):
        return None
    if "jobAd" in value:
        return Found(rows_of([value], _row))
    items = value.get("content")
    if not isinstance(items, list) or "totalFound" not in value:
        return None
    base = url.partition("?")[0]
    follow = [item.get("ref") or f"{base}/{item['id']}" for item in items if item.get("ref") or item.get("id")]
    after = int(value.get("offset") or 0) + len(items)
    if items and after < int(value["totalFound"]) and base:
        follow.append(f"{base}?{urlencode({'limit': value.get('limit') or _STEP, 'offset': after})}")
    return Found(follow=follow)


def _row(posting: dict[str, Any]) -> dict[str, Any]:
    told = (posting["jobAd"] or {}).get("sections") or {}
    names = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")
    where = posting.get("location") or {}
    return board_row(
        title=posting.get("name"),
        company=(posting.get("company") or {}).get("name"),
        location=place(where.get("city"), where.get("region"), str(where.get("country") or "").upper()),
        url=posting.get("postingUrl") or posting.get("applyUrl"),
        description=sections(
            (part.get("title") or "", part.get("text") or "") for name in names if (part := told.get(name) or {})
        ),
        datePosted=posting.get("releasedDate"),
        employmentType=(posting.get("typeOfEmployment") or {}).get("label"),
        occupationalCategory=(posting.get("department") or {}).get("label"),
        industry=(posting.get("industry") or {}).get("label"),
        identifier=posting.get("refNumber"),
        jobLocationType=remote(where.get("remote")),
    )
