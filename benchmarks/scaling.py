"""What two jobs gain, and whether runs that are killed go on to the same bytes.

    python benchmarks/scaling.py                                     100,000 postings, 30 kills, into scaling.json
    python benchmarks/scaling.py --rows 1000 --rounds 1 --kills 2    a short form
    python benchmarks/scaling.py --only type                         types alone, in a quarter of the time

Jobs are compared by wall time, in turn, so the machine should do nothing else. A run is killed (SIGKILL, with its
workers) at a random moment of the time that an undisturbed one takes, by turns with one job and two; then it goes on
with ``--resume``, and its output is compared with the undisturbed one's, byte for byte.
"""

import argparse
import hashlib
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from measured import command, compile_first, machine, source, taken, write_postings, write_result

HERE = Path(__file__).resolve().parent


class Runs:
    """Runs over one input, in one folder."""

    def __init__(self, folder: Path, rows: int, *options: str) -> None:
        self.output = folder / "results.jsonl"
        self._options = options
        self._input = write_postings(folder / "rows.jsonl", rows)

    def words(self, jobs: int, *more: str) -> list[str]:
        """The command of a run."""
        return command("classify", self._input, "-o", self.output, "--jobs", str(jobs), *self._options, *more)

    def seconds(self, jobs: int) -> float:
        """Wall time of a run from the start to the end."""
        self.output.unlink(missing_ok=True)
        return taken(self.words(jobs))["seconds"]

    def digest(self) -> str:
        """Of the output."""
        with self.output.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def killed(self, after: float, jobs: int) -> dict[str, Any]:
        """Kill a run after some seconds, and let it go on; what was there then."""
        self.output.unlink(missing_ok=True)
        run = subprocess.Popen(
            self.words(jobs), start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(after)
        killed = run.poll() is None
        if killed:
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        parts = self.output.with_name(f".{self.output.name}.parts")
        told = {
            "after_seconds": round(after, 2),
            "jobs": jobs,
            "killed": killed,
            "output_was_there": self.output.exists(),
            "whole_parts": len(list(parts.glob("[0-9]*.json"))),
        }
        taken(self.words(jobs, "--resume"))
        return told


def measure(rows: int, rounds: int, kills: int, *options: str) -> dict[str, Any]:
    """All figures."""
    with tempfile.TemporaryDirectory() as folder:
        runs = Runs(Path(folder), rows, *options)
        timed, digests = [], set()
        for _ in range(rounds):
            timed.append({})
            for jobs in (1, 2):
                timed[-1][jobs] = runs.seconds(jobs)
                digests.add(runs.digest())
        medians = {jobs: statistics.median(seconds[jobs] for seconds in timed) for jobs in (1, 2)}
        draw, trials = random.Random(0), []
        for number in range(kills):
            jobs = 1 + number % 2
            trials.append(runs.killed(draw.uniform(0, medians[jobs]), jobs))
            trials[-1]["same_bytes"] = {runs.digest()} == digests
            print(trials[-1], file=sys.stderr, flush=True)
    return {
        "machine": machine(),
        "postings": {"from": source(), "rows": rows},
        "options": options,
        "jobs": {
            "rounds": rounds,
            "seconds": {str(jobs): round(seconds, 2) for jobs, seconds in medians.items()},
            "gain": round(statistics.median(seconds[1] / seconds[2] for seconds in timed), 2),
            "same_bytes": len(digests) == 1,
        },
        "kills": {
            "trials": len(trials),
            "killed": sum(trial["killed"] for trial in trials),
            "same_bytes": sum(trial["same_bytes"] for trial in trials),
            "each": trials,
        },
    }


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000, help="postings (100000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of one job and two, medians are told (3)")
    parser.add_argument("--kills", type=int, default=30, help="runs that are killed (30)")
    parser.add_argument("--only", choices=["type"], help="leave skills and facts out")
    parser.add_argument("--to", type=Path, default=HERE / "scaling.json", help="the JSON (scaling.json)")
    options = parser.parse_args()
    compile_first()
    only = ("--only", options.only) if options.only else ()
    write_result(measure(options.rows, options.rounds, options.kills, *only), options.to)


if __name__ == "__main__":
    main()
