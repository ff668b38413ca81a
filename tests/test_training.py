import json
import math
from dataclasses import replace

import numpy as np
import pytest

from matcher import Matcher, model_store, retraining
from matcher.corpus import OWN_WEIGHT, fold_of, read_labelled
from matcher.decision_fits import Rows, choose_cutoff
from matcher.errors import LabelError
from matcher.evaluation import type_figures
from matcher.features import TermModel
from matcher.profile import SKILLS, TYPES
from matcher.term_fits import beside, blend, some
from matcher.training import train
from tests.conftest import ROOT

PER_TYPE = 24


@pytest.fixture(scope="session")
def some_rows():
    files = sorted((ROOT / "corpus").glob("*.jsonl"))
    return [row for file in files for row in list(read_labelled([str(file)]))[:PER_TYPE]]


@pytest.fixture(scope="session")
def trained(some_rows):
    return retraining.fit(some_rows, "small")


def test_a_small_corpus_already_tells_more_than_chance(trained, some_rows):
    model, manifest = trained
    assert type_figures(some_rows, model.probabilities)["accuracy"] > 0.5
    assert manifest["corpus"]["postings"] == len(some_rows)
    assert manifest["scores"]["accuracy"] > 0.5
    assert np.allclose(model.probabilities.sum(axis=1), 1)
    assert model.skills.shape == (len(some_rows), len(SKILLS))


def test_training_twice_gives_the_same_bytes_and_a_model_that_scores(trained, some_rows, tmp_path, network):
    for name, (model, manifest) in {"one": trained, "two": retraining.fit(some_rows, "small", jobs=1)}.items():
        model_store.save(model.model, tmp_path / name, manifest)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert all((tmp_path / "one" / f).read_bytes() == (tmp_path / "two" / f).read_bytes() for f in files)
    match = Matcher.load(tmp_path / "one").score(network)
    assert math.isclose(sum(match.probabilities[name] for name in TYPES), 1)


@pytest.mark.parametrize(("count", "times"), [(0, 1), (20, 2), (120, 2), (160, 1.5), (300, 1)])
def test_few_rows_of_the_users_own_weigh_as_much_as_more_would(some_rows, count, times):
    own = [replace(row, confidence=3) for row in some_rows]
    mine = [replace(some_rows[0], origin="real", confidence=3) for _ in range(count)]
    rows = [*own, *mine]
    weights = Rows.of(np.zeros((len(rows), 2)), rows, None).weights
    assert set(weights[: len(own)]) == {OWN_WEIGHT}
    assert set(weights[len(own) :]) <= {times}


def test_of_very_many_rows_some_are_drawn_the_same_each_time():
    rows = np.arange(100) * 2
    drawn = some(rows, 10)
    assert drawn.tolist() == some(rows, 10).tolist() == sorted(drawn)
    assert len(set(drawn) & set(rows)) == 10
    assert some(rows, 100) is rows


def test_no_group_stands_on_both_sides(some_rows):
    pairs = {row.group for row in some_rows if row.group.startswith("pair-")}
    assert all(len({fold_of(row.group) for row in some_rows if row.group == pair}) == 1 for pair in pairs)


def test_too_little_to_learn_from_is_said(some_rows):
    with pytest.raises(LabelError, match="0 of type telecom, at least 4 are needed"):
        train([row for row in some_rows if row.type != "telecom"], None)
    with pytest.raises(LabelError, match="no posting has marked sentences"):
        train([replace(row, marks=()) for row in some_rows], None)


@pytest.fixture(scope="session")
def small(trained, some_rows):
    """The small model as the one in use."""
    model, manifest = trained
    return Matcher(replace(model.model, manifest={**manifest, "digest": "0" * 64}), Matcher.load().profile)


@pytest.fixture(scope="session")
def propose(small):
    """Proposals beside the small model."""
    return lambda rows: retraining.propose(rows, small)


def test_the_same_rows_give_a_model_that_is_not_worse_and_keep_it_as_a_version(
    propose, some_rows, trained, tmp_path, monkeypatch
):
    monkeypatch.setenv("MATCHER_MODELS", str(tmp_path / "models"))
    proposal = propose(some_rows)
    assert proposal.comparison.verdict.startswith("Not worse: ")
    assert np.array_equal(proposal.trained.probabilities, trained[0].probabilities)
    assert [part.name for part in proposal.comparison.sections] == ["all"]
    assert not (tmp_path / "models").exists()
    assert retraining.keep(proposal, use=False).name == "trained-1"
    assert model_store.in_use() == "default"
    assert retraining.keep(proposal, use=True).name == "trained-1"
    assert model_store.in_use() == "trained-1"
    kept = model_store.load()
    assert kept.manifest["compared"]["verdict"] == proposal.comparison.verdict
    assert proposal.comparison.verdict in (model_store.find() / "card.md").read_text("utf-8")
    assert kept.labels == {retraining.digest(row): row.type for row in some_rows}
    folder = retraining.keep(proposal, tmp_path / "mine", use=False)
    assert model_store.load(folder).label.startswith("mine@")


