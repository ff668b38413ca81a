"""``matcher report``."""

import argparse
from typing import Any

from matcher.cli.common import DONE, command_of, model_and_profile


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = command_of(
        commands, "report", run, "show results as one self-contained page",
        "report results.parquet -o report.html", "report results.jsonl -o report.html --postings jobs.csv",
    )  # fmt: skip
    command.add_argument("results", metavar="RESULTS", help="what classify wrote: .parquet, .jsonl or .csv")
    command.add_argument("-o", "--output", metavar="OUTPUT", required=True, help="the page: .html")
    command.add_argument(
        "--postings", metavar="INPUT", action="append", default=[],
        help="what was classified (again for more): shows the evidence of the best postings in their whole text",
    )  # fmt: skip
    command.add_argument("--title", metavar="T", default="", help="the page's title")
    model_and_profile(command)


def run(options: argparse.Namespace) -> int:
    """``matcher report``."""
    import sys

    from matcher.report import write_report

    write_report(
        options.results,
        options.output,
        model=options.model,
        profile=options.profile,
        postings=options.postings,
        title=options.title,
    )
    print(f"report: {options.output}", file=sys.stderr)
    return DONE
