"""Inputs and outputs behind addresses: servers like S3's and Google's on this machine, and fsspec's memory."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import boto3
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fsspec.registry import _registry
from gcp_storage_emulator.server import create_server
from gcsfs import GCSFileSystem
from joblib.externals.loky import get_reusable_executor
from moto.server import ThreadedMotoServer
from s3fs import S3FileSystem

from matcher import storage
from matcher.batch import Run, classify
from matcher.cli import main
from matcher.errors import InputError
from matcher.fragments import fragments, units_of
from matcher.ingest import expand, read_rows
from matcher.storage import opened, place, whole
from tests.conftest import NETWORK
from tests.test_batch import Killed, after

GOOD = {"title": "Project Manager", "description": NETWORK}
ROWS = [GOOD | {"id": str(n), "title": f"Project Manager {n % 7}"} for n in range(40)] + [{}, {"title": "no text"}]


@pytest.fixture(scope="module")
def server():
    made = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    made.start()
    host, port = made.get_host_and_port()
    yield f"http://{host}:{port}"
    made.stop()


@pytest.fixture
def bucket(server, monkeypatch):
    """A bucket of an S3 server of which the environment tells."""
    for name, value in {
        "AWS_ENDPOINT_URL": server, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_DEFAULT_REGION": "us-east-1", "AWS_MAX_ATTEMPTS": "1",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    S3FileSystem.clear_instance_cache()  # of another server
    get_reusable_executor().shutdown(wait=True)  # workers that were started before know nothing of it
    client = boto3.client("s3")
    client.create_bucket(Bucket="jobs")
    yield "s3://jobs"
    for item in client.list_objects_v2(Bucket="jobs").get("Contents", []):
        client.delete_object(Bucket="jobs", Key=item["Key"])
    client.delete_bucket(Bucket="jobs")
    client.close()


@pytest.fixture
def google(monkeypatch):
    """A bucket of a server like Google's, of which the environment tells."""
    made = create_server("127.0.0.1", 0, in_memory=True, default_bucket="jobs")
    made.start()
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", f"http://127.0.0.1:{made._api._httpd.socket.getsockname()[1]}")
    monkeypatch.setenv("GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT", "false")  # else it asks for credentials
    GCSFileSystem.clear_instance_cache()
    yield "gs://jobs"
    made.stop()


def put(address: str, data: bytes) -> str:
    with whole(place(address)) as file:
        file.write(data)
    return address


def get(address: str) -> bytes:
    with opened(place(address)) as file:
        return file.read()


def as_lines(rows) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def as_parquet(path: Path) -> bytes:
    pq.write_table(pa.Table.from_pylist(ROWS[:40]), path, row_group_size=10)
    return path.read_bytes()


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_the_same_bytes_from_and_to_s3(bucket, tmp_path, suffix, monkeypatch):
    monkeypatch.setattr("matcher.fragments.RANGE", 12_000)
    sources = {
        "a.jsonl": as_lines(ROWS),
        "b.jsonl.gz": gzip.compress(as_lines(ROWS[:9])),
        "c.parquet": as_parquet(tmp_path / "made.parquet"),
        "d.csv": b"title,description\nProject Manager,Lead the LAN project\n,\n",
    }
    monkeypatch.chdir(tmp_path)
    for name, data in sources.items():
        (tmp_path / name).write_bytes(data)
        put(f"{bucket}/{name}", data)
    here = classify(list(sources), f"out.{suffix}", Run())
    there = classify([f"{bucket}/{name}" for name in sources], f"{bucket}/made/out.{suffix}", Run())
    assert (here.rows, here.rejected, here.duplicates) == (there.rows, there.rejected, there.duplicates)
    made = get(f"{bucket}/made/out.{suffix}")
    if suffix == "parquet":
        (tmp_path / "there.parquet").write_bytes(made)
        names = lambda path: [row | {"error": None} for row in pq.read_table(path).to_pylist()]  # noqa: E731
        assert names("there.parquet") == names("out.parquet")
    else:
        assert made.replace(f"{bucket}/".encode(), b"") == (tmp_path / f"out.{suffix}").read_bytes()
    assert expand([f"{bucket}/made/*"]) == [f"{bucket}/made/out.{suffix}"]


@pytest.mark.parametrize("store", ["bucket", "google"])
def test_a_run_broken_off_in_a_store_goes_on(store, request, tmp_path, monkeypatch):
    bucket = request.getfixturevalue(store)
    monkeypatch.setattr("matcher.fragments.RANGE", 12_000)
    source, output = put(f"{bucket}/in.jsonl", as_lines(ROWS)), f"{bucket}/out.jsonl"
    classify([source], str(tmp_path / "out.jsonl"), Run())
    put(output, b"precious")
    with pytest.raises(Killed):
        classify([source], output, Run(), progress=after(3, Killed))
    assert get(output) == b"precious"
    assert any("/.out.jsonl.parts/000000-" in name for name in storage.matching(f"{bucket}/**"))
    with pytest.raises(InputError, match="other options"):
        classify([source], output, Run(dedupe=False), resume=True)
    classify([source], output, Run(), resume=True)
    assert get(output) == (tmp_path / "out.jsonl").read_bytes()
    assert storage.matching(f"{bucket}/**") == [source, output]


