import itertools
import random
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from matcher.corpus import read_labelled
from matcher.duplicates import WIDTH, Sketcher
from matcher.duplicates.sketch import BLOCK, DIGEST, LONGEST, MINIMA, RANK, TITLE, WORDS
from matcher.posting import JobPosting
from tests.conftest import NETWORK, ROOT

LONG = JobPosting("Senior Project Manager, Leeds", NETWORK, "Harrow & Pike", "Leeds, OH")


def sketch(**changes):
    return Sketcher().sketch(replace(LONG, **changes))


@pytest.fixture(scope="module")
def postings():
    return [row.posting for row in read_labelled([str(ROOT / "corpus" / "telecom.jsonl")])]


def test_alone_or_among_others_a_posting_has_the_same_numbers(postings):
    many = Sketcher().sketch_many(postings)
    assert many.shape == (len(postings), WIDTH)
    assert sum(len(posting.description) for posting in postings) > 2 * BLOCK
    for number in random.Random(1).sample(range(len(postings)), 20):
        assert (Sketcher().sketch(postings[number]) == many[number]).all()


def test_no_postings():
    assert Sketcher().sketch_many([]).shape == (0, WIDTH)


def test_another_process_makes_the_same_numbers():
    code = "from tests.duplicates.test_sketch import LONG; from matcher.duplicates import Sketcher;"
    code += "print(Sketcher().sketch(LONG).tolist())"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert out.stdout.strip() == str(Sketcher().sketch(LONG).tolist())


@pytest.mark.parametrize(
    "text",
    [
        NETWORK.upper(),
        NETWORK.replace("\n", "   \n\n"),
        NETWORK.replace("- ", "• "),
        NETWORK.replace("-", "–").replace("'", "’"),
        f"— {NETWORK} …",
    ],
)
def test_capitals_spaces_and_signs_change_nothing(text):
    assert (sketch(description=text) == sketch()).all()


@pytest.mark.parametrize(
    "change",
    [
        {"description": f"{NETWORK} more"},
        {"description": NETWORK.replace("95,000", "96,000")},
        {"company": "Harrow"},
        {"title": "Project Manager"},
    ],
)
def test_any_other_word_or_number_changes_the_digest(change):
    assert (sketch(**change)[DIGEST] != sketch()[DIGEST]).any()


def test_another_place_is_the_same_advertisement():
    assert (sketch(location="Leeds, United Kingdom")[DIGEST] == sketch()[DIGEST]).all()


def test_another_salary_leaves_the_minhash_values():
    assert (sketch(description=NETWORK.replace("95,000", "87,500"))[MINIMA] == sketch()[MINIMA]).all()


def test_minhash_values_estimate_the_share_of_triples_in_common():
    words = ["".join(letters) for letters in itertools.islice(itertools.product("abcdefghijkl", repeat=4), 1000)]
    whole = Sketcher().sketch(JobPosting("", " ".join(words)))[MINIMA]
    half = Sketcher().sketch(JobPosting("", " ".join(words[:500])))[MINIMA]
    assert (whole == half).mean() == pytest.approx(0.5, abs=0.13)  # three standard errors
    assert (whole <= half).all()


def test_titles_without_place_numbers_and_rank():
    plain = sketch(title="Project Manager")
    for title in ("Senior Project Manager, Leeds", "Project Manager - Leeds (4711)", "project manager OH"):
        assert (sketch(title=title)[TITLE] == plain[TITLE]).all(), title
    assert plain[RANK] == 0
    assert sketch(title="Sr. Project Manager")[RANK] == sketch()[RANK] != 0
    assert sketch(title="Project Manager II")[RANK] not in (0, sketch()[RANK])


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("—…•", 0), ("one", 1), ("one, two", 2), ("Zürich «été» 東京 ok", 4), ("a\ud800b", 2), ("a\0b\nc", 3)],
)
def test_words_are_counted_in_any_script(text, count):
    assert Sketcher().sketch(JobPosting("PM", text))[WORDS] == count


def test_short_texts_between_long_ones_take_nothing_from_them():
    short = [JobPosting("PM", text, id=str(n)) for n, text in enumerate(("", "one two", "", "one two three", "•"))]
    mixed = [item for posting in short for item in (LONG, posting)]
    many = Sketcher().sketch_many(mixed)
    for number, posting in enumerate(mixed):
        assert (many[number] == Sketcher().sketch(posting)).all(), posting.description


def test_a_text_is_read_up_to_a_length():
    text = "word " * LONGEST
    numbers = Sketcher().sketch_many([LONG, JobPosting("PM", text), LONG, JobPosting("PM", "語" * LONGEST)])
    assert numbers[1, WORDS] == LONGEST // 5 + 1
    assert numbers[3, WORDS] == 1
    assert np.array_equal(numbers[0], numbers[2])
