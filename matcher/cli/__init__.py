"""The command line: reads arguments, calls, prints. The only package that prints or exits; one file per command."""

from matcher.cli.main import entry, main, parser

__all__ = ["entry", "main", "parser"]
