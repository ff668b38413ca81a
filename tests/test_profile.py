import math

import pytest

from matcher.errors import ProfileError
from matcher.profile import SKILLS, Profile, check
from tests.conftest import ROOT

ONE = '[[skills]]\nid = "education"\nweight = 1\n'


def test_the_profile_that_ships_has_every_skill_and_weights_that_add_up_to_one():
    profile = Profile.load()
    assert tuple(skill.id for skill in profile.skills) == SKILLS
    assert math.isclose(sum(skill.weight for skill in profile.skills), 1)
    assert profile.facts["salary"]["annual"] == 88000
    assert sum(skill.kind == "basic" for skill in profile.skills) == 5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("schema = 2\n" + ONE, "line 1: schema: must be 1, not 2"),
        ("schema = 1\n", r"no \[\[skills\]\]"),
        ("schema = 1\n" + ONE + ONE, "skill education stands twice"),
        ('schema = 1\n[[skills]]\nid = "speed"\nweight = 1\n', "unknown skill id 'speed'"),
        ('schema = 1\n[[skills]]\nid = "education"\nweight = -1\n', "weight must be a number of 0 or more, not -1"),
        ('schema = 1\n[[skills]]\nid = "education"\nweight = "high"\n', "weight must be a number"),
        ('schema = 1\n[[skills]]\nid = "education"\nweight = 0\n', "every weight is 0"),
        ('schema = 1\ntypes = ["sales"]\n' + ONE, "unknown type 'sales'"),
        ("schema = \n", "not valid TOML"),
    ],
)
def test_a_profile_that_is_not_usable_says_why(text, message, write):
    with pytest.raises(ProfileError, match=message):
        Profile.load(write("p.toml", text))


@pytest.mark.parametrize(
    ("seniority", "step"),
    [("junior", "technical project manager"), ("senior", "senior technical project manager"), (None, None)],
)
def test_seniority_is_set_beside_the_career(seniority, step):
    assert Profile.load().career_step(seniority) == step
    assert Profile.load().career_step("consultant").startswith("consultant")


def test_a_missing_profile():
    with pytest.raises(ProfileError, match=r"nowhere\.toml: cannot be read"):
        Profile.load("nowhere.toml")


def test_check_tells_every_problem_with_its_line_and_key(write):
    path = write(
        "p.toml",
        'schema = 2\nwieght = 1\nholds = "PMP"\ntypes = ["sales", "telecom", "telecom"]\n[salary]\nannual = "high"\n'
        '[[skills]]\nid = "speed"\n[[skills]]\nid = "education"\nweight = -1\nwording = 3\n',
    )
    found = [line.removeprefix(f"{path}, ") for line in check(path)]
    assert [line.split(": ")[:2] for line in found] == [
        ["line 1", "schema"],
        ["line 2", "wieght"],
        ["line 4", "types"],
        ["line 4", "types"],
        ["line 3", "holds"],
        ["line 6", "salary.annual"],
        ["line 5", "salary.currency"],
        ["line 8", "skills[1].id"],
        ["line 7", "skills[1].weight"],
        ["line 11", "skills[2].weight"],
        ["line 12", "skills[2].wording"],
    ]
    assert not any("\n" in line for line in found)
    with pytest.raises(ProfileError, match=r"line 1: schema: .* \(and 10 more: 'matcher profile check"):
        Profile.load(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "schema: missing: must be 1"),
        ("schema = true\n" + ONE, "schema: must be 1, not True"),
        ("schema = 1\nsalary = 5\n" + ONE, "line 2: salary: must be a table"),
        ('schema = 1\n[salary]\ncurrency = "usd"\n' + ONE[:-1], "line 3: salary.currency: must be a code"),
        ("schema = 1\nskills = 3\n", r"skills: no [[skills]]"),
        ("schema = 1\ntypes = []\n" + ONE, "types: no type"),
        ("schema = 1\n[[skills]]\nid = []\nweight = nan\n", "unknown skill id []"),
        ("schema = 1\nname = \n", "not valid TOML (Invalid value (at line 2"),
    ],
)
def test_check_of_odd_files(text, message, write):
    assert any(message in line for line in check(write("p.toml", text)))


def test_the_profile_that_ships_passes_its_own_check():
    assert check(ROOT / "matcher" / "data" / "profile.toml") == []


def test_lacking_leaves_out_what_the_profile_holds(write):
    profile = Profile.load(write("p.toml", 'schema = 1\nholds = ["pmp"]\n' + ONE))
    assert profile.lacking(["PMP", "Jira", "Jira"]) == ("Jira",)
