"""A real Spark on this machine: a master, two executors of 1 GB, and their Python workers."""

import contextlib
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from matcher import Matcher, __version__
from matcher.batch import Run
from matcher.batch import classify as classify_files
from matcher.corpus import read_labelled
from matcher.errors import InputError, MatcherError, ModelError
from matcher.fast.start import compile_all, ready
from matcher.spark import _work, classify
from tests.conftest import NETWORK, ROOT
from tests.test_arrow import table
from tests.test_batch import GOOD, MIXED

PAGE = (ROOT / "docs" / "spark.md").read_text("utf-8")
SNIPPETS = re.findall(r"```python\n(.*?)```", PAGE, re.S)
ROWS, FILES = 2400, 12
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "3",
    "spark.sql.files.minPartitionNum": str(FILES),
}


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    pyspark = pytest.importorskip("pyspark", reason="no Spark in this environment: pip install -e '.[spark]'")
    if shutil.which("java") is None:
        pytest.skip("no Java on this machine: apt-get install default-jre-headless")
    folder = tmp_path_factory.mktemp("spark")
    for part in Path(pyspark.__file__).parent.iterdir():
        (folder / part.name).symlink_to(part)  # Spark writes the logs of its executors into its home
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_HOME", str(folder))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("SPARK_LOCAL_DIRS", str(folder / "local"))
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")  # half the time to start
        builder = pyspark.sql.SparkSession.builder.master("local-cluster[2,1,1024]")
        session = builder.config(map=SETTINGS | {"spark.sql.warehouse.dir": str(folder / "tables")}).getOrCreate()
        session.sparkContext.setLogLevel("OFF")  # it tells of every task that fails
        java = session.sparkContext._gateway.proc
        yield session
        session.stop()
        session.sparkContext._gateway.shutdown()
        java.stdin.close()
        java.wait(60)


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Postings of the corpus in Parquet files, many of them repeated, with a number for each row."""
    if not ready(0):
        compile_all()
    postings = [labelled.posting for labelled in read_labelled([str(ROOT / "corpus" / "*.jsonl")])]
    rows = [
        {"row": number, "id": f"p{number:04}", "title": posting.title, "description": posting.description}
        for number, posting in enumerate(postings[n * 7 % 800] for n in range(ROWS))
    ]
    rows[5]["description"] = None
    folder = tmp_path_factory.mktemp("postings") / "postings.parquet"
    folder.mkdir()
    size = ROWS // FILES
    for start in range(0, ROWS, size):
        pq.write_table(table(rows[start : start + size], row=pa.int64()), folder / f"{start:05}.parquet")
    return folder


@pytest.fixture(scope="module")
def on_one_machine(many):
    output = many.with_name("one.parquet")
    classify_files([str(many / "*.parquet")], str(output), Run())
    return pq.read_table(output)


def by_id(rows):
    return rows.sort_by("id").to_pylist()


def without_place(rows):
    """A file has numbers for its rows, a table of Spark has not."""
    return [row | {"error": row["error"] and row["error"].partition(": ")[2]} for row in rows]


def executors(spark):
    """Process ids of the executors, children of the driver's Java."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            words = (process / "cmdline").read_bytes()
            if parent == spark.sparkContext._gateway.proc.pid and b"CoarseGrainedExecutorBackend" in words:
                found.append(int(process.name))
    return found


def kill_one_midway(spark, killed):
    """Kills an executor when one task of the scoring is done and others are not; notes which, and at what time."""
    tracker = spark.sparkContext.statusTracker()
    while not killed:
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        for stage in filter(None, stages):
            if stage.numTasks == FILES and 1 <= stage.numCompletedTasks < FILES - 2:
                process = executors(spark)[0]
                os.kill(process, signal.SIGKILL)
                killed.append((process, stage.numCompletedTasks))
        time.sleep(0.01)


def test_an_executor_is_killed_midway_and_the_rows_are_those_of_one_machine(spark, many, on_one_machine):
    results = classify(spark.read.parquet(str(many)), order="row")
    assert len(executors(spark)) == 2
    killed = []
    killer = threading.Thread(target=kill_one_midway, args=(spark, killed), daemon=True)
    killer.start()
    results.write.parquet(str(many.with_name("spark.parquet")))
    assert killed, "it was over before an executor could be killed"
    killer.join()
    assert not Path(f"/proc/{killed[0][0]}/exe").exists()
    found = pq.read_table(many.with_name("spark.parquet"))
    assert found.schema.names == on_one_machine.schema.names
    assert [str(kind) for kind in found.schema.types] == [str(kind) for kind in on_one_machine.schema.types]
    assert by_id(found)[5]["error"] == "id p0005: no description: the row has a title only"
    assert without_place(by_id(found)) == without_place(by_id(on_one_machine))
    assert sum(row["duplicate_of"] is not None for row in by_id(found)) > ROWS / 2


