"""What the benchmarks of speed, memory and scaling share: the postings, the machine, and what a command takes."""

import gzip
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from matcher.fast import ready

ROOT = Path(__file__).resolve().parent.parent
POOL = ROOT.parent / "shared" / "pool" / "postings.jsonl.gz"

_PARENT = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
seconds = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
told = {"seconds": seconds, "cpu_seconds": used.ru_utime + used.ru_stime, "peak_mb": used.ru_maxrss / 1024}
print(json.dumps(told | {"status": done.returncode, "said": done.stderr[-2000:]}))
"""
"""A small parent: a process's peak memory is never told as less than that of the one that started it."""


def source() -> str:
    """Which postings there are to measure with."""
    return "real postings" if POOL.exists() else "corpus"


def postings(count: int) -> Iterator[dict[str, Any]]:
    """The real postings beside the project, else the corpus, over and over up to ``count``, each with its own id."""
    if POOL.exists():
        with gzip.open(POOL, "rt", encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
    else:
        paths = sorted((ROOT / "corpus").glob("*.jsonl"))
        rows = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]
    kept = [{name: row.get(name, "") for name in ("title", "company", "location", "description")} for row in rows]
    for number, row in enumerate(islice(cycle(kept), count)):
        yield {"id": f"row-{number}", **row}


def write_postings(path: Path, count: int) -> Path:
    """The postings as JSONL."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in postings(count))
    return path


def on_one_core() -> None:
    """Keep this process and all that it starts on one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def compile_first() -> None:
    """See to it that the compiled code is there, so that no run compiles it."""
    if not ready(0):
        subprocess.run([sys.executable, "-m", "matcher.fast"], check=True)


def command(name: str, *arguments: str | Path) -> list[str]:
    """A command of matcher, with the model that ships."""
    return [sys.executable, "-m", "matcher", name, *map(str, arguments), "--model", "default"]


def taken(words: Sequence[str]) -> dict[str, float]:
    """Wall and processor seconds and peak memory of a command (of its largest process); its output is dropped.

    Raises:
        RuntimeError: the command could not run.
    """
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _PARENT, *words], check=True, capture_output=True, text=True
    )
    told = json.loads(done.stdout)
    if told["status"] not in (0, 1):  # 1: some rows were rejected
        raise RuntimeError(f"{' '.join(words)}: {told['said']}")
    return {name: told[name] for name in ("seconds", "cpu_seconds", "peak_mb")}


def machine() -> dict[str, Any]:
    """The machine and the versions."""
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        **{name: version(name) for name in ("numpy", "numba", "scikit-learn")},
    }


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def write_result(result: Any, path: Path) -> None:
    """The figures, to the file and to the terminal."""
    text = json.dumps(result, indent=1) + "\n"
    path.write_text(text, "utf-8")
    print(text, end="")
