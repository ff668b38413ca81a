"""What went wrong with a request, in our words: the network libraries' own are nested and long."""

import http.client
import ssl

import requests
from urllib3.exceptions import (
    ConnectTimeoutError,
    InvalidChunkLength,
    InvalidHeader,
    LocationParseError,
    NameResolutionError,
    NewConnectionError,
    ReadTimeoutError,
)
from urllib3.util import Retry

from matcher.errors import FetchError
from matcher.ingest.limits import Limits

GONE = (404, 410)
BUSY = (429, 500, 502, 503, 504)
"""HTTP statuses after which another try may help."""


def too_large(limits: Limits) -> FetchError:
    """An answer past its size."""
    return FetchError(f"larger than {limits.size / 2**20:.3g} MB")


def too_slow(limits: Limits) -> FetchError:
    """An answer past its time."""
    return FetchError(f"took longer than {limits.answer:g} s")


def refusal(response: requests.Response, limits: Limits) -> FetchError:
    """A status that brings no page."""
    status = response.status_code
    if status in GONE:
        return FetchError(f"HTTP {status}: the page is gone", status=status)
    reason = f"HTTP {status} ({response.reason})" if response.reason else f"HTTP {status}"
    wait = _retry_after(response)
    if wait > limits.wait:
        reason += f"; it asks to be left alone for longer than the {limits.wait:g} s we wait"
    return FetchError(reason, again=status in BUSY and wait <= limits.wait, wait=wait, status=status)


def failure(error: Exception, limits: Limits, hint: str = "") -> FetchError:
    """A connection that failed; ``hint``: what may help when there was none."""
    root = _root(error)
    if isinstance(root, NameResolutionError):
        return FetchError(f"its host is not known to the name service{hint}", again=True)
    if isinstance(root, NewConnectionError):
        return FetchError(f"the connection failed ({str(root).rpartition(': ')[2]}){hint}", again=True)
    if isinstance(root, ssl.SSLError):
        return FetchError(f"its certificate or encryption is not in order ({_tls(root)})")
    if isinstance(root, ConnectTimeoutError):
        return FetchError(f"no connection within {limits.connect:g} s{hint}", again=True)
    if isinstance(root, TimeoutError | ReadTimeoutError):
        return FetchError(f"sent nothing for {limits.silence:g} s", again=True)
    if _is_cut(root):
        return FetchError("the answer was cut short", again=True)
    if isinstance(root, OSError) and root.strerror:
        return FetchError(f"the connection failed ({root.strerror})", again=True)
    if isinstance(root, http.client.RemoteDisconnected):
        return FetchError("the connection was closed without an answer", again=True)
    if isinstance(root, LocationParseError | requests.exceptions.InvalidURL | UnicodeError):
        return FetchError("no usable address (its host's name is malformed)")
    return FetchError("what it answers is not proper HTTP", again=True)


def _root(error: Exception) -> Exception:
    """The innermost of errors wrapped in each other."""
    while True:
        held = (*error.args, getattr(error, "reason", None))
        inner = next((item for item in held if isinstance(item, Exception)), None)
        if inner is None:
            return error
        error = inner


def _is_cut(error: Exception) -> bool:
    incomplete = isinstance(error, http.client.IncompleteRead) and not isinstance(error, InvalidChunkLength)
    return incomplete or "prematurely" in str(error)


def _tls(error: ssl.SSLError) -> str:
    return str(getattr(error, "verify_message", "") or error.reason or error).replace("_", " ").lower()


def _retry_after(response: requests.Response) -> float:
    """Seconds that a server asks us to wait, said in seconds or as a date; 0 when it does not say."""
    value = response.headers.get("Retry-After")
    try:
        return Retry().parse_retry_after(value) if value else 0.0
    except (InvalidHeader, ValueError, OverflowError):
        return 0.0
