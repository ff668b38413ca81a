"""``matcher classify``."""

import argparse
import signal
import sys
from typing import Any

from matcher.cli.common import COULD_NOT, DONE, SOME_REJECTED, command_of, console, model_and_profile
from matcher.errors import MatcherError


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = command_of(
        commands, "classify", run, "score many postings into a file",
        "classify jobs.csv -o results.parquet", "classify 'pages/*.html' more.jsonl.gz -o results.jsonl --jobs 2",
        "classify jobs.csv -o ranked.csv --profile mine.toml --sort match",
        "classify s3://crawl/june.parquet -o s3://crawl/results.parquet --backend dask --scheduler tcp://10.0.0.5:8786",
    )  # fmt: skip
    command.add_argument(
        "inputs",
        metavar="INPUT",
        nargs="+",
        help="CSV, TSV, JSON, JSONL, Parquet (plain, .gz or .zst), pages, WARC, a folder, a glob, or -; "
        "also at s3://, gs:// and hdfs:// addresses",
    )
    command.add_argument("-o", "--output", metavar="OUTPUT", required=True, help="results: .csv, .jsonl or .parquet")
    command.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="worker processes (default 1; the output is the same)"
    )
    command.add_argument(
        "--backend", metavar="NAME", help="what works: dask, a cluster, or joblib's name of another (default loky)"
    )
    command.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster, as tcp://10.0.0.5:8786")
    command.add_argument("--resume", action="store_true", help="go on with a run that was cut off")
    command.add_argument("--only", choices=["type"], help="leave out skills, evidence and facts")
    command.add_argument("--no-dedupe", action="store_true", help="do not look for the same advertisement")
    command.add_argument("--sort", choices=["match"], help="best match first (holds all results in memory)")
    model_and_profile(command)


def run(options: argparse.Namespace) -> int:
    """``matcher classify``."""
    from rich.progress import (
        BarColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    from matcher import batch
    from matcher.display import classify_summary
    from matcher.fragments import rows_told
    from matcher.storage import place

    if options.jobs < 1:
        raise MatcherError(f"--jobs must be 1 or more, not {options.jobs}")
    what = batch.Run(
        options.model, options.profile, options.only == "type", dedupe=not (options.no_dedupe or options.only == "type")
    )
    err = console(stderr=True)
    columns = (
        TextColumn("classifying"), BarColumn(), TextColumn("{task.completed:,} rows {task.fields[rate]}"),
        TimeElapsedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    interrupts = _Interrupts()
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as bar:
        task = bar.add_task("rows", total=rows_told(options.inputs) if err.is_terminal else None, rate="")

        def progress(rows: int) -> None:
            interrupts.check()
            speed = bar.tasks[0].speed
            bar.update(task, advance=rows, rate=f"{speed:,.0f}/s" if speed else "")

        try:
            with interrupts:
                summary = batch.classify(
                    options.inputs,
                    options.output,
                    what,
                    jobs=options.jobs,
                    backend=options.backend,
                    scheduler=options.scheduler,
                    resume=options.resume,
                    sort=options.sort == "match",
                    progress=progress,
                )
        except KeyboardInterrupt:
            path = batch.unfinished(place(options.output))
            print(f"matcher: interrupted; rows so far are in {path}, --resume goes on", file=sys.stderr)
            return COULD_NOT
    err.print(classify_summary(summary, options.output), soft_wrap=True)
    return SOME_REJECTED if summary.rejected or summary.unsupported else DONE


class _Interrupts:
    """Ctrl-C, heard between two parts of the output: compiled code must not be broken off. A second one is at once."""

    def __init__(self) -> None:
        self._heard = False

    def __enter__(self) -> None:
        self._before = signal.signal(signal.SIGINT, self._hear)

    def _hear(self, *_: object) -> None:
        self._heard = True
        signal.signal(signal.SIGINT, self._before)

    def check(self) -> None:
        """Raise what was heard."""
        if self._heard:
            raise KeyboardInterrupt

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)
