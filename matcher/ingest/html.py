"""Saved pages: schema.org JobPosting in JSON-LD first, else the page's main text and title."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag

from matcher.errors import PostingError
from matcher.text import html_to_text

MIN_WORDS = 40
"""Words below which a page's text cannot be a posting."""

MIN_CUES = 3
"""Different posting words that a page without structured data must hold."""

_CUES = re.compile(
    r"\b(responsibilit(?:y|ies)|requirements?|qualifications?|duties|experience|apply|applicants?|candidates?|salary|"
    r"full[- ]time|part[- ]time|job (?:title|description|type|summary)|position|the role|benefits|hiring|vacancy|"
    r"you will|you'll|years of|degree|reports? to|we are looking for|equal opportunity)\b",
    re.I,
)
_CHROME = "nav, header, footer, aside, form, script, style, noscript, template, [role=navigation], [aria-hidden=true]"


def page_rows(data: bytes) -> Iterator[dict[str, Any]]:
    """Postings of one page as rows.

    Raises:
        PostingError: the page holds no posting.
    """
    soup = BeautifulSoup(data, "lxml")
    structured = [item for block in _json_ld(soup) for item in _job_postings(block)]
    if structured:
        yield from structured
        return
    yield _main_text(soup)


def _json_ld(soup: BeautifulSoup) -> Iterator[Any]:
    for script in soup.find_all("script", type=re.compile(r"^\s*application/ld\+json", re.I)):
        text = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|(?://)?\]\]>)\s*$", "", script.get_text()).strip()
        for candidate in (text, re.sub(r",(\s*[}\]])", r"\1", text)):
            try:
                yield json.loads(candidate, strict=False)
                break
            except (ValueError, RecursionError):
                continue


def _job_postings(value: Any) -> Iterator[dict[str, Any]]:
    """Every JobPosting inside a JSON-LD value, however it is wrapped."""
    if isinstance(value, list):
        for item in value:
            yield from _job_postings(item)
    elif isinstance(value, dict):
        types = value.get("@type")
        names = types if isinstance(types, list) else [types]
        if any(str(name).rsplit("/", 1)[-1].lower() == "jobposting" for name in names):
            yield {key: item for key, item in value.items() if not key.startswith("@")}
        else:
            for key in ("@graph", "mainEntity", "itemListElement", "item"):
                yield from _job_postings(value.get(key))


def _main_text(soup: BeautifulSoup) -> dict[str, Any]:
    title = ""
    heading = soup.find("h1")
    og = soup.find("meta", property="og:title")
    if isinstance(heading, Tag):
        title = heading.get_text(" ", strip=True)
    if not title and isinstance(og, Tag):
        title = str(og.get("content") or "")
    if not title and soup.title:
        title = soup.title.get_text(" ", strip=True)
    for dead in soup.select(_CHROME):
        dead.decompose()
    main = soup.find("main") or soup.find("article") or soup.body or soup
    text = html_to_text(main)
    cues = {match.lower() for match in _CUES.findall(text)}
    if len(text.split()) < MIN_WORDS or len(cues) < MIN_CUES:
        raise PostingError(
            "this page is not a job posting: it holds no schema.org JobPosting, and its text does not read like one"
        )
    return {"title": title, "description": text}
