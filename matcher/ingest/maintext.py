"""A page without structured data: its main text, its title and the employer's name.

One road, our own: what sites call furniture (by element, role, class) is cut, the rest is the text. On the eleven such
pages of tests/samples, against text cut by hand (F1 of the words): ours 0.99, trafilatura 0.97, resiliparse 0.91,
readability-lxml 0.89. The pages are ours too, so that is a small lead; but there trafilatura (a dozen packages)
drops the line with place and hours and keeps a consent banner, and resiliparse drops lists.
"""

import re
from copy import deepcopy
from typing import Any

from lxml import etree

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
_DEAD = frozenset("nav footer aside script style noscript template button select iframe svg dialog".split())
_DEAD_ROLES = frozenset("navigation banner contentinfo complementary dialog alertdialog search".split())
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|breadcrumbs?|related|similar|recommend(?:ed|ations?)|share|sharing|social"
    r"|newsletter|subscribe|sidebar|modal|popup|menu|pagination|comments?|nav(?:bar|igation)?|site-?header|masthead"
    r"|(?:site-?)?footer|promo|advert|job-?alerts?|skip-?link|sr-only|visually-hidden)(?:$|[\s_-])",
    re.I,
)
_PREFORMATTED = re.compile(r"<pre\b.*?</pre>", re.S | re.I)
_AT = re.compile(r"^(?P<title>[^|–—]{3,100}?)\s+(?:at|@)\s+(?P<company>[A-Z0-9][^|–—]{1,60}?)(?:\s*[|–—-]\s.*)?$")
_SITE = re.compile(r"\s*(?:[|–—»:]|-(?=\s))\s*(?:careers?|jobs?|vacancies|work with us|join us)?\s*$", re.I)
_SITE_AFTER = re.compile(r"^(?:\s*[|–—»:]|\s+-)\s*|^.*", re.S)
"""What stands between a title and the site's name; all of it where nothing does."""

_CAREERS = re.compile(
    r"(?:\s+|^)(?:careers?|jobs?|job board|recruiting|recruitment|hiring|vacancies)(?:\s+(?:site|page|portal))?$", re.I
)


def main_text(root: Any, url: str = "") -> dict[str, Any]:
    """A row of the page's title, employer and main text.

    Raises:
        PostingError: the text does not read like a posting.
    """
    main = _main(root)
    markup = etree.tostring(main, encoding="unicode", method="html")
    text = html_to_text(_PREFORMATTED.sub(lambda match: match[0].replace("\n", "<br>"), markup))
    if not reads_like_a_posting(text):
        raise PostingError(
            "this page is not a job posting: it holds no schema.org JobPosting, and its text does not read like one"
        )
    title, company = title_and_company(root, main)
    first, _, rest = text.partition("\n")
    text = rest if rest and first == title else text
    row = {"title": title, "company": company, "description": text, "url": url}
    row = {name: value for name, value in row.items() if value}
    return {**row, "sources": dict.fromkeys(row, "html")}


def reads_like_a_posting(text: str) -> bool:
    """Whether a text is long enough, and says enough that only postings say."""
    return len(text.split()) >= MIN_WORDS and len({match.lower() for match in _CUES.findall(text)}) >= MIN_CUES


def title_and_company(root: Any, main: Any) -> tuple[str, str]:
    """Title and employer from the heading, Open Graph and the page's title; empty where the page offers none."""
    site = _CAREERS.sub("", name_of(root, "og:site_name"))
    named = [name_of(root, "og:title"), _text(root.find(".//title"))]
    headings = (*main.iter("h1"), *root.iter("h1"))
    title = next((text for heading in headings if (text := _text(heading)) and text != site), "")
    for name in named:
        if match := _AT.match(name):
            title, company = title or match["title"], match["company"]
            return title, company if not title.endswith(company) else site
    if title and not site and named[1].startswith(title):
        site = _CAREERS.sub("", _SITE_AFTER.sub("", named[1].removeprefix(title)))
    title = title or next((name for name in named if name), "")
    if site and title.endswith(site):
        title = _SITE.sub("", title.removesuffix(site))
    return title, site


def name_of(root: Any, name: str) -> str:
    """The content of a page's ``<meta>`` of this name or property; empty when it has none."""
    for meta in root.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() == name:
            return " ".join((meta.get("content") or "").split())
    return ""


def _text(element: Any) -> str:
    return "" if element is None else " ".join("".join(element.itertext(etree.Element)).split())


def _main(root: Any) -> Any:
    """A copy of the element that holds the posting, without the page's furniture."""
    body = root.find(".//body")
    body = deepcopy(root if body is None else body)
    words = len(_text(body))
    for element in [*body.iter(etree.Element)]:
        if element is not body and element.getparent() is not None and _is_furniture(element, words):
            element.clear(keep_tail=True)  # drop_tree would join the texts beside it, and fail on a control character
            element.tag = "span"
    places = (*body.iter("main"), *body.iterfind(".//*[@role='main']"), *body.iter("article"))
    return next((place for place in places if len(_text(place)) > MIN_WORDS * 5), body)


def _is_furniture(element: Any, words: int) -> bool:
    if element.tag in _DEAD or element.get("role", "").lower() in _DEAD_ROLES:
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if "display:none" in element.get("style", "").replace(" ", "").lower():
        return True
    marked = _FURNITURE.search(f"{element.get('class', '')} {element.get('id', '')}") is not None
    # some sites put the whole page into a form, or call the whole page by a furniture's name
    return (marked or element.tag in ("form", "header")) and len(_text(element)) < words / 2
