"""schema.org JobPosting, in whatever syntax and however loosely written, made into one row."""

import re
from collections.abc import Iterable, Mapping
from html import escape, unescape
from typing import Any

from matcher.ingest.found import address

PROPERTIES = (
    "applicantLocationRequirements applicationContact baseSalary dateModified datePosted description directApply "
    "educationRequirements eligibilityToWorkRequirement employerOverview employmentType employmentUnit "
    "estimatedSalary experienceInPlaceOfEducation experienceRequirements hiringOrganization identifier image "
    "incentiveCompensation industry jobBenefits jobImmediateStart jobLocation jobLocationType jobStartDate jobTitle "
    "name occupationalCategory physicalRequirement qualifications relevantOccupation responsibilities salaryCurrency "
    "securityClearanceRequirement sensoryRequirement skills specialCommitments title totalJobOpenings url "
    "validThrough workHours"
).split()
"""Properties of https://schema.org/JobPosting (and those of Thing that sites use), in schema.org's spelling."""

_SPELLING = {name.lower(): name for name in PROPERTIES}
_TEXTS = ("title", "jobTitle", "name", "description", "responsibilities", "qualifications")
_SINGLE = ("datePosted", "validThrough", "url", "dateModified", "jobStartDate")
_SECTIONS = {"responsibilities": "Responsibilities", "qualifications": "Qualifications"}
"""Text that some sites keep beside the description, and the heading that its property stands for."""

_TAG_OR_GAP = re.compile(r"<[^>]*>|&#?\w+;|\W+")
_LINE_TAG = re.compile(r"<(?:p|br|li|ul|ol|div|h[1-6])\b", re.I)
_ESCAPED_TAG = re.compile(r"&lt;/?(?:p|br|li|ul|ol|div|b|strong|em|span|h[1-6])\s*/?&gt;", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8}\d{0,2});", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ESCAPED_UNICODE = re.compile(r"\\u([0-9a-fA-F]{4})")


def short_name(name: object) -> str:
    """The last part of a type or property name: ``http://schema.org/JobPosting`` → ``JobPosting``."""
    text = str(name)
    return text if text.isalpha() else re.split(r"[/#:]", text.strip().rstrip("/"))[-1].strip()


def is_job_posting(types: object) -> bool:
    """Whether a type, or one of several, means JobPosting in any spelling."""
    if types == "JobPosting":
        return True
    names = types if isinstance(types, list) else [types]
    return any(short_name(name).lower().replace(" ", "").replace("_", "") == "jobposting" for name in names)


def named(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item's properties in schema.org's spelling, without ``@`` keywords and empty values; the first of two wins."""
    found: dict[str, Any] = {}
    for key, value in item.items():
        if value is None or value in ("", [], {}):
            continue
        name = short_name(key)
        if name and name[0] != "@":
            found.setdefault(_SPELLING.get(name.lower().replace("_", ""), name), value)
    return found


def row_of(item: Mapping[str, Any], source: str, url: str = "") -> dict[str, Any]:
    """The row of one JobPosting: one text where text belongs, addresses whole, ``sources`` says where each came from.

    ``url`` is the page's: relative addresses are resolved against it, and it stands in for a missing one.
    """
    row = {name: value if name in _TEXTS else _plain(value) for name, value in named(item).items()}
    row.pop("type", None)
    for name in _TEXTS:
        if name in row:
            long = name in _SECTIONS or name == "description"
            text = unescaped(one_text(row[name], "\n" if long else " "))
            row[name] = text if long else " ".join(text.split())
    for name in _SINGLE:
        if name in row:
            row[name] = one_text(row[name] if not isinstance(row[name], list) else row[name][0])
    _add_sections(row)
    row["url"] = address(url, row.get("url", "")) or url
    row = {key: value for key, value in row.items() if value not in (None, "", [], {})}
    row["sources"] = dict.fromkeys(row, source)
    return row


def one_text(value: Any, joint: str = " ") -> str:
    """A value of any kind as text: objects give their text, value, name or address, lists their items joined."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        keys = ("@value", "text", "value", "name", "url", "@id")
        return next((text for key in keys if (text := one_text(value.get(key), joint))), "")
    if isinstance(value, list):
        return joint.join(dict.fromkeys(text for item in value if (text := one_text(item, joint))))
    return "" if value is None or isinstance(value, bool) else str(value).strip()


def _plain(value: Any) -> Any:
    """A value with its texts unescaped, and ``{"@value": text}`` as the text."""
    if isinstance(value, dict):
        return _plain(value["@value"]) if "@value" in value else {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    # whole entities only: an address may hold "&section=3"
    return _ENTITY.sub(lambda match: unescape(match[0]), value) if isinstance(value, str) and "&" in value else value


def unescaped(text: str) -> str:
    """Text without control characters, that was escaped for HTML or JSON more often than it was read."""
    text = _CONTROL.sub(" ", text)
    if "\\u003" in text:
        text = _ESCAPED_UNICODE.sub(lambda match: chr(int(match[1], 16)), text)
    if "\\n" in text and "\n" not in text:
        text = text.replace("\\r", "").replace("\\n", "\n")
    if "<" in text and _ESCAPED_TAG.search(text):
        text = text.replace("&lt;", "<").replace("&gt;", ">")
    for _ in range(3):
        if "<" in text or not ("&lt;" in text or "&amp;" in text):
            break
        text = unescape(text)
    return text


def _words(text: str) -> str:
    return _TAG_OR_GAP.sub(" ", text).lower().strip()


def _add_sections(row: dict[str, Any]) -> None:
    """Add to the description what stands beside it only."""
    text = str(row.get("description", ""))
    for name, heading in _SECTIONS.items():
        section = row.get(name, "")
        if not section or _words(section) in _words(text):
            continue
        if _LINE_TAG.search(text) or _LINE_TAG.search(section):
            markup = section if "<" in section else f"<p>{escape(section, quote=False)}</p>"
            plain = text if "<" in text or not text else f"<p>{escape(text, quote=False)}</p>"
            text = f"{plain}<h3>{heading}</h3>{markup}"
        else:
            text = f"{text}\n\n{heading}:\n{section}".lstrip("\n")
    if text:
        row["description"] = text


def different(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows without empty ones, and without those that say the same as one before (pages repeat their posting)."""
    kept: list[dict[str, Any]] = []
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        key = tuple(str(row.get(name, "")) for name in ("title", "description", "jobLocation", "url"))
        if any(key) and key not in seen:
            seen.add(key)
            kept.append(row)
    return kept
