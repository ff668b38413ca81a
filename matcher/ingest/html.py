"""Saved pages: schema.org JobPosting in JSON-LD, microdata or RDFa, else the page's main text and title.

A page is parsed once. A look for two words in its bytes decides whether there is structured data to read at all.
"""

import re
from typing import Any

from lxml import etree
from lxml.html import HTMLParser

from matcher.errors import PostingError
from matcher.ingest.bytes import SAMPLE, encoding_of
from matcher.ingest.found import address
from matcher.ingest.gone import notice
from matcher.ingest.jsonld import jsonld_rows
from matcher.ingest.maintext import main_text
from matcher.ingest.microdata import MICRODATA, RDFA, item_rows

_PARSER = HTMLParser(encoding="utf-8", huge_tree=True)
_OWN = etree.XPath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_NO_CHARSETS = frozenset(("punycode", "idna", "utf-7", "unicode_escape", "unicode-escape", "raw_unicode_escape"))
"""Python's codecs that no page is written in, and that take long or run on what a page holds."""

_MARKS = (b"jobposting", b"job posting", b"hiringorganization")
"""Words, in lower case, one of which is in every page with a schema.org posting."""


def page_rows(data: bytes, url: str = "", content_type: str = "") -> list[dict[str, Any]]:
    """Postings of one page as rows.

    Raises:
        PostingError: the page holds no posting.
    """
    data = utf8(data, content_type)
    lower = data.lower()
    root = parse(data)
    url = _own_address(root, url)
    try:
        rows = _structured(root, lower, url) if any(mark in lower for mark in _MARKS) else []
    except RecursionError:
        raise PostingError("this page's structured data is nested too deeply to be a posting's") from None
    if whole := [row for row in rows if row.get("description")]:
        # beside a whole posting, one without text and address is a teaser's empty shell
        rows = [row for row in rows if row in whole or row.get("url") not in (None, url)]
    if not rows:
        rows = [main_text(root, url)]
    elif len(rows) == 1 and not rows[0].get("description"):
        _complete(rows[0], root, url)
        if not (rows[0].get("title") or rows[0].get("description")):
            raise PostingError("this page is not a job posting: its schema.org JobPosting is empty, and so is its text")
    if len(rows) == 1 and (words := notice(root, lower)):
        rows[0]["notice"] = words
        rows[0]["sources"]["notice"] = "html"
    return rows


def parse(data: bytes) -> Any:
    """The tree of a page in UTF-8.

    Raises:
        PostingError: there is nothing in it.
    """
    try:
        root = etree.fromstring(data, _PARSER)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        root = None
    if root is None:
        raise PostingError("the page is empty")
    return root


def utf8(data: bytes, content_type: str = "") -> bytes:
    """A page's bytes in UTF-8, whatever they are in: what they are counts before what the page or server says."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.replace(b"\0", b"") if b"\0" in data else data
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return data
        for said in (*_CHARSET.findall(content_type.encode()), *_CHARSET.findall(data[:SAMPLE])):
            try:
                # pages that say Latin-1 are in its superset cp1252, as browsers read them
                name = said.decode().lower()
                if name in _NO_CHARSETS:
                    continue
                return data.decode("cp1252" if name in ("iso-8859-1", "latin1", "us-ascii") else name).encode()
            except (LookupError, ValueError):
                continue
    return data.decode(encoding_of(data[:SAMPLE]), "replace").encode("utf-8", "replace")


def _structured(root: Any, lower: bytes, url: str) -> list[dict[str, Any]]:
    rows = jsonld_rows(root, url) if b"json" in lower else []
    if not rows and b"itemtype" in lower:
        rows = item_rows(root, MICRODATA, url)
    if not rows and b"typeof" in lower:
        rows = item_rows(root, RDFA, url)
    return rows


def _complete(row: dict[str, Any], root: Any, url: str) -> None:
    """Fill what structured data leaves out from the page's own text."""
    try:
        page = main_text(root, url)
    except PostingError:
        return
    for name, value in page.items():
        if name != "sources" and not row.get(name) and not (name == "company" and row.get("hiringOrganization")):
            row[name] = value
            row["sources"][name] = page["sources"][name]


def _own_address(root: Any, url: str) -> str:
    """The page's address: as fetched, else as it names itself."""
    if url.startswith(("http://", "https://")):
        return url
    return next((whole for link in _OWN(root) if (whole := address("", link))), "")


def board_links(data: bytes, url: str) -> list[str]:
    """Addresses of a page's frames, scripts and links, whole: employers put their boards into their pages so."""
    root = parse(data)
    found = [element.get("src") for element in root.iter("iframe", "script")]
    found += [element.get("href") for element in root.iter("a")]
    return [whole for link in found if link and (whole := address(url, link))]
