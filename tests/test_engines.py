"""A real Dask cluster: a scheduler and workers as processes, some of which are killed or wrong."""

import json
import os
import signal
import socket
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import measured
import pytest

from matcher import batch
from matcher.batch import Run, classify
from matcher.engines import engine_of
from matcher.errors import InputError, MatcherError, ModelError
from matcher.parts import Parts
from tests.cluster import Cluster
from tests.conftest import NETWORK
from tests.test_batch import Killed, after

ROWS = 2000


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with Cluster(tmp_path_factory.mktemp("cluster")).running(workers=3) as made:
        yield made


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    return str(measured.write_postings(tmp_path_factory.mktemp("rows") / "in.jsonl", ROWS))


@pytest.fixture(scope="module")
def expected(rows, tmp_path_factory):
    """What one process makes of the rows."""
    output = tmp_path_factory.mktemp("expected") / "out.jsonl"
    classify([rows], str(output), Run())
    return output.read_bytes()


@pytest.fixture
def small(write):
    return write("in.jsonl", [{"id": str(n), "title": "Project Manager", "description": NETWORK} for n in range(4)])


def test_a_killed_worker_changes_nothing(cluster, rows, expected, tmp_path, monkeypatch):
    monkeypatch.setattr("matcher.fragments.RANGE", 2**18)
    victim, output = cluster.worker(), tmp_path / "out.jsonl"
    killed = []

    def kill(done: int) -> None:
        if not killed:
            os.kill(victim.pid, signal.SIGKILL)
            killed.append(victim.wait())
            threading.Thread(target=cluster.worker).start()  # and another one comes

    summary = classify([rows], str(output), Run(), backend="dask", scheduler=cluster.address, progress=kill)
    assert killed == [-signal.SIGKILL]
    assert summary.rows == ROWS
    assert output.read_bytes() == expected
    assert not list(tmp_path.glob(".*"))


def test_the_cluster_groups_and_joins(cluster, small, tmp_path, monkeypatch):
    """So the driver holds nothing of the rows, however many."""
    monkeypatch.delattr("matcher.batch.first_of")
    monkeypatch.delattr("matcher.batch.join")
    output = str(tmp_path / "out.jsonl")
    summary = classify([small], output, Run(), backend="dask", scheduler=cluster.address)
    assert (summary.rows, summary.duplicates) == (4, 3)


def test_a_lost_scheduler_is_told_and_the_run_goes_on_here(rows, expected, tmp_path, monkeypatch, caplog):
    monkeypatch.setattr("matcher.fragments.RANGE", 2**18)
    output = tmp_path / "out.jsonl"
    output.write_text("precious")
    with (
        Cluster(tmp_path).running(workers=2) as own,
        pytest.raises(MatcherError, match=r"the workers were lost .*; --resume goes on"),
    ):
        classify([rows], str(output), Run(), backend="dask", scheduler=own.address, progress=own.lose_scheduler)
    assert output.read_text() == "precious"
    assert not caplog.records
    assert list((tmp_path / ".out.jsonl.parts").glob("[0-9]*.json"))
    classify([rows], str(output), Run(), resume=True)
    assert output.read_bytes() == expected


@pytest.mark.parametrize("first", [{"jobs": 1}, {"backend": "dask"}])
def test_a_run_goes_on_upon_another_engine(cluster, first, write, tmp_path, monkeypatch):
    """Files that cannot be split, too: of them a cluster's workers read what is missing."""
    monkeypatch.setattr("matcher.fragments.RANGE", 2000)
    good = {"title": "Project Manager", "description": NETWORK}
    table = "title,description\n" + "".join(f'Project Manager {n},"{NETWORK}"\n' for n in range(8))
    pages = [write(f"{n}.txt", f"Project Manager {n}\n\n{NETWORK}") for n in range(3)]
    lines = write("a.jsonl", [good | {"id": str(n)} for n in range(9)] + [{}])
    inputs = [lines, write("b.csv", table), *pages, write("c.json", json.dumps([good, {}, good]))]
    output, whole = tmp_path / "out.csv", tmp_path / "whole.csv"
    classify(inputs, str(whole), Run())

    def engine(options):
        return options | ({"scheduler": cluster.address} if "backend" in options else {})

    with pytest.raises(Killed):
        classify(inputs, str(output), Run(), **engine(first), progress=after(3, Killed))
    made = list((tmp_path / ".out.csv.parts").glob("[0-9]*.json"))
    assert made
    second = {"backend": "dask"} if "jobs" in first else {"jobs": 2}
    summary = classify(inputs, str(output), Run(), **engine(second), resume=True)
    assert (summary.rows, summary.rejected) == (24, 2)
    assert output.read_bytes() == whole.read_bytes()


def test_another_backend_of_joblib(small, tmp_path):
    outputs = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    classify([small], str(outputs[0]), Run())
    classify([small], str(outputs[1]), Run(), backend="threading", jobs=2)
    assert outputs[0].read_bytes() == outputs[1].read_bytes()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr("matcher.engines.ANSWER", 2.0)


