import csv
import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from matcher.batch import Run, classify
from matcher.errors import InputError, MatcherError
from matcher.fragments import fragments, rows_told, units_of
from matcher.ingest import read_rows
from matcher.results import FIELDS
from tests.conftest import NETWORK, ROOT, shared

GOOD = {"id": "1", "title": "Project Manager", "description": NETWORK, "company": "Acme"}
HOSTILE = {
    "id": "=1+1",
    "title": '=HYPERLINK("http://x")',
    "description": "Cook <script>alert(1)</script> & serve \x1b[31m food",
    "company": "@a",
}
MIXED = [GOOD, {"title": "only a title"}, HOSTILE, GOOD | {"id": "4"}, {}]


@pytest.fixture
def mixed(write):
    return write("in.jsonl", MIXED)


def read(path):
    if path.endswith(".csv"):
        return list(csv.DictReader(Path(path).read_text("utf-8").splitlines()))
    if path.endswith(".jsonl"):
        return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]
    return pq.read_table(path).to_pylist()


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_every_row_is_accounted_for_in_order(mixed, tmp_path, suffix):
    output = str(tmp_path / f"out.{suffix}")
    summary = classify([mixed], output, Run())
    rows = read(output)
    assert [row["status"] for row in rows] == ["ok", "rejected", "ok", "ok", "rejected"]
    assert "line 2: no description" in rows[1]["error"]
    assert rows[1]["title"] == "only a title"
    assert (summary.rows, summary.rejected, summary.duplicates) == (5, 2, 1)
    assert rows[3]["duplicate_of"] == "1"
    wanted = [name for name in FIELDS if suffix != "csv" or name != "evidence"]
    assert list(rows[0]) == wanted


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_the_same_bytes_twice_and_with_two_jobs(mixed, tmp_path, suffix, monkeypatch):
    outputs = [tmp_path / f"{name}.{suffix}" for name in ("a", "b", "c")]
    classify([mixed, mixed], str(outputs[0]), Run())
    classify([mixed, mixed], str(outputs[1]), Run())
    classify([mixed, mixed], str(outputs[2]), Run(), jobs=2)
    assert len({path.read_bytes() for path in outputs}) == 1


def test_formulas_are_text_in_csv(mixed, tmp_path):
    output = str(tmp_path / "out.csv")
    classify([mixed], output, Run())
    assert read(output)[2]["title"].startswith("'=HYPERLINK")
    assert read(output)[2]["company"] == "'@a"


def test_csv_holds_nothing_that_a_terminal_obeys(write, tmp_path):
    output = str(tmp_path / "out.csv")
    classify([write("in.jsonl", [GOOD | {"title": "PM \x1b[31m\x9b2J\x07", "company": "＝1+1"}])], output, Run())
    assert (read(output)[0]["title"], read(output)[0]["company"]) == ("PM [31m2J", "'＝1+1")


def test_sorting_puts_the_best_match_first_and_rejected_rows_last(mixed, tmp_path):
    output = str(tmp_path / "out.jsonl")
    classify([mixed], output, Run(), sort=True)
    rows = read(output)
    scores = [row["match"] for row in rows if row["status"] == "ok"]
    assert scores == sorted(scores, reverse=True)
    assert rows[-1]["status"] == "rejected"


def test_only_the_type(mixed, tmp_path):
    output, whole = str(tmp_path / "out.jsonl"), str(tmp_path / "whole.jsonl")
    classify([mixed], output, Run(only_type=True))
    classify([mixed], whole, Run())
    for few, all_ in zip(read(output), read(whole), strict=True):
        assert few["skill_education"] is None
        assert (few["type"], few["p_other"], few["decision"]) == (all_["type"], all_["p_other"], all_["decision"])


@pytest.mark.parametrize(
    ("output", "message"),
    [("out.xlsx", "must end with .csv, .jsonl, .parquet"), ("no/such/out.csv", "there is no folder")],
)
def test_outputs_that_cannot_be(mixed, output, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=message):
        classify([mixed], output, Run())


def test_a_failed_run_leaves_the_old_output_as_it_was(mixed, tmp_path):
    output = tmp_path / "out.csv"
    output.write_text("precious")
    with pytest.raises(InputError, match="no such file"):
        classify([mixed, str(tmp_path / "nowhere.csv")], str(output), Run())
    assert output.read_text() == "precious"
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".part")] == []


def test_real_postings_none_lost(tmp_path):
    source = shared("pool/postings.jsonl.gz")
    lines = gzip.decompress(Path(source).read_bytes()).decode().split("\n")[:300]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), "utf-8")
    output = str(tmp_path / "out.parquet")
    summary = classify([str(tmp_path / "in.jsonl")], output, Run())
    assert summary.rows == len(lines) == pq.read_table(output).num_rows
    assert [row["id"] for row in read(output)] == [json.loads(line)["id"] for line in lines]


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_a_killed_run_goes_on_to_the_same_bytes(tmp_path, suffix, monkeypatch):
    source = tmp_path / "in.jsonl"
    rows = [GOOD | {"id": str(number), "title": f"Project Manager {number % 7}"} for number in range(60)]
    source.write_text("".join(json.dumps(row) + "\n" for row in (*rows, {}, *MIXED)), "utf-8")
    monkeypatch.setattr("matcher.fragments.RANGE", 4000)
    whole, killed = str(tmp_path / f"whole.{suffix}"), str(tmp_path / f"killed.{suffix}")
    classify([str(source)], whole, Run())

    with pytest.raises(Killed):
        classify([str(source)], killed, Run(), progress=after(3, Killed))
    assert not Path(killed).exists()
    assert classify([str(source)], killed, Run(), resume=True).rows == 66
    assert Path(killed).read_bytes() == Path(whole).read_bytes()
    assert not list(tmp_path.glob(".*"))