def test_the_example_of_the_page(spark, tmp_path):
    rows = [row | {"row": number} for number, row in enumerate(MIXED)]
    pq.write_table(table(rows, row=pa.int32()), tmp_path / "postings.parquet")
    exec(compile(SNIPPETS[0].replace("hdfs:///jobs", str(tmp_path)), "spark.md", "exec"), {})
    found = pq.read_table(tmp_path / "results.parquet").to_pylist()
    assert sorted((row["status"], row["id"] or "", row["duplicate_of"]) for row in found) == [
        ("ok", "1", None),
        ("ok", "4", "1"),
        ("ok", "=1+1", None),
        ("rejected", "", None),
        ("rejected", "", None),
    ]


def test_the_other_example_of_the_page(monkeypatch):
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(SNIPPETS[1], "spark.md", "exec"), {})
    assert printed.getvalue().split() == re.findall(r"print\(.*\)  # (.*)", SNIPPETS[1])


def test_a_model_and_a_profile_of_ones_own_go_along(spark, tmp_path):
    shutil.copytree(ROOT / "models" / "default", tmp_path / "mine")
    profile = (ROOT / "matcher" / "data" / "profile.toml").read_text("utf-8")
    (tmp_path / "mine.toml").write_text(profile.replace("weight = ", "weight = 0.5 # ", 1), "utf-8")
    given = {"model": str(tmp_path / "mine"), "profile": str(tmp_path / "mine.toml")}
    results = classify(spark.createDataFrame(table([GOOD])).withColumnRenamed("company", "employer.name"), **given)
    shutil.rmtree(tmp_path)
    (row,) = results.toArrow().to_pylist()
    matched = Matcher.load().score(GOOD).match
    assert (row["id"], row["type"], row["company"], row["duplicate_of"]) == ("1", "networking", "", None)
    assert row["match"] != matched


@pytest.mark.parametrize(
    ("order", "message"),
    [
        ("place", "order='place': no such column (there are: "),
        ("paid", "order='paid': a column of double; it must be of text or whole numbers"),
        ("row", "order='row': 2 stands in two rows; every row needs a value of its own"),
        ("some", "order='some': 1 rows hold null there; every row needs a value of its own"),
    ],
)
def test_a_column_that_does_not_order_the_rows(spark, order, message):
    rows = [{"description": NETWORK, "row": row, "some": some, "paid": 0.5} for row, some in ((2, "b"), (2, None))]
    postings = spark.createDataFrame(table(rows, row=pa.int16(), some=pa.string(), paid=pa.float64()))
    with pytest.raises(InputError) as raised:
        classify(postings, order=order)
    assert str(raised.value).startswith(message)


def test_what_the_driver_itself_sees(spark, tmp_path):
    with pytest.raises(InputError, match=r"no title or description column \(found: id\)"):
        classify(spark.range(3))
    with pytest.raises(ModelError, match="no such model"):
        classify(spark.createDataFrame(table([GOOD])), model=tmp_path / "nowhere")


WORKERS = [
    ("raise ImportError('not here')", f"the driver has matcher {__version__}, a worker has none: install matcher "),
    ("__version__ = '0.0.9'", f"the driver has matcher {__version__}, a worker has 0.0.9: install matcher "),
    (f"__version__ = '{__version__}'", f"matcher {__version__} on a worker lacks what it needs (No module named "),
    ("", f"the driver has matcher {__version__}, a worker has another package of this name: install matcher "),
]


@pytest.fixture
def other_matcher(tmp_path):
    """Puts another package of this name before ours."""

    def made(text):
        (tmp_path / "matcher").mkdir()
        (tmp_path / "matcher" / "__init__.py").write_text(text, "utf-8")
        return str(tmp_path)

    return made


@pytest.mark.parametrize(("text", "message"), WORKERS[:2])
def test_workers_without_this_version_are_told_of_in_one_line(spark, other_matcher, monkeypatch, text, message):
    postings = spark.createDataFrame(table([GOOD]))
    monkeypatch.setitem(spark.sparkContext.environment, "PYTHONPATH", other_matcher(text))
    with pytest.raises(MatcherError) as raised:
        classify(postings)
    assert str(raised.value).startswith(message)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(("text", "message"), WORKERS)
def test_a_worker_that_joins_later_says_what_it_lacks(other_matcher, tmp_path, text, message):
    """What is sent to it, run where the other package is found first."""
    cloudpickle = pytest.importorskip("pyspark.cloudpickle", reason="no Spark in this environment")
    (tmp_path / "work").write_bytes(cloudpickle.dumps(_work("scored")))
    code = "import pickle, sys; next(pickle.load(open(sys.argv[1], 'rb'))(iter([])))"
    other_matcher(text)
    command = [sys.executable, "-W", "ignore", "-c", code, "work"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1].startswith(f"RuntimeError: {message}")
