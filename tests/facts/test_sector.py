"""Sector of the employer: name and text."""

import pytest

from matcher.facts import read_facts
from matcher.posting import JobPosting

NAMES = [
    ("City of Larkhaven", "government"),
    ("Larkhaven County", "government"),
    ("County of Larkhaven", "government"),
    ("State of Vermont", "government"),
    ("Department of Transportation", "government"),
    ("Ministry of Health", "government"),
    ("Larkhaven Borough Council", "government"),
    ("NHS Larkhaven Foundation Trust", "government"),
    ("Federal Aviation Administration", "government"),
    ("U.S. Army Corps of Engineers", "government"),
    ("Larkhaven General Hospital", "healthcare"),
    ("Larkhaven Health System", "healthcare"),
    ("Larkhaven Children's Hospital", "healthcare"),
    ("Larkhaven Clinic", "healthcare"),
    ("University of Larkhaven Medical Center", "healthcare"),
    ("University of Larkhaven", "education"),
    ("Larkhaven Community College", "education"),
    ("Larkhaven Unified School District", "education"),
    ("Northern University of Health Sciences", "education"),
    ("The Larkhaven Foundation", "nonprofit"),
    ("Larkhaven Charity", "nonprofit"),
    ("Red Cross of Larkhaven", "nonprofit"),
    ("Larkhaven Inc.", "other"),
    ("Larkhaven Ltd", "other"),
    ("Larkhaven Bank", "other"),
    ("Larkhaven Technologies", "other"),
    ("Larkhaven Consulting Group", "other"),
    ("Larkhaven", None),
    ("", None),
]

TEXTS = [
    ("", "We are a nonprofit that feeds families.", "nonprofit"),
    ("", "Larkhaven is a registered charity.", "nonprofit"),
    ("", "Larkhaven is a 501(c)(3) organization.", "nonprofit"),
    ("", "Larkhaven is a leading health system with nine hospitals.", "healthcare"),
    ("", "Larkhaven is a public university in the north.", "education"),
    ("", "Larkhaven is a state agency.", "government"),
    ("", "Larkhaven is a fast growing software company.", "other"),
    ("", "We are a healthcare technology company.", "other"),
    ("", "Larkhaven is a global manufacturer of valves.", "other"),
    ("", "We're a startup in Berlin.", "other"),
    ("", "Larkhaven is a company that sells software to hospitals.", "other"),
    ("Larkhaven Inc", "Larkhaven is a nonprofit health system.", "healthcare"),
    ("Larkhaven Solutions", "Our clients in healthcare and government trust us.", "other"),
    ("", "Our clients in healthcare, education and government trust us.", None),
    ("", "Education: Bachelor's degree", None),
    ("", "Your company and your students thank you.", None),
    ("", "SummaryOur client is looking for a planner.", "other"),
    ("", "A Post-Series A team", "other"),
    ("", "A firm hand with time-series data", None),
    ("", "EEO employer, government contractor rules apply.", None),
    ("", "Leads projects and reports on them.", None),
    ("", "A degree from a university is required.", None),
    ("", "You will work with hospitals and schools.", None),
    ("", "This role is a great opportunity at a college campus.", None),
    pytest.param(
        "", "Larkhaven teaches 4,000 pupils on three sites.", "education",
        marks=pytest.mark.xfail(strict=True, reason="an employer told by what it does"),
    ),
    pytest.param(
        "Mercy", "Mercy runs eleven hospitals in four states.", "healthcare",
        marks=pytest.mark.xfail(strict=True, reason="an employer told by what it does"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("company", "sector"), NAMES)
def test_names(company: str, sector: str | None) -> None:
    facts = read_facts(JobPosting("Project Manager", "Leads projects.", company))
    assert facts.sector == sector
    assert ("sector" in facts.words) == (sector is not None)


@pytest.mark.parametrize(("company", "text", "sector"), TEXTS)
def test_texts(company: str, text: str, sector: str | None) -> None:
    assert read_facts(JobPosting("Project Manager", text, company)).sector == sector
