"""Write a page for each command from its --help: python scripts/write_command_pages.py [FOLDER]."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path

from matcher.cli.main import COMMANDS

if __name__ == "__main__":
    os.environ["COLUMNS"] = "100"  # the width of the help, whatever the terminal's
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent / "docs" / "commands"
    commands = ArgumentParser(prog="matcher").add_subparsers()
    for command in COMMANDS:
        command.add(commands)
    for name, parser in commands.choices.items():
        (folder / f"{name}.md").write_text(f"# matcher {name}\n\n```text\n{parser.format_help()}```\n", "utf-8")
