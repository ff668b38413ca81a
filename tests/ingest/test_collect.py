"""``matcher ingest`` and ``matcher score`` with an address: from the command line to the files that they leave."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from matcher.cli import main
from matcher.collect import state_path
from matcher.errors import InputError
from matcher.ingest import read_rows
from matcher.ingest.journal import Journal
from matcher.ingest.limits import Limits
from tests.conftest import ROOT
from tests.documents import docx, pdf
from tests.ingest.site import DUTIES, Answer, drip, job, moved, page, posting


def run(capsys, *arguments):
    status = main([str(argument) for argument in arguments])
    output = capsys.readouterr()
    return status, output.out, output.err


def ingest(capsys, output, *sources, private=True):
    options = ["--delay", "0", *(["--allow-private"] if private else [])]
    return run(capsys, "ingest", *sources, "-o", output, *options)


def lines(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def output(tmp_path):
    return tmp_path / "jobs.jsonl"


def failures(output):
    return lines(output.with_name(output.name + ".failed.jsonl"))


def test_a_page_becomes_a_clean_row(capsys, site, output):
    address = site.add("/a", job(datePosted="2026-11-02", baseSalary={"currency": "USD", "value": {"value": 95000}}))
    status, out, err = ingest(capsys, output, address)
    assert (status, out) == (0, "")
    assert err == f"1 posting\npostings: {output}\n"
    [row] = lines(output)
    assert list(row)[:6] == ["id", "title", "company", "location", "url", "description"]
    assert list(row)[-2:] == ["sources", "gone"]
    assert row["description"] == DUTIES
    assert (row["company"], row["url"], row["gone"]) == ("Alder & Quay Networks", address, None)
    assert row["date_posted"] == "2026-11-02"
    assert row["base_salary"]["value"] == {"value": 95000}
    assert [path.name for path in output.parent.iterdir() if path.name != "cache"] == ["jobs.jsonl"]


def test_classify_reads_what_ingest_wrote_as_it_was_written(capsys, site, output, tmp_path):
    pages = [
        site.add("/a", job()),
        site.add("/b", job("Scrum Master", description="Use &lt;b&gt; &amp;amp; &lt;p&gt;x")),
    ]
    assert ingest(capsys, output, *pages)[0] == 0
    rows = lines(output)
    for name in ("results.jsonl", "from_csv.jsonl"):
        source = output if name == "results.jsonl" else output.with_suffix(".csv")
        if source != output:
            assert ingest(capsys, source, *pages)[0] == 0
        assert run(capsys, "classify", source, "-o", tmp_path / name)[0] == 0
        results = lines(tmp_path / name)
        assert [row["id"] for row in results] == [row["id"] for row in rows]
        assert [row["url"] for row in results] == pages
        texts = {row["id"]: row["description"] for row in rows}
        for row in results:
            for spans in row["evidence"]["skills"].values():
                assert all(texts[row["id"]][span["start"] : span["end"]] == span["text"] for span in spans)
    assert results[0]["type"] == "networking"


@pytest.mark.parametrize("kind", ["html", "pdf", "docx"])
def test_score_of_an_address_is_score_of_the_saved_page(capsys, site, write, kind):
    text = ["Network Project Manager", *DUTIES.split("\n")]
    saved = {"html": job(url="https://alder.example/7", baseSalary="USD 95,000 a year").encode(), "pdf": pdf(*text)}
    content = saved.get(kind) or docx(*text)
    status, fetched, _ = run(capsys, "score", site.add("/a", Answer(content)), "--json", "--allow-private")
    assert status == 0
    file = json.loads(run(capsys, "score", write(f"a.{kind}", content), "--json")[1])
    assert json.loads(fetched) == file | ({} if file["url"] else {"url": f"{site.url}/a"})


@pytest.mark.parametrize(
    ("answer", "private", "message"),
    [
        (Answer(job()), False, "127.0.0.1 is no public address; --allow-private reads it all the same"),
        (Answer(status=404), True, "/a: HTTP 404: the page is gone"),
        (moved("/nowhere"), True, "/a → http://127.0.0.1:PORT/nowhere: HTTP 404"),
        (Answer("<html><body><h1>Bread</h1><p>Fresh every day</p></body></html>"), True, "not a job posting"),
        (Answer(page(posting(), posting("Another"))), True, "holds more than one posting; use 'matcher ingest'"),
    ],
)
def test_score_of_an_address_that_cannot_be_scored_is_one_line(capsys, site, answer, private, message):
    address = site.add("/a", answer)
    status, out, err = run(capsys, "score", address, *(["--allow-private"] if private else []))
    assert (status, out) == (2, "")
    assert message.replace("PORT", site.url.rpartition(":")[2]) in err
    assert err.count("\n") == 1


def test_classify_sends_an_address_to_ingest(capsys, output):
    status, _, err = run(capsys, "classify", "https://jobs.example/7", "-o", output)
    assert status == 2
    assert "matcher ingest https://jobs.example/7 -o" in err


def test_csv_guards_against_formulas_and_keeps_objects_as_json(capsys, site, output):
    shown = job(
        "=HYPERLINK(1)", jobLocation={"@type": "Place", "address": {"addressLocality": "Ghent"}}, industry=["a", "b"]
    )
    table = output.with_suffix(".csv")
    assert ingest(capsys, table, site.add("/a", shown))[0] == 0
    with table.open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert row["title"] == "'=HYPERLINK(1)"
    assert row["location"] == "Ghent"
    assert json.loads(row["industry"]) == ["a", "b"]
    assert row["gone"] == ""
    assert not list(output.parent.glob(".*"))


def test_failures_are_listed_with_the_reason_and_tried_again_alone(capsys, site, output, write):
    good, bad = site.add("/good", job()), site.add("/bad", Answer(status=403), job("At last"))
    page = write("bread.html", "<html><body><h1>Bread</h1></body></html>")
    status, _, err = ingest(capsys, output, good, bad, page)
    assert status == 1
    assert "1 posting\n2 failed:\n" in err
    assert f"{bad}: HTTP 403 (Forbidden)" in err
    assert f"--retry-failed {output}.failed.jsonl" in err
    assert [failure["source"] for failure in failures(output)] == [page, bad]
    assert failures(output)[1]["error"] == f"{bad}: HTTP 403 (Forbidden)"
    more = output.with_name("more.jsonl")
    status, _, err = ingest(capsys, more, "--retry-failed", f"{output}.failed.jsonl")
    assert status == 1
    assert [row["title"] for row in lines(more)] == ["At last"]
    assert [failure["source"] for failure in failures(more)] == [page]
    assert site.paths().count("/good") == 1


def test_the_list_of_failures_does_not_outlive_its_run(capsys, site, output):
    address = site.add("/a", Answer(status=403), job())
    assert ingest(capsys, output, address)[0] == 1
    assert failures(output)
    assert ingest(capsys, output, address)[0] == 0
    assert not output.with_name("jobs.jsonl.failed.jsonl").exists()


def test_without_any_posting_the_output_stays_as_it_was(capsys, site, output):
    output.write_text("what was there")
    status, _, err = ingest(capsys, output, site.add("/a", Answer(status=404)))
    assert status == 1
    assert f"no posting was read; {output} was not written" in err
    assert output.read_text() == "what was there"
    assert len(failures(output)) == 1


@pytest.mark.parametrize("depth", [200, 450, 700, 980])
def test_a_page_nested_too_deeply_costs_no_other(capsys, site, output, depth):
    deep = job(jobBenefits="DEEP").replace('"DEEP"', '{"a": ' * depth + "1" + "}" * depth)
    ingest(capsys, output, site.add("/deep", deep), site.add("/good", job("Good")))
    read = lines(output)
    failed = failures(output) if len(read) == 1 else []
    assert len(read) + len(failed) == 2
    assert read[-1]["title"] == "Good"


def test_private_machines_are_refused_unless_asked_for(capsys, site, output):
    assert ingest(capsys, output, site.add("/a", job()), private=False)[0] == 1
    assert "no public address" in failures(output)[0]["error"]
    assert site.asked == []


def test_a_page_that_is_gone_is_marked_when_it_was_read_before(capsys, site, output):
    page = Answer(job(), headers={"ETag": "1", "Content-Type": "text/html"})
    address = site.add("/a", page, Answer(status=410))
    assert ingest(capsys, output, address)[0] == 0
    status, _, err = ingest(capsys, output, address)
    assert status == 0
    assert "1 posting, 1 of them gone" in err
    [row] = lines(output)
    assert (row["title"], row["gone"]) == ("Network Project Manager", "HTTP 410: the page is gone")


@pytest.mark.parametrize("name", ["@list", "list.txt", "list.urls", "@-"])
def test_lists_of_addresses(capsys, site, output, write, name, monkeypatch):
    pages = [site.add(f"/{n}", job(f"Job {n}")) for n in range(2)]
    content = "\ufeff# two pages\n\n" + "\r\n".join(pages) + "\r\n"
    if name == "@-":
        with Path(write("stdin", content)).open() as stdin:
            monkeypatch.setattr(sys, "stdin", stdin)
            assert ingest(capsys, output, name)[0] == 0
    else:
        path = write(name.removeprefix("@"), content)
        assert ingest(capsys, output, f"@{path}" if name.startswith("@") else path)[0] == 0
    assert [row["title"] for row in lines(output)] == ["Job 0", "Job 1"]


def test_sources_of_every_kind_in_one_run(capsys, site, output, write, tmp_path):
    page = site.add("/page", job("From a sitemap"))
    (tmp_path / "pages").mkdir()
    write("pages/a.html", job("From a folder"))
    sitemap = f'<?xml version="1.0"?>\n<urlset><url><loc>{page}</loc></url></urlset>'
    sources = [
        site.add("/direct", job("From an address")),
        tmp_path / "pages",
        write("sitemap.xml", sitemap),
        write("table.csv", f'title,description\nFrom a table,"{DUTIES}"\n'),
        write("text.txt", f"From a text\n\n{DUTIES}"),
        str(tmp_path / "glo?.html"),
    ]
    write("glob.html", job("From a glob"))
    assert ingest(capsys, output, *sources)[0] == 0
    titles = {row["title"] for row in lines(output)}
    assert titles == {f"From a{kind}" for kind in ("n address", " folder", " sitemap", " table", " text", " glob")}


def test_a_boards_answer_on_disk_is_read_as_one(capsys, output, write):
    job_of_board = {
        "title": "Network Project Manager",
        "absolute_url": "https://boards.greenhouse.io/alderquay/jobs/7",
        "content": f"&lt;p&gt;{DUTIES}&lt;/p&gt;",
        "location": {"name": "Ghent"},
    }
    rows = [{"title": "PM", "description": DUTIES}]
    saved = write("board.json", {"jobs": [job_of_board], "meta": {"total": 1}})
    table = write("rows.json", {"jobs": rows})
    assert ingest(capsys, output, saved, table)[0] == 0
    assert sorted((row["title"], row["location"]) for row in lines(output)) == [
        ("Network Project Manager", "Ghent"), ("PM", "")
    ]  # fmt: skip
    assert all(row["description"].startswith("You plan the rollout") for row in lines(output))


def test_rows_that_cannot_be_read_are_listed_and_the_rest_kept(capsys, output, write):
    good = json.dumps({"title": "PM", "description": DUTIES})
    source = write("a.jsonl", f'{good}\n{{"title": \n{good}\n{{"title": "only"}}\n')
    cut = write("cut.jsonl.gz", b"\x1f\x8b\x08\x00cut")
    assert ingest(capsys, output, source, cut)[0] == 1
    assert len(lines(output)) == 2
    assert [failure["source"] for failure in failures(output)] == [source, source, cut]
    assert "line 2: broken JSON" in failures(output)[0]["error"]
    assert "line 4: no description" in failures(output)[1]["error"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.html"], "nowhere.html: no such file"),
        (["@nowhere.txt"], "nowhere.txt: no such file"),
        (["@mixed.txt"], "mixed.txt, line 2: not an address"),
        (["*.nothing"], "no file matches"),
        ([], "give a SOURCE"),
        (["page.html", "--delay", "-1"], "--delay must be 0 or more"),
        (["page.html", "--delay", "nan"], "--delay must be 0 or more"),
        (["page.html", "--max-pages", "0"], "--max-pages must be 1 or more"),
        (["--retry-failed", "mixed.txt"], "not a list of failures"),
        (["--retry-failed", "out.jsonl.failed.jsonl"], "give another output"),
    ],
)
def test_misuse_is_one_line_and_nothing_is_overwritten(capsys, write, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    write("page.html", job())
    write("mixed.txt", "https://jobs.example/a\nanything else\n")
    write("out.jsonl.failed.jsonl", [{"source": "https://jobs.example/a", "error": "x"}])
    write("out.jsonl", "what was there")
    status, out, err = run(capsys, "ingest", "-o", "out.jsonl", *arguments)
    assert (status, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1
    assert (tmp_path / "out.jsonl").read_text() == "what was there"


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("out.parquet", "must end with .jsonl, .csv"),
        ("nowhere/out.jsonl", "there is no folder"),
        ("dir.csv", "is a folder"),
    ],
)
def test_an_output_that_cannot_be_written_stops_the_run_before_it_begins(capsys, site, tmp_path, output, message):
    (tmp_path / "dir.csv").mkdir()
    status, _, err = ingest(capsys, tmp_path / output, site.add("/a", job()))
    assert status == 2
    assert message in err
    assert site.asked == []


def command(*arguments):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    arguments = [sys.executable, "-m", "matcher", "ingest", *map(str, arguments), "--allow-private"]
    return subprocess.Popen(arguments, env=environment, stderr=subprocess.PIPE, text=True)


def until(condition, seconds=20.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_run_goes_on_where_it_was(capsys, site, output, stop):
    pages = [site.add(f"/{n}", job(f"Job {n}")) for n in range(6)]
    site.add("/3", drip(b"x", seconds=0.1), job("Job 3"))
    output.write_text("what was there")
    with command(*pages, "-o", output, "--delay", "0.02") as process:
        until(lambda: "/3" in site.paths())
        process.send_signal(stop)
        said = process.communicate(timeout=20)[1]
    assert process.returncode == (2 if stop == signal.SIGINT else -stop)
    assert ("the same command with --resume goes on" in said) is (stop == signal.SIGINT)
    assert output.read_text() == "what was there"
    state = output.with_name("jobs.jsonl.state")
    assert len(state.read_text().splitlines()) == 3
    state.write_text(state.read_text() + '{"addresses": ["cut sho')

    status, _, err = ingest(capsys, output, *pages)
    assert status == 2
    assert "an interrupted run is kept here; go on with --resume, or delete the file" in err

    assert ingest(capsys, output, *pages, "--resume")[0] == 0
    assert [row["title"] for row in lines(output)] == [f"Job {n}" for n in range(6)]
    assert {path: site.paths().count(path) for path in site.paths()} == {
        "/0": 1, "/1": 1, "/2": 1, "/3": 2, "/4": 1, "/5": 1
    }  # fmt: skip
    assert not state.exists()


@pytest.mark.parametrize("options", [(), ("--resume",)])
def test_another_run_is_at_work(capsys, site, output, options):
    journal = Journal(state_path(str(output)), resume=False)
    status, _, err = ingest(capsys, output, site.add("/a", job()), *options)
    assert (status, err.count("\n")) == (2, 1)
    assert "another run is at work; wait for it to end" in err
    journal.remove()
    assert ingest(capsys, output, site.add("/a", job()))[0] == 0


def test_resume_without_a_kept_run_begins_one(capsys, site, output):
    assert ingest(capsys, output, site.add("/a", job()), "--resume")[0] == 0
    assert len(lines(output)) == 1


def test_a_state_that_is_none_is_refused(capsys, site, output):
    state = output.with_name("jobs.jsonl.state")
    state.write_text('{"some": "file"}\n')
    status, _, err = ingest(capsys, output, site.add("/a", job()), "--resume")
    assert status == 2
    assert "jobs.jsonl.state, line 1: not the state of a run" in err
    assert state.read_text() == '{"some": "file"}\n'


def test_max_pages_lists_the_rest_for_another_run(capsys, site, output):
    pages = [site.add(f"/{n}", job(f"Job {n}")) for n in range(4)]
    assert ingest(capsys, output, *pages, "--max-pages", "3")[0] == 1
    assert len(lines(output)) == 3
    [left] = failures(output)
    assert left["source"] == pages[3]
    assert "--max-pages" in left["error"]


def test_a_thousand_failures_do_not_fill_the_screen(capsys, output, write):
    source = write("a.jsonl", [{"title": "no more"}] * 1000 + [{"description": DUTIES}])
    status, _, err = ingest(capsys, output, source)
    assert status == 1
    assert "… and 980 more" in err
    assert err.count("\n") < 30
    assert len(failures(output)) == 1000


def test_terminal_codes_in_an_address_are_harmless(capsys, site, output):
    _, _, err = ingest(capsys, output, f"{site.url}/\x1b]0;owned\x07\u202e")
    assert not any(code in err for code in ("\x1b", "\x07", "\u202e"))


def test_the_help_tells_the_limits_in_use(capsys):
    with pytest.raises(SystemExit):
        main(["ingest", "--help"])
    said = re.sub(r"\s+", " ", capsys.readouterr().out)
    assert f"(default {Limits().delay};" in said
    assert f"(default {Limits().pages})" in said
    assert "examples:" in said


@pytest.mark.parametrize("arguments", [["score", "p.txt", "--json"], ["--help"]])
def test_what_needs_no_network_does_not_load_it(write, tmp_path, arguments):
    write("p.txt", f"Project Manager\n\n{DUTIES}")
    code = f"""
