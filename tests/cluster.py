"""A Dask cluster on the loopback interface: a scheduler and workers, each a process of its own."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START = "import sys\n{first}\nfrom distributed.cli.dask_{kind} import main\nmain(sys.argv[1:])"


class Cluster:
    """A scheduler and its workers; what each says goes to a file of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        self.address = ""

    def _start(self, kind: str, *options: str, first: str = "", until: str) -> subprocess.Popen[bytes]:
        log = self._folder / f"{len(self._processes)}.log"
        code = START.format(kind=kind, first=first)
        with log.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-c", code, *options, "--no-dashboard"],
                stdin=subprocess.DEVNULL, stdout=file, stderr=file, cwd=self._folder, start_new_session=True,
                env={**os.environ, "DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE": "False"},
            )  # fmt: skip
        self._processes.append(process)
        while not (found := re.search(until, log.read_text("utf-8"))):
            assert process.poll() is None, log.read_text("utf-8")
            time.sleep(0.05)
        self.said = found[found.lastindex or 0]
        return process

    def worker(self, first: str = "") -> subprocess.Popen[bytes]:
        """A worker that runs ``first`` before anything else."""
        return self._start("worker", self.address, "--nthreads", "1", "--no-nanny", first=first, until="Registered to")

    def lose_scheduler(self, _rows: int) -> None:
        """Kill the scheduler; to be told of progress with."""
        self._processes[0].kill()

    @contextmanager
    def running(self, workers: int) -> Iterator["Cluster"]:
        """The cluster, until it is not needed any more."""
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", until=r"Scheduler at:\s+(tcp://\S+)")
        self.address = self.said
        try:
            for _ in range(workers):
                self.worker()
            yield self
        finally:
            for process in reversed(self._processes):
                process.send_signal(signal.SIGKILL)
                process.wait()
