"""Whether a job can be done from home."""

from collections.abc import Mapping
from typing import Any

from matcher.facts.page import Found, Page
from matcher.facts.pattern import Pattern

_JOB = (
    r"(?:position|role|job|opportunity|work\b(?!er)|working|contract|employment|opening|candidates? (?:ok"
    r"|welcome|considered)|eligible|first\b|friendly|option|possible|available|flexib|considered|ok\b|based"
    r"|setting|schedule|environment|arrangement|basis)"
)
_NEVER = Pattern(
    r"\b(?:not (?:an? |a fully |eligible for |available for |open to |offering |considering |able to offer "
    r"|able to accommodate )?(?:fully |100% )?(?:remote|hybrid|telework|work from home|wfh)\b"
    r"|no (?:fully |full )?(?:remote|wfh|telework|telecommut\w+|work from home)\b(?! (?:access|sens"
    r"|monitor))"
    r"|remote(?:ly)? (?:work |working |or hybrid work |option |work or hybrid )?(?:is "
    r"|are )?not (?:available|possible|an option|offered|permitted|allowed|eligible|considered)"
    r"|(?:cannot|can not|can't) (?:be (?:done |performed )?(?:remote|from home)|work remotely))"
)
_OPTION = Pattern(
    r"\b(?:(?:fully|100 ?%|completely|entirely|permanent(?:ly)?|all|full-time|full time|primarily|mostly"
    r"|totally|truly|globally)[ -]remote(?:ly)?\b|remote,? (?:or|/) (?:an? )?(?:hybrid|on-?site"
    r"|in[- ]office|office|in-person)|(?:hybrid|on-?site|in[- ]office|office|in-person),? (?:or|and/or"
    r"|/) (?:fully |full )?remote"
    r"|(?:can|could|may|will) be (?:fully |100% |done |performed |completed |based |worked )*(?:remote"
    r"|from home|from anywhere)|remote (?:from|in|within|across) (?:the |any|within)|(?:open to"
    r"|option(?:s)? (?:to|for|of)|possib\w+ (?:to|of|for)|considered?|flexib\w+ (?:for|to)) (?:be |work "
    r"|working |fully |full )*remote"
    r"|work(?<!\d days work)(?:ing)? from anywhere\b(?! for)|remote(?: work)?(?: is)? (?:possible"
    r"|considered|ok\b|okay|optional|available|allowed|friendly)|remote-(?:first|friendly))"
)
_OFFICE = Pattern(
    r"\b(?:(?:\d|one|two|three|four|five)(?: ?(?:-|to|or) ?(?:\d|two|three|four"
    r"|five))?\+? ?(?:full )?days?(?: (?:a|per|each|every) week|/ ?week| weekly)?,? (?:\w+ )?(?:in|on|at"
    r"|from) (?:(?:the|our|an|a|your) )?(?:\w+ ){0,2}?(?:office|site)\b"
    r"|(?:office|on-?site|in[- ]person)(?: \w+){0,5} (?:\d|one|two|three|four|five)(?: ?(?:-|to"
    r"|or) ?(?:\d|two|three|four|five))?\+? days?\b|in[- ]office (?:\d|one|two|three|four|five"
    r"|requirement|role|position|presence|monday|attendance|full)"
    r"|hybrid[ -](?:work|role|position|schedule|model\b(?! of)|arrangement|set-?up|remote|working|office"
    r"|job|telework|policy|opportunit|basis|location|employee|home|flexib|in[- ]office|on-?site|way|format"
    r"|\()"
    r"|(?:is|be|work|type|mode|location|telework|style|arrangement|setting"
    r"|policy)(?: type)?:? (?:an? )?hybrid\b|(?:fully|100 ?%"
    r"|strictly) (?:on-?site|in[- ]office|in[- ]person)|on-?site (?:position|role|job|only"
    r"|work\b(?! sample)|presence|opportunity|requirement|5|daily|full)|(?:is|be|work|working"
    r"|works) (?:an? )?(?:fully |100% )?(?:on-?site|in[- ]office|in[- ]person)\b(?! (?:gym|interview"
    r"|training|visit|(?:at|with) (?:our )?(?:client|customer)))"
    r"|work (?:location|setting|place|type)?:? ?in[- ]person|location(?: type)?: ?(?:on-?site"
    r"|in[- ]person|in[- ]office)|office[- ]based\b|li-(?:onsite|hybrid)|work from (?:the"
    r"|our) (?:\w+ )?office)"
    r"|(?:^|[\n|:(,/]) ?(?:hybrid(?= ?(?:$|[\n|,;)(/-]|in\b|from\b|at\b|with\b|role))"
    r"|(?<!/)(?<!/ )(?:fully |100% )?on-?site(?: only)?(?= ?(?:$|[\n|,;)(.])))"
)
_WEAK = Pattern(
    rf"\b(?:remote(?:ly)?[ -](?:\w+ )?{_JOB}|(?<!experience )(?:work|working|works|based|is|be|are|position"
    rf"|role|job|location"
    rf"|type|setting|home|location type|workplace)s?(?: (?:is"
    rf"|type))?[ :-]{{1,3}}(?:an? )?(?:\w+ )?remote(?:ly)?\b(?! (?:team|site|office|location|colleague"
    rf"|access|worker|support|sens|monitor|customer|employee|area|communit|stakeholder|desktop|environment"
    rf"|user|server|device|system|procedure|or virtual))"
    r"|(?:work|working)[ -](?:from|at)[ -]home\b|home[- ]based\b|telecommut(?:e|ing)\b"
    r"|telework(?:ing)?\b(?! (?:equipment|polic))|li-remote|remote \((?:us|usa|uk|eu"
    r"|global|worldwide|anywhere|north|canada|europe|latam|india))"
    r"|(?:^|[\n|:(,/]) ?remote(?= ?(?:$|[\n|,;)(/-]|\.|in\b"
    r"|us\b|usa\b|uk\b|eu\b|ok\b|only\b|within\b|anywhere\b|-))|🌎[^\n]{0,60}remote\b"
)
_SHORT_REMOTE = Pattern(
    r"\b(?:remote(?:ly)?|telecommute|work from home|home[- ]based|anywhere|wfh)\b(?! (?:sens|access|monitor"
    r"|support|pilot|hands|desktop|patient))"
)
_SHORT_OFFICE = Pattern(r"\bhybrid\b|\bon-?site\b|\bin[- ]office\b|\bin[- ]person\b|\boffice[- ]based\b")
_TRUE, _FALSE = ("true", "yes", "1", "t", "y", "remote"), ("false", "no", "0", "f", "n", "onsite", "on-site", "hybrid")