def test_wildcards_stand_for_files(bucket):
    address = put(f"{bucket}/in.jsonl", b"{}")
    put(f"{bucket}/more/in.jsonl", b"{}")
    assert storage.matching(f"{bucket}/*") == [address]


def test_a_killed_process_on_s3_goes_on_with_two_jobs(bucket, tmp_path):
    rows = [GOOD | {"id": str(n), "description": f"{NETWORK}\nLot {n}. " + "x " * 30_000} for n in range(80)]
    source, output = put(f"{bucket}/in.jsonl", as_lines(rows)), f"{bucket}/out.jsonl"
    classify([source], str(tmp_path / "out.jsonl"), Run())
    command = [sys.executable, "-m", "matcher", "classify", source, "-o", output]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    while run.poll() is None and not storage.matching(f"{bucket}/.out.jsonl.parts/0*.json"):
        time.sleep(0.1)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    assert classify([source], output, Run(), resume=True, jobs=2).rows == 80
    assert get(output) == (tmp_path / "out.jsonl").read_bytes()


def test_only_what_is_needed_is_fetched(bucket, tmp_path, monkeypatch):
    fetched = []
    readinto = storage._Remote.readinto

    def counted(self, buffer):
        fetched.append(readinto(self, buffer))
        return fetched[-1]

    long = [GOOD | {"description": f"{NETWORK} {os.urandom(12_000).hex()}", "id": str(n)} for n in range(60)]
    path = tmp_path / "in.parquet"
    pq.write_table(pa.Table.from_pylist(long), path, row_group_size=10)
    monkeypatch.setattr("matcher.fragments.PIECE", 10)
    monkeypatch.setattr("matcher.fragments.RANGE", 150_000)
    for source in (
        put(f"{bucket}/in.parquet", path.read_bytes()),
        put(f"{bucket}/in.jsonl", as_lines(long)),
    ):
        whole_size = place(source).stat().st_size
        pieces = list(fragments(units_of([source])))
        local = [row.fields for row in read_rows(source)]
        monkeypatch.setattr(storage._Remote, "readinto", counted)
        fetched.clear()
        assert [row.fields["id"] for row in pieces[2].read()]
        assert 0 < sum(fetched) < whole_size / 3
        monkeypatch.setattr(storage._Remote, "readinto", readinto)
        assert [row.fields for piece in pieces for row in piece.read()] == local


def test_a_folder_of_pages_in_memory(tmp_path):
    for name in ("b.txt", "a.html", "notes.dat"):
        put(f"memory://pages/{name}", f"<h1>Project Manager</h1><p>{NETWORK}</p>".encode())
    assert expand(["memory://pages"]) == ["memory://pages/a.html", "memory://pages/b.txt"]
    assert classify(["memory://pages"], "memory://made/out.jsonl", Run()).rows == 2
    assert len(get("memory://made/out.jsonl").splitlines()) == 2
    assert storage.matching("memory://made/*") == ["memory:///made/out.jsonl"]


def test_what_is_not_whole_is_not_there(bucket):
    address = put(f"{bucket}/out", b"precious")

    def half() -> None:
        with whole(place(address)) as file:
            file.write(b"half" * storage.BLOCK)
            raise Killed

    with pytest.raises(Killed):
        half()
    assert get(address) == b"precious"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("foo://jobs/in.jsonl", "foo:// is no kind of store that fsspec knows"),
        ("s3://jobs/nothing.jsonl", "no such file"),
        ("s3://jobs/*.csv", "no file matches"),
        ("s3://no-such-bucket/in.jsonl", "s3://no-such-bucket/in.jsonl: "),
    ],
)
def test_addresses_that_cannot_be_read(bucket, tmp_path, source, message, capsys):
    assert main(["classify", source, "-o", str(tmp_path / "out.csv")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert message in line
    assert not list(tmp_path.iterdir())


def test_a_store_whose_extra_is_not_installed(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    monkeypatch.delitem(_registry, "gs", raising=False)
    assert main(["classify", "gs://jobs/in.jsonl", "-o", str(tmp_path / "out.csv")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "to reach it install the extra: pip install 'matcher[gcs]'" in line


def test_an_output_that_cannot_be_written(bucket, write, capsys):
    source = write("in.jsonl", ROWS)
    assert main(["classify", source, "-o", "s3://no-such-bucket/out.csv"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("matcher: s3://no-such-bucket/")


def test_a_store_that_does_not_answer(write, monkeypatch, capsys, tmp_path):
    for name, value in {"ENDPOINT_URL": "http://127.0.0.1:9", "ACCESS_KEY_ID": "a", "SECRET_ACCESS_KEY": "b"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    S3FileSystem.clear_instance_cache()  # as in a process that begins
    assert main(["classify", "s3://away/in.jsonl", "-o", str(tmp_path / "out.csv")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("matcher: s3://away/in.jsonl: cannot be reached (")