class Killed(BaseException):
    pass


def after(times, error):
    """A progress that breaks the run off when it is told for the given time."""
    told = []

    def progress(rows):
        told.append(rows)
        if len(told) == times:
            raise error

    return progress


def test_an_interrupted_run_leaves_what_it_did(mixed, tmp_path):
    output = tmp_path / "out.jsonl"
    output.write_text("old\n")

    with pytest.raises(KeyboardInterrupt):
        classify([mixed, mixed], str(output), Run(), progress=after(2, KeyboardInterrupt))
    assert output.read_text() == "old\n"
    assert len(read(str(tmp_path / "out.unfinished.jsonl"))) == 5
    classify([mixed, mixed], str(output), Run(), resume=True)
    assert len(read(str(output))) == 10
    assert not (tmp_path / "out.unfinished.jsonl").exists()


def test_what_changed_cannot_be_resumed(mixed, tmp_path):
    output = str(tmp_path / "out.jsonl")

    with pytest.raises(KeyboardInterrupt):
        classify([mixed, mixed], output, Run(), progress=after(2, KeyboardInterrupt))
    with pytest.raises(InputError, match="other inputs"):
        classify([mixed], output, Run(), resume=True)
    with pytest.raises(InputError, match="other options"):
        classify([mixed, mixed], output, Run(dedupe=False), resume=True)
    assert classify([mixed], output, Run()).rows == 5


def test_standard_input_cannot_be_resumed(tmp_path):
    with pytest.raises(InputError, match="standard input cannot be read again"):
        classify(["-"], str(tmp_path / "out.jsonl"), Run(), resume=True)


def test_two_runs_do_not_write_one_output(mixed, tmp_path):
    output = str(tmp_path / "out.jsonl")

    def again(_: int) -> None:
        classify([mixed], output, Run())

    with pytest.raises(MatcherError, match="another run is at work"):
        classify([mixed], output, Run(), progress=again)


def test_another_language_is_said_and_not_scored(write, tmp_path):
    german = (
        "Wir suchen eine Projektleiterin, die unser Rechenzentrum in ein neues Gebäude bringt. Sie planen den Umzug, "
        "führen die Dienstleister und berichten der Geschäftsleitung. Erfahrung mit Netzwerken ist von Vorteil."
    )
    output = str(tmp_path / "out.jsonl")
    summary = classify([write("in.jsonl", [GOOD, GOOD | {"id": "2", "description": german}])], output, Run())
    assert (summary.scored, summary.unsupported, summary.rejected) == (1, 1, 0)
    row = read(output)[1]
    assert (row["id"], row["status"], row["language"], row["type"]) == ("2", "unsupported_language", "de", None)


def test_fragments_read_the_same_rows(write, tmp_path, monkeypatch):
    source = write("in.jsonl", MIXED * 20)
    whole = [(row.where, row.fields, row.error) for row in read_rows(source)]
    table = tmp_path / "in.parquet"
    pq.write_table(pa.Table.from_pylist([GOOD | {"id": str(n)} for n in range(50)]), table, row_group_size=7)
    monkeypatch.setattr("matcher.fragments.RANGE", 333)
    monkeypatch.setattr("matcher.fragments.PIECE", 10)
    pieces = list(fragments(units_of([source])))
    assert len(pieces) > 10
    assert [(row.where, row.fields, row.error) for piece in pieces for row in piece.read()] == whole
    assert rows_told([source]) == len(whole)
    pieces = list(fragments(units_of([str(table)])))
    assert len(pieces) == 4
    assert [row.where for piece in pieces for row in piece.read()] == [row.where for row in read_rows(str(table))]
    assert rows_told([source, str(table)]) == len(whole) + 50


def test_workers_of_another_folder_find_everything(write, tmp_path, monkeypatch):
    """Workers stay where they were begun."""
    classify([write("a.jsonl", MIXED)], str(tmp_path / "a.jsonl.csv"), Run(), jobs=2)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "in.jsonl").write_text(json.dumps(GOOD) + "\n")
    (folder / "mine.toml").write_text((ROOT / "matcher" / "data" / "profile.toml").read_text("utf-8"), "utf-8")
    pq.write_table(pa.Table.from_pylist([GOOD]), folder / "in.parquet")
    monkeypatch.chdir(folder)
    summary = classify(["in.jsonl", "in.parquet"], "out.parquet", Run(profile="mine.toml"), jobs=2)
    assert (summary.rows, summary.rejected) == (2, 0)
