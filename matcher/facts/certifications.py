"""Certifications that a posting names, and whether it requires or prefers them."""

import re
from collections.abc import Iterator

from matcher.data.certifications import CERTIFICATIONS, PROOF, Certification
from matcher.facts.page import Page
from matcher.facts.pattern import Pattern
from matcher.facts.strength import strength

_PROOF = Pattern(PROOF)
_PROOF_NEAR = Pattern(r"\W{1,3}(?:[\w+&/-]+\W{1,2}){0,4}?(?:certif|credential|accredit)")
_PROOF_CLOSE = Pattern(
    r"(?:certified|certifications?|certificates?|credentials?)(?: (?:in|for|as|such as|like|on|on the|or|and|of"
    r"|from|by))*[ (:]*(?:[\w/+]+, ?|[\w/+]+ (?:or|and) ){0,3}$"
)
_NOT_METHOD = Pattern(
    r"\W{1,2}(?:v\d |2 )?(?:methodolog|framework|process|principles|practices|environment|knowledge"
    r"|standards?\b|tools?\b|based|guidelines|concepts|ceremon|experience\b|aligned|best)"
)
_NAMED: dict[str, list[tuple[Certification, str, bool]]] = {}
"""Name in lower case → the certifications that it may stand for, its capitals if they count, whether it goes on."""

for _item in CERTIFICATIONS:
    for _word in _item.words:
        _name, _, _cased = _word.partition("=")
        _NAMED.setdefault(_name.rstrip("*"), []).append((_item, _cased, _name.endswith("*")))
_STRONG = tuple(word for item in CERTIFICATIONS if item.kind == "name" for word in item.words if "=" not in word)
_STRONG_ANY = Pattern(r"(?<!\w)(?:" + "|".join(re.escape(word) for word in _STRONG) + r")(?![a-z0-9])")


def read_certifications(page: Page) -> list[tuple[str, str, str]]:
    """``(name, "required" or "preferred", words)`` of every certification, in the order of the text.

    Named twice, a certification is required if it is once said to be; a certification without such words is required.
    """
    found: dict[str, tuple[int, str | None, str]] = {}
    for name, places in sorted(page.named(_NAMED.keys()).items()):
        for item, start, end in _certifications(page, name, places):
            said = strength(page, start, end)
            at, before, words = found.get(item.name, (start, None, page.cut(start, end)))
            best = "required" if "required" in (said, before) else said or before
            found[item.name] = (min(at, start), best, words)
    _drop_general(found)
    return [
        (name, said or "required", words)
        for name, (_, said, words) in sorted(found.items(), key=lambda pair: pair[1][0])
    ]


def _certifications(page: Page, name: str, places: list[int]) -> Iterator[tuple[Certification, int, int]]:
    """Certifications that a name stands for where it was found, with the bounds of its words."""
    plain = page.plain
    for item, cased, goes_on in _NAMED[name]:
        spelled_out = item.kind == "doubtful" and " " in name
        for at in places:
            end = at + len(name)
            if plain[at - 1 : at].isalnum() or (plain[end : end + 1].isalnum() and not goes_on):
                continue
            if cased and page.raw[at:end] != cased:
                continue
            if item.kind == "name" or spelled_out or _proven(page, item, at, end):
                yield item, at, end


def _proven(page: Page, item: Certification, start: int, end: int) -> bool:
    """Whether the words around a method or product speak of a certificate in it."""
    plain = page.plain
    left, right = page.sentence(start, end)
    if _PROOF_NEAR.match(plain, end, min(right, end + 60)) or _PROOF_CLOSE.search(plain, max(left, start - 60), start):
        return not (item.name == "Lean" and plain.startswith(" six sigma", end))
    if item.kind == "near":
        return False
    if item.kind == "method" and _NOT_METHOD.match(plain, end, end + 30):
        return False
    return bool(_PROOF.search(plain, left, right) or _STRONG_ANY.search(plain, left, right))


def _drop_general(found: dict[str, tuple[int, str | None, str]]) -> None:
    """Leave out "Six Sigma" beside a belt in it."""
    if "Six Sigma Green Belt" in found or "Six Sigma Black Belt" in found:
        found.pop("Six Sigma", None)
