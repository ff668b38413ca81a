"""The row of a posting that a board's API gives."""

from collections.abc import Callable, Iterable
from html import escape, unescape
from typing import Any


def rows_of(items: Iterable[Any], row: Callable[[Any], dict[str, Any]]) -> list[dict[str, Any]]:
    """A row of each item; one whose fields are not of the documented kinds keeps title and address only."""
    rows = []
    for item in items:
        try:
            rows.append(row(item))
        except (AttributeError, KeyError, TypeError, ValueError):
            told = item if isinstance(item, dict) else {}
            title, url = (value if isinstance(value := told.get(name), str) else "" for name in ("title", "url"))
            rows.append(board_row(title=title, url=url))
    return rows


def board_row(slug: str = "", **fields: Any) -> dict[str, Any]:
    """Fields that hold something, from ``board``; an employer whom only the address names (``slug``) from ``url``."""
    row = {name: value for name, value in fields.items() if value not in (None, "", [], {})}
    sources = dict.fromkeys(row, "board")
    if slug and not row.get("company"):
        row["company"], sources["company"] = _company_of(slug), "url"
    return {**row, "sources": sources}


def sections(parts: Iterable[tuple[str, str]]) -> str:
    """HTML of a description that a board keeps in parts, each a heading and its HTML."""
    return "".join(f"<h3>{escape(head, quote=False)}</h3>{body}" if head else body for head, body in parts if body)


def place(*parts: object) -> str:
    """City, region, country as one text."""
    return ", ".join(dict.fromkeys(str(part).strip() for part in parts if part))


def salary(low: Any, high: Any, currency: Any, unit: str) -> dict[str, Any] | None:
    """schema.org's MonetaryAmount; ``None`` without an amount."""
    if not (low or high):
        return None
    value = {"minValue": low or high, "maxValue": high or low, "unitText": unit}
    return {"currency": currency, "value": {key: item for key, item in value.items() if item}}


def remote(is_remote: object) -> str | None:
    """schema.org's ``jobLocationType`` of a remote job."""
    return "TELECOMMUTE" if is_remote else None


def _company_of(slug: str) -> str:
    """An employer's name where a board tells only its address: ``northgate-systems`` → ``Northgate Systems``."""
    words = unescape(slug.replace("%20", " ")).replace("-", " ").replace("_", " ").split()
    return " ".join(word if word[:1].isupper() else word.capitalize() for word in words)