import sys
from matcher.cli import main
try:
    main({arguments!r})
except SystemExit:
    pass
assert not {{"requests", "urllib3", "protego", "sqlite3", "matcher.ingest.fetch"}} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True, timeout=60)


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_rows_read_again_are_the_rows_written(capsys, site, output, suffix):
    first, again = output.with_suffix(suffix), output.with_name(f"again{suffix}")
    pages = [site.add(f"/{n}", job(f"Job {n}", validThrough="2020-01-01", industry=["a"])) for n in range(2)]
    assert ingest(capsys, first, *pages)[0] == 0
    assert ingest(capsys, again, first)[0] == 0
    assert again.read_bytes() == first.read_bytes()
    assert [row.fields["title"] for row in read_rows(str(again))] == ["Job 0", "Job 1"]
    assert "valid through 2020-01-01" in again.read_text("utf-8")


def test_a_table_with_a_column_called_sources_is_read(capsys, output, write):
    table = write("a.csv", f'title,description,sources,gone\nPM,"{DUTIES}",the {{web}},\nPM,"{DUTIES}",{{,\n')
    assert ingest(capsys, output, table)[0] == 0
    assert [(row["sources"], row["gone"]) for row in lines(output)] == [({}, None)] * 2


def test_python_is_told_what_reads_an_address(matcher):
    with pytest.raises(InputError, match=r"an address; matcher\.collect\.posting_at reads it"):
        matcher.score("https://jobs.example/7")
    assert matcher.score(f"https://jobs.example/7 {DUTIES}").to_row()["status"] == "ok"
