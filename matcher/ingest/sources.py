"""What the sources of a run are: addresses, lists of them, feeds and sitemaps on disk, or files of postings."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

from matcher.errors import InputError, MatcherError
from matcher.ingest import bytes as source_bytes
from matcher.ingest import feeds, sitemaps
from matcher.ingest.addresses import is_address
from matcher.ingest.boards import personio
from matcher.ingest.crawl import Visit
from matcher.ingest.markup import root_name
from matcher.ingest.rows import expand
from matcher.ingest.source import read_source

LIST_SUFFIXES = (".txt", ".urls")
"""Files that are read as a list of addresses when every line is one."""

_LEADS = (*sitemaps.ROOTS, *feeds.ROOTS, personio.ROOT)
"""Elements that XML with postings or addresses in it opens with."""


@dataclass
class Sources:
    """Sources by kind; ``leads`` are feeds, sitemaps and boards' answers on disk, read as if they had been fetched."""

    addresses: list[str] = field(default_factory=list)
    leads: list[Visit] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, sources: list[str]) -> Self:
        """Sort sources out; ``@FILE`` is a list of addresses.

        Raises:
            InputError: a source is not there, or a list holds something else.
        """
        made = cls()
        for source in sources:
            if is_address(source):
                made.addresses.append(source)
            elif source.startswith("@"):
                made.addresses += _listed(source[1:])
            else:
                for file in expand([source]):
                    made._add(file)
        return made

    def _add(self, file: str) -> None:
        if file == source_bytes.STDIN:
            self.files.append(file)
        elif not os.path.exists(file):
            raise InputError(f"{file}: no such file")
        elif file.lower().endswith(LIST_SUFFIXES) and _is_list(file):
            self.addresses += _listed(file)
        elif (visit := _lead(file)) is not None:
            self.leads.append(visit)
        else:
            self.files.append(file)


def _lines(file: str) -> Iterator[tuple[int, str]]:
    """Lines of a list with their numbers; empty ones and comments (``#``) left out."""
    stream = source_bytes.open_bytes(file)
    encoding = source_bytes.encoding_of(stream.peek(source_bytes.SAMPLE)[: source_bytes.SAMPLE])  # type: ignore[attr-defined]
    for number, line in source_bytes.lines(stream, encoding):
        text = (line or "").strip()
        if text and not text.startswith("#"):
            yield number, text


def _is_list(file: str) -> bool:
    try:
        lines = [is_address(text) for _, text in _lines(file)]
    except InputError:
        return False
    return bool(lines) and all(lines)


def _listed(file: str) -> list[str]:
    """The addresses of a list."""
    found = []
    for number, text in _lines(file):
        if not is_address(text):
            raise InputError(f"{file}, line {number}: not an address (http://… or https://…): {text[:80]}")
        found.append(text)
    return found


def _lead(file: str) -> Visit | None:
    """A feed, a sitemap or a board's answer on disk; None when the file is none, or cannot be read as one."""
    try:
        with source_bytes.open_bytes(file) as stream:
            head = stream.peek(source_bytes.SAMPLE)  # type: ignore[attr-defined]
            if root_name(head) not in _LEADS and not file.lower().removesuffix(".gz").endswith(".json"):
                return None
            found = read_source(stream.read(source_bytes.MAX_WHOLE), "")
    except (MatcherError, EOFError, OSError):
        return None  # reading it as postings will say what is wrong
    return Visit((file,), found.rows, found.follow)
