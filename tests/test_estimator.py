import json

import numpy as np
import pytest
from sklearn.model_selection import GroupKFold, cross_val_score
from sklearn.utils.estimator_checks import parametrize_with_checks

from matcher import JobPosting, PostingClassifier
from tests.conftest import ROOT


@parametrize_with_checks([PostingClassifier()])
def test_scikit_learns_own_checks(estimator, check):
    check(estimator)


@pytest.fixture(scope="module")
def rows():
    found = []
    for name in ("telecom", "software", "other"):
        lines = (ROOT / "corpus" / f"{name}.jsonl").read_text("utf-8").splitlines()[:20]
        found += [json.loads(line) for line in lines]
    return found


def test_postings_in_any_form_with_labels_of_ones_own(rows):
    y = ["mine" if row["type"] == "telecom" else "not mine" for row in rows]
    fitted = PostingClassifier().fit(rows, y, groups=[row["group"] for row in rows])
    assert fitted.classes_.tolist() == ["mine", "not mine"]
    chances = fitted.predict_proba([JobPosting(r["title"], r["description"]) for r in rows])
    assert chances.shape == (len(rows), 2)
    assert np.allclose(chances.sum(axis=1), 1)
    assert (fitted.predict(rows) == np.array(y)).mean() > 0.9


def test_cross_validation_by_group(rows):
    y, groups = [row["type"] for row in rows], [row["group"] for row in rows]
    scores = cross_val_score(PostingClassifier(), rows, y, groups=groups, cv=GroupKFold(3))
    assert scores.mean() > 0.6


def test_fit_and_predict_take_the_same_kind(rows):
    fitted = PostingClassifier().fit(rows, [row["type"] for row in rows])
    with pytest.raises(ValueError, match="same kind"):
        fitted.predict(np.zeros((2, 3)))
