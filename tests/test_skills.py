import pytest

from matcher import JobPosting
from matcher.features import heading_part
from matcher.skills import denied

DUTIES = "Responsibilities:\n- Plan the projects and keep their schedule\n- Report status every week to the sponsor\n"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("No degree needed", True),
        ("A degree is not required", True),
        ("You will not manage budgets", True),
        ("No formal qualifications, we train you", True),
        ("PMP preferred but not required", False),
        ("Bachelor's degree required", False),
        ("You will manage budgets", False),
        ("Not only plan but also report", False),
    ],
)
def test_denials(sentence, expected):
    assert denied(sentence) is expected


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("Responsibilities:", "duty"),
        ("Key responsibilities", "duty"),
        ("Minimum Qualifications", "required"),
        ("Preferred Qualifications:", "preferred"),
        ("Preferred Certifications:", "preferred"),
        ("Desired skills", "preferred"),
        ("Nice to have", "preferred"),
        ("What we offer", "offer"),
        ("About us", "about"),
        ("Manage the budget of every project in the programme", None),
    ],
)
def test_headings_open_parts(heading, part):
    assert heading_part(heading) == part


@pytest.mark.parametrize(
    ("lines", "strength"),
    [
        ("Requirements:\n- Bachelor's degree in engineering", "required"),
        ("Requirements:\n- Bachelor's degree required; CSM a plus", "required"),
        ("Requirements:\n- Bachelor's degree preferred", "preferred"),
        ("Preferred Qualifications:\n- Bachelor's degree in engineering", "preferred"),
        ("Desired skills:\n- Bachelor's degree in engineering", "preferred"),
    ],
)
def test_required_and_preferred(matcher, lines, strength):
    match = matcher.score(JobPosting("Project Manager", DUTIES + lines))
    [education] = [skill for skill in match.skills if skill.id == "education"]
    assert education.evidence[0].strength == strength


def test_a_skill_asked_for_always_has_words(matcher):
    match = matcher.score(JobPosting("Project Manager", DUTIES))
    for skill in match.skills:
        assert bool(skill.evidence) == (skill.probability >= 0.5)
