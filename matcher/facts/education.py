"""The lowest degree that satisfies a posting."""

import re
from collections.abc import Mapping
from typing import Any

from matcher.facts.page import Found, Page
from matcher.facts.pattern import Pattern
from matcher.facts.strength import strength
from matcher.posting import snake_case

LEVELS = ("none", "associate", "bachelor", "master", "doctorate")
"""From the lowest; a high-school diploma is ``none``: it says that no degree is needed."""

_NONE = (
    r"high[- ]?school(?: diploma| graduat\w*| degree| education| equivalen\w*|/| or )"
    r"|secondary[- ]school(?: diploma| education| certificate)|ged\b|g\.e\.d\b|gcses?\b"
    r"|no (?:[\w']+ ){0,3}(?:degree|formal education|formal qualifications?|educational requirements?)\b(?! of)"
    r"|degrees? (?:is |are )?not (?:\w+ )?(?:required|necessary|needed|essential|mandatory)"
    r"|without an? (?:[\w']+ )?degree"
)
_ASSOCIATE = (
    r"associate'?s?'? (?:degree|of (?:arts|science|applied))|associate(?:'s|s')(?= or\b| in\b|/|,)"
    r"|associate(?:'?s)?(?=/bachelor| or bachelor)|two[- ]year (?:college )?degree"
    r"|2[- ]year (?:college )?degree|aas? degree|a\.a\.?s?\.?(?= degree)|hn[dc]\b|foundation degree"
    r"|college diploma|diploma (?:or|/) ?(?:an? )?(?:university )?degree"
    r"|degree (?:or|/) ?(?:an? )?(?:college )?diploma|diploma in\b|technical diploma"
)
_BACHELOR = (
    r"bachelor'?s?'?\b|bacc?alaureate|undergraduate degree|four[- ]years? (?:college |university )?degree"
    r"|4[- ]years? (?:college |university )?degree|college degree|university degree|uni degree"
    r"|(?<!master's )(?<!masters )(?<!master )(?<!doctoral )(?<!phd )(?<!ph\.d )(?<!ph\.d\. )(?<!jd )"
    r"(?<!\bms )(?<!m\.s\. )"
    r"(?<!advanced )(?<!graduate )(?<!associate )(?<!associate's )(?<!associates )(?<!mba )"
    r"degree(?= in\b| from\b| qualified|[- ]level| required| \(|/equivalent| or (?:an? )?equivalent"
    r"| or relevant|, or equivalent| preferred| is (?:required|essential|preferred|a must))"
    r"|graduation from (?:an? )?(?:accredited )?(?:four|4|college|university)|college graduate"
    r"|university graduate|b\.?\s?tech\b|b\.?sc\b\.?|b\.e\.|b\.?eng\b"
    r"|b\.s\.?c?\b\.?|b\.a\b\.?|b\.com\b|bcom\b|bba\b|bca\b|llb\b|bs(?: ?/ ?b?[as]\b| ?/ ?ms\b| degree"
    r"|/ma\b| in (?!the\b|our\b)| or (?:ms|ma|ba|bs|equivalent|higher|master)|, (?:ms|ma|ba)\b)"
    r"|ba(?: ?/ ?b?[as]\b| ?/ ?ms\b| degree|/ma\b| in (?!the\b|our\b)| or (?:ms|ma|ba|bs|equivalent|higher"
    r"|master)|, (?:ms|ma|bs)\b)"
    r"|educated to degree|relevant degree|technical degree|any degree|related degree|stem degree|graduate in\b"
)
_MASTER = (
    r"master'?s?'?(?= degree| of (?:science|arts|business|engineering|public|social|information|technology"
    r"|education)|/ph\.?d|, ph\.?d| or (?:ph\.?d|doctor|higher)"
    r"| in (?:computer|business|engineering|science|a |an |information|related|data|public|social|statist"
    r"|math))|master's\b|masters\b(?! of the)|mba\b|m\.?sc\b|m\.?\s?tech\b|m\.s\b\.?|m\.eng\b"
    r"|ms(?= degree|/ph\.?d| or ph\.?d| in (?!office|excel|word|project|the\b|our\b))|advanced[- ]degree"
    r"|graduate[- ]degree|postgraduate[- ]degree|post-graduate degree"
    r"|post[- ]?graduate diploma|pg diploma|post[- ]?graduat(?:e|ion)(?= (?:degree|in|qualification))|pgdm\b|mca\b"
)
_DOCTORATE = (
    r"ph\.?d\b\.?(?! grad| student| resid| candidate| team|-level)|doctora(?:te|l)\b|d\.?phil\b|juris doctor"
    r"|doctor of\b"
)
_LEVEL = Pattern(
    rf"\b(?:(?P<none>{_NONE})|(?P<associate>{_ASSOCIATE})|(?P<bachelor>{_BACHELOR})|(?P<master>{_MASTER})"
    rf"|(?P<doctorate>{_DOCTORATE}))"
)
_OTHER = Pattern(
    r", (?:and |an? |\d\d?\+? )*(?:[\w+]+ ){0,2}?(?:pmp|csm|prince2|capm|itil|certif\w*|years|experience"
    r"|licen[sc]\w+)\b"
)
_ASIDE = Pattern(
    r"tuition|reimburs|assistance|your (?:degree|education|studies)|pursue (?:a|an|your)"
    r"|may (?:be )?substitut|can (?:be )?substitut|scholarship|our team|founded|students?\b"
)


