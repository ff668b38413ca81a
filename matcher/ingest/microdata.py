"""JobPosting in microdata (``itemscope``, ``itemprop``) and in RDFa Lite (``typeof``, ``property``).

Both are the same tree under other attribute names, so one walk reads both. Text that may hold lists and paragraphs is
kept as HTML; of everything else the value that the syntax gives it (``content``, ``datetime``, ``href``) or its text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from lxml import etree

from matcher.ingest.schema_org import different, is_job_posting, row_of, short_name

MAX_DEPTH = 8
"""Items in items; real postings have four (posting, salary, value, unit)."""

_MARKUP = {"description", "responsibilities", "qualifications"}
_ATTRIBUTES = {"time": "datetime", "img": "src", "data": "value"}
"""Where an element keeps its value, by https://html.spec.whatwg.org/multipage/microdata.html#values."""

_ADDRESSES = {"url", "sameAs", "image", "logo"}
"""Properties for which a link means its address; sites that link an employer's name mean the name."""


@dataclass(frozen=True, slots=True)
class Syntax:
    """The attribute names of one syntax: of a property, of the element that is an item, and of its type."""

    name: str
    property: str
    item: str
    type: str


MICRODATA = Syntax("microdata", "itemprop", "itemscope", "itemtype")
RDFA = Syntax("rdfa", "property", "typeof", "typeof")


def item_rows(root: Any, syntax: Syntax, url: str = "") -> list[dict[str, Any]]:
    """Postings of a page (an lxml tree) in one of the syntaxes."""
    found = []
    for element in root.xpath(f"//*[@{syntax.type}]"):
        if is_job_posting(element.get(syntax.type).split()):
            item = _item(element, syntax, MAX_DEPTH)
            if item.keys() - {"@type"}:
                found.append(row_of(item, syntax.name, url))
    return different(found)


def _item(element: Any, syntax: Syntax, depth: int) -> dict[str, Any]:
    values: dict[str, list[Any]] = {}
    for part in _parts(element, syntax):
        names = [short_name(name) for name in part.get(syntax.property).split()]
        value = _value(part, syntax, depth, set(names))
        for name in names:
            if value not in ("", {}):
                values.setdefault(name, []).append(value)
    kind = short_name((element.get(syntax.type) or "").split(" ")[0])
    return {"@type": kind, **{name: found if len(found) > 1 else found[0] for name, found in values.items()}}


def _parts(element: Any, syntax: Syntax) -> Iterator[Any]:
    """Elements that are properties of this item: its own, those of ``itemref``, not those of items inside."""
    stack = []
    for name in reversed((element.get("itemref") or "").split()):
        stack += element.getroottree().xpath("//*[@id=$name]", name=name)[:1]
    stack += reversed(element)
    while stack:
        part = stack.pop()
        if not isinstance(part.tag, str):
            continue
        if part.get(syntax.property):
            yield part
        if part.get(syntax.item) is None:
            stack.extend(reversed(part))


def _value(part: Any, syntax: Syntax, depth: int, names: set[str]) -> Any:
    if part.get(syntax.item) is not None and depth:
        item = _item(part, syntax, depth - 1)
        return item if len(item) > 1 else _text(part)
    if part.get("content") is not None:
        return part.get("content").strip()
    attribute = "href" if names & _ADDRESSES else _ATTRIBUTES.get(part.tag, "")
    if attribute and (value := part.get(attribute)):
        return str(value).strip()
    return inner_html(part) if names & _MARKUP else _text(part)


def _text(element: Any) -> str:
    return " ".join(" ".join(element.itertext(etree.Element)).split())


def inner_html(element: Any) -> str:
    """What an element holds, as HTML."""
    parts = [escape(element.text or "", quote=False)]
    parts += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(parts).strip()
