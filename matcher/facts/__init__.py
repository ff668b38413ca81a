"""The facts of a posting, each with the words that it was read from."""

from matcher.facts.read import Facts, read_facts

__all__ = ["Facts", "read_facts"]
