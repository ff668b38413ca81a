"""Every sample and what it holds: ``tests/samples/KIND/x.html`` (or .xml, .csv, …) beside ``x.json``.

``x.json`` has the ``url`` that the sample is read as coming from, and the ``rows``, the ``follow`` addresses or the
``error`` expected. A sample that is JSON itself is called ``x.input.json``.
"""

import json
from contextlib import suppress
from pathlib import Path

import pytest

from matcher.errors import PostingError
from matcher.ingest import read_rows
from matcher.ingest.html import page_rows
from matcher.ingest.source import read_source
from matcher.posting import JobPosting

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
TABLES = (".csv", ".jsonl")
INPUTS = sorted(path for path in SAMPLES.glob("*/*") if path.suffix != ".json" or path.name.endswith(".input.json"))


def expected(path: Path) -> dict:
    return json.loads((path.parent / f"{path.name.partition('.')[0]}.json").read_text("utf-8"))


def found(path: Path, url: str) -> dict:
    if path.suffix in TABLES:
        return {"rows": [row.fields for row in read_rows(str(path))]}
    try:
        found = read_source(path.read_bytes(), url)
    except PostingError as error:
        return {"error": str(error)}
    return {name: value for name, value in (("rows", found.rows), ("follow", found.follow)) if value}


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_sample_holds_what_is_expected(path):
    told = expected(path)
    url = told.pop("url", "")
    assert found(path, url) == told


def test_there_are_enough_samples_each_with_its_own_expectation():
    assert len(INPUTS) >= 60
    assert len({path.parent / path.name.partition(".")[0] for path in INPUTS}) == len(INPUTS)


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_row_is_a_posting_and_every_field_says_where_it_came_from(path):
    for row in expected(path).get("rows", []):
        posting = JobPosting.from_row(row)
        assert posting.title
        assert "<" not in posting.description
        if path.suffix not in TABLES:
            assert set(row) - {"sources"} == set(row["sources"])


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("jsonld/*.html")), ids=lambda path: path.name)
def test_no_page_breaks_the_reader_however_it_is_cut(path):
    data = path.read_bytes()
    for end in range(0, len(data), max(1, len(data) // 25)):
        with suppress(PostingError):
            rows = page_rows(data[:end])
            assert rows
            assert all(row["sources"].keys() == row.keys() - {"sources"} for row in rows)
            assert all(row.get("title") or row.get("description") or row["url"] for row in rows)
