"""RSS and Atom, read by feedparser (BSD, pure Python; it reads every dialect, broken ones too).

An item whose own text reads like a posting is one; of any other the address is followed, and the page there decides.
"""

import io
import re
from typing import Any

from matcher.ingest.found import Found, address
from matcher.ingest.maintext import reads_like_a_posting
from matcher.ingest.markup import xml_root
from matcher.text import plain_text

ROOTS = ("rss", "feed", "rdf")
_CUT = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|(?:read|view) (?:more|full job|the full posting))\W*$", re.I)
_LISTING = {"employmentType": "job_type", "company": "company", "location": "location"}
"""Fields that job feeds add under a prefix of their own (``job_listing:company``, ``g:location``), by ours."""


def read_feed(data: bytes, url: str = "") -> Found:
    """Postings of a feed, and the addresses of its other items and of its next page.

    Raises:
        PostingError: not safe to read, or no XML.
    """
    import feedparser

    xml_root(data)
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    rows: list[dict[str, Any]] = []
    follow: list[str] = []
    for entry in feed.entries:
        text, link = _text(entry), address(url, entry.get("link") or "")
        if reads_like_a_posting(plain := plain_text(text)) and not _CUT.search(plain):
            rows.append(_row(entry, text, link))
        else:
            follow.append(link)
    follow += [address(url, link.get("href", "")) for link in feed.feed.get("links", []) if link.get("rel") == "next"]
    return Found(rows, list(dict.fromkeys(filter(None, follow))))


def _text(entry: Any) -> str:
    """The longest text of an item: feeds put the whole one here or there."""
    texts = [entry.get("summary") or "", *(part.get("value") or "" for part in entry.get("content", []))]
    return max(texts, key=len).strip()


def _row(entry: Any, text: str, link: str) -> dict[str, Any]:
    row: dict[str, str | None] = {"title": plain_text(entry.get("title") or ""), "description": text, "url": link}
    row["datePosted"] = entry.get("published") or entry.get("updated")
    for name, theirs in _LISTING.items():
        row[name] = next((str(entry[key]) for key in entry if key == theirs or key.endswith("_" + theirs)), None)
    row["company"] = row["company"] or entry.get("author")
    told = {name: value for name, value in row.items() if value}
    return {**told, "sources": dict.fromkeys(told, "feed")}
