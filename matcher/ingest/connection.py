"""Connections that go only where they may, and end when their time is over.

The name of a host is looked up once, every answer is judged, and the connection goes to an address so judged: no
second look-up can lead elsewhere. Time is watched over the whole answer, headers included, because a read time-out
starts anew with every byte.
"""

import socket
from collections.abc import Sequence
from contextlib import suppress
from threading import Timer
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util.connection import allowed_gai_family, create_connection

from matcher.errors import FetchError
from matcher.ingest.addresses import Network, may_reach

MAX_TRIED = 4
"""Addresses of one host that are tried, so that a long list of dead ones does not take for ever."""


class Guard:
    """What the connections of one session keep to: networks beside the public ones, and seconds for one answer."""

    def __init__(self, private: Sequence[Network], seconds: float) -> None:
        self._private = private
        self._seconds = seconds
        self._timer: Timer | None = None
        self.cut = False
        """Whether the last answer was cut off because its time was over."""

    def places(self, host: str, port: int) -> list[str]:
        """The IP addresses of a host, all of which may be reached.

        Raises:
            FetchError: one of them may not be; a host with some of both is not to be trusted.
            OSError: there is no such host.
        """
        answers = socket.getaddrinfo(host.strip("[]"), port, allowed_gai_family(), socket.SOCK_STREAM)
        found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
        for ip in found:
            if not may_reach(ip, self._private):
                name = host if host == ip else f"{host} is at {ip}, which"
                raise FetchError(f"{name} is no public address; --allow-private reads it all the same")
        return found[:MAX_TRIED]

    def watch(self, sock: Any) -> None:
        """Start the time of one answer on a connection."""
        self.rest()
        self.cut = False
        self._timer = Timer(self._seconds, self._cut, [sock])
        self._timer.daemon = True
        self._timer.start()

    def rest(self) -> None:
        """Stop the time."""
        if self._timer is not None:
            self._timer.cancel()

    def _cut(self, sock: socket.socket) -> None:
        self.cut = True
        with suppress(OSError):  # it is closed already
            socket.socket.shutdown(sock, socket.SHUT_RDWR)  # ends a read that waits, in TLS too


class GuardedAdapter(HTTPAdapter):
    """Opens a session's connections under a :class:`Guard`."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        super().__init__(max_retries=0)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Make the pool of connections, of our kind."""
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = _pools(self._guard)

    def proxy_manager_for(self, *arguments: Any, **options: Any) -> Any:
        """Make the pool of connections through a proxy, of our kind."""
        manager = super().proxy_manager_for(*arguments, **options)
        manager.pool_classes_by_scheme = _pools(self._guard)
        return manager


def _pools(guard: Guard) -> dict[str, Any]:
    class Plain(_Guarded):
        keeper = guard

    class Secure(_Guarded, HTTPSConnection):
        keeper = guard

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


class _Guarded(HTTPConnection):
    keeper: Guard

    def _new_conn(self) -> socket.socket:
        try:
            places = self.keeper.places(self._dns_host, self.port)
        except OSError as error:
            raise NameResolutionError(self.host, self, socket.gaierror(str(error))) from None
        refused: Exception | None = None
        for ip in places:
            try:
                return create_connection((ip, self.port), self.timeout, socket_options=self.socket_options)
            except TimeoutError as error:
                refused = ConnectTimeoutError(self, str(error))
            except OSError as error:
                refused = NewConnectionError(self, error.strerror or str(error))
        raise refused or NewConnectionError(self, "it has no address")

    def getresponse(self) -> Any:
        self.keeper.watch(self.sock)
        return super().getresponse()
