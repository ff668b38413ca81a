"""Postings that want to do harm, in everything that a person or a spreadsheet opens."""

import csv
import json
import subprocess
import sys
import unicodedata

import pyarrow.parquet as pq
import pytest

from matcher.cli import main
from matcher.display import plain
from matcher.results import FORMULA_STARTS
from tests.conftest import NETWORK, ROOT
from tests.report.conftest import HOSTILE


def harmless(text: str) -> bool:
    """Whether a terminal shows the text as it is: nothing but printable characters and line ends."""
    return not any(unicodedata.category(c)[0] == "C" and c != "\n" for c in text)


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_score_shows_words(write, capsys, words):
    posting = {
        "title": f"{words} manager",
        "company": words,
        "location": words,
        "description": f"{NETWORK}\n- Plan {words}",
    }
    assert main(["score", write("p.json", posting)]) == 0
    output = capsys.readouterr()
    assert harmless(output.out)
    assert max(map(len, output.out.splitlines())) <= 80
    assert plain(words, 12)[:11] in output.out


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_classify_keeps_the_words_and_says_them_safely(run, tmp_path, capsys, suffix):
    output = tmp_path / f"r.{suffix}"
    broken = tmp_path / "broken\x1b[31m.jsonl"
    broken.write_text('{"title": "\x1b]0;owned\x07=1+1"}\n{"id": "x", "description": ""}\n', "utf-8")
    assert main(["classify", run.inputs, str(broken), "-o", str(output), "--only", "type"]) == 1
    assert harmless(capsys.readouterr().err)
    if suffix == "csv":
        csv.field_size_limit(2**24)
        with output.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        cells = [cell for row in rows for cell in row.values() if cell and not cell.replace(".", "").isdigit()]
        assert not [cell for cell in cells if cell.startswith(FORMULA_STARTS)]
        titles = [row["title"].removeprefix("'") for row in rows]
    elif suffix == "jsonl":
        with output.open(encoding="utf-8") as file:
            titles = [json.loads(line)["title"] for line in file]
    else:
        titles = pq.read_table(output)["title"].to_pylist()
    for words in HOSTILE[:5]:
        assert f"{words} manager" in titles


def test_the_table_of_results_shows_words(run):
    script = [sys.executable, "scripts/show_results.py", run.jsonl]
    shown = subprocess.run(script, capture_output=True, text=True, check=True, cwd=ROOT)
    assert harmless(shown.stdout)
    assert "unread" in shown.stdout
    assert "{{ 7 * 7 }}" in shown.stdout
    assert max(map(len, shown.stdout.split("\nresults:")[0].splitlines())) <= 80


def test_an_error_that_quotes_a_file_is_one_safe_line(write, tmp_path, capsys):
    path = write("a.csv", "\x1b]0;owned\x07na\u202eme,pay\nPM,5\n")
    assert main(["classify", path, "-o", str(tmp_path / "r.csv")]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert harmless(error)
