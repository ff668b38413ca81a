"""The parts of ``benchmarks/training.py``: the whole takes minutes."""

import json
from itertools import islice

import training

from matcher.corpus import read_labelled

CORPUS = sum(len(path.read_text("utf-8").splitlines()) for path in training.CORPUS)


def test_the_repeated_rows_differ_by_a_few_words_and_keep_their_marks_where_asked(write):
    first, *_, again = training.labelled(CORPUS + 1, marked=True)
    assert len(first["description"]) == len(again["description"])
    assert first["sentences"] == again["sentences"]
    before, after = first["description"].split(), again["description"].split()
    assert 0 < sum(one != other for one, other in zip(before, after, strict=True)) < 0.1 * len(before)
    (read,) = read_labelled([write("again.jsonl", [again])])
    assert len(read.marks) == len(first["sentences"])
    bare = next(islice(training.labelled(CORPUS + 1, marked=False), CORPUS, None))
    assert "sentences" not in bare


def test_a_fit_is_measured(write):
    rows = [json.loads(line) for p in training.CORPUS for line in p.read_text("utf-8").splitlines()[:8]]
    told = training.fitted(1, write("some.jsonl", rows))
    assert told["cpu_seconds"] > 0.5
    assert 80 < told["peak_mb"] < 800
