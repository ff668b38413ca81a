"""A career profile as a table."""

from typing import Any

from rich.console import Group
from rich.text import Text

from matcher.display.common import labelled, plain, table
from matcher.profile import Profile
from matcher.reasons import DOMAIN_WORDS


def profile_table(profile: Profile) -> Group:
    """A career profile: skills with weights and wording, then the facts."""
    skills = table(plain(profile.name), "skill", "weight", "the profile says")
    skills.columns[0].no_wrap = skills.columns[1].no_wrap = True
    skills.columns[2].justify = "left"
    for skill in profile.skills:
        skills.add_row(skill.id, f"{skill.weight:.1%}", Text(plain(skill.wording)))
    types = ("types", Text(", ".join(DOMAIN_WORDS[name] for name in profile.types)))
    facts = ((plain(name), Text(plain(_fact(name, value), 2000))) for name, value in profile.facts.items())
    return Group(skills, Text(), labelled(types, *facts))


def _fact(name: str, value: Any) -> str:
    if name == "salary" and isinstance(value, dict):
        amount = f"{value.get('annual', 0):,} {value.get('currency', '')} a year"
        return f"{amount} ({value['source']})" if value.get("source") else amount
    if isinstance(value, list):
        return (" → " if name == "career" else ", ").join(map(str, value))
    return str(value)
