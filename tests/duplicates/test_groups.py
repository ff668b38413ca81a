import random
import tracemalloc
from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from advertisements import EDITS, make, of_one_employer

from matcher.corpus import read_labelled
from matcher.duplicates import WIDTH, Sketcher, first_of
from matcher.posting import JobPosting
from tests.conftest import NETWORK, ROOT

TYPES = ("telecom", "networking", "it_conversion", "software", "other")


@pytest.fixture(scope="module")
def postings():
    rows = read_labelled([str(ROOT / "corpus" / f"{name}.jsonl") for name in TYPES])
    found = [row.posting for row in rows if len(row.posting.description.split()) > 60]
    random.Random(3).shuffle(found)
    return found


def firsts(postings):
    return first_of(Sketcher().sketch_many(postings)).tolist()


def groups_of(first, names):
    groups = defaultdict(set)
    for name, number in zip(names, first, strict=True):
        groups[number].add(name)
    return {frozenset(group) for group in groups.values()}


def pairs(groups):
    counts = np.unique(groups, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())


@pytest.mark.parametrize("copied", [0, 3])
def test_copies_come_together_and_jobs_of_one_employer_stay_apart(postings, copied):
    ads, truth = make(postings[:500], postings[500:700], random.Random(5), copied)
    first = np.array(firsts(ads))
    right = pairs(first * len(ads) + np.array(truth))
    precision, recall = right / pairs(first), right / pairs(np.array(truth))
    assert precision >= 0.98
    assert 2 * precision * recall / (precision + recall) >= 0.95


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_every_edit_alone(postings, edit):
    dice = random.Random(7)
    some = postings[:200]
    first = firsts([*some, *(edit(posting, dice) for posting in some)])
    assert sum(first[200 + number] == number for number in range(200)) >= 194
    assert first[:200] == list(range(200))


def test_the_order_of_rows_does_not_matter(postings):
    ads, _ = make(postings[:150], postings[500:600], random.Random(6), 2)
    sketches = Sketcher().sketch_many(ads)
    order = np.random.default_rng(1).permutation(len(ads))
    first, again = first_of(sketches), first_of(sketches[order])
    assert groups_of(first, range(len(ads))) == groups_of(again, order)
    assert all(first[first] == first)
    assert all(first <= np.arange(len(ads)))


def test_boilerplate_far_longer_than_the_jobs(postings):
    jobs = [replace(posting, description=" ".join(posting.description.split()[:70])) for posting in postings[:60]]
    first = firsts([of_one_employer(of_one_employer(job)) for job in jobs])
    assert first == list(range(60))


def test_one_advertisement_in_forty_towns(postings):
    towns = [
        f"{a}{b}" for a in ("Ash", "Oak", "Elm", "Hol", "Wick") for b in "ford ham ton bury ley by wold mere".split()
    ]
    some = postings[:40] + [
        JobPosting(
            f"Network Project Manager - {town}",
            NETWORK.replace("40 schools", f"40 schools near {town}"),
            "",
            f"{town}, OH",
        )
        for town in towns
    ]
    assert firsts(some)[40:] == [40] * 40


@pytest.mark.parametrize(
    ("title", "same"),
    [
        ("Project Manager", True),
        ("Project Manager - Leeds (ref 4711)", True),
        ("", True),
        ("Senior Project Manager", False),
        ("Project Manager II", False),
        ("Project Engineer", False),
        ("Warehouse Operative", False),
    ],
)
def test_of_texts_alike_but_for_a_line_the_titles_decide(title, same):
    other = NETWORK.replace(
        "Write a weekly status report for the steering group", "Keep every site's floor plan up to date"
    )
    rows = [JobPosting("Project Manager", NETWORK), JobPosting(title, other, "", "Leeds")]
    assert firsts(rows) == [0, 0 if same else 1]


def test_the_same_text_under_another_title_is_the_same_advertisement():
    assert firsts([JobPosting("Project Manager", NETWORK), JobPosting("Network Delivery Lead", NETWORK)]) == [0, 0]


def test_the_words_of_short_texts_must_all_be_equal():
    def posting(title, text, company="", location=""):
        return JobPosting(title, text, company, location, id="x")

    rows = [
        posting("Project Manager", "Lead the work.\nReport weekly.", "Acme"),
        posting("Project  Manager", "Lead the work. Report  weekly", "ACME", "Leeds"),
        posting("Project Manager", "Lead the work. Report daily.", "Acme"),
        posting("Project Manager", "Lead the work. Report weekly.", "Other"),
        posting("", ""),
        posting("", "—"),
        posting("PM", ""),
    ]
    assert firsts(rows) == [0, 0, 2, 3, 4, 4, 6]


def test_a_chain_does_not_bring_two_jobs_together(postings):
    words = " ".join(posting.description for posting in postings[:5]).split()[:700]
    chain = [JobPosting("Project Manager", " ".join(words[at : at + 300])) for at in range(0, 400, 30)]
    first = firsts(chain)
    for number, group in enumerate(first):
        assert number - group <= 4, "texts of one group share more than half of their words"
    assert len(set(first)) < len(chain) / 2


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_rows(postings, count):
    assert firsts(postings[:count]) == list(range(count))


def test_memory_stays_within_a_hundred_bytes_a_row(tmp_path):
    count = 100_000
    dice = np.random.default_rng(2)
    sketches = np.lib.format.open_memmap(tmp_path / "sketches.npy", "w+", np.uint32, (count, WIDTH))
    for at in range(0, count, 10_000):
        sketches[at : at + 10_000] = dice.integers(0, 1 << 32, (10_000, WIDTH), dtype=np.uint32)
    sketches[count // 2 :, 2:] = sketches[: count // 2, 2:]
    tracemalloc.start()
    first = first_of(np.load(tmp_path / "sketches.npy", mmap_mode="r"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (first[count // 2 :] == np.arange(count // 2)).all()
    assert peak < 10_000_000 + 100 * count
