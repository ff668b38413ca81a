"""What a source holds: postings, and addresses where more of them are."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin


@dataclass(frozen=True, slots=True)
class Found:
    """Postings as rows in the input format, and further addresses (of a sitemap, feed or board)."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    follow: list[str] = field(default_factory=list)


def address(base: str, link: str) -> str:
    """A link of a source as a whole http or https address; empty when it is none."""
    try:
        whole = urljoin(base, link.strip())
    except ValueError:  # brackets of an IPv6 address that holds none
        return ""
    return whole if whole.startswith(("http://", "https://")) else ""
