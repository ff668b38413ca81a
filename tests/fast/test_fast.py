"""The fast path gives what the light path gives, to the last digit."""

import random
from dataclasses import replace

import numpy as np
import pytest

from matcher.corpus import read_labelled
from matcher.corrections import Correction
from matcher.fast.alphabet import codes_of, tables
from matcher.fast.cutting import cue_table, cut
from matcher.fast.hashing import add_char, follow, hash_pair, hash_word
from matcher.features import TermModel
from matcher.matcher import Matcher, rounded_shares
from matcher.posting import JobPosting
from matcher.profile import TYPES
from matcher.text import sentences
from tests.conftest import ROOT

PIECES = [
    *'ab CD.!;:,"()*-•·–o \t\n19é 你\r%+&_§ İΣς²𝐀🙂',
    *("You ", "Manage ", "e.g. ", "the ", "Experience", "; ", " - Lead", "Preferred:", " and ", "no degree required"),
    *("C++ ", "5 years ", "Don't ", "project manager ", "fiber ", "Requirements\n", "a b c "),
]


@pytest.fixture(scope="module")
def corpus():
    return [labelled.posting for labelled in read_labelled([str(ROOT / "corpus" / "*.jsonl")])]


@pytest.fixture(scope="module")
def odd():
    """Postings that nobody would write."""
    dice = random.Random(5)
    texts = ["".join(dice.choices(PIECES, k=dice.randint(1, 90))) for _ in range(400)]
    texts += ["x", "•", "a" * 5000, "Word " * 3000, "Lead the project. " * 400, "𝐁𝐨𝐥𝐝 𝐓𝐞𝐱𝐭 manager", "- " * 50 + "a"]
    return [JobPosting("".join(dice.choices(PIECES, k=4)), text) for text in texts if any(map(str.isalnum, text))]


@pytest.fixture(scope="module")
def fast():
    from matcher.fast.engine import Engine

    matcher = Matcher.load()
    matcher._fast = Engine(matcher.model)
    return matcher


def spans_of(text):
    flags, _ = tables()
    spans = np.empty((len(text) + 2, 2), np.int64)
    return [tuple(span) for span in spans[: cut(codes_of(text), flags, *cue_table(), spans)].tolist()]


def test_sentences_are_cut_alike(corpus, odd):
    for posting in (*corpus, *odd):
        assert spans_of(posting.description) == [tuple(span) for span in sentences(posting.description)]


def test_every_row_is_the_same(fast, corpus, odd):
    light = Matcher.load()
    postings = [*corpus[::9], *odd]
    for posting, match in zip(postings, fast.score_chunk(postings), strict=True):
        alone = light._match(posting, light.find(posting))
        assert match.to_row() == alone.to_row()


def test_a_corrected_model_is_read_alike_and_its_reasons_still_add_up(corpus):
    from matcher.fast.engine import Engine

    light, fast = Matcher.load(), Matcher.load()
    terms = ["earth station", "hybrid cloud rollout", *list(light.model.types.words.vocabulary)[::5]]
    dice = np.random.default_rng(0)
    changes = (dice.normal(size=(len(terms), len(TYPES))).astype(np.float32) * 4 for _ in range(2))
    none = np.zeros(len(TYPES), np.float32)
    correction = Correction(*(TermModel.of(terms, weights, none) for weights in changes))
    model = replace(light.model, types=correction.put_into(light.model.types))
    light.model = fast.model = model
    fast._fast = Engine(model)
    before = [row["p_other"] for row in Matcher.load().type_rows(corpus[::25])]
    matches = fast.score_chunk(corpus[::25])
    moved = [abs(match.probabilities["other"] - chance) for match, chance in zip(matches, before, strict=True)]
    assert sum(change > 0.01 for change in moved) > len(matches) / 10
    for posting, match in zip(corpus[::25], matches, strict=True):
        assert match.to_row() == light._match(posting, light.find(posting)).to_row()
        _, _, _, chances = light._tell(posting)
        winner, other = np.argsort(-chances, kind="stable")[:2]
        lead = model.types.lead(chances, int(winner), int(other))
        assert abs(sum(reason.weight for reason in match.reasons) - lead) < 1e-3


def test_types_alone_are_the_same(fast, corpus):
    light = Matcher.load()
    exact = fast._fast.types(corpus[::9])
    for posting, row in zip(corpus[::9], exact, strict=True):
        *_, alone = light._tell(posting)
        assert np.abs(alone - row).max() < 1e-12
        assert rounded_shares(row.tolist()) == rounded_shares(alone.tolist())


def test_a_posting_does_not_change_its_neighbours(fast, corpus):
    several = corpus[:40]
    together = [match.to_row() for match in fast.score_chunk(several)]
    assert together == [fast.score_chunk([posting])[0].to_row() for posting in several]
    assert together[::-1] == [match.to_row() for match in fast.score_chunk(several[::-1])]


def test_thousands_of_sets_in_one_chunk(fast, corpus):
    """More sentences than a set of seen terms has turns."""
    posting = replace(corpus[0], description=corpus[0].description + "\n" + "Lead a rollout.\n" * 3000, id="long")
    many = [posting] * 25
    rows = [match.to_row() for match in fast.score_chunk(many)]
    assert all(row == rows[0] for row in rows)


@pytest.mark.parametrize("word", ["a", "project", "é", "你", "0", "c++"])
def test_hashes_are_python_s(word):
    state = np.uint64(0xCBF29CE484222325)
    for char in word:
        state = np.uint64(add_char(state, np.uint32(ord(char))))
    assert int(state) == hash_word(word)
    assert int(follow(state, np.uint64(7))) == hash_pair(hash_word(word), 7)
