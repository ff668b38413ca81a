"""Stand-in until the readers land."""

from dataclasses import dataclass
from typing import Any

from matcher.ingest.html import page_rows


@dataclass(frozen=True, slots=True)
class Found:
    """Rows and addresses."""

    rows: list[dict[str, Any]]
    follow: list[str]


def start_urls(url: str) -> list[str]:
    """Addresses."""
    return [url]


def read_source(data: bytes, url: str, content_type: str = "") -> Found:
    """Rows."""
    if b"<urlset" in data:
        import re

        return Found([], re.findall(r"<loc>(.*?)</loc>", data.decode()))
    return Found(list(page_rows(data)), [])