def test_shuffled_labels_are_refused_for_what_the_model_in_use_knows(propose, some_rows):
    order = np.random.default_rng(1).permutation(len(some_rows))
    shuffled = [replace(row, type=some_rows[at].type, second=None) for row, at in zip(some_rows, order, strict=True)]
    comparison = propose(shuffled).comparison
    assert comparison.worse
    assert "no better than guessing" in comparison.verdict
    assert comparison.sections[-1].name == "known"
    assert comparison.sections[-1].worse


def test_planted_label_errors_are_doubted_first_and_a_contradiction_is_left_out(propose, some_rows):
    planted = range(7, len(some_rows), 20)
    wrong = [
        replace(row, type=TYPES[(TYPES.index(row.type) + 2) % 5], second=None) if at in planted else row
        for at, row in enumerate(some_rows)
    ]
    disputed = replace(wrong[0], type="other", where="mine.csv, row 1", group="mine")
    proposal = propose([*wrong, disputed])
    first = proposal.doubts[: len(some_rows) // 10]
    names = {wrong[at].where for at in planted}
    assert sum(doubt.row.where in names for doubt in first) >= 0.7 * len(planted)
    assert [row.where for row in proposal.conflicts[0].rows] == [wrong[0].where, "mine.csv, row 1"]
    assert len(proposal.doubts) == proposal.manifest["corpus"]["postings"] == len(some_rows) - 1
    assert proposal.manifest["corpus"]["conflicts"] == 1


@pytest.mark.parametrize("name", ["ground_segment", "gis_rollout", "rail_signalling"])
def test_twenty_labels_teach_a_new_kind(propose, small, some_rows, name, tmp_path):
    """Managers of satellite ground stations, mapping systems, and railway signalling software."""
    kind = list(read_labelled([str(ROOT / "tests" / "data" / f"{name}.jsonl")]))
    shipped = Matcher.load("default")
    assert sum(right(shipped, kind[20:])) <= 2
    proposal = propose([*some_rows, *kind[:20]])
    yours = next(part for part in proposal.comparison.sections if part.name == "yours")
    assert yours.accuracy[2].low > 0
    after = Matcher.load(retraining.keep(proposal, tmp_path / "taught", use=False))
    assert sum(right(small, kind[20:])) <= 2
    assert sum(right(after, kind[20:])) >= 8
    assert right(after, some_rows).mean() >= right(small, some_rows).mean() - 0.02


def right(matcher, rows):
    told = matcher.type_rows([row.posting for row in rows])
    return np.array([row["type"] == label.type for row, label in zip(told, rows, strict=True)])


def test_models_of_different_vocabularies_add_up():
    one = TermModel.of(["a", "b"], np.array([[2.0], [4.0]], np.float32), np.array([1.0], np.float32))
    two = TermModel.of(["b", "c"], np.array([[6.0], [8.0]], np.float32), np.array([3.0], np.float32))
    mixed = blend(one, two)
    assert {name: mixed.weights[row, 0] for name, row in mixed.vocabulary.items()} == {"a": 1, "b": 5, "c": 4}
    assert np.allclose(
        mixed.scores(["a", "b", "c", "d"]), (one.scores(["a", "b", "c", "d"]) + two.scores(["a", "b", "c", "d"])) / 2
    )
    assert blend(one, None) is one
    wide = beside(one, two)
    assert wide.weights[wide.vocabulary["b"], :2].tolist() == [4, 6]


def test_the_cutoff_is_the_lowest_that_keeps_the_precision():
    chances = np.zeros((40, len(TYPES)))
    chances[:, 0] = np.linspace(0.99, 0.6, 40)
    types = np.array([0] * 20 + [1] * 20)
    cutoff = choose_cutoff(chances, types, np.ones(40))
    accepted = chances[:, 0] >= cutoff
    assert (types[accepted] == 0).mean() >= 0.95
    assert accepted.sum() >= 20


def test_the_shipped_model_belongs_to_the_corpus_that_ships():
    rows = list(read_labelled([str(ROOT / "corpus" / "*.jsonl")]))
    wanted = retraining.corpus_digest(rows)
    manifest = json.loads((ROOT / "models" / "default" / "manifest.json").read_text())
    assert manifest["corpus"]["digest"] == wanted
