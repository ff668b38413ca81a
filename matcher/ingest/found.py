"""What a source holds: postings, and addresses where more of them are."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Found:
    """Postings as rows in the input format, and further addresses (of a sitemap, feed or board)."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    follow: list[str] = field(default_factory=list)
