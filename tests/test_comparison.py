import json
from dataclasses import replace

import numpy as np
import pytest

from matcher.comparison import Comparison, changes, section
from matcher.corpus import LabelledPosting
from matcher.posting import JobPosting
from matcher.profile import TYPES

KINDS = np.arange(200) % 5


def rows(kinds=KINDS):
    return [
        LabelledPosting(JobPosting(f"Job {at}", f"Lead the work {at}"), TYPES[kind], f"a.csv, row {at}", group=str(at))
        for at, kind in enumerate(kinds.tolist())
    ]


def told(kinds, sure=0.9):
    return np.where(np.arange(5) == kinds[:, None], sure, (1 - sure) / 4)


def wrong(share, kinds=KINDS):
    """Answers of which every n-th is wrong."""
    return told(np.where(np.arange(len(kinds)) % round(1 / share) == 0, (kinds + 1) % 5, kinds))


def compared(old, new, postings=None, name="all"):
    postings = postings or rows()
    return Comparison((section(name, postings, old, new),), *changes(postings, old, new))


def test_a_better_model_is_told_from_one_that_is_no_worse():
    better = compared(wrong(0.25), wrong(0.05))
    assert not better.worse
    assert better.verdict.startswith("Better: 95.0% right, 75.0% before (+20.0%, 95% interval +")
    same = compared(wrong(0.1), wrong(0.1))
    assert same.verdict == "Not worse: 90.0% right, 90.0% before (+0.0%, 95% interval +0.0% to +0.0%)."


def test_a_worse_model_is_refused_and_the_reason_given():
    worse = compared(wrong(0.05), wrong(0.25))
    assert worse.worse
    assert worse.verdict == "Worse: on all rows 20.0% fewer are right than with the model in use."


@pytest.mark.parametrize(("lost", "worse"), [(1, False), (2, False), (12, True)])
def test_a_loss_within_one_standard_error_is_not_worse(lost, worse):
    new = told(KINDS)
    new[:lost] = told((KINDS[:lost] + 1) % 5)
    assert compared(told(KINDS), new).worse is worse


def test_answers_that_have_nothing_to_do_with_the_labels_are_refused():
    shuffled = np.random.default_rng(3).permutation(KINDS)
    found = compared(told(KINDS), told(KINDS), rows(shuffled))
    assert found.worse
    assert "no better than guessing" in found.verdict


@pytest.mark.parametrize(("count", "kinds", "asked"), [(200, KINDS, True), (29, KINDS, False), (40, KINDS * 0, False)])
def test_guessing_is_asked_of_own_rows_only_where_they_can_tell(count, kinds, asked):
    postings = rows(kinds[:count])
    answers = told(np.random.default_rng(5).permutation(KINDS)[:count])
    assert compared(answers, answers, postings, "yours").worse is asked


def test_intervals_hold_the_value_and_widen_with_groups():
    postings, old, new = rows(), wrong(0.25), wrong(0.05)
    alone = section("all", postings, old, new)
    for old_new_change in (alone.accuracy, alone.macro_f1):
        assert all(figure.low <= figure.value <= figure.high for figure in old_new_change)
    few = section(
        "all", [replace(row, group=str(at // 25)) for at, row in enumerate(postings)], wrong(0.02), wrong(0.5)
    )
    assert few.accuracy[0].high <= 1
    big = np.arange(200) // 40 == 1  # one employer's rows alone are wrong
    one = told(np.where(big, (KINDS + 1) % 5, KINDS))
    grouped = section("all", [replace(row, group=str(at // 40)) for at, row in enumerate(postings)], one, one)
    ungrouped = section("all", postings, one, one)
    assert grouped.accuracy[1].high - grouped.accuracy[1].low > 2 * (
        ungrouped.accuracy[1].high - ungrouped.accuracy[1].low
    )


def test_changes_name_the_rows_and_the_whole_is_json():
    found = compared(wrong(0.1), wrong(0.05))
    assert [change.where for change in found.newly_right] == [f"a.csv, row {at}" for at in range(10, 200, 20)]
    assert found.newly_wrong == ()
    change = found.newly_right[0]
    assert (change.title, change.type, change.new) == ("Job 10", TYPES[0], TYPES[0])
    assert change.old == TYPES[1]
    assert json.loads(json.dumps(found.to_dict()))["verdict"] == found.verdict
