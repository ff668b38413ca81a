"""``matcher classify``."""

import argparse
from typing import Any

from matcher.cli.common import DONE, SOME_REJECTED, command_of, console, model_and_profile
from matcher.errors import MatcherError


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = command_of(
        commands, "classify", run, "score many postings into a file",
        "classify jobs.csv -o results.parquet", "classify 'pages/*.html' more.jsonl.gz -o results.jsonl --jobs 2",
        "classify jobs.csv -o ranked.csv --profile mine.toml --sort match",
    )  # fmt: skip
    command.add_argument(
        "inputs",
        metavar="INPUT",
        nargs="+",
        help="CSV, TSV, JSON, JSONL, Parquet (plain, .gz or .zst), pages, a folder, a glob, or -",
    )
    command.add_argument("-o", "--output", metavar="OUTPUT", required=True, help="results: .csv, .jsonl or .parquet")
    command.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="worker processes (default 1; the output is the same)"
    )
    command.add_argument("--only", choices=["type"], help="leave out skills, evidence and facts")
    command.add_argument("--no-dedupe", action="store_true", help="do not look for the same advertisement")
    command.add_argument("--sort", choices=["match"], help="best match first (holds all results in memory)")
    model_and_profile(command)


def run(options: argparse.Namespace) -> int:
    """``matcher classify``."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from matcher import batch
    from matcher.display import classify_summary
    from matcher.matcher import Matcher

    if options.jobs < 1:
        raise MatcherError(f"--jobs must be 1 or more, not {options.jobs}")
    Matcher.load(options.model, options.profile)  # a damaged model or profile stops the run before the first row
    what = batch.Run(options.model, options.profile, options.only == "type")
    err = console(stderr=True)
    columns = (TextColumn("classifying"), BarColumn(), TextColumn("{task.completed:,} rows"), TimeElapsedColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as bar:
        task = bar.add_task("rows", total=None)
        summary = batch.classify(
            options.inputs,
            options.output,
            what,
            jobs=options.jobs,
            dedupe=not options.no_dedupe,
            sort=options.sort == "match",
            progress=lambda rows: bar.advance(task, rows),
        )
    err.print(classify_summary(summary, options.output), soft_wrap=True)
    return SOME_REJECTED if summary.rejected else DONE
