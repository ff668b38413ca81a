"""``matcher score``."""

import argparse
import json
from typing import TYPE_CHECKING, Any

from matcher.cli.common import DONE, SOME_REJECTED, allow_private, command_of, console, model_and_profile

if TYPE_CHECKING:
    from matcher.posting import JobPosting


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
        "score https://jobs.example.com/project-manager",
    )
    command.add_argument(
        "source",
        metavar="SOURCE",
        help="a file (HTML, JSON, JSON-LD, text, Markdown, PDF, DOCX), an address, or - for standard input",
    )
    command.add_argument("--json", action="store_true", help="one JSON object instead of a panel")
    allow_private(command)
    model_and_profile(command)


def run(options: argparse.Namespace) -> int:
    """``matcher score``."""
    from matcher.errors import LanguageError
    from matcher.matcher import Matcher, unsupported

    posting = _posting(options.source, options.allow_private)
    matcher = Matcher.load(options.model, options.profile)
    try:
        match = matcher.score(posting)
    except LanguageError as error:
        if not options.json:
            raise
        print(json.dumps(unsupported(posting, error.language), ensure_ascii=False))
        return SOME_REJECTED
    if options.json:
        print(json.dumps(match.to_row(), ensure_ascii=False))
    else:
        from matcher.display import score_panel

        console().print(score_panel(match, matcher.profile))
    return DONE


def _posting(source: str, private: bool) -> "JobPosting":
    from matcher.ingest.addresses import is_address
    from matcher.matcher import posting_from_file

    if is_address(source):
        from matcher.collect import posting_at  # what only addresses need stays unloaded for files

        return posting_at(source, private)
    return posting_from_file(source)
