import pytest

from matcher.match import Evidence
from matcher.review.label import SkillSpan
from matcher.review.marking import lines, visible

TEXT = "Lead the team.\r\n\nReport \u202eeach week 🎉\x00.\n- x"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain 👩\u200d💻 é", "plain 👩\u200d💻 é"),
        ("a\u202eb\u2066c\u200fd", "a[U+202E]b[U+2066]c[U+200F]d"),
        ("\x1b[2J\x07", "[U+001B][2J[U+0007]"),
        ("half \ud800", "half [U+D800]"),
        ("\U000e0041\ufeff\u200b", "[U+E0041][U+FEFF][U+200B]"),
    ],
)
def test_what_would_hide_is_shown(text, shown):
    assert visible(text) == shown


def test_pieces_are_the_description_and_know_where_they_stand():
    found = list(lines(TEXT, [], [SkillSpan("education", 5, 30)]))
    assert all(TEXT[p.start : p.start + len(p.text)] == p.text for line in found for p in line)
    assert "".join(p.text for line in found for p in line) == TEXT.replace("\n", "").replace("\r", "")
    assert ["".join(p.hidden or p.text for p in line) for line in found] == [
        "Lead the team.",
        "Report U+202Eeach week 🎉U+0000.",
        "- x",
    ]
    assert {p.sentence for line in found for p in line if p.text.strip(" -")} == {0, 1, 2}


def test_the_models_words_and_the_persons_may_overlap():
    asked = [
        ("education", Evidence("the team", 5, 13, "duty", 0.9)),
        ("organization", Evidence("team", 9, 13, "duty", 0.9)),
    ]
    (first, *_) = lines(TEXT, asked, [SkillSpan("team_motivation", 0, 8)])
    assert [(p.text, p.asked, p.marked, p.ends) for p in first] == [
        ("Lead ", (), ("team_motivation",), ()),
        ("the", ("education",), ("team_motivation",), ("team_motivation",)),
        (" ", ("education",), (), ()),
        ("team", ("education", "organization"), (), ("education", "organization")),
        (".", (), (), ()),
    ]


def test_a_description_of_nothing_but_line_breaks_has_no_lines():
    assert list(lines("\n\r\n\n", [], [])) == []
