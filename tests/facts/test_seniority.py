"""Seniority: title, and years where the title is silent."""

import pytest

from matcher.facts import read_facts
from matcher.posting import JobPosting

TITLES = [
    ("Project Manager", None),
    ("IT Program Manager", None),
    ("Junior Project Manager", "junior"),
    ("Jr. Project Manager", "junior"),
    ("Associate Project Manager", "junior"),
    ("Entry Level Project Coordinator", "junior"),
    ("Graduate Project Manager", "junior"),
    ("Project Management Intern", "junior"),
    ("Project Management Internship, Summer", "junior"),
    ("Trainee Project Manager", "junior"),
    ("Project Manager Apprentice", "junior"),
    ("Assistant Project Manager", "junior"),
    ("Project Manager I", "junior"),
    ("Project Manager 1", "junior"),
    ("Project Manager II", "mid"),
    ("Project Manager 2", "mid"),
    ("Mid-Level Project Manager", "mid"),
    ("Intermediate Project Manager", "mid"),
    ("Project Manager III", "senior"),
    ("Project Manager IV - Networks", "senior"),
    ("Software Engineer 3", "senior"),
    ("Senior Project Manager", "senior"),
    ("Sr. Technical Program Manager", "senior"),
    ("SR PROJECT MANAGER", "senior"),
    ("Snr Delivery Manager", "senior"),
    ("Senior Associate, Delivery", "senior"),
    ("Lead Project Manager", "lead"),
    ("Project Lead", "lead"),
    ("Senior Lead Engineer", "lead"),
    ("Principal Program Manager", "lead"),
    ("Staff Technical Program Manager", "lead"),
    ("Head of PMO", "lead"),
    ("Director, Program Management", "lead"),
    ("Associate Director of Delivery", "lead"),
    ("VP Delivery", "lead"),
    ("Vice President, Programs", "lead"),
    ("Chief Information Officer", "lead"),
    ("Team Leader Implementation", "lead"),
    ("Consultant Project Management", "consultant"),
    ("Senior Consultant", "consultant"),
    ("IT Project Manager (Contractor)", "consultant"),
    ("Graduate Consultant", "junior"),
    ("Staff Nurse", None),
    ("Staff Accountant", None),
    ("International Project Manager", None),
    ("Internal Systems Project Manager", None),
    ("Manager, Lead Generation", None),
    ("Project Manager, Senior Living", None),
    ("Graduate School Program Manager", None),
    ("Project Manager - 2 positions", None),
    ("Project Manager 12 months", None),
    ("Project Manager, Mid-Atlantic", None),
]

YEARS = [
    ("0-2 years of experience", "junior"),
    ("2+ years of experience", "junior"),
    ("3+ years of experience", "mid"),
    ("6 years of experience", "mid"),
    ("7+ years of experience", "senior"),
    ("15 years of experience", "senior"),
    ("10+ years of experience preferred", None),
]


@pytest.mark.parametrize(("title", "level"), TITLES)
def test_titles(title: str, level: str | None) -> None:
    facts = read_facts(JobPosting(title, "Leads projects."))
    assert facts.seniority == level
    assert facts.words.get("seniority", "").lower() in title.lower()


@pytest.mark.parametrize(("text", "level"), YEARS)
def test_years_where_the_title_is_silent(text: str, level: str | None) -> None:
    assert read_facts(JobPosting("Project Manager", text)).seniority == level


def test_title_goes_before_years() -> None:
    assert read_facts(JobPosting("Junior Project Manager", "10 years of experience")).seniority == "junior"
