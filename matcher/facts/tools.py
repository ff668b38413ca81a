"""Tools and products that a posting names."""

from functools import cache

from matcher.data.tools import Form, forms
from matcher.facts.page import Page

_OPENS = "\n.!?•·*-–"


def read_tools(page: Page) -> tuple[str, ...]:
    """Tools and products that a text names, in its order; of forms that overlap the longest counts."""
    places: list[tuple[int, int, str]] = []
    for word, starts in page.named(_forms().keys()).items():
        for form in _forms()[word]:
            places += [(at, -at - len(word), form.name) for at in starts if _is(page.raw, at, form)]
    found: dict[str, None] = {}
    reached = 0
    for start, end, name in sorted(places):
        if start >= reached:
            reached = -end
            if name:
                found[name] = None
    return tuple(found)


def _is(text: str, start: int, form: Form) -> bool:
    """Whether the letters at a place are a whole word, with the capitals that it must have, and no verb."""
    end = start + len(form.word)
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() or (before and before in "_@") or after.isalnum() or after == "_":
        return False
    if text[max(0, start - 4) : start].lower() == "www." or (form.cased and text[start:end] != form.word):
        return False
    return not (form.english and _opens_sentence(text, start, end))


def _opens_sentence(text: str, start: int, end: int) -> bool:
    """Whether a word opens a sentence that goes on in small letters: "Excel at your work"."""
    before = text[max(0, start - 4) : start].rstrip(" \t")
    goes_on = text[end : end + 1] == " " and text[end + 1 : end + 2].islower()
    return goes_on and (not before or before[-1] in _OPENS) and not text.startswith((" and ", " or "), end)


@cache
def _forms() -> dict[str, list[Form]]:
    """Word in lower case → the forms that it may be."""
    found: dict[str, list[Form]] = {}
    for form in forms():
        found.setdefault(form.word.lower(), []).append(form)
    return found
