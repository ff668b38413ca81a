"""Rows of Arrow batches come out as ``matcher classify`` writes them."""

import gzip
import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from matcher.arrow import ROWS, score_batches, sketch_batches
from matcher.batch import Run, classify
from matcher.duplicates import WIDTH, first_of
from matcher.errors import InputError
from matcher.results import parquet_schema
from tests.conftest import NETWORK, shared
from tests.test_batch import GOOD, MIXED

COLUMNS = {name: pa.string() for name in ("id", "title", "company", "description")}


def table(rows, **more):
    return pa.Table.from_pylist(rows, pa.schema([*(COLUMNS | more).items()]))


def scored(postings, matcher, size=ROWS, **options):
    batches = list(score_batches(postings.to_batches(size), matcher, **options))
    return pa.Table.from_batches(batches, parquet_schema())


@pytest.mark.parametrize("only_type", [False, True])
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_the_rows_of_a_file(matcher, tmp_path, size, only_type):
    postings = table(MIXED * 2)
    pq.write_table(postings, tmp_path / "in.parquet")
    classify([str(tmp_path / "in.parquet")], str(tmp_path / "out.parquet"), Run(dedupe=False, only_type=only_type))
    filed = pq.read_table(tmp_path / "out.parquet")
    found = scored(postings, matcher, size, only_type=only_type)
    assert found.schema == filed.schema
    place = filed.schema.get_field_index("error")  # a file has numbers for its rows
    assert found.remove_column(place).equals(filed.remove_column(place))
    assert [error and error.partition(": ")[2] for error in found["error"].to_pylist()] == [
        error and error.partition(": ")[2] for error in filed["error"].to_pylist()
    ]


def test_large_batches_are_taken_apart(matcher):
    found = list(score_batches(table([GOOD] * (ROWS + 1)).to_batches(), matcher, only_type=True))
    assert [len(batch) for batch in found] == [ROWS, 1]


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ({"id": "7", "title": "PM"}, "id 7: no description: the row has a title only"),
        ({}, "a row without id: no title and no description in this row"),
    ],
)
def test_a_row_that_is_no_posting_says_which_it_is(matcher, row, error):
    (found,) = scored(table([row]), matcher).to_pylist()
    assert (found["status"], found["error"]) == ("rejected", error)


def test_a_value_that_python_has_no_like_of_costs_its_row_alone(matcher):
    millions = pa.array([0, 2**60, 0], pa.timestamp("s"))
    words = pa.array([NETWORK.encode(), NETWORK.encode(), b"\xff\xfe plan"]).view(pa.string())
    postings = pa.table({"id": ["a", "b", "c"], "title": ["PM"] * 3, "description": words, "date_posted": millions})
    rows = scored(postings, matcher).to_pylist()
    assert [(row["id"], row["status"]) for row in rows] == [("a", "ok"), ("b", "rejected"), ("c", "rejected")]
    assert rows[1]["error"].startswith("id b: date_posted cannot be read (")
    assert rows[2]["error"].startswith("id c: description cannot be read (")


@pytest.mark.parametrize("function", [score_batches, sketch_batches])
def test_a_table_that_holds_no_postings(matcher, function):
    with pytest.raises(InputError, match=r"no title or description column \(found: id, words\)"):
        next(function(pa.table({"id": ["1"], "words": ["x"]}).to_batches(), matcher))


def test_sketches_of_scored_rows_group_as_a_file_does(tmp_path):
    lines = gzip.decompress(Path(shared("pool/postings.jsonl.gz")).read_bytes()).decode().split("\n")[:400]
    (tmp_path / "in.jsonl").write_text("\n".join([*lines, "{}", *lines[:9]]), "utf-8")
    summary = classify([str(tmp_path / "in.jsonl")], str(tmp_path / "out.jsonl"), Run())
    rows = [{name: json.loads(line).get(name) for name in COLUMNS} for line in (*lines, "{}", *lines[:9])]
    postings = table(rows).append_column("n", pa.array(range(len(rows))))
    made = pa.Table.from_batches(list(sketch_batches(postings.to_batches(50), "n")))
    assert made.column_names == ["n", "id", "sketch"]
    assert 400 not in made["n"].to_pylist()
    sketches = np.frombuffer(b"".join(made["sketch"].to_pylist()), np.uint32).reshape(-1, WIDTH)
    first = first_of(sketches)
    assert (first != np.arange(len(first))).sum() == summary.duplicates >= 9
