"""Sitemaps (https://www.sitemaps.org/protocol.html): indexes, lists of pages, and plain lists of addresses."""

from matcher.ingest.found import Found, address
from matcher.ingest.markup import xml_root

ROOTS = ("urlset", "sitemapindex")
MAX_ADDRESSES = 50_000
"""Entries of one sitemap, by the protocol."""


def read_sitemap(data: bytes, url: str = "") -> Found:
    """Addresses of an XML sitemap in order, each once; broken entries are left out.

    Raises:
        PostingError: no XML, or not safe to read.
    """
    places = [(element.text or "").strip() for element in xml_root(data).iter("{*}loc") if _is_entry(element)]
    return Found(follow=_each_once([address(url, place) for place in places if place]))


def read_list(text: str) -> Found | None:
    """Addresses of a text that holds nothing else, one a line; ``None`` for any other text."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or not all(line.startswith(("http://", "https://")) and " " not in line for line in lines):
        return None
    return Found(follow=_each_once([address("", line) for line in lines]))


def _is_entry(element: object) -> bool:
    parent = element.getparent()  # type: ignore[attr-defined]
    return parent is not None and str(parent.tag).rsplit("}", 1)[-1] in ("url", "sitemap")


def _each_once(places: list[str]) -> list[str]:
    return list(dict.fromkeys(place for place in places if place))[:MAX_ADDRESSES]
