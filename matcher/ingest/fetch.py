"""One request and its answer, with a limit to everything: hosts, time, size, kind.

Proxies that the environment names are used only where private addresses are allowed: a proxy looks up names itself, so
where the connection really goes could not be judged. Cookies are not kept, and ``.netrc`` is not read; certificates of
one's own are trusted by ``REQUESTS_CA_BUNDLE``.
"""

import gzip
import io
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Self

import requests
from requests.utils import get_environ_proxies
from urllib3.exceptions import HTTPError

from matcher import __version__
from matcher.errors import FetchError
from matcher.ingest.addresses import Network, joined, normal
from matcher.ingest.cache import Cache, Kept
from matcher.ingest.connection import Guard, GuardedAdapter
from matcher.ingest.failures import GONE, failure, refusal, too_large, too_slow
from matcher.ingest.limits import Limits

USER_AGENT = f"matcher/{__version__} (+job posting reader; see README)"
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, application/json;q=0.9, */*;q=0.5",
    "Accept-Encoding": "gzip",
}
_MOVED = (301, 302, 303, 307, 308)

_NO_TEXT = ("image/", "video/", "audio/", "font/", "model/", "text/css", "text/javascript", "application/javascript")
_PIECE = 1 << 16
_PROXY_HINT = "; the environment's proxy is used only with --allow-private"


@dataclass(frozen=True, slots=True)
class Page:
    """The answer to one request: bytes, or where to look instead (``to``)."""

    address: str
    data: bytes = b""
    content_type: str = ""
    to: str = ""
    gone: str = ""
    """Why the page is over, when ``data`` is what it said before."""


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002
        """No redirect is one for requests: it would read the whole body of one before we can limit it."""
        return None


class Fetcher:
    """Asks for pages, each once: no redirect is followed and nothing tried again here.

    ``private``: networks that may be reached beside the public ones.
    """

    def __init__(self, limits: Limits, private: Sequence[Network] = (), cache: Cache | None = None) -> None:
        self._limits = limits
        self._private = private
        self._cache = cache or Cache()
        self._guard = Guard(private, limits.answer)
        self._session = _Session()
        self._session.trust_env = False
        self._session.verify = os.environ.get("REQUESTS_CA_BUNDLE") or True
        self._session.headers.clear()
        self._session.headers.update(_HEADERS)
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, GuardedAdapter(self._guard))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()
        self._cache.close()

    def get(self, address: str) -> Page:
        """The answer of one address.

        Raises:
            FetchError: there is none, or none that we take; the message says why.
        """
        address = normal(address)
        kept = self._cache.get(address)
        proxies = get_environ_proxies(address, None)
        self._guard.cut = False
        try:
            with self._session.get(
                address,
                headers=kept.conditions() if kept else {},
                stream=True,
                allow_redirects=False,
                timeout=(self._limits.connect, self._limits.silence),
                proxies=proxies if self._private else {},
            ) as response:
                return self._page(address, response, kept)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            hint = _PROXY_HINT if proxies and not self._private else ""
            raise too_slow(self._limits) if self._guard.cut else failure(error, self._limits, hint) from None
        finally:
            self._guard.rest()

    def _page(self, address: str, response: requests.Response, kept: Kept | None) -> Page:
        status = response.status_code
        if status in _MOVED:
            to = response.headers.get("Location", "").encode("latin-1", "replace").decode("utf-8", "replace")
            if not to:
                raise FetchError(f"HTTP {status}, but it does not say where the page is now", status=status)
            return Page(address, to=joined(address, to))
        if status == 304 and kept:
            self._cache.put(address, kept)
            return Page(address, kept.data, kept.content_type)
        if status in GONE and kept:
            return Page(address, kept.data, kept.content_type, gone=f"HTTP {status}: the page is gone")
        if not 200 <= status < 300:
            raise refusal(response, self._limits)
        return self._read(address, response)

    def _read(self, address: str, response: requests.Response) -> Page:
        content_type = response.headers.get("Content-Type", "")
        if content_type.lower().startswith(_NO_TEXT):
            raise FetchError(f"holds {content_type.partition(';')[0]}, no posting")
        data = self._unpacked(self._body(response), response.headers.get("Content-Encoding", ""))
        etag, modified = _validator(response, "ETag"), _validator(response, "Last-Modified")
        if (etag or modified) and "no-store" not in response.headers.get("Cache-Control", "").lower():
            self._cache.put(address, Kept(data, content_type, etag, modified))
        return Page(address, data, content_type)

    def _body(self, response: requests.Response) -> bytes:
        pieces: list[bytes] = []
        size = 0
        for piece in response.raw.stream(_PIECE, decode_content=False):
            pieces.append(piece)
            size += len(piece)
            if size > self._limits.size:
                raise too_large(self._limits)
        if self._guard.cut:  # without a length, an answer cut off looks like one that has ended
            raise too_slow(self._limits)
        return b"".join(pieces)

    def _unpacked(self, data: bytes, encoding: str) -> bytes:
        """The bytes of an answer that may be packed; what only claims to be is left as it is."""
        if encoding.lower() not in ("", "identity", "gzip", "x-gzip"):
            raise FetchError(f"sent packed as {encoding}, which was not asked for")
        if not encoding or not data.startswith(b"\x1f\x8b"):
            return data
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
                plain = packed.read(self._limits.size + 1)
        except (EOFError, OSError, zlib.error) as error:
            raise FetchError(f"damaged or cut short on the way ({error})", again=True) from None
        if len(plain) > self._limits.size:
            raise too_large(self._limits)
        return plain


def _validator(response: requests.Response, name: str) -> str:
    """A header that can be sent back as it came; empty when there is none."""
    value = response.headers.get(name, "")
    return value if value.isascii() and value.isprintable() else ""
