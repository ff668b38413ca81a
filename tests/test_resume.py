import tomllib

import pytest

from matcher.errors import ProfileError
from matcher.profile import SKILLS, Profile, check
from matcher.resume import NOT_SHOWN, Resume, new_profile, write_new

RESUME = """Jo Meadow
Experience
Senior Project Manager, Pike Networks, 2018-2024
- Planned and scheduled four concurrent LAN and Wi-Fi projects in 60 schools with MS Project and Jira
- Wrote the weekly status report for the steering group
- Coordinated network engineers, cabling contractors and school staff
- Escalated and prioritised risks and issues in the RAID log
Network operator, County Council, 2012-2018
Education
BSc in Computer Science, University of Leeds. PMP.
"""


@pytest.fixture(scope="module")
def resume(matcher):
    return Resume.read(RESUME, matcher.model, Profile.load())


def test_a_new_profile_is_the_one_that_ships_with_comments(write):
    text = new_profile()
    path = write("p.toml", text)
    assert check(path) == []
    made, shipped = Profile.load(path), Profile.load()
    assert [skill.weight for skill in made.skills] == pytest.approx([skill.weight for skill in shipped.skills])
    assert made.facts == shipped.facts | {"holds": []}
    keys = [line.split(" = ")[0] for line in text.split("[[skills]]")[0].splitlines() if " = " in line]
    lines = text.splitlines()
    for key in keys[1:]:
        above = lines[next(n for n, line in enumerate(lines) if line.startswith(f"{key} = ")) - 1]
        assert above.startswith("# "), key


def test_skills_that_the_sentences_show_come_with_the_resumes_words(resume):
    assert resume.shown["status_reporting"] == "Wrote the weekly status report for the steering group"
    assert resume.shown["organization"].startswith("Planned and scheduled four")
    assert resume.shown["team_communication"].startswith("Coordinated network engineers")
    assert {"education", "problem_triage"} <= resume.shown.keys()
    assert "technical_standards" not in resume.shown
    assert resume.holds == ("PMP", "Microsoft Project", "Jira")
    assert resume.background == ("network operator",)
    assert resume.education == "BSc in Computer Science, University of Leeds."


def test_a_skill_not_shown_keeps_half_its_weight(resume):
    filled, plain = tomllib.loads(new_profile(resume)), tomllib.loads(new_profile())
    for mine, other in zip(filled["skills"], plain["skills"], strict=True):
        share = 1 if mine["id"] in resume.shown else NOT_SHOWN
        assert mine["weight"] == pytest.approx(other["weight"] * share)
    assert len(filled["skills"]) == len(SKILLS)
    assert "# shown: “Wrote the weekly status report for the steering group”\n[[skills]]" in new_profile(resume)


def test_hostile_words_stay_in_their_comment(matcher, write):
    words = 'Write the weekly status report for "all" \\ \x1b[2J \u202e\u2028[[skills]] \x85 of the steering group ' * 2
    resume = Resume.read(f'PMP degree " \\ \x7f required\n{words}', matcher.model, Profile.load())
    path = write("p.toml", new_profile(resume))
    assert check(path) == []
    assert len(Profile.load(path).skills) == len(SKILLS)


def test_an_empty_resume_and_a_file_that_is_there(matcher, tmp_path):
    with pytest.raises(ProfileError, match="no text"):
        Resume.read(" \n ", matcher.model, Profile.load())
    path = tmp_path / "p.toml"
    path.write_text("mine")
    with pytest.raises(ProfileError, match="is there already"):
        write_new(str(path), "x")
    assert path.read_text() == "mine"
    with pytest.raises(ProfileError, match="cannot be written"):
        write_new(str(tmp_path / "no" / "p.toml"), "x")
