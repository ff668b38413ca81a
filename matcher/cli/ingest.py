"""``matcher ingest``."""

import argparse
from typing import TYPE_CHECKING, Any

from matcher.cli.common import DONE, SOME_REJECTED, allow_private, command_of, console
from matcher.errors import InputError, MatcherError

if TYPE_CHECKING:
    from matcher.ingest.limits import Limits


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = command_of(
        commands, "ingest", run, "read postings from addresses, career sites, feeds and files",
        "ingest https://jobs.example.com/sitemap.xml -o jobs.jsonl", "ingest @urls.txt 'saved/*.html' -o jobs.csv",
        "ingest @urls.txt -o jobs.jsonl --resume", "ingest --retry-failed jobs.jsonl.failed.jsonl -o more.jsonl",
    )  # fmt: skip
    command.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="*",
        help="an address (a page, a career site, a sitemap, a feed), @FILE or a .txt or .urls with one address a line, "
        "a saved page, a folder, a glob, a table, a feed or sitemap on disk, a WARC, or -",
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="OUTPUT",
        required=True,
        help="postings: .jsonl, or .csv (where a cell that would run as a formula gets an apostrophe before it)",
    )
    command.add_argument(
        "--delay",
        type=float,
        metavar="SECONDS",
        help="from one request to the next to the same host (default 1.0; a site's robots.txt may want more)",
    )
    command.add_argument(
        "--max-pages",
        type=int,
        metavar="N",
        help="end after so many pages (default 10000) and list the rest as failed",
    )
    command.add_argument("--resume", action="store_true", help="go on with a run that was interrupted")
    command.add_argument(
        "--retry-failed", metavar="FILE", help="try again what a run could not read (its OUTPUT.failed.jsonl)"
    )
    allow_private(command)


def run(options: argparse.Namespace) -> int:
    """``matcher ingest``."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from matcher import collect
    from matcher.display import ingest_summary

    sources = list(options.sources)
    if options.retry_failed:
        sources += collect.failed_sources(options.retry_failed, options.output)
    if not sources:
        raise InputError("ingest: give a SOURCE, or --retry-failed FILE")
    how = collect.Collecting(options.allow_private, _limits(options), options.resume)
    err = console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    try:
        with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as bar:
            tasks = {what: bar.add_task(what, total=None, visible=False) for what in ("reading", "writing")}
            summary = collect.ingest(
                sources,
                options.output,
                how,
                lambda what, done, known: bar.update(tasks[what], completed=done, total=known, visible=True),
            )
    except KeyboardInterrupt:
        if not collect.state_path(options.output).exists():
            raise
        raise MatcherError("interrupted; what was read is kept: the same command with --resume goes on") from None
    err.print(ingest_summary(summary, options.output), soft_wrap=True)
    return SOME_REJECTED if summary.failed else DONE


def _limits(options: argparse.Namespace) -> "Limits":
    from matcher.ingest.limits import Limits

    if options.delay is not None and not 0 <= options.delay < float("inf"):
        raise InputError(f"--delay must be 0 or more, not {options.delay}")
    if options.max_pages is not None and options.max_pages < 1:
        raise InputError(f"--max-pages must be 1 or more, not {options.max_pages}")
    given = {"delay": options.delay, "pages": options.max_pages}
    return Limits(**{name: value for name, value in given.items() if value is not None})