def read_education(page: Page, properties: Mapping[str, Any]) -> Found | None:
    """The lowest of the degrees required; those only preferred do not count. Structured data first."""
    given = properties.get("education_requirements")
    if given not in (None, "", [], {}) and (found := _given(given)):
        return found
    best: Found | None = None
    mentions = _mentions(page)
    for number, m in enumerate(mentions):
        level = str(m.lastgroup)
        if best and LEVELS.index(level) >= LEVELS.index(str(best.value)):
            continue
        if _required(page, m, mentions[number + 1] if number + 1 < len(mentions) else None):
            best = Found(level, page.cut(m.start(), m.end()))
    return best


def _required(page: Page, m: re.Match[str], following: re.Match[str] | None) -> bool:
    """Whether a degree is asked for, not just preferred and not part of the benefits."""
    plain = page.plain
    if m.lastgroup == "none" and m.group().startswith(("no ", "degree", "without")):
        return True
    left, right = page.sentence(m.start(), m.end())
    if any(_ASIDE.match(plain, at, right) for at in page.within("study", left, right)):
        return False
    between = plain[m.end() : following.start()] if following else ""
    other = _OTHER.search(plain, m.end(), right)
    limit = following.start() if following and "," in between and " or" not in between else right
    return strength(page, m.start(), m.end(), min(limit, other.start()) if other else limit) != "preferred"


def _mentions(page: Page) -> list[re.Match[str]]:
    """Degrees of the text in order."""
    found: list[re.Match[str]] = []
    for at in page.places("degree"):
        if (not found or at >= found[-1].end()) and (m := _LEVEL.match(page.plain, at)):
            found.append(m)
    return found


def _given(value: object) -> Found | None:
    """The level in ``educationRequirements``: a credential, a text, or the lowest of several."""
    if isinstance(value, list | tuple):
        found = [level for item in value if (level := _given(item))]
        return min(found, key=lambda item: LEVELS.index(str(item.value))) if found else None
    if isinstance(value, Mapping):
        fields = {snake_case(str(key)): item for key, item in value.items()}
        return _given(fields.get("credential_category") or fields.get("name") or fields.get("description"))
    if not isinstance(value, str):
        return None
    low = value.strip().lower()
    if re.fullmatch(r"no (?:educational? |education )?requirements?\.?|high[- ]?school.*|secondary.*|none", low):
        return Found("none", value)
    if low in LEVELS:
        return Found(low, value)
    if "postgraduate" in low or "post graduate" in low:
        return Found("master", value)
    found_text = read_education(Page.of(value), {})
    return Found(found_text.value, value) if found_text else None
