import json
from pathlib import Path

import pytest

from matcher.errors import InputError
from matcher.report.results import Results
from tests.report.conftest import HOSTILE


def test_three_formats_read_the_same(run):
    parquet, jsonl, csv = (Results.read(path) for path in (run.parquet, run.jsonl, run.csv))
    assert parquet.table.num_rows == 60 + 2 + len(HOSTILE) + 1
    assert jsonl.table.equals(parquet.table)
    assert parquet.has_evidence
    assert not csv.has_evidence
    for name in ("id", "status", "type", "match", "remote", "experience_years_min", "salary_annual_max", "model"):
        assert csv.table[name].to_pylist() == parquet.table[name].to_pylist(), name


def test_what_a_spreadsheet_would_run_is_read_back_as_it_was(run):
    titles = Results.read(run.csv).table["title"].to_pylist()
    assert f"{HOSTILE[3]} manager" in titles
    assert f"{HOSTILE[4]} manager" in titles


def test_evidence_of_some_rows(run):
    found = [Results.read(path).evidence([0, 3, 61]) for path in (run.parquet, run.jsonl)]
    assert found[0].keys() == {0, 3}
    for row in (0, 3):
        assert found[0][row]["skills"] == found[1][row]["skills"]
        assert found[0][row]["facts"] == found[1][row]["facts"]
        assert found[0][row]["skills"]
    assert Results.read(run.csv).evidence([0]) == {}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("r.txt", "x", "not results"),
        ("r.parquet", "PAR1 but not really", "not a Parquet file"),
        ("r.jsonl", '{"status": "ok"}\n', "no column 'type'"),
        ("r.jsonl", '{"status": "ok", "type": "software"}\n[1]\n', "line 2: not a row of results"),
        ("r.jsonl", '{"status": "ok", "type": "software", "match": "high"}\n', "not results of 'matcher classify'"),
        ("r.jsonl", "", "no rows in it"),
        ("r.csv", "a,b\n1,2\n", "no column 'status'"),
        ("r.csv", "status,type,match\nok,software,high\n", "line 2: could not convert string to float: 'high'"),
        ("r.csv", "", "no column 'status'"),
    ],
)
def test_what_is_no_results_is_one_line(write, name, content, message):
    with pytest.raises(InputError) as error:
        Results.read(write(name, content))
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_missing_file_is_named():
    with pytest.raises(InputError, match=r"nowhere\.jsonl: cannot be read"):
        Results.read("nowhere.jsonl")


def test_types_only_and_fields_that_are_absent(write):
    results = Results.read(write("r.jsonl", [{"status": "ok", "type": "software", "p_software": 1.0}]))
    assert results.types_only
    assert "skill_education" in results.table.column_names


def test_evidence_is_of_its_row(run):
    with Path(run.jsonl).open(encoding="utf-8") as file:
        row = [json.loads(line) for line in file][3]
    assert Results.read(run.jsonl).evidence([3])[3]["summary"] == row["evidence"]["summary"]
