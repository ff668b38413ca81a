"""What a million postings cost, and what a cluster costs on top of it.

    python benchmarks/scale.py                      100,000 postings, into scale.json
    python benchmarks/scale.py --rows 1000000       more of them; 10,000,000 take some hours of one core
    python benchmarks/scale.py --rows 200000 --kill a worker of the cluster is killed midway and another one started
    python benchmarks/scale.py --growth             how the cost of a posting grows from --rows to 100 times as many

The cost is one process's from JSONL to JSONL: processor seconds, bytes through read and write calls, peak memory. A
Dask scheduler and two workers on the loopback interface are compared with ``--jobs 2`` by processor seconds of all
processes together, after a first small run, so that neither starting nor other programs of the machine count; by wall
time too, which means something on a machine that does nothing else. The step that groups the same advertisements is
timed alone, on postings of which no two are the same. ``--growth`` runs ``--only type --jobs 2``, so that the largest
run takes an hour and not four: reading, parts, sketches, grouping and the join are those of whole records. ``scale.md``
draws the line from there.
"""

import argparse
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from measured import command, compile_first, machine, source, taken, write_postings, write_result

HERE = Path(__file__).resolve().parent
MILLION, BLOCK = 1_000_000, 100_000

_ONE = """
import resource, sys, json
from pathlib import Path
from matcher.cli import main
status = main(sys.argv[2:])
used = resource.getrusage(resource.RUSAGE_SELF)
lines = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
told = {"cpu_seconds": used.ru_utime + used.ru_stime, "peak_mb": used.ru_maxrss / 1024,
        "gb_read": int(lines["rchar"]) / 1e9, "gb_written": int(lines["wchar"]) / 1e9}
Path(sys.argv[1]).write_text(json.dumps(told | {"status": status}))
"""

_GROUPING = """
import sys
from pathlib import Path
from matcher.duplicates import StoredSketches, first_of
with StoredSketches([Path(sys.argv[1])]) as sketches:
    first_of(sketches)
"""