def read_remote(page: Page, title: Page, location: Page, properties: Mapping[str, Any]) -> Found | None:
    """True when remote or with remote as an option, False when on-site or hybrid, None when not said.

    In turn: ``job_location_type`` and a true ``is_remote``; the location and the title; the text. A false ``is_remote``
    counts only where the text is silent, since boards write it when they do not know.
    """
    kind = str(properties.get("job_location_type") or "")
    if "telecommute" in kind.lower():
        return Found(value=True, words=kind)
    flag = str(properties.get("is_remote", "")).strip().lower()
    if flag in _TRUE:
        return Found(value=True, words=str(properties["is_remote"]))
    found = _short(location) or _short(title) or _text(page)
    return found or (Found(value=False, words=str(properties["is_remote"])) if flag in _FALSE else None)


def _short(page: Page) -> Found | None:
    """Remote or not by a location or a title, in which one word is enough."""
    plain = page.plain[:300]
    if not page.places("remote") and not page.places("anywhere"):
        return None
    if m := _NEVER.search(plain):
        return Found(value=False, words=page.cut(m.start(), m.end()))
    remote, office = _SHORT_REMOTE.search(plain), _SHORT_OFFICE.search(plain)
    if remote and office and not _OPTION.search(plain) and "hybrid remote" not in plain:
        return Found(remote.start() < office.start(), page.cut(*min(remote.span(), office.span())))
    m = office if office and (not remote or not _OPTION.search(plain)) else remote
    return Found(m is remote, page.cut(m.start(), m.end())) if m else None


def _text(page: Page) -> Found | None:
    """Remote or not by a description: a plain no, then remote as an option, then office days, then any remote job."""
    plain = page.plain
    sentences = page.sentences("remote")
    for value, pattern in ((False, _NEVER), (True, _OPTION), (False, _OFFICE), (True, _WEAK)):
        for left, right in sentences:
            if m := pattern.search(plain, max(left - 1, 0), right):
                return Found(value, page.cut(m.start(), m.end()))
    return None
