"""The parser of every command, and what is done with its errors."""

import argparse
import sys
from collections.abc import Sequence

from matcher import __version__
from matcher.cli import classify, evaluate, ingest, models, profile, report, review, score, train
from matcher.cli.common import COULD_NOT, DONE
from matcher.errors import MatcherError

COMMANDS = (score, classify, ingest, report, train, review, evaluate, profile, models)

LONGEST = 2000
"""Characters of a line of an error, which may quote a file."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except MatcherError as error:
        from matcher.display import plain

        print("\n".join(plain(line, LONGEST) for line in f"matcher: {error}".split("\n")), file=sys.stderr)
        return COULD_NOT
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        print("matcher: interrupted; nothing was overwritten", file=sys.stderr)
        return COULD_NOT


def entry() -> None:
    """The installed command."""
    sys.exit(main())


def parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    top = argparse.ArgumentParser(
        prog="matcher", description="Tell what kind of technical project manager a job posting wants, and how well it "
        "matches the career profile, skill by skill, with the posting's own words."
    )  # fmt: skip
    top.add_argument("--version", action="version", version=f"matcher {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add(commands)
    return top
