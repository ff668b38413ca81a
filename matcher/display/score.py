"""One posting's panel."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from matcher.match import Match
from matcher.profile import Profile
from matcher.skills import ASKED_FROM

if TYPE_CHECKING:
    pass
from matcher.display.common import TYPE_WORDS, plain

SHOWN_REASONS = 5
_BAR = 20


def _bar(share: float) -> str:
    return "█" * round(share * _BAR) + "·" * (_BAR - round(share * _BAR))


def score_panel(match: Match, profile: Profile) -> Panel:
    """One posting: type, how sure, why, skills with the posting's words, and the facts of the job."""
    posting = match.posting
    sure = match.probabilities[match.type]
    verdict = "sure enough to accept" if match.decision == "accept" else "close call: read it yourself"
    head = Text.assemble(
        ("Type   ", "bold"), (TYPE_WORDS[match.type], "bold green" if match.decision == "accept" else "bold yellow"),
        f"  {sure:.0%}, {verdict}\n",
        ("Next   ", "bold"), f"{TYPE_WORDS[match.runner_up]}  {match.probabilities[match.runner_up]:.0%}\n",
        ("Why    ", "bold"), f"{match.summary}\n",
        ("Match  ", "bold"), f"{match.match:.0%} of the profile  {_bar(match.match)}",
        f"  coverage {match.coverage:.0%}" + ("" if match.coverage >= 0.5 else " (it says little)"),
    )  # fmt: skip
    parts: list[Any] = [
        head,
        Text(),
        _reasons_table(match),
        Text(),
        _skills_table(match, profile),
        Text(),
        _facts(match, profile),
    ]
    where = ", ".join(filter(None, (posting.company, posting.location)))
    title = plain(posting.title or "(no title)", 60)
    return Panel(Group(*parts), title=Text(title, "bold"), subtitle=Text(plain(where, 70)), padding=(1, 2))


def _reasons_table(match: Match) -> Table:
    table = Table(box=None, pad_edge=False, show_header=True, header_style="bold")
    table.add_column(f"Decided for {match.type} against {match.runner_up}")
    table.add_column("weight", justify="right")
    *named, rest = match.reasons
    for reason in named[:SHOWN_REASONS]:
        table.add_row(Text(plain(reason.term, 60)), f"{reason.weight:+.2f}")
    others = sum(reason.weight for reason in (*named[SHOWN_REASONS:], rest))
    table.add_row(Text("everything else", "dim"), f"{others:+.2f}")
    return table


def _skills_table(match: Match, profile: Profile) -> Group:
    weights = {skill.id: skill.weight for skill in profile.skills}
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Skill asked for", no_wrap=True)
    table.add_column("sure", justify="right", no_wrap=True)
    table.add_column("adds", justify="right", no_wrap=True)
    table.add_column("the posting's words")
    for skill in sorted(match.skills, key=lambda s: -s.share):
        if skill.probability < ASKED_FROM:
            continue
        best = skill.evidence[0] if skill.evidence else None
        words = f"{best.strength}: “{plain(best.text, 120)}”" if best else ""
        table.add_row(skill.id, f"{skill.probability:.0%}", f"{skill.share:.1%}", Text(words))
    missing = [s for s in match.skills if s.probability < ASKED_FROM]
    names = ", ".join(f"{s.id} ({weights[s.id]:.0%})" for s in sorted(missing, key=lambda s: -weights[s.id]))
    said = dict(match.certifications)
    more = ", ".join(f"{name} ({said[name]})" if name in said else name for name in match.beyond)
    not_asked = Text(f"In the profile, not asked for: {names or 'nothing'}", "dim")
    return Group(table, not_asked, Text(f"Asked for beyond the profile: {more or 'nothing'}", "" if more else "dim"))


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
    return Text.assemble(("Facts  ", "bold"), " · ".join(shown) or "none stated")


def _beside(facts: Mapping[str, Any], profile: Profile) -> str:
    """The yearly pay beside the profile's, where both are of one currency."""
    own = profile.facts.get("salary", {})
    low, high = facts["salary_annual_min"], facts["salary_annual_max"]
    if not own or facts["salary_currency"] != own.get("currency") or low is None or high is None:
        return ""
    return f" ({low:,.0f}–{high:,.0f} a year; the profile says {own['annual']:,})"
