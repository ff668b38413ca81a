"""Remote: True, False or not said."""

from typing import Any

import pytest

from matcher.facts import read_facts
from matcher.posting import JobPosting

TEXTS = [
    ("This is a fully remote position.", True),
    ("100% remote", True),
    ("Work from home", True),
    ("Benefits: Work-from-home set-up", True),
    ("Location: Remote", True),
    ("Work Location: Remote", True),
    ("This role can be remote or hybrid.", True),
    ("Remote or on-site, as you like", True),
    ("You can work remotely.", True),
    ("We are a remote-first company.", True),
    ("Remote work is possible", True),
    ("Home-based role", True),
    ("#LI-Remote", True),
    ("Acme | Project Manager | Remote (US) | Full-time", True),
    ("Work from anywhere", True),
    ("Telecommuting is allowed", True),
    ("Open to remote candidates", True),
    ("This is an on-site position.", False),
    ("Fully onsite", False),
    ("Work Location: In person", False),
    ("Location: On-site", False),
    ("Hybrid work schedule", False),
    ("Hybrid: 3 days in the office", False),
    ("Three days a week in the office", False),
    ("This is not a remote role.", False),
    ("Remote work is not available", False),
    ("No remote", False),
    ("#LI-Hybrid", False),
    ("This role is hybrid, two days per week in our Leeds office.", False),
    ("Office-based role", False),
    ("Leads remote teams", None),
    ("Supports remote sites and remote access", None),
    ("On-site gym and parking", None),
    ("Hybrid cloud migration", None),
    ("Experience working remotely is helpful", None),
    ("Leads projects.", None),
    ("Remote sensing data", None),
]

PLACES = [
    ("Project Manager", "Remote", True),
    ("Project Manager", "Remote - US", True),
    ("Project Manager", "🌎 Remote,Germany", True),
    ("Project Manager (Remote)", "", True),
    ("Project Manager | ONSITE | Berlin", "", False),
    ("Project Manager", "Leeds (Hybrid)", False),
    ("Project Manager, Remote or Hybrid", "", True),
    ("Project Manager - Hybrid", "Leeds", False),
    ("Project Manager", "Leeds", None),
    ("Remote Sensing Project Manager", "Leeds", None),
]

GIVEN: list[tuple[dict[str, Any], str, bool | None]] = [
    ({"jobLocationType": "TELECOMMUTE"}, "Leads projects.", True),
    ({"is_remote": True}, "Leads projects.", True),
    ({"is_remote": "True"}, "Leads projects.", True),
    ({"is_remote": False}, "Leads projects.", False),
    ({"is_remote": False}, "This is a fully remote position.", True),
    ({"is_remote": ""}, "Leads projects.", None),
    ({"jobLocationType": "TELECOMMUTE"}, "Hybrid work schedule", True),
]


@pytest.mark.parametrize(("text", "value"), TEXTS)
def test_texts(text: str, value: bool | None) -> None:
    facts = read_facts(JobPosting("Project Manager", text))
    assert facts.remote is value
    assert ("remote" in facts.words) == (value is not None)


@pytest.mark.parametrize(("title", "location", "value"), PLACES)
def test_title_and_location(title: str, location: str, value: bool | None) -> None:
    assert read_facts(JobPosting(title, "Leads projects.", location=location)).remote is value


@pytest.mark.parametrize(("properties", "text", "value"), GIVEN)
def test_structured_data(properties: dict[str, Any], text: str, value: bool | None) -> None:
    row = {"title": "Project Manager", "description": text, **properties}
    assert read_facts(JobPosting.from_row(row)).remote is value
