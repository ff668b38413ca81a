"""A career profile as a table."""

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from matcher.classifier import DOMAIN_WORDS
from matcher.profile import Profile

if TYPE_CHECKING:
    pass


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
