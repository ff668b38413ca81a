"""Words and text that are safe and short enough for any terminal."""

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass

TYPE_WORDS = {
    "software": "software development",
    "telecom": "telecom",
    "networking": "computer networking",
    "it_conversion": "IT installation/conversion",
    "other": "none of these (other)",
}


def plain(text: str, width: int = 400) -> str:
    """Text of a posting without control characters or direction marks, cut to a width: safe in any terminal."""
    if not text.isprintable():
        text = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return text if len(text) <= width else text[: width - 1] + "…"
