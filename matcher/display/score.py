"""One posting's panel."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from matcher.display.common import TYPE_WORDS, labelled, plain, sure, table, times
from matcher.match import Match, Reason, SkillMatch
from matcher.profile import Profile
from matcher.reasons import TELLS
from matcher.skills import ASKED_FROM

SHOWN_REASONS, SHOWN_WORDS = 8, 3
ENOUGH = 0.5
"""Coverage under which a posting says little of the work."""

_BAR = 20


def _bar(share: float) -> str:
    return "█" * round(share * _BAR) + "·" * (_BAR - round(share * _BAR))


def score_panel(match: Match, profile: Profile) -> Panel:
    """One posting: type, how sure, why, skills with the posting's words, and the facts of the job."""
    posting = match.posting
    parts: list[Any] = [
        _head(match, profile),
        Text(),
        _reasons_table(match),
        Text(),
        _skills_table(match, profile),
        Text(),
        labelled(("Facts", _facts(match, profile))),
    ]
    where = ", ".join(filter(None, (posting.company, posting.location)))
    title = plain(posting.title or "(no title)", 60)
    return Panel(Group(*parts), title=Text(title, "bold"), subtitle=Text(plain(where, 70)), padding=(1, 2))


def _head(match: Match, profile: Profile) -> Table:
    accepted = match.decision == "accept"
    verdict = "sure enough to accept" if accepted else "close call: read it yourself"
    kind = Text.assemble(
        (TYPE_WORDS[match.type], "bold green" if accepted else "bold yellow"),
        f"  {sure(match.probabilities[match.type])}, {verdict}",
    )
    share = Text.assemble(
        (_bar(match.match), "green"), f"  {match.match:.0%} of the profile “{plain(profile.name, 60)}”"
    )
    says = "enough" if match.coverage >= ENOUGH else "little"
    return labelled(
        ("Type", kind),
        ("Next", Text(f"{TYPE_WORDS[match.runner_up]}  {sure(match.probabilities[match.runner_up])}")),
        ("Why", Text(plain(match.summary))),
        ("Match", share),
        ("Says", Text(f"{says} of the work (coverage {match.coverage:.0%})")),
    )


def _reasons_table(match: Match) -> Table:
    """What decided, as factors: the weights are logarithms, so that what they add up to is one factor too."""
    made = table("", f"Why {TYPE_WORDS[match.type]} rather than {TYPE_WORDS[match.runner_up]}", "times as probable")
    *named, others, _ = match.reasons
    shown = [reason for reason in named if not reason.quoted and abs(reason.weight) >= TELLS][:SHOWN_REASONS]
    shown.append(_all_words([reason for reason in named if reason.quoted], others.weight))
    for reason in shown:
        made.add_row(Text(plain(reason.term, 60)), times(reason.weight))
    total = sum(reason.weight for reason in match.reasons)
    made.add_row(Text("all else, each a little", "dim"), times(total - sum(reason.weight for reason in shown)))
    made.add_row(Text("all together", "bold"), times(total))
    return made


def _all_words(heaviest: list[Reason], others: float) -> Reason:
    """The posting's words as one reason, that names the heaviest of those that pull as they all do."""
    total = sum(reason.weight for reason in heaviest) + others
    named = [reason.term for reason in heaviest if reason.weight * total > 0][:SHOWN_WORDS]
    return Reason(f"its words, each a little{': ' * bool(named)}{' '.join(named)}", total)


def _skills_table(match: Match, profile: Profile) -> Group:
    weights = {skill.id: skill.weight for skill in profile.skills}
    made = table("", "Skill asked for", "sure", "adds", "the posting's words")
    for column in made.columns[:3]:
        column.no_wrap = True
    made.columns[3].justify = "left"
    told: dict[str, str] = {}
    for skill in sorted(match.skills, key=lambda s: -s.share):
        if skill.probability >= ASKED_FROM:
            made.add_row(skill.id, sure(skill.probability), f"{skill.share:.1%}", _words(skill, told))
    missing = [s for s in match.skills if s.probability < ASKED_FROM]
    names = ", ".join(f"{s.id} ({weights[s.id]:.0%})" for s in sorted(missing, key=lambda s: -weights[s.id]))
    said = dict(match.certifications)
    more = ", ".join(f"{name} ({said[name]})" if name in said else name for name in match.beyond)
    not_asked = Text(f"In the profile, not asked for: {names or 'nothing'}", "dim")
    return Group(made, not_asked, Text(f"Asked for beyond the profile: {more or 'nothing'}", "" if more else "dim"))


def _words(skill: SkillMatch, told: dict[str, str]) -> Text:
    """Words that ask for a skill: those that no skill before it has shown, else a pointer to the skill that has.

    ``told`` maps what was shown to the skill that showed it.
    """
    if not skill.evidence:
        return Text()
    best = next((item for item in skill.evidence if item.text not in told), skill.evidence[0])
    if best.text in told:
        return Text(f"{best.strength}: the same words as {told[best.text]}")
    told[best.text] = skill.id
    return Text(f"{best.strength}: “{plain(best.text, 120)}”")


def _facts(match: Match, profile: Profile) -> Text:
    facts = match.facts
    shown: list[str] = []
    if facts["salary_text"]:
        shown.append(f"pay {plain(facts['salary_text'], 60)}{_beside(facts, profile)}")
    if facts["experience_years_min"] is not None:
        shown.append(f"{facts['experience_years_min']}+ years")
    shown += [f"{name} {facts[name]}" for name in ("seniority", "education", "sector") if facts[name]]
    if match.type != "other" and (step := profile.career_step(facts["seniority"])):
        shown.append(f"career step: {step}")
    shown += [f"{name} ({strength})" for name, strength in match.certifications if name not in match.beyond]
    for name in ("remote", "travel", "on_call", "overtime"):
        if facts[name] is not None:
            shown.append(name.replace("_", " ") if facts[name] else f"no {name.replace('_', ' ')}")
    return Text(" · ".join(shown) or "none stated")


def _beside(facts: Mapping[str, Any], profile: Profile) -> str:
    """The yearly pay beside the profile's, where both are of one currency."""
    own = profile.facts.get("salary", {})
    low, high = facts["salary_annual_min"], facts["salary_annual_max"]
    if not own or facts["salary_currency"] != own.get("currency") or low is None or high is None:
        return ""
    return f" ({low:,.0f}–{high:,.0f} a year; the profile says {own['annual']:,})"
