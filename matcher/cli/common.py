"""What the commands share: exit statuses, the options that several have, and the console."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

DONE, SOME_REJECTED, COULD_NOT = 0, 1, 2
"""Exit statuses."""

WIDTH = 80
"""Columns when the output is not a terminal."""


def command_of(commands: Any, name: str, run: Callable[..., int], text: str, *examples: str) -> argparse.ArgumentParser:
    """A new command with its help and examples."""
    made = commands.add_parser(
        name,
        help=text,
        description=text[0].upper() + text[1:] + ".",
        epilog="examples:\n" + "\n".join(f"  matcher {example}" for example in examples),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.set_defaults(run=run)
    return made  # type: ignore[no-any-return]


def model_and_profile(command: argparse.ArgumentParser, profile: bool = True) -> None:
    """Add the options that choose a model and a profile."""
    if profile:
        command.add_argument("--profile", metavar="P", help="a career profile (TOML); else the one that ships")
    command.add_argument("--model", metavar="M", help="a saved model's name or folder; else the one in use")


def allow_private(command: argparse.ArgumentParser) -> None:
    """Add the option that lets addresses lead anywhere."""
    command.add_argument(
        "--allow-private",
        action="store_true",
        help="read private and loopback addresses too, and go through the proxy that the environment names",
    )


def console(stderr: bool = False) -> "Console":
    """A console that is plain in a pipe and honours NO_COLOR."""
    from rich.console import Console

    made = Console(stderr=stderr, highlight=False)
    return made if made.is_terminal else Console(stderr=stderr, highlight=False, width=WIDTH)
