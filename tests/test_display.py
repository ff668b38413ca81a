import io

import pytest
from rich.console import Console

from matcher.batch import Summary
from matcher.cli import main
from matcher.display import classify_summary, plain, postings_table, score_panel, sure, times
from matcher.display.common import TYPE_WORDS
from matcher.display.score import SHOWN_REASONS
from matcher.posting import JobPosting
from matcher.reasons import TELLS
from tests.conftest import NETWORK


def shown(renderable, width: int = 80, **options) -> str:
    console = Console(file=io.StringIO(), width=width, highlight=False, **options)
    console.print(renderable)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("chance", "words"),
    [(0.0, "0%"), (0.0001, "<1%"), (0.006, "1%"), (0.5, "50%"), (0.994, "99%"), (0.9999, ">99%"), (1.0, "100%")],
)
def test_nothing_is_certain_but_certainty(chance, words):
    assert sure(chance) == words


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        (0.0, "× 1.0"),
        (0.6931, "× 2.0"),
        (-0.6931, "÷ 2.0"),
        (4.6052, "× 100"),
        (7.0, "× 1,097"),
        (-99.0, "÷ over a million"),
        (9999.0, "× over a million"),
    ],
)
def test_a_weight_is_how_many_times_as_probable(weight, words):
    assert times(weight) == words


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("plain", 9, "plain"),
        ("a\x1b[2Jb\u202ec\x9bd\x00", 9, "a[2Jbcd"),
        ("a\tb\nc", 9, "a b c"),
        ("x" * 20, 5, "xxxx…"),
        ("é – 網", 9, "é – 網"),
    ],
)
def test_plain_text_is_safe_and_short(text, width, cut):
    assert plain(text, width) == cut


def test_a_sentence_that_asks_for_two_skills_is_quoted_once(matcher):
    sentence = "Judge how serious each risk is, and lead the call of the technical team when something fails"
    match = matcher.score(JobPosting("Project Manager", f"{NETWORK}\nDuties:\n- {sentence}"))
    quoted = [evidence.text for skill in match.skills for evidence in skill.evidence[:1]]
    assert len(quoted) > len(set(quoted))
    text = " ".join(shown(score_panel(match, matcher.profile)).replace("│", " ").split())
    assert "the same words as" in text
    for words in set(quoted):
        assert text.count(f"“{words}”") == 1


def test_the_panel_names_the_profile_and_multiplies_to_the_whole(matcher, network):
    match = matcher.score(network)
    text = shown(score_panel(match, matcher.profile))
    assert "of the profile “Technical project" in text
    assert times(sum(reason.weight for reason in match.reasons)) in text.split("all together")[1].splitlines()[0]


def test_the_panel_lists_what_weighs_and_names_both_types(matcher, network):
    match = matcher.score(network)
    text = shown(score_panel(match, matcher.profile), 120)
    assert f"Why computer networking rather than {TYPE_WORDS[match.runner_up]}" in text
    weighty = [reason for reason in match.reasons[:-2] if abs(reason.weight) >= TELLS and not reason.quoted]
    for reason in match.reasons[:-2]:
        assert (f"  {reason.term}  " in text) == (reason in weighty[:SHOWN_REASONS])
    quoted = [reason.term for reason in match.reasons if reason.quoted and reason.weight > 0]
    assert f"its words, each a little: {' '.join(quoted[:3])}  " in text


@pytest.mark.parametrize("width", [80, 60, 120])
def test_panels_keep_to_the_width_in_colour_and_without(matcher, network, width):
    panel = score_panel(matcher.score(network), matcher.profile)
    assert {len(line) for line in shown(panel, width).splitlines()} == {width}
    coloured = shown(panel, width, force_terminal=True, color_system="standard", no_color=False)
    assert "\x1b[1;32m" in coloured
    assert "\x1b[3" not in shown(panel, width, force_terminal=True, no_color=True)


def test_a_pipe_has_no_colour_and_no_lines_wider_than_80(monkeypatch, capsys):
    monkeypatch.setenv("TERM", "xterm-256color")
    for arguments in (["profile", "show"], ["models", "list"]):
        assert main(arguments) == 0
        out = capsys.readouterr().out
        assert "\x1b" not in out
        assert max(map(len, out.splitlines())) <= 80


def test_the_summary_counts_and_draws():
    summary = Summary(rows=1234, rejected=30, duplicates=2, accepted=1000, types={"software": 903, "other": 301})
    summary.errors = ["a.csv, row 7: no title\x1b[2J"]
    lines = shown(classify_summary(summary, "r.csv")).splitlines()
    assert lines[1].split() == ["software", "development", "903", "75.0%", "█" * 18]
    assert "1,234 rows: 1,204 scored (1,000 accepted, 204 to review)" in lines
    assert "  … and 29 more, in the output" in lines
    assert "\x1b" not in "".join(lines)


def test_rows_that_were_not_scored_are_in_the_table():
    rows = [{"status": "rejected", "title": None}, {"status": "unsupported_language", "title": "Leitung"}]
    text = shown(postings_table(rows))
    assert "rejected" in text
    assert "Leitung" in text
    assert "unread" in text
