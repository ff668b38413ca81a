"""JobPosting in JSON-LD, as strict as the page is and as tolerant as it has to be.

The standard parser comes first. What it refuses goes to json-repair (MIT, pure Python, no dependencies): of the six
samples that the standard parser refuses (commas, comments, bare quotes, glued objects, a script's object, a block cut
off) it mends all, chompjs four, json5 three.
"""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from matcher.ingest.schema_org import different, is_job_posting, named, row_of

MAX_BROKEN = 2**17
"""Characters of a block that is mended; a posting has some 10,000, and mending takes time with their square."""

_JSON = json.JSONDecoder(strict=False, parse_constant=lambda _: None)
_WRAPPING = re.compile(
    r"^\s*(?:<!--|(?:/[/*]\s*)?<!\[CDATA\[(?:\s*\*/)?)|(?:(?://\s*)?-->|(?:/[/*]\s*)?\]\]>(?:\s*\*/)?);?\s*$"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")
_MARKS = ("jobposting", "job posting", "hiringorganization")
_UNTYPED = {"hiringOrganization", "jobLocation", "datePosted", "employmentType", "validThrough"}
"""Properties of which a posting without a type holds two, beside title and description."""


def jsonld_rows(root: Any, url: str = "") -> list[dict[str, Any]]:
    """Postings in the JSON-LD blocks of a page (an lxml tree)."""
    values = []
    for script in root.iter("script"):
        kind = (script.get("type") or "").lower()
        text = script.text if "json" in kind and "ld" in kind else None
        if text and _telling(text, *_MARKS, "@id"):
            values.append(parsed(text))
    return value_rows(values, url) if values else []


def value_rows(value: Any, url: str = "", source: str = "jsonld") -> list[dict[str, Any]]:
    """Postings anywhere inside a JSON value."""
    nodes = list(_objects(value))
    known = {node["@id"]: node for node, _ in nodes if len(node) > 1 and isinstance(node.get("@id"), str)}
    postings = [node for node, is_posting in nodes if is_posting]
    return different(row_of(_linked(node, known) if known else node, source, url) for node in postings)


def parsed(text: str) -> Any:
    """The value of a JSON text that may be broken; ``None`` when nothing can be made of it."""
    try:
        value = _JSON.decode(text)
        return _JSON.decode(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        pass
    text = _CONTROL.sub(" ", _WRAPPING.sub("", _WRAPPING.sub("", text))).strip()
    if '"' not in text and "&quot;" in text:
        text = unescape(text)
    try:
        return _JSON.decode(text)
    except (ValueError, RecursionError):
        if len(text) > MAX_BROKEN or not _telling(text, *_MARKS):
            return None
    import json_repair

    try:
        return json_repair.loads(text, skip_json_loads=True)
    except (ValueError, RecursionError, IndexError):
        return None


def _telling(text: str, *marks: str) -> bool:
    lower = text.lower()
    return any(mark in lower for mark in marks)


def _objects(value: Any) -> Iterator[tuple[dict[str, Any], bool]]:
    """Every object inside a value, in order, and whether it is a posting; none inside a posting.

    A stack of our own: blocks nest deeper than Python recurses.
    """
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            found = _is_posting(item)
            yield item, found
            if not found:
                stack.extend(reversed(item.values()))
        elif isinstance(item, list):
            stack.extend(reversed(item))


def _is_posting(item: dict[str, Any]) -> bool:
    types = item.get("@type", item.get("type", item.get("@Type")))
    if types:
        return is_job_posting(types)
    names = named(item).keys()
    return bool({"title", "name"} & names) and "description" in names and len(_UNTYPED & names) > 1


def _linked(item: dict[str, Any], known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The item with values that only name another object of the page (``{"@id": …}``) replaced by that object."""

    def follow(value: Any) -> Any:
        if isinstance(value, list):
            return [follow(one) for one in value]
        if isinstance(value, dict) and isinstance(value.get("@id"), str) and len(value.keys() - {"@type"}) == 1:
            return known.get(value["@id"], value)
        return value

    return {key: follow(value) for key, value in item.items()}
