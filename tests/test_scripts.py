import os
import subprocess
import sys

import pytest

from matcher.atomic import locked
from tests.conftest import ROOT


def run(name, *arguments, **environment):
    command = [sys.executable, ROOT / "scripts" / f"{name}.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, check=False)


@pytest.mark.parametrize(("rows", "status"), [(1, 0), (2, 1)])
def test_classify_says_one_line_and_has_the_commands_status(write, tmp_path, rows, status):
    good, bad = {"title": "PM", "description": "Run the phone system rollout."}, {"title": "PM"}
    done = run("classify", tmp_path / "results.jsonl", write("in.jsonl", [good, bad][:rows]))
    assert (done.returncode, done.stderr) == (status, "")
    assert done.stdout.count("\n") == 1
    assert f"results.jsonl: {rows} rows" in done.stdout


def test_classify_that_cannot_run_is_status_2_with_one_line(tmp_path):
    done = run("classify", tmp_path / "results.jsonl", tmp_path / "nothing.csv")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("matcher: ")
    assert done.stderr.count("\n") == 1


def test_two_at_once_do_not_run(write, tmp_path):
    rows = write("in.jsonl", [{"title": "PM", "description": "Run the phone system rollout."}])
    with locked(tmp_path / ".results.jsonl.lock", wait=False), locked(tmp_path / ".retrain.lock", wait=False):
        for done in (
            run("classify", tmp_path / "results.jsonl", rows),
            run("retrain", rows, MATCHER_MODELS=str(tmp_path)),
        ):
            assert (done.returncode, done.stdout) == (2, "")
            assert "another run is at work" in done.stderr
    assert not (tmp_path / "results.jsonl").exists()


def test_retrain_on_rows_that_cannot_be_used_is_status_2(write, tmp_path):
    done = run("retrain", write("in.jsonl", [{"title": "PM", "type": "other"}]), MATCHER_MODELS=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "line 1: no description" in done.stderr
