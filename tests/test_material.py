from dataclasses import replace

import numpy as np
import pytest

from matcher import material as module
from matcher import model_store
from matcher.aggregates import aggregate
from matcher.classifier import word_terms
from matcher.corpus import SentenceMark, read_labelled
from matcher.cross_reading import cross_read
from matcher.material import Material, mark_targets
from matcher.profile import SKILLS
from matcher.reading import DOMAINS, FUNCTIONS, PARTS, Units, read
from matcher.skills import asking, pooled
from matcher.term_rows import TermRows
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def rows():
    return list(read_labelled([str(ROOT / "corpus" / "networking.jsonl")]))[:12]


@pytest.fixture(scope="module")
def shipped():
    return model_store.load("default")


def test_all_at_once_is_what_a_posting_alone_gives(rows, shipped):
    """The fits see what scoring a posting will see."""
    material = Material.of(rows)
    told = cross_read(material, np.zeros(len(rows), int), [shipped.sentence])
    words = material.words(told.part)
    scores = words.scores(shipped.types.words)
    for at, row in enumerate(rows):
        reading = read(Units.of(row.posting), shipped.sentence)
        found = word_terms(reading)
        assert np.allclose(told.aggregates[at], aggregate(reading), atol=1e-5)
        assert np.allclose(told.asked[at], pooled(asking(reading), 0.0)[:, :3], atol=1e-4)
        assert words.sizes[at] == len(found)
        assert {words.names[column] for column in words.held[at].indices} == set(found)
        assert np.allclose(scores[at], shipped.types.words.scores(found), atol=1e-4)
        titles = material.titles[np.array([at])].scores(shipped.types.titles)[0]
        assert np.allclose(titles, shipped.types.titles.scores(reading.units.title_terms), atol=1e-5)


def test_many_postings_are_cut_in_pieces_with_the_same_result(rows, shipped, monkeypatch):
    """Terms of a single sentence have no column then, and still count in every size."""
    whole = Material.of(rows)
    monkeypatch.setattr(module, "PIECE", 5)
    pieces = Material.of(rows)
    assert pieces.first.tolist() == whole.first.tolist()
    assert pieces.denied.tolist() == whole.denied.tolist()
    assert pieces.marked.tolist() == whole.marked.tolist()
    assert pieces.targets.tolist() == whole.targets.tolist()
    assert pieces.sentences.sizes.tolist() == whole.sentences.sizes.tolist()
    assert set(pieces.sentences.names) == set(whole.sentences.names[whole.sentences.counts() >= module.RARE])
    part = np.arange(len(whole.sentences)) % len(PARTS)
    assert pieces.words(part).sizes.tolist() == whole.words(part).sizes.tolist()
    assert [found.tolist() for found in pieces.listed()] == [found.tolist() for found in whole.listed()]


def test_a_sentence_takes_the_mark_that_covers_most_of_it(rows):
    text = "Plan the fibre build. Keep the budget."
    posting = replace(rows[0].posting, description=text)
    first, second = (
        SentenceMark(0, 10, "about", "none", "none"),
        SentenceMark(10, 21, "duty", "projects", "telecom", frozenset({SKILLS[2]})),
    )
    numbers, targets = mark_targets(replace(rows[0], posting=posting, marks=(first, second)), Units.of(posting))
    assert numbers.tolist() == [0]
    skills = [int(name == SKILLS[2]) for name in SKILLS]
    wanted = [PARTS.index("duty"), FUNCTIONS.index("projects"), DOMAINS.index("telecom"), *skills]
    assert targets.tolist() == [wanted]
    assert [len(part) for part in mark_targets(replace(rows[0], marks=()), Units.of(posting))] == [0, 0]


def test_common_terms_come_by_how_many_texts_hold_them():
    texts = TermRows.of([["b", "a"], ["a", "c"], ["a", "c", "b"], ["d"]])
    assert texts.names[texts.common(2)].tolist() == ["a", "b", "c"]
    assert texts.names[texts.named(["d", "a", "e"])].tolist() == ["a", "d"]
    some = texts[np.array([0, 2])].only(texts.common(3))
    assert some.values().toarray().ravel().tolist() == pytest.approx([2**-0.5, 3**-0.5])
    joined = TermRows.joined([texts, TermRows.of([["d", "e"]])])
    assert joined.counts().tolist() == [2, 3, 2, 2, 1]
