"""``matcher review``."""

import argparse
import contextlib
import sys
from typing import TYPE_CHECKING, Any

from matcher.cli.common import DONE, SOME_REJECTED, command_of, console, model_and_profile

if TYPE_CHECKING:
    from matcher.review.desk import Desk
    from matcher.review.labels import Labels

MAX_LISTED = 20
"""Unreadable rows that are named."""


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = command_of(
        commands, "review", run, "label or correct postings on a local page, the most informative first",
        "review postings.jsonl", "review 'pages/*.html' -o mine.jsonl --port 8765 --no-browser",
        "train 'corpus/*.jsonl' labels.jsonl",
    )  # fmt: skip
    command.add_argument("inputs", metavar="INPUT", nargs="+", help="postings: what 'matcher classify' reads")
    command.add_argument(
        "-o", "--output", metavar="FILE", default="labels.jsonl",
        help="the labelled postings, for 'matcher train' (default labels.jsonl); every answer is kept in FILE.log, "
        "and a later run goes on from there",
    )  # fmt: skip
    command.add_argument(
        "--corpus", metavar="FILES", nargs="+",
        help="labelled postings to train with beside yours; else the checkout's corpus/*.jsonl where there is one",
    )  # fmt: skip
    command.add_argument("--port", type=int, default=0, metavar="N", help="port on 127.0.0.1 (default: any free one)")
    command.add_argument("--no-browser", action="store_true", help="print the address only")
    model_and_profile(command)


def run(options: argparse.Namespace) -> int:
    """``matcher review``."""
    from matcher.review.labels import Labels
    from matcher.review.server import check_installed, listen, serve
    from matcher.review.trainer import Trainer

    check_installed()
    with listen(options.port) as listener, Labels(options.output) as labels:
        desk = _desk(options, labels)
        with contextlib.suppress(KeyboardInterrupt):  # the usual way to end
            serve(desk, Trainer(desk), listener, tell, browser=not options.no_browser)
        print(f"{desk.counts().labelled} labelled postings in {labels.path}", file=sys.stderr)
    return SOME_REJECTED if desk.errors else DONE


def _desk(options: argparse.Namespace, labels: "Labels") -> "Desk":
    """The desk with its postings scored; what could not be read is named."""
    from matcher.ingest import expand
    from matcher.matcher import Matcher
    from matcher.review.desk import Desk
    from matcher.review.trainer import shipped_corpus

    corpus = expand(options.corpus) if options.corpus else shipped_corpus()
    matcher = Matcher.load(options.model, options.profile)
    with console(stderr=True).status("reading the postings") as status:
        desk = Desk(
            options.inputs, labels, matcher, corpus, lambda scored: status.update(f"{scored:,} postings scored")
        )
    counts = desk.counts()
    for error in desk.errors[:MAX_LISTED]:
        print(f"matcher: {error}", file=sys.stderr)
    print(f"{counts.total} postings, {counts.labelled} labelled; Ctrl-C ends", file=sys.stderr)
    return desk


def tell(address: str) -> None:
    """Give the address where the page is; whoever has it can label."""
    print(address, flush=True)
