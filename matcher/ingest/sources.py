"""What the sources of a run are: addresses, lists of them, feeds and sitemaps on disk, or files of postings."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

from matcher.errors import InputError, PostingError
from matcher.ingest import bytes as source_bytes
from matcher.ingest.addresses import is_address
from matcher.ingest.crawl import Visit
from matcher.ingest.rows import expand
from matcher.ingest.source import read_source

LIST_SUFFIXES = (".txt", ".urls")
"""Files that are read as a list of addresses when every line is one."""

_LEADS = ("<rss", "<feed", "<rdf:", "<urlset", "<sitemapindex", "<workzag-jobs")
"""Elements that feeds, sitemaps and boards open with."""


@dataclass
class Sources:
    """Sources by kind; ``leads`` are files that name further addresses."""

    addresses: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
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
        else:
            (self.leads if _is_lead(file) else self.files).append(file)


def visit_file(file: str) -> Visit:
    """A feed, sitemap or board's listing on disk, as if it had been fetched."""
    try:
        with source_bytes.open_bytes(file) as stream:
            found = read_source(stream.read(source_bytes.MAX_WHOLE), "")
    except (InputError, PostingError) as error:
        return Visit((file,), failed=str(error).removeprefix(f"{file}: "))
    except (EOFError, OSError) as error:
        return Visit((file,), failed=f"damaged or cut short ({error})")
    return Visit((file,), found.rows, found.follow)


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


def _is_lead(file: str) -> bool:
    try:
        with source_bytes.open_bytes(file) as stream:
            head = stream.read(source_bytes.SAMPLE)
    except (InputError, EOFError, OSError):
        return False  # reading it as postings will say what is wrong
    text = head.decode(source_bytes.encoding_of(head), "replace").lstrip("\ufeff \t\r\n").lower()
    return text.startswith("<") and "<html" not in text and any(name in text for name in _LEADS)
