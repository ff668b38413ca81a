"""``python -m matcher``."""

from matcher.cli import entry

entry()
