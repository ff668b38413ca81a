"""What a person sees in the terminal: panels and tables, as rich renderables. Nothing here prints."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from matcher.batch import Summary
from matcher.classifier import DOMAIN_WORDS
from matcher.match import Match
from matcher.profile import SKILLS, TYPES, Profile
from matcher.skills import ASKED_FROM

if TYPE_CHECKING:
    from matcher.retraining import Comparison

TYPE_WORDS = {
    "software": "software development",
    "telecom": "telecom",
    "networking": "computer networking",
    "it_conversion": "IT installation/conversion",
    "other": "none of these (other)",
}
SHOWN_REASONS = 5
_BAR = 20


def plain(text: str, width: int = 400) -> str:
    """Text of a posting without control characters or direction marks, cut to a width: safe in any terminal."""
    cleaned = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return cleaned if len(cleaned) <= width else cleaned[: width - 1] + "…"


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


def classify_summary(summary: Summary, output: str) -> Group:
    """The end of a batch run: counts by type, what was rejected and why, where the results are."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("type")
    table.add_column("postings", justify="right")
    table.add_column("share", justify="right")
    scored = summary.rows - summary.rejected
    for name in TYPES:
        count = summary.types.get(name, 0)
        table.add_row(TYPE_WORDS[name], str(count), f"{count / max(1, scored):.1%}")
    lines = [
        f"{summary.rows} rows: {scored} scored ({summary.accepted} accepted, {scored - summary.accepted} to review)"
    ]
    if summary.duplicates:
        lines.append(f"{summary.duplicates} are the same advertisement as an earlier row")
    if summary.rejected:
        lines.append(f"{summary.rejected} rejected:")
        lines += [f"  {plain(error, 200)}" for error in summary.errors]
        if summary.rejected > len(summary.errors):
            lines.append(f"  … and {summary.rejected - len(summary.errors)} more, in the output")
    return Group(table, Text("\n".join([*lines, f"results: {output}"])))


