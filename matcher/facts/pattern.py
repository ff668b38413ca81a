"""Regular expressions that are compiled when they are first used: one posting needs few of them."""

import re
from collections.abc import Callable, Iterator

Find = Callable[..., re.Match[str] | None]


class Pattern:
    """What ``re.compile`` gives, compiled with the first search."""

    __slots__ = ("_flags", "finditer", "fullmatch", "match", "pattern", "search")

    search: Find
    match: Find
    fullmatch: Find
    finditer: Callable[..., Iterator[re.Match[str]]]

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        """Compile, at the first use of a method; from then on the methods are the compiled pattern's own."""
        if name not in self.__slots__:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        self.search, self.match = compiled.search, compiled.match
        self.fullmatch, self.finditer = compiled.fullmatch, compiled.finditer
        return getattr(compiled, name)
