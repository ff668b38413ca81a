"""One request and its answer, with a limit to everything: hosts, time, size, kind.

Proxies that the environment names are used only where private addresses are allowed: a proxy looks up names itself, so
where the connection really goes could not be judged. Cookies are not kept, and ``.netrc`` is not read; certificates of
one's own are trusted by ``REQUESTS_CA_BUNDLE``.
"""

import gzip
import http.client
import io
import os
import ssl
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Self
from urllib.parse import urljoin

import requests
from requests.utils import get_environ_proxies
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationParseError,
    NameResolutionError,
    NewConnectionError,
    ReadTimeoutError,
)
from urllib3.exceptions import InvalidHeader as BadHeader
from urllib3.util import Retry

from matcher import __version__
from matcher.errors import FetchError
from matcher.ingest.addresses import Network, normal
from matcher.ingest.cache import Cache, Kept
from matcher.ingest.connection import Guard, GuardedAdapter

USER_AGENT = f"matcher/{__version__} (+job posting reader; see README)"
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, application/json;q=0.9, */*;q=0.5",
    "Accept-Encoding": "gzip",
}
_MOVED = (301, 302, 303, 307, 308)
_GONE = (404, 410)
_BUSY = (429, 500, 502, 503, 504)
"""HTTP statuses after which another try may help."""

_NO_TEXT = ("image/", "video/", "audio/", "font/", "model/", "text/css", "text/javascript", "application/javascript")
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading an address may cost; times in seconds."""

    connect: float = 10.0
    """For a connection to be made."""
    silence: float = 20.0
    """Between one byte and the next."""
    answer: float = 60.0
    """For a whole answer."""
    size: int = 50 * 2**20
    """Bytes of an answer, packed and unpacked; a sitemap may have so many (sitemaps.org)."""
    delay: float = 1.0
    """From one request to the next to the same host."""
    wait: float = 120.0
    """The longest that a server may ask us to wait (Retry-After, Crawl-delay)."""
    tries: int = 4
    """For one page."""
    backoff: float = 2.0
    """Before the second try; doubled for each further one."""
    hops: int = 8
    """Redirects one after another."""
    strikes: int = 12
    """Failed tries of one host, one after another, after which it is left alone."""
    pages: int = 10_000
    """Of one run: at one a second, some three hours of one site."""


@dataclass(frozen=True, slots=True)
class Page:
    """The answer to one request: bytes, or where to look instead (``to``)."""

    address: str
    data: bytes = b""
    content_type: str = ""
    to: str = ""
    gone: str = ""
    """Why the page is over, when ``data`` is what it said before."""


class Fetcher:
    """Asks for pages, each once: no redirect is followed and nothing tried again here.

    ``private``: networks that may be reached beside the public ones.
    """

    def __init__(self, limits: Limits, private: Sequence[Network] = (), cache: Cache | None = None) -> None:
        self._limits = limits
        self._private = private
        self._cache = cache or Cache()
        self._guard = Guard(private, limits.answer)
        self._session = requests.Session()
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
        self._guard.cut = False
        try:
            with self._session.get(
                address,
                headers=kept.conditions() if kept else {},
                stream=True,
                allow_redirects=False,
                timeout=(self._limits.connect, self._limits.silence),
                proxies=get_environ_proxies(address, None) if self._private else {},
            ) as response:
                return self._page(address, response, kept)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            raise self._failure(error) from None
        finally:
            self._guard.rest()

    def _page(self, address: str, response: requests.Response, kept: Kept | None) -> Page:
        status = response.status_code
        if status in _MOVED:
            to = self._session.get_redirect_target(response)
            if not to:
                raise FetchError(f"HTTP {status}, but it does not say where the page is now", status=status)
            return Page(address, to=urljoin(address, to))
        if status == 304 and kept:
            self._cache.put(address, kept)
            return Page(address, kept.data, kept.content_type)
        if status in _GONE and kept:
            return Page(address, kept.data, kept.content_type, gone=f"HTTP {status}: the page is gone")
        if not 200 <= status < 300:
            raise self._refusal(response)
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
                raise self._too_large()
        if self._guard.cut:  # without a length, an answer cut off looks like one that has ended
            raise self._too_slow()
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
            raise self._too_large()
        return plain

    def _refusal(self, response: requests.Response) -> FetchError:
        """What a status that brings no page means."""
        status = response.status_code
        if status in _GONE:
            return FetchError(f"HTTP {status}: the page is gone", status=status)
        reason = f"HTTP {status} ({response.reason})" if response.reason else f"HTTP {status}"
        wait = _retry_after(response)
        if wait > self._limits.wait:
            reason += f"; it asks to be left alone for longer than the {self._limits.wait:g} s we wait"
        return FetchError(reason, again=status in _BUSY and wait <= self._limits.wait, wait=wait, status=status)

    def _too_large(self) -> FetchError:
        return FetchError(f"larger than {self._limits.size / 2**20:.3g} MB")

    def _too_slow(self) -> FetchError:
        return FetchError(f"took longer than {self._limits.answer:g} s")

    def _failure(self, error: Exception) -> FetchError:
        """A failed connection in our words."""
        root = _root(error)
        if self._guard.cut:
            return self._too_slow()
        if isinstance(root, NameResolutionError):
            return FetchError("its host is not known to the name service", again=True)
        if isinstance(root, NewConnectionError):
            return FetchError(f"the connection failed ({str(root).rpartition(': ')[2]})", again=True)
        if isinstance(root, ssl.SSLError):
            return FetchError(f"its certificate or encryption is not in order ({_tls(root)})")
        if isinstance(root, ConnectTimeoutError):
            return FetchError(f"no connection within {self._limits.connect:g} s", again=True)
        if isinstance(root, TimeoutError | ReadTimeoutError):
            return FetchError(f"sent nothing for {self._limits.silence:g} s", again=True)
        if isinstance(root, http.client.IncompleteRead) or "prematurely" in str(root):
            return FetchError("the answer was cut short", again=True)
        if isinstance(root, OSError) and root.strerror:
            return FetchError(f"the connection failed ({root.strerror})", again=True)
        if isinstance(root, http.client.RemoteDisconnected):
            return FetchError("the connection was closed without an answer", again=True)
        if isinstance(root, LocationParseError | requests.exceptions.InvalidURL | UnicodeError):
            return FetchError("no usable address (its host's name is malformed)")
        return FetchError("what it answers is not proper HTTP", again=True)


def _root(error: Exception) -> Exception:
    """The innermost of errors wrapped in each other, as the network libraries have them."""
    while True:
        held = (*error.args, getattr(error, "reason", None))
        inner = next((item for item in held if isinstance(item, Exception)), None)
        if inner is None:
            return error
        error = inner


def _tls(error: ssl.SSLError) -> str:
    return str(getattr(error, "verify_message", "") or error.reason or error).replace("_", " ").lower()


def _validator(response: requests.Response, name: str) -> str:
    """A header that can be sent back as it came; empty when there is none."""
    value = response.headers.get(name, "")
    return value if value.isascii() and value.isprintable() else ""


def _retry_after(response: requests.Response) -> float:
    """Seconds that a server asks us to wait, said in seconds or as a date; 0 when it does not say."""
    value = response.headers.get("Retry-After")
    try:
        return Retry().parse_retry_after(value) if value else 0.0
    except (BadHeader, ValueError, OverflowError):
        return 0.0
