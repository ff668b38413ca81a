"""Reasons that a person accepts: each row is a kind of explanation that was rejected once."""

from dataclasses import replace

import pytest

from matcher.aggregates import AGGREGATES
from matcher.classifier import INPUTS
from matcher.corpus import read_labelled
from matcher.posting import JobPosting
from matcher.reading import DOMAINS, FUNCTIONS, Units, read
from matcher.reasons import (
    LIKELY,
    OPPOSITES,
    PRESENT,
    SUBJECTS,
    TITLE,
    input_label,
    most_telling,
    netted,
    summary,
    summary_of,
    term_label,
)
from tests.conftest import ROOT


def counts(names, **given):
    return [given.get(name, 0) for name in names]


@pytest.mark.parametrize(
    ("name", "more", "less"),
    [
        ("work.function.builds", "hands-on engineering", "less hands-on engineering than usual"),
        ("duty.domain.business", "work on business matters", "less work on business matters than usual"),
        ("required.projects.software", "work on software", "less work on software than usual"),
        ("lists.telecom", "mentions of telecom", "fewer mentions of telecom than usual"),
        ("about.domain.networking", "the employer's own text: networks", "the employer's own text: little of networks"),
        ("count.duty", "much told of the work", "little told of the work"),
        ("duty.function.none", "little told of the work", "much told of the work"),
        ("title.function.none", TITLE, TITLE),
        ("title.domain.software", TITLE, TITLE),
        ("lists.title.telecom", TITLE, TITLE),
        ("titles.any", TITLE, TITLE),
        ("words.any", "", ""),
    ],
)
def test_one_meaning_has_one_label(name, more, less):
    assert name in INPUTS
    assert (input_label(name), input_label(name, below=True)) == (more, less)


@pytest.mark.parametrize(
    ("term", "label"),
    [
        ("d:rollout", "“rollout”"),
        ("rollout", "“rollout”"),
        ("r:@d:telecom", "mentions of telecom"),
        ("d:@f:projects", "project management"),
    ],
)
def test_a_listed_word_is_told_with_what_it_is_listed_for(term, label):
    assert term_label(term) == label


def test_every_label_has_one_opposite_at_most():
    assert len(set(OPPOSITES.values())) == len(OPPOSITES)
    assert not set(OPPOSITES) & set(OPPOSITES.values())
    assert {input_label(name, below=below) for name in AGGREGATES for below in (False, True)} == {
        TITLE, *OPPOSITES, *OPPOSITES.values()
    }  # fmt: skip


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        ({"work on telecom": 2.0, "less work on telecom than usual": -0.5}, {"work on telecom": 1.5}),
        ({"selling": -0.5, "less selling than usual": 2.0}, {"less selling than usual": 1.5}),
        ({"work on software": 1.0, "less work on telecom than usual": 0.4}, None),
        ({TITLE: -1.0, "“rollout”": 0.1}, None),
    ],
)
def test_presence_and_absence_of_a_thing_are_one_reason(found, kept):
    assert netted(found) == (kept or found)


@pytest.mark.parametrize(
    ("found", "named", "telling"),
    [
        ({TITLE: 3.0, "selling": 1.0}, PRESENT, [TITLE]),
        ({TITLE: 3.0, "selling": 2.0, "work on buildings": 1.9}, PRESENT, [TITLE, "selling"]),
        ({"less project management than usual": 3.0, "selling": 0.7}, PRESENT, ["selling"]),
        ({"much told of the work": 3.0, "mentions of telecom": 2.0}, PRESENT, []),
        ({"project management": 3.0, "work on networks": 0.7}, SUBJECTS, ["work on networks"]),
        ({"work on networks": 0.3, TITLE: -2.0}, SUBJECTS, []),
        ({"work on networks": 2.0, "less work on networks than usual": -1.9}, SUBJECTS, []),
        ({}, PRESENT, []),
    ],
)
def test_the_summary_names_what_is_there_and_weighs(found, named, telling):
    assert most_telling(found, named) == telling


@pytest.mark.parametrize(
    ("functions", "domains", "telling", "said"),
    [
        ({"projects": 8, "none": 3}, {"none": 8}, ["work on telecom"],
         "8 of 11 duties manage projects; most telling: work on telecom"),
        ({"projects": 9, "analyses": 1}, {"buildings": 1, "none": 8}, [], "9 of 10 duties manage projects"),
        ({"projects": 5, "builds": 4}, {"networking": 3, "software": 2}, [TITLE, "selling"],
         "5 of 9 duties manage projects, others: hands-on engineering (4); what they deliver: networks (3), "
         "software (2); most telling: its title, selling"),
        ({}, {}, [TITLE], "The posting tells no duties; most telling: its title"),
        ({}, {}, [], "The posting tells no duties"),
    ],
)  # fmt: skip
def test_the_summary_says_what_is_known_and_no_more(functions, domains, telling, said):
    assert summary_of(counts(FUNCTIONS, **functions), counts(DOMAINS, **domains), telling) == said


SALES = JobPosting(
    "Key Account Executive",
    "What you will do\n- Win new retail customers and keep the ones we have\n- Meet the monthly sales quota\n"
    "- Negotiate prices and contracts with buyers\n- Visit trade fairs and collect leads\n- Collect overdue payments\n",
)
CABLE = JobPosting(
    "Delivery Manager",
    "Tarn & Fell Carriers sells wholesale fibre capacity to mobile operators.\nWhat you will do\n"
    "- Own plan, budget and risk of each cable landing from survey to handover\n- Chair the weekly project meeting\n"
    "- Coordinate trench crews, splicers and municipalities\n- Report progress to the carrier's leadership\n",
)


@pytest.mark.parametrize(("posting", "kind", "said"), [(SALES, "other", TITLE), (CABLE, "telecom", "telecom")])
def test_the_summary_carries_the_answer(matcher, posting, kind, said):
    match = matcher.score(posting)
    assert match.type == kind
    assert said in match.summary.split("most telling: ")[1]


def test_a_duty_counts_as_managing_projects_only_where_that_is_likely(matcher):
    reading = read(Units.of(CABLE), matcher.model.sentence)
    reading.function[:] = 0.11
    reading.function[:, FUNCTIONS.index("projects")] = LIKELY - 0.01
    assert summary(reading, []).startswith("0 of ")
    reading.function[:, FUNCTIONS.index("projects")] = LIKELY
    assert not summary(reading, []).startswith("0 of ")


def test_no_posting_is_told_that_it_has_more_and_less_of_a_thing(matcher):
    for labelled in list(read_labelled([str(ROOT / "corpus" / "*.jsonl")]))[::40]:
        reasons = {reason.term: reason.weight for reason in matcher.score(labelled.posting).reasons}
        assert len(reasons) == len(matcher.score(labelled.posting).reasons)
        assert not [more for more, less in OPPOSITES.items() if more in reasons and less in reasons]


@pytest.mark.parametrize("title", ["Project Manager", "Delivery Manager", "Program Lead"])
def test_one_of_the_four_types_is_told_from_the_next_of_them(matcher, network, title):
    """Against ``other`` the reasons only say why it is a TPM posting; the summary says why this type."""
    match = matcher.score(replace(network, title=title))
    assert match.type == "networking"
    assert "project management" in [reason.term for reason in match.reasons]
    assert match.summary.split("most telling: ")[1].startswith("work on networks")
