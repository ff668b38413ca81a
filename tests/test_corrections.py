import numpy as np
import pytest

from matcher import Matcher
from matcher.aggregates import AGGREGATES
from matcher.classifier import COLUMNS
from matcher.corrections import Correction, correct
from matcher.features import TermModel
from matcher.profile import TYPES
from matcher.term_rows import TermRows

OTHER, TELECOM = TYPES.index("other"), TYPES.index("telecom")
USERS, CORPUS = 16, 160
KIND = [["manager", "plan", "antenna", f"own{at}"] for at in range(USERS)]
APART = [[f"own{at}"] for at in range(USERS)]


def rows(mine: list[list[str]]) -> tuple[TermRows, TermRows, np.ndarray]:
    """Words and titles of the user's texts, then of a corpus's; which are the user's."""
    words = [*mine, *(["manager", "plan", f"c{at % 40}"] for at in range(CORPUS))]
    titles = TermRows.of([f"t{at}"] for at in range(len(words)))
    return TermRows.of(words), titles, np.arange(len(words)) < len(mine)


def learned(mine, labels, told):
    """What is made of the user's labels; what all are told before and after. The corpus is told rightly."""
    words, titles, flags = rows(mine)
    before = np.full((len(flags), len(TYPES)), 0.01)
    before[:, OTHER] = 0.96
    before[flags] = 1e-6
    for kind, chance in told.items():
        before[flags, kind] = chance
    types = np.array([*labels, *[OTHER] * CORPUS])
    found = correct(words, titles, flags, before, types, np.ones(len(flags)), np.arange(len(flags)) % 4)
    return found[0], before, found[1]


def test_what_the_users_rows_share_is_told_as_they_say_and_the_rest_as_before():
    correction, before, after = learned(KIND, [TELECOM] * USERS, {OTHER: 1 - 1e-3, TELECOM: 1e-3})
    assert (before[:USERS].argmax(axis=1) == OTHER).all()
    assert (after[:USERS].argmax(axis=1) == TELECOM).all()  # each by a correction that did not see it
    assert (after[USERS:].argmax(axis=1) == OTHER).all()
    assert np.abs(after[USERS:] - before[USERS:]).max() < 0.05
    assert np.allclose(after.sum(axis=1), 1)
    assert "antenna" in correction.words.vocabulary
    assert not any(name.startswith("own") for name in correction.words.vocabulary)  # in one row alone
    assert (correction.words.intercept == 0).all()


@pytest.mark.parametrize(
    ("mine", "labels", "told"),
    [
        pytest.param([], [], {}, id="none"),
        pytest.param(KIND[:1], [TELECOM], {OTHER: 1 - 1e-3, TELECOM: 1e-3}, id="one row"),
        pytest.param(APART, [TELECOM] * USERS, {OTHER: 1 - 1e-3, TELECOM: 1e-3}, id="no word shared"),
        pytest.param(KIND, [TELECOM] * USERS, {TELECOM: 1.0}, id="told rightly already"),
        pytest.param(
            KIND, [(OTHER, TELECOM)[at // 4 % 2] for at in range(USERS)], {OTHER: 0.5, TELECOM: 0.5}, id="as told"
        ),
    ],
)
def test_without_a_sure_gain_nothing_changes(mine, labels, told):
    correction, before, after = learned(mine, labels, told)
    assert correction is None
    assert np.array_equal(after, before)


def test_where_all_rows_are_the_users_the_model_is_theirs_already():
    words, titles, flags = rows(KIND)
    before, types = np.full((len(flags), len(TYPES)), 0.2), np.full(len(flags), TELECOM)
    every = np.ones(len(flags), bool)
    found, after = correct(words, titles, every, before, types, np.ones(len(flags)), np.arange(len(flags)) % 4)
    assert found is None
    assert after is before


def test_a_correction_put_into_a_model_changes_its_decision_by_just_that_much():
    model = Matcher.load("default").model.types
    weights = np.random.default_rng(0).normal(size=(3, len(TYPES))).astype(np.float32)
    none = np.zeros(len(TYPES), np.float32)
    word = next(iter(model.words.vocabulary))
    correction = Correction(
        TermModel.of([word, "radome pointing"], weights[:2], none), TermModel.of(["radome"], weights[2:], none)
    )
    changed = correction.put_into(model)
    assert changed.decision is model.decision
    assert set(changed.words.vocabulary) == {*model.words.vocabulary, "radome pointing"}
    for words, title in [([word, "x"], ["radome"]), (["radome pointing"], []), (["x", "y"], ["z"])]:
        wanted = correction.words.scores(words).astype(np.float64) + correction.titles.scores(title).astype(np.float64)
        (gate, kinds), (new_gate, new_kinds) = (steps(part, words, title) for part in (model, changed))
        assert np.isclose(new_gate - gate, wanted[0], atol=1e-4)
        moved = new_kinds - kinds
        assert np.allclose(moved - moved.mean(), wanted[1:] - wanted[1:].mean(), atol=1e-4)


def steps(model, words, title):
    """Scores of both steps for words and a title, all else being zero."""
    inputs = np.concatenate([np.zeros(len(AGGREGATES)), model.words.scores(words), model.titles.scores(title)])
    assert len(inputs) == len(AGGREGATES) + 2 * len(COLUMNS)
    return model.decision.gate_scores(inputs), model.decision.kind_scores(inputs)
