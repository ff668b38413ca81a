"""Years of experience: text → the fewest years required."""

from typing import Any

import pytest

from matcher.facts import read_facts
from matcher.posting import JobPosting

YEARS = [
    ("5+ years of project management experience", 5),
    ("5 + years of experience in IT", 5),
    ("Minimum of seven (7) years of experience leading projects", 7),
    ("Minimum seven years' experience", 7),
    ("3-5 yrs experience in telecom", 3),
    ("3 – 5 years of experience", 3),
    ("At least 10 years’ experience in networks", 10),
    ("Two to four years of related experience", 2),
    ("two (2) to four (4) years of relevant work experience", 2),
    ("Experience: 6-8 years", 6),
    ("Exp: 4+ yrs", 4),
    ("Experience required: 3 years", 3),
    ("Work experience of minimum 8 years", 8),
    ("8 years minimum professional experience", 8),
    ("10 or more years of experience", 10),
    ("5 plus years experience managing vendors", 5),
    ("5+ years managing software projects", 5),
    ("7+ years as a project manager", 7),
    ("4 years working in an agile team", 4),
    ("3+ years in a project management role", 3),
    ("1 year of experience in a call centre", 1),
    ("One year experience required", 1),
    ("0-2 years of experience", 0),
    ("No experience required, we train you.", 0),
    ("No prior experience necessary", 0),
    ("18 months of experience in rollouts", 1),
    ("6 months' experience in a similar role", 0),
    ("Over 6 years of expertise and experience in ERP", 6),
    ("You have 8 years of hands-on experience", 8),
    ("Must have a minimum of 5 years project delivery experience", 5),
    ("Fifteen years of experience in outside plant", 15),
    ("Bachelor's degree and 5 years of experience; or Master's degree and 3 years of experience", 5),
    ("5+ years of experience, including 2+ years of experience in cloud", 5),
    ("7 years of experience required, 10 years preferred", 7),
    ("Requirements:\n- 6 years of experience in IT\n- 2 years of experience with budgets", 6),
    ("2-3 years post qualification experience", 2),
    ("5-8+ years of experience", 5),
    ("Experience of 12+ years in the telecom industry", 12),
    ("1.5 years of experience", 1),
    ("Candidates need 4 years' relevant experience.", 4),
    ("Five years' progressive experience in construction of data centres", 5),
    # preferred, or of something else
    ("5 years of experience preferred", None),
    ("Preferably 5 years of experience", None),
    ("Ideally you have a minimum of 3 years of experience", None),
    ("Preferred qualifications:\n- 5+ years of experience with SAP", None),
    ("Nice to have:\n- 3 years of experience with Jira", None),
    ("10+ years of experience is a plus", None),
    ("Our firm has 30 years of experience in networks.", None),
    ("With over 25 years of experience, Harrow is a company you can trust.", None),
    ("In business for 30 years", None),
    ("We have been building networks for 20 years.", None),
    ("A 25 year history of success", None),
    ("Must be at least 18 years of age", None),
    ("Applicants must be 21 years old or older", None),
    ("A two-year fixed term contract", None),
    ("Over the next 3 years we will double the team.", None),
    ("Our plans for the past five years", None),
    ("Retirement plan vested after 3 years", None),
    ("A four-year degree from a university", None),
    ("Founded 12 years ago by engineers", None),
    ("Experience with Jira and Confluence", None),
    ("20 days of leave, 25 after 5 years of service", None),
    ("Extensive experience in rollouts", None),
    pytest.param(
        "At least a decade of running telecom projects", 10,
        marks=pytest.mark.xfail(strict=True, reason="a decade is not read as ten years"),
    ),
    pytest.param(
        "You have run rollouts for half a dozen years", 6,
        marks=pytest.mark.xfail(strict=True, reason="half a dozen is not read as six"),
    ),
]  # fmt: skip

GIVEN: list[tuple[Any, int | None]] = [
    ({"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 60}, 5),
    ({"monthsOfExperience": "36"}, 3),
    ({"monthsOfExperience": 18}, 1),
    ({"months_of_experience": 0}, 0),
    ({"description": "5+ years of experience"}, 5),
    ([{"monthsOfExperience": 24}], 2),
    ("3-5 years", 3),
    ("At least 4 years of experience", 4),
    (7, 7),
    ("no requirements", 0),
    ("senior", None),
    ({}, None),
]


@pytest.mark.parametrize(("text", "years"), YEARS)
def test_years(text: str, years: int | None) -> None:
    facts = read_facts(JobPosting("Project Manager", text))
    assert facts.experience_years_min == years
    assert ("experience_years_min" in facts.words) == (years is not None)


@pytest.mark.parametrize(("value", "years"), GIVEN)
def test_structured_data(value: Any, years: int | None) -> None:
    row = {"title": "Project Manager", "description": "Leads projects.", "experienceRequirements": value}
    assert read_facts(JobPosting.from_row(row)).experience_years_min == years
