import numpy as np

from matcher.corpus import LabelledPosting
from matcher.doubts import doubts
from matcher.posting import JobPosting
from matcher.profile import TYPES


def test_planted_errors_come_first_and_name_the_type_that_was():
    draw = np.random.default_rng(0)
    truth = np.arange(400) % 5
    scores = draw.normal(size=(400, 5)) + 3 * np.eye(5)[truth]
    chances = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    planted = draw.choice(400, 20, replace=False)
    labels = truth.copy()
    labels[planted] = (truth[planted] + draw.integers(1, 5, 20)) % 5
    rows = [LabelledPosting(JobPosting("PM", f"Lead {at}"), TYPES[label], str(at)) for at, label in enumerate(labels)]
    found = doubts(rows, chances)
    assert len(found) == 400
    first = {int(doubt.row.where): doubt for doubt in found[:40]}
    caught = [at for at in planted.tolist() if at in first]
    assert len(caught) >= 16
    assert sum(first[at].instead == TYPES[truth[at]] for at in caught) >= 15
    assert [doubt.doubt for doubt in found] == sorted((doubt.doubt for doubt in found), reverse=True)


def test_a_type_that_is_always_unsure_is_not_doubted_for_it():
    """Rows of the second type never get more than 0.45: against what is usual there, they are not doubtful."""
    chances = np.array([[0.95, 0.05, 0, 0, 0]] * 5 + [[0.55, 0.45, 0, 0, 0]] * 5 + [[0.1, 0.9, 0, 0, 0]])
    names = [TYPES[0]] * 5 + [TYPES[1]] * 5 + [TYPES[0]]
    rows = [LabelledPosting(JobPosting("PM", f"Lead {at}"), name, str(at)) for at, name in enumerate(names)]
    found = doubts(rows, chances)
    assert found[0].row.where == "10"
    assert found[0].to_row()["instead"] == TYPES[1]
    assert all(doubt.doubt < 0.1 for doubt in found[1:])