def postings_table(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Output rows as a table that a person understands at a glance."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name, justify in (
        ("title", "left"),
        ("type", "left"),
        ("sure", "right"),
        ("decision", "left"),
        ("match", "right"),
    ):
        table.add_column(name, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    for row in rows:
        if row["status"] == "ok":
            sure = f"{row['p_' + row['type']]:.0%}"
            match = f"{row['match']:.0%}" if row.get("match") is not None else ""
            table.add_row(Text(plain(row["title"], 38)), row["type"], sure, row["decision"], match)
        else:
            table.add_row(Text(plain(row.get("title") or "", 38)), "rejected", "", "", "")
    return table


def evaluation_tables(figures: Mapping[str, Any]) -> Group:
    """Everything that ``evaluate`` measures."""
    types = Table(title="Per type", box=None, title_justify="left", header_style="bold")
    for name in ("type", "precision", "recall", "F1", "rows"):
        types.add_column(name, justify="left" if name == "type" else "right")
    for name, row in figures["types"].items():
        types.add_row(name, *(f"{row[key]:.3f}" for key in ("precision", "recall", "f1")), str(row["count"]))
    confusion = Table(
        title="Confusion (rows: label; columns: model)", box=None, title_justify="left", header_style="bold"
    )
    confusion.add_column("")
    for name in TYPES:
        confusion.add_column(name, justify="right")
    for name, counts in zip(TYPES, figures["confusion"], strict=True):
        confusion.add_row(name, *map(str, counts))
    return Group(_overall(figures), Text(), types, Text(), confusion, Text(), _calibration(figures), *_skills(figures))


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _overall(figures: Mapping[str, Any]) -> Table:
    table = Table(title=f"{figures['rows']} postings", box=None, title_justify="left", show_header=False)
    accepted = figures["accepted"]
    rows = {
        "accuracy": _percent(figures["accuracy"]),
        "macro-F1": _percent(figures["macro_f1"]),
        "accuracy where the label is sure (confidence 3)": _percent(figures["accuracy_sure"]),
        "accuracy, second type counted as right": _percent(figures["accuracy_with_second"]),
        "calibration error (ECE, 10 bins of equal mass)": _percent(figures["ece"]),
        "accepted": f"{accepted['share']:.3f} of rows, precision {_percent(accepted['precision'])}",
    }
    for share, value in figures["accuracy_at_coverage"].items():
        rows[f"accuracy on the most confident {float(share):.0%}"] = f"{value:.3f}"
    for name, text in rows.items():
        table.add_row(name, text)
    return table


def _calibration(figures: Mapping[str, Any]) -> Table:
    table = Table(title="Calibration", box=None, title_justify="left", header_style="bold")
    for name in ("mean probability", "share right", "rows"):
        table.add_column(name, justify="right")
    for row in figures["calibration"]:
        table.add_row(f"{row['probability']:.3f}", f"{row['right']:.3f}", str(row["count"]))
    return table


def _skills(figures: Mapping[str, Any]) -> list[Any]:
    skills = figures["skills"]
    if not skills:
        return []
    head = (
        f"Skills: macro-F1 {skills['macro_f1']:.3f}, mean average precision {skills['mean_average_precision']:.3f}, "
        f"ECE {skills['ece']:.3f}"
    )
    table = Table(title=head, box=None, title_justify="left", header_style="bold")
    for name in ("skill", "F1", "average precision", "asked for", "rows"):
        table.add_column(name, justify="left" if name == "skill" else "right")
    for name in SKILLS:
        if row := skills["skills"].get(name):
            figures_of = (f"{row['f1']:.3f}", f"{row['average_precision']:.3f}", str(row["asked"]), str(row["count"]))
            table.add_row(name, *figures_of)
    return [Text(), table]


def profile_table(profile: Profile) -> Group:
    """A career profile: skills with weights and wording, then the facts."""
    table = Table(title=profile.name, box=None, title_justify="left", header_style="bold")
    table.add_column("skill", no_wrap=True)
    table.add_column("weight", justify="right")
    table.add_column("the profile says")
    for skill in profile.skills:
        table.add_row(skill.id, f"{skill.weight:.1%}", Text(skill.wording))
    lines = ["types: " + ", ".join(DOMAIN_WORDS[name] for name in profile.types)]
    for name, value in profile.facts.items():
        if isinstance(value, dict):
            value = ", ".join(f"{key} {item}" for key, item in value.items())
        elif isinstance(value, list):
            value = " → ".join(value) if name == "career" else ", ".join(map(str, value))
        lines.append(f"{name}: {value}")
    return Group(table, Text(), Text("\n".join(lines)))


def models_table(manifests: Mapping[str, Mapping[str, Any]], used: str) -> Table:
    """Saved models with their scores; the one in use has a star."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("model", "digest", "postings", "accuracy", "macro-F1"):
        table.add_column(name, justify="left" if name in ("model", "digest") else "right")
    for name, manifest in manifests.items():
        scores = manifest["scores"]
        shown = (f"{scores['accuracy']:.3f}", f"{scores['macro_f1']:.3f}")
        star = "* " if name == used else "  "
        table.add_row(star + name, manifest["digest"][:12], str(manifest["corpus"]["postings"]), *shown)
    return table


def comparison_table(comparison: "Comparison", rows: int) -> Table:
    """The new model beside the one in use."""
    table = Table(title=f"On the same {rows} labelled postings", box=None, title_justify="left", header_style="bold")
    for name in ("", "in use", "new", "change"):
        table.add_column(name, justify="right" if name else "left")
    words = {
        "accuracy": "accuracy",
        "macro_f1": "macro-F1",
        "accuracy_sure": "accuracy where sure",
        "ece": "calibration error",
    }
    for key, label in words.items():
        old, new = comparison.old[key], comparison.new[key]
        if old is not None and new is not None:
            table.add_row(label, f"{old:.3f}", f"{new:.3f}", f"{new - old:+.3f}")
    for name in TYPES:
        old, new = (side["types"][name]["f1"] for side in (comparison.old, comparison.new))
        table.add_row(f"F1 {name}", f"{old:.3f}", f"{new:.3f}", f"{new - old:+.3f}")
    return table
