"""Recruitee (https://docs.recruitee.com, the careers site API): all published offers in one answer."""

import re
from typing import Any

from matcher.ingest.boards.row import board_row, place, remote, rows_of, salary, sections
from matcher.ingest.found import Found

_PAGE = re.compile(
    r"^https?://(?P<company>(?!www\.|api\.|docs\.)[\w-]+)\.recruitee\.com(?:/(?:api/offers|o)/(?P<offer>[\w-]+))?", re.I
)


def start(url: str) -> str:
    """The API address of an employer, or of one offer."""
    match = _PAGE.match(url)
    return f"https://{match['company']}.recruitee.com/api/offers/{match['offer'] or ''}" if match else ""


def read(value: Any, _url: str) -> Found | None:
    """The published offers, or the one offer."""
    if not isinstance(value, dict):
        return None
    offers = [value["offer"]] if isinstance(value.get("offer"), dict) else value.get("offers")
    if not isinstance(offers, list) or not all(isinstance(offer, dict) for offer in offers):
        return None
    return Found(rows_of((offer for offer in offers if offer.get("status", "published") == "published"), _row))


def _row(offer: dict[str, Any]) -> dict[str, Any]:
    pay = offer.get("salary") or {}
    return board_row(
        title=offer.get("title"),
        company=offer.get("company_name"),
        location=offer.get("location") or place(offer.get("city"), offer.get("country")),
        url=offer.get("careers_url"),
        description=sections([("", offer.get("description") or ""), ("Requirements", offer.get("requirements") or "")]),
        datePosted=offer.get("published_at") or offer.get("created_at"),
        validThrough=offer.get("close_at"),
        employmentType=offer.get("employment_type_code"),
        occupationalCategory=offer.get("department"),
        jobLocationType=remote(offer.get("remote")),
        baseSalary=salary(pay.get("min"), pay.get("max"), pay.get("currency"), str(pay.get("period") or "").upper()),
    )
