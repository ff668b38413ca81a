"""Postings that are over: their last day is past, or the page says so."""

import re
from datetime import date, datetime
from typing import Any

ANCHORS = (b"no longer", b"been filled", b"expired", b"closed", b"been removed", b"not accepting", b"been withdrawn")
"""Words, in lower case, one of which is in every notice."""

MAX_PLACES = 50
"""Places of an anchor that are looked at one by one."""

_TAG = re.compile(r"<[^<>]*>|&nbsp;")

NOTICE = re.compile(
    r"\bno longer (?:accepting|taking|receiving)(?: new| any| further| more)? (?:applications|applicants|candidates)"
    r"|\bnot accepting(?: new| any| further)? applications (?:for this|at this time|any ?more)"
    r"|\b(?:job|position|role|vacancy|posting|listing|opening|advert(?:isement)?|requisition|opportunity)"
    r"(?: you (?:are|were) (?:looking for|viewing)| posting| listing| ad| opening)?"
    r" (?:is|are|was|has|have)(?: now| already| since| currently)?(?: been)? "
    r"(?:no longer (?:available|open|active|online|posted|advertised)|filled|expired|closed|removed|withdrawn)\b"
    r"|\bapplications (?:for this \w+ )?(?:are|have)(?: now| been)* closed\b"
    r"|\b(?:we have|we've) (?:now )?filled this (?:position|role|vacancy)\b",
    re.I,
)
"""What sites write on the page of a posting that is over."""

_CONDITION = re.compile(
    r"\b(?:if|once|until|when|unless|should|after|before|that|which|whether)\b[^.!?\n]{0,60}$", re.I
)
_UNSEEN = {"script", "style", "template", "noscript", "a", "button", "option"}


def gone(row: dict[str, Any], text: str, today: date) -> str | None:
    """Why a posting is over, or ``None`` when nothing says that it is.

    ``text`` is what else is known of the page, may be empty; ``row["notice"]`` is what the page reader saw on it.
    """
    last = _day(row.get("validThrough") or row.get("valid_through"))
    if last and last < today:
        return f"valid through {last.isoformat()}"
    words = row.get("notice") or said(text)
    return f"the page says: {words}" if words else None


def said(text: str) -> str:
    """The notice in a text, empty when there is none; conditions ("once the position is filled") are none."""
    for match in NOTICE.finditer(text):
        if not _CONDITION.search(text, max(0, match.start() - 80), match.start()):
            return " ".join(match.group().split())
    return ""


def notice(root: Any, lower: bytes) -> str:
    """The notice on a page (an lxml tree, and its bytes in lower case), in the page's words."""
    if not any(anchor in lower and _near(anchor, lower) for anchor in ANCHORS):
        return ""
    for element in root.iter("p", "div", "span", "h1", "h2", "h3", "h4", "strong", "b", "em", "li", "td", "section"):
        text = " ".join([element.text or "", *(child.tail or "" for child in element)])
        if len(text) < 400 and (words := said(text)) and not _hidden(element):
            return words
    return ""


def _near(anchor: bytes, lower: bytes) -> bool:
    """Whether the bytes around any of the first places of an anchor read like a notice: walking the tree costs more."""
    at = -1
    for _ in range(MAX_PLACES):
        if (at := lower.find(anchor, at + 1)) < 0:
            return False
        around = lower[max(0, at - 150) : at + 150].decode("utf-8", "ignore")
        if NOTICE.search(" ".join(_TAG.sub(" ", around).split())):
            return True
    return True


def _hidden(element: Any) -> bool:
    """Whether an element is not shown, or belongs to something else than the posting."""
    for part in (element, *element.iterancestors()):
        style = (part.get("style") or "").replace(" ", "").lower()
        if part.tag in _UNSEEN or part.get("hidden") is not None or "display:none" in style:
            return True
        if part.tag in ("aside", "nav", "footer"):
            return True
    return False


def _day(value: object) -> date | None:
    """The day of a date or time as schema.org writes them; ``None`` for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value or "").strip()
    try:
        return date.fromisoformat(text[:10].replace("/", "-"))
    except ValueError:
        return None
