import pytest

from matcher.errors import LabelError
from matcher.posting import JobPosting
from matcher.review.label import Label, SkillSpan, whole_words

TEXT = "Lead the team. Report each week 🎉 to the board."
POSTING = JobPosting("PM", TEXT)


@pytest.mark.parametrize(
    ("selected", "words"),
    [
        ("ead the tea", "Lead the team"),
        (" the ", "the"),
        ("eek 🎉 t", "week 🎉 to"),
        ("team.", "team."),
        ("🎉", "🎉"),
        (" ", ""),
    ],
)
def test_a_selection_becomes_whole_words(selected, words):
    start = TEXT.index(selected)
    left, right = whole_words(TEXT, start, start + len(selected))
    assert TEXT[left:right] == words


def test_changes_add_up():
    label = Label()
    for change in (
        {"span": {"skill": "status_reporting", "start": 15, "end": 22}},
        {"span": {"skill": "team_motivation", "start": 0, "end": 8, "strength": "required"}},
        {"skills": {"education": False}},
        {"second": "telecom"},
        {"confidence": 1},
        {"type": "telecom"},
    ):
        label = label.changed(change, POSTING)
    assert label == Label(
        "telecom", None, 1, {"education": False, "status_reporting": True, "team_motivation": True},
        (SkillSpan("team_motivation", 0, 8, "required"), SkillSpan("status_reporting", 15, 21)),
    )  # fmt: skip
    assert [TEXT[span.start : span.end] for span in label.spans] == ["Lead the", "Report"]
    assert Label.from_row(label.to_row()) == label


def test_a_skill_that_is_not_asked_for_has_no_words():
    label = Label().changed({"span": {"skill": "education", "start": 0, "end": 4}}, POSTING)
    assert label.changed({"unspan": {"skill": "education", "start": 0, "end": 4}}, POSTING).skills == {
        "education": True
    }
    assert label.changed({"skills": {"education": False}}, POSTING).spans == ()
    assert label.changed({"skills": {"education": None}}, POSTING) == Label()


@pytest.mark.parametrize(
    "change",
    [
        {}, {"type": "telecom", "second": "other"}, {"kind": "telecom"}, {"type": None}, {"type": ["telecom"]},
        {"second": "telcom"}, {"confidence": 4}, {"confidence": True}, {"confidence": "3"}, {"skills": ["education"]},
        {"skills": {"cooking": True}}, {"skills": {"education": "yes"}}, {"skills": {"education": 1}}, {"skipped": 1},
        {"span": {"skill": "education", "start": 4, "end": 4}}, {"span": {"skill": "education", "start": -1, "end": 4}},
        {"span": {"skill": "education", "start": 0, "end": 99}}, {"span": {"skill": "education", "start": 4, "end": 5}},
        {"span": {"skill": "education", "start": "0", "end": 4}}, {"span": {"start": 0, "end": 4}}, {"span": None},
        {"span": {"skill": "education", "start": 0, "end": 4, "strength": "strong"}}, {"unspan": 3},
    ],
)  # fmt: skip
def test_what_is_not_a_change_is_refused(change):
    with pytest.raises(LabelError):
        Label().changed(change, POSTING)


def test_the_second_type_is_another_one():
    with pytest.raises(LabelError):
        Label("telecom").changed({"second": "telecom"}, POSTING)
    assert Label("telecom", "software").changed({"type": "software"}, POSTING).second is None
    assert Label("telecom").changed({"skipped": True}, POSTING).type is None
