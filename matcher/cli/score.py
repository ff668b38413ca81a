"""``matcher score``."""

import argparse
import json
from typing import Any

from matcher.cli.common import DONE, command_of, console, model_and_profile


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = command_of(
        commands,
        "score",
        run,
        "score one posting",
        "score posting.html",
        "score posting.txt --json",
        "score - < posting.txt",
    )
    command.add_argument(
        "source",
        metavar="SOURCE",
        help="a file (HTML, JSON, JSON-LD, text, Markdown, PDF, DOCX), or - for standard input",
    )
    command.add_argument("--json", action="store_true", help="one JSON object instead of a panel")
    model_and_profile(command)


def run(options: argparse.Namespace) -> int:
    """``matcher score``."""
    from matcher.matcher import Matcher, posting_from_file

    posting = posting_from_file(options.source)
    matcher = Matcher.load(options.model, options.profile)
    match = matcher.score(posting)
    if options.json:
        print(json.dumps(match.to_row(), ensure_ascii=False))
    else:
        from matcher.display import score_panel

        console().print(score_panel(match, matcher.profile))
    return DONE
