"""Pages kept on disk with what lets a server say that they have not changed.

A kept page is never used unasked: every read asks the server, which answers "not modified" in a few bytes. (Of the
libraries, requests-cache reads a whole answer before we could limit it, and CacheControl forgets a page that has only
a Last-Modified date once it is stale.)
"""

import os
import sqlite3
import time
import zlib
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from matcher.errors import InputError

KEPT_DAYS = 30
"""Days after which a page that was not asked for again is forgotten."""

_TABLE = """create table if not exists page (
    address text primary key, etag text, modified text, content_type text, data blob, seen integer)"""


class Kept(NamedTuple):
    """A page as it was when last read."""

    data: bytes
    content_type: str
    etag: str
    modified: str

    def conditions(self) -> dict[str, str]:
        """Headers that ask for the page only if it has changed."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in headers.items() if value}


def default_path() -> Path:
    """Where pages are kept: in ``$MATCHER_CACHE``, else the user's cache folder."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("MATCHER_CACHE") or Path(base) / "matcher") / "pages.sqlite"


class Cache:
    """Pages by address. Where they cannot be kept (a folder or file not to be written, a full disk), they are not.

    Raises:
        InputError: the file is damaged.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or default_path()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._open(str(self._path))
        except (OSError, sqlite3.OperationalError):
            self._open(":memory:")
        except sqlite3.DatabaseError:
            raise InputError(f"{self._path}: the kept pages are damaged; delete this file") from None

    def _open(self, place: str) -> None:
        self._pages = sqlite3.connect(place, timeout=30, isolation_level=None)
        try:
            self._pages.execute("pragma synchronous = off")  # what a power cut costs is only asked for again
            self._pages.execute(_TABLE)
            self._pages.execute("delete from page where seen < ?", [int(time.time()) - KEPT_DAYS * 86400])
        except sqlite3.Error:
            self._pages.close()
            raise

    def get(self, address: str) -> Kept | None:
        """The page of an address, if it was kept."""
        query = "select data, content_type, etag, modified from page where address = ?"
        with suppress(sqlite3.Error, zlib.error):
            for data, *rest in self._pages.execute(query, [address]):
                return Kept(zlib.decompress(data), *rest)
        return None

    def put(self, address: str, page: Kept) -> None:
        """Keep a page."""
        row = [address, page.etag, page.modified, page.content_type, zlib.compress(page.data, 1), int(time.time())]
        with suppress(sqlite3.Error):
            self._pages.execute("insert or replace into page values (?, ?, ?, ?, ?, ?)", row)

    def close(self) -> None:
        """Let go of the file."""
        self._pages.close()
