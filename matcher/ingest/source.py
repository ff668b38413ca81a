"""What one address gives, whatever it is: a page, a board's answer, a feed, a sitemap, a document."""

import gzip
import io
import json
import zlib
from typing import Any
from urllib.parse import urldefrag

from matcher.errors import PostingError
from matcher.ingest import feeds, sitemaps
from matcher.ingest.boards import board_found, board_start, personio
from matcher.ingest.bytes import SAMPLE, is_binary
from matcher.ingest.documents import PDF, document_row, is_document, titled
from matcher.ingest.found import Found
from matcher.ingest.html import board_links, page_rows, utf8
from matcher.ingest.jsonld import value_rows
from matcher.ingest.maintext import reads_like_a_posting
from matcher.ingest.markup import root_name, xml_root

__all__ = ["Found", "read_source", "start_urls"]

MAX_UNPACKED = 64 * 2**20
"""Bytes of a gzip-packed source once unpacked; a sitemap may have 50 MB by its protocol."""


def start_urls(url: str) -> list[str]:
    """Where to begin: the API behind a career board's page, else the address itself."""
    return [board_start(url) or url]


def read_source(data: bytes, url: str, content_type: str = "") -> Found:
    """Postings in the bytes that an address gave, and addresses to go on with; told by content, not by name.

    Raises:
        PostingError: there is no posting in them and nothing to follow; the message says why.
    """
    found = _read(unpacked(data), url, content_type)
    if not found.rows and not found.follow:
        raise PostingError("nothing in it: no posting, and no address of one")
    return found


def unpacked(data: bytes) -> bytes:
    """The bytes, out of gzip where they are packed.

    Raises:
        PostingError: damaged, or unpacked larger than ``MAX_UNPACKED``.
    """
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            whole: bytes = stream.read(MAX_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise PostingError(f"damaged gzip ({error})") from None
    if len(whole) > MAX_UNPACKED:
        raise PostingError(f"larger than {MAX_UNPACKED >> 20} MB once unpacked")
    return whole


def _read(data: bytes, url: str, content_type: str) -> Found:
    if is_document(data[:4]):
        return Found([_whole(document_row(data), url, "pdf" if data.startswith(PDF) else "docx")])
    if not data.strip():
        raise PostingError("the page is empty")
    if is_binary(data[:SAMPLE]):
        raise PostingError("neither a page, a feed, JSON, PDF nor DOCX")
    data = utf8(data, content_type).removeprefix(b"\xef\xbb\xbf")
    if data.lstrip()[:1] in (b"{", b"["):
        return _json(data, url)
    name = root_name(data)
    if name in sitemaps.ROOTS:
        return sitemaps.read_sitemap(data, url)
    if name in feeds.ROOTS:
        return feeds.read_feed(data, url)
    if name == personio.ROOT:
        return board_found(xml_root(data), url) or Found()
    return _page(data, url) if b"<" in data else _text(data.decode("utf-8", "replace"), url)


def _text(text: str, url: str) -> Found:
    """A text without any markup: a list of addresses, or a posting."""
    if listed := sitemaps.read_list(text):
        return listed
    if not reads_like_a_posting(text):
        raise PostingError("this text is not a job posting: it does not read like one")
    return Found([_whole(titled(text), url, "text")])


def _page(data: bytes, url: str) -> Found:
    try:
        rows = page_rows(data, url)
    except PostingError:
        follow = [start for link in board_links(data, url) if (start := board_start(link))]
        if not follow:
            raise
        return Found(follow=list(dict.fromkeys(follow)))
    whole = [row for row in rows if row.get("description")]
    own = urldefrag(url).url
    follow = [row["url"] for row in rows if not row.get("description") and row.get("url") not in (None, url, own)]
    return Found(whole if follow else rows, list(dict.fromkeys(follow)))


def _json(data: bytes, url: str) -> Found:
    try:
        value = json.loads(data, strict=False)
    except (ValueError, RecursionError) as error:
        raise PostingError(f"broken JSON ({getattr(error, 'msg', 'nested too deeply')})") from None
    if found := board_found(value, url):
        return found
    try:
        rows = value_rows(value, url)
    except RecursionError:
        raise PostingError("this JSON is nested too deeply to be a posting") from None
    if rows:
        return Found(rows)
    raise PostingError("no posting in this JSON: no schema.org JobPosting, and no job of a board that matcher knows")


def _whole(row: dict[str, Any], url: str, kind: str) -> dict[str, Any]:
    row |= {"url": url} if url else {}
    return {**row, "sources": dict.fromkeys(row, kind)}