def digest(path: Path) -> str:
    """Of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def one_process(rows: Path, count: int) -> dict[str, Any]:
    """What one process takes, by the million."""
    told, output = rows.with_name("told.json"), rows.with_name("one.jsonl")
    words = command("classify", rows, "-o", output)[3:]
    subprocess.run([sys.executable, "-c", _ONE, told, *words], check=True, stderr=subprocess.DEVNULL)
    figures = json.loads(told.read_text("utf-8"))
    if figures.pop("status") not in (0, 1):
        raise RuntimeError("the run failed")
    peak = figures.pop("peak_mb")
    per_million = {name: round(value * MILLION / count, 1) for name, value in figures.items()}
    return {"peak_mb": round(peak), "per_million": per_million, "output_gb": round(output.stat().st_size / 1e9, 3)}


class Cluster:
    """A Dask scheduler and workers of one thread each, on the loopback interface."""

    def __init__(self, folder: Path, workers: int) -> None:
        self._folder = folder
        about = folder / "scheduler.json"
        self._scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(about))
        self._about = about
        self.workers = [self.worker() for _ in range(workers)]

    def _start(self, kind: str, *options: str) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-m", "distributed.cli.dask_" + kind, *options, "--no-dashboard"]
        return subprocess.Popen(words, cwd=self._folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def worker(self) -> subprocess.Popen[bytes]:
        """One more worker."""
        return self._start("worker", "--scheduler-file", str(self._about), "--nthreads", "1", "--no-nanny")

    def address(self) -> str:
        """Of the scheduler, once it is there with all its workers."""
        from distributed import Client

        while not self._about.exists():
            time.sleep(0.1)
        with Client(scheduler_file=str(self._about)) as client:
            client.wait_for_workers(len(self.workers), timeout=120)
            return str(client.scheduler.address)

    def cpu_seconds(self) -> float:
        """Of the scheduler and the workers that live."""
        living = (process for process in (self._scheduler, *self.workers) if process.poll() is None)
        return sum(sum(psutil.Process(process.pid).cpu_times()[:2]) for process in living)

    def stop(self) -> None:
        """End all of it."""
        for process in (*self.workers, self._scheduler):
            process.kill()
            process.wait()


def on_cluster(rows: Path, small: Path, expected: str, *, kill: bool) -> dict[str, Any]:
    """A run on two workers (three, of which one is killed), beside ``--jobs 2``."""
    output, driver_file = rows.with_name("dask.jsonl"), rows.with_name("driver.json")
    cluster = Cluster(rows.parent, 3 if kill else 2)
    try:
        options = ("--backend", "dask", "--scheduler", cluster.address())
        first = taken(command("classify", small, "-o", output, *options))
        before = cluster.cpu_seconds()
        run = subprocess.Popen(
            [sys.executable, "-c", _ONE, driver_file, *command("classify", rows, "-o", output, *options)[3:]],
            stderr=subprocess.DEVNULL,
        )
        start = time.perf_counter()
        if kill:
            parts = output.with_name(f".{output.name}.parts")
            while len(list(parts.glob("0*.json"))) < rows.stat().st_size // 2**22 and run.poll() is None:
                time.sleep(0.2)
            os.kill(cluster.workers[0].pid, signal.SIGKILL)
            cluster.workers.append(cluster.worker())
        run.wait()
        wall, used = time.perf_counter() - start, cluster.cpu_seconds() - before
    finally:
        cluster.stop()
    driver = json.loads(driver_file.read_text("utf-8"))
    told = {"same_bytes": digest(output) == expected, "driver_peak_mb": round(driver["peak_mb"])}
    if kill:
        return told | {"killed": 1}
    return told | {
        "seconds": round(wall, 1),
        "cpu_seconds": round(used + driver["cpu_seconds"] - first["cpu_seconds"], 1),
    }


def grouping(folder: Path, count: int) -> dict[str, Any]:
    """What grouping takes alone where no two postings are the same, the sketches being there: drawn at random."""
    from matcher.duplicates import WIDTH
    from matcher.duplicates.sketch import RANK, WORDS

    draw, sketches = np.random.default_rng(0), folder / "sketches"
    with sketches.open("wb") as file:
        for at in range(0, count, BLOCK):
            made = draw.integers(0, 2**32, (min(BLOCK, count - at), WIDTH), np.uint32)
            made[:, WORDS], made[:, RANK] = 500, 0
            made.tofile(file)
    used = taken([sys.executable, "-c", _GROUPING, str(sketches)])
    sketches.unlink()
    return {"rows": count, "cpu_seconds": round(used["cpu_seconds"], 1), "peak_mb": round(used["peak_mb"])}


def growth(count: int) -> list[dict[str, Any]]:
    """What a million postings take in runs of ``count``, ten and a hundred times as many: one file by many names."""
    grown = []
    with tempfile.TemporaryDirectory() as folder:
        files = [write_postings(Path(folder) / "rows-0.jsonl", count)]
        for number in range(1, 100):
            files.append(files[0].with_name(f"rows-{number}.jsonl"))
            os.link(files[0], files[-1])
        output = files[0].with_name("types.jsonl")
        for times in (1, 10, 100):
            used = taken(command("classify", *files[:times], "-o", output, "--only", "type", "--jobs", "2"))
            told = {
                "rows": count * times,
                "peak_mb": round(used["peak_mb"]),
                "per_million": {
                    name: round(used[name] * MILLION / (count * times), 1) for name in ("seconds", "cpu_seconds")
                },
                "output_gb": round(output.stat().st_size / 1e9, 3),
            }
            grown.append(told | {"grouping": grouping(Path(folder), count * times)})
            print(grown[-1], flush=True)
    return grown


def measure(count: int, *, kill: bool) -> dict[str, Any]:
    """All figures."""
    with tempfile.TemporaryDirectory() as folder:
        small = write_postings(Path(folder) / "small.jsonl", 600)
        rows = write_postings(Path(folder) / "rows.jsonl", count)
        cost = one_process(rows, count)
        expected = digest(rows.with_name("one.jsonl"))
        result: dict[str, Any] = {
            "machine": machine(),
            "postings": {"from": source(), "rows": count, "gb": round(rows.stat().st_size / 1e9, 3)},
            "one_process": cost,
            "grouping": grouping(Path(folder), count),
        }
        if kill:
            return result | {"killed_worker": on_cluster(rows, small, expected, kill=True)}
        start = taken(command("classify", small, "-o", rows.with_name("two.jsonl"), "--jobs", "2"))
        two = taken(command("classify", rows, "-o", rows.with_name("two.jsonl"), "--jobs", "2"))
        dask = on_cluster(rows, small, expected, kill=False)
    two_cpu = two["cpu_seconds"] - start["cpu_seconds"]
    return result | {
        "jobs_2": {"seconds": round(two["seconds"], 1), "cpu_seconds": round(two_cpu, 1)},
        "dask": dask,
        "dask_overhead": round(dask["cpu_seconds"] / two_cpu - 1, 3),
    }


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000, help="postings (100000)")
    parser.add_argument("--kill", action="store_true", help="kill a worker instead of comparing")
    parser.add_argument("--growth", action="store_true", help="ten and a hundred times as many, types only")
    parser.add_argument("--to", type=Path, default=HERE / "scale.json", help="the JSON (scale.json)")
    options = parser.parse_args()
    compile_first()
    if options.growth:
        write_result({"machine": machine(), "growth": growth(options.rows)}, options.to)
    else:
        write_result(measure(options.rows, kill=options.kill), options.to)


if __name__ == "__main__":
    main()
