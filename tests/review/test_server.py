import json
import signal
import socket
import sys

import pytest

from matcher.cli import main
from tests.review.conftest import serving


@pytest.fixture
def given(write, postings):
    return write("postings.jsonl", postings)


def labelled(folder):
    return [json.loads(line) for line in (folder / "labels.jsonl").read_text("utf-8").splitlines()]


def test_killed_at_any_answer_everything_said_to_be_saved_is_there(given, tmp_path):
    kept = []
    for number in range(2):
        with serving(tmp_path, given) as server:
            page = server.enter()
            for kind in ("telecom", "other"):
                path, revision = server.shown(page)
                page = server.post(path, {"revision": revision, "change": {"type": kind}})
                assert page.status_code == 200
                kept.append((path, kind))
            assert f"{len(kept)} of 15 labelled" in page.text
            server.stop(signal.SIGKILL)
        with (tmp_path / "labels.jsonl.log").open("a") as log:
            log.write('{"line": 99, "pos' * number)  # what a crash in the middle of a write leaves
        assert [row["type"] for row in labelled(tmp_path)] == [kind for _, kind in kept]
    assert len({path for path, _ in kept}) == len(kept)


def test_two_tabs_do_not_clash(given, tmp_path):
    with serving(tmp_path, given) as server:
        path, revision = server.shown(server.enter())
        first = {"revision": revision, "change": {"type": "telecom"}}
        assert server.post(path, first).status_code == 200
        stale = server.post(path, {"revision": revision, "change": {"type": "software"}})
        assert stale.status_code == 409
        assert "changed in another tab" in stale.text
        assert server.shown(stale) == (path, 1)
        assert [row["type"] for row in labelled(tmp_path)] == ["telecom"]
        assert server.post(path, {"revision": 1, "change": {"type": "software"}}).status_code == 200
        assert server.post("/undo", {"line": 1}).status_code == 409
        undone = server.post("/undo", {"line": 2})
        assert server.shown(undone) == (path, 3)
        assert [row["type"] for row in labelled(tmp_path)] == ["telecom"]


def test_unreadable_rows_are_named_and_it_ends_in_order(write, postings, tmp_path):
    path = write("some.jsonl", json.dumps(postings[0]) + "\n{broken\n")
    with serving(tmp_path, path) as server:
        whole = server.enter()
        assert whole.text.startswith("<!doctype html>")
        assert "1 row could not be read" in whole.text
        part = server.session.get(whole.url, headers={"Fragment": "1"}).text.strip()
        assert part.startswith('<div id="page"')
        assert part in whole.text
        said = server.stop(signal.SIGINT)
        assert server.process.returncode == 1
        assert "some.jsonl, line 2: broken JSON" in said
        assert said.endswith("0 labelled postings in labels.jsonl\n")
        assert "Traceback" not in said


def run(capsys, *arguments):
    status = main(["review", *map(str, arguments), "--no-browser"])
    return status, capsys.readouterr().err


def test_what_stops_it_is_one_line(given, tmp_path, capsys, monkeypatch, write):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.jsonl").write_text("{}\n")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        cases = [
            ((given, "--port", port), f"port {port} cannot be used"),
            ((given, "--port", 70000), "port 70000 cannot be used"),
            ((given, "-o", "mine.jsonl"), "mine.jsonl: is there already, and not from a review"),
            (("nothing.jsonl",), "nothing.jsonl: no such file"),
            ((write("empty.jsonl", '{"title": "x"}\n'),), "no postings in it; "),
            ((given, "--corpus", "no/*.jsonl"), "no/*.jsonl: no file matches"),
        ]
        for arguments, message in cases:
            status, err = run(capsys, *arguments)
            assert status == 2
            assert message in err
            assert err.count("\n") == 1
    assert (tmp_path / "mine.jsonl").read_text() == "{}\n"


def test_without_the_extra_it_says_what_to_install(given, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    status, err = run(capsys, given)
    assert (status, err) == (2, "matcher: the page needs uvicorn: pip install 'matcher[review]'\n")