def refused(small, tmp_path, **options) -> str:
    """The one line that says why a run could not be; nothing is overwritten, and it is told soon."""
    output = tmp_path / "out.jsonl"
    output.write_text("precious")
    began = time.monotonic()
    with pytest.raises(MatcherError) as told:
        classify([small], str(output), Run(), **options)
    assert time.monotonic() - began < 20
    assert output.read_text() == "precious"
    assert "\n" not in str(told.value)
    return str(told.value)


def test_a_backend_that_is_none(small, tmp_path):
    assert "joblib has no such backend; it has dask, " in refused(small, tmp_path, backend="slurm")
    assert "needs --scheduler ADDRESS" in refused(small, tmp_path, backend="dask")
    assert "cannot tell results as they come" in refused(small, tmp_path, backend="multiprocessing", jobs=2)
    assert "is for --backend dask" in refused(small, tmp_path, scheduler="tcp://127.0.0.1:1")


def test_an_address_where_no_scheduler_is(small, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        nothing = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    assert "no Dask scheduler answers there" in refused(small, tmp_path, backend="dask", scheduler=nothing)
    assert "known schemes" in refused(small, tmp_path, backend="dask", scheduler="foo://127.0.0.1:1")


def test_an_address_of_something_else(cluster, small, tmp_path):
    web = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    web.RequestHandlerClass.log_message = lambda *_: None
    threading.Thread(target=web.serve_forever, daemon=True).start()
    address = f"127.0.0.1:{web.server_port}"
    assert "no Dask scheduler answers there" in refused(small, tmp_path, backend="dask", scheduler=address)
    web.shutdown()
    web.server_close()


def test_dask_that_is_not_installed(small, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    line = refused(small, tmp_path, backend="dask", scheduler="tcp://127.0.0.1:1")
    assert "pip install 'matcher[dask]'" in line


def test_standard_input_is_only_here(tmp_path, cluster):
    assert "cannot be read elsewhere" in refused("-", tmp_path, backend="dask", scheduler=cluster.address)


@pytest.mark.parametrize(
    ("first", "message"),
    [
        ("sys.modules['matcher'] = None", "lacks matcher: install matcher"),
        ("import matcher; matcher.__version__ = '0.0.9'", "has matcher 0.0.9: install matcher"),
    ],
)
def test_workers_that_cannot_do_it(cluster, small, tmp_path, first, message):
    wrong = cluster.worker(first)
    try:
        line = refused(small, tmp_path, backend="dask", scheduler=cluster.address)
        assert line.startswith("worker tcp://127.0.0.1:")
        assert message in line
    finally:
        wrong.kill()
        wrong.wait()


@pytest.fixture
def settled(small, tmp_path):
    """A run, and its parts in a folder."""
    run = batch._settled(Run())
    (tmp_path / ".out.csv.parts").mkdir()
    parts = Parts(str(tmp_path / "out.csv"), json.dumps(batch._plan([small], run)))
    parts.begin(resume=False)
    return run, parts


def test_what_every_worker_must_have(settled, cluster):
    run, parts = settled
    batch.check(run, parts)
    batch.check(replace(run, model="/another/machine/default"), parts)  # the same by its name here
    other = replace(run, label="default@0123456789ab")
    with pytest.raises(ModelError, match="that of the run is default@0123456789ab: copy it to every worker"):
        batch.check(other, parts)
    with pytest.raises(ModelError, match="trained-77: no such model"):
        batch.check(replace(run, model="/another/machine/trained-77"), parts)
    with pytest.raises(MatcherError, match=r"the run is of 0\.0\.1: install that"):
        batch.check(replace(run, version="0.0.1"), parts)
    elsewhere = replace(parts, output="/nowhere/out.csv")
    with pytest.raises(InputError, match="must be where every worker reaches it"):
        batch.check(run, elsewhere)
    with engine_of("dask", cluster.address, 1) as engine:
        engine.check(batch.check, run, parts)
        for wrong in ((other, parts), (run, elsewhere)):
            with pytest.raises(MatcherError, match="worker tcp://"):
                engine.check(batch.check, *wrong)


def test_a_worker_that_comes_later_is_looked_at_too(settled, small):
    """The look is part of every task."""
    run, parts = settled
    (fragment,) = batch.fragments(batch.units_of([small]))
    with pytest.raises(MatcherError, match="install that"):
        batch.write_parts(fragment, parts, replace(run, version="0.0.1"))
    assert not parts.whole()


def test_what_another_run_still_writes_is_no_part(settled, small):
    """A worker that was given up may go on for a while."""
    run, parts = settled
    (fragment,) = batch.fragments(batch.units_of([small]))
    batch.write_parts(fragment, parts, run)
    assert len(parts.whole()) == 1
    assert not replace(parts, plan=parts.plan + " ").whole()
