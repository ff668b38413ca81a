"""Addresses that wait to be read, by host, so that one slow or busy host does not hold up the others."""

import heapq
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from matcher.errors import FetchError
from matcher.ingest.addresses import host_of, normal


@dataclass(frozen=True, slots=True)
class Errand:
    """An address to ask for: ``chain`` holds those that sent us here, ``tries`` how often it failed."""

    address: str
    chain: tuple[str, ...] = ()
    tries: int = 0


class Frontier:
    """Errands, each address once; the next one is that of the host that may be asked soonest."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Errand]] = {}
        self._ready: dict[str, float] = {}
        self._hosts: list[tuple[float, int, str]] = []
        self._order = 0
        self._seen: set[str] = set()

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))

    def seen(self, address: str) -> None:
        """Take an address for read."""
        self._seen.add(_key(address))

    def add(self, address: str, chain: tuple[str, ...] = ()) -> bool:
        """Have an address read; False when it has been seen before."""
        key = _key(address)
        if key in self._seen:
            return False
        self._seen.add(key)
        self.put(Errand(key, chain))
        return True

    def put(self, errand: Errand, first: bool = False) -> None:
        """Put an errand into its host's line: at the end, or first."""
        host = host_of(errand.address)
        line = self._waiting.setdefault(host, deque())
        if not line:
            self._queue(host)
        (line.appendleft if first else line.append)(errand)

    def rest(self, host: str, until: float) -> None:
        """Leave a host alone until a time."""
        self._ready[host] = max(until, self._ready.get(host, 0.0))

    def take(self) -> tuple[Errand, float] | None:
        """The next errand and the time from which it may be run; None when there is none."""
        while self._hosts:
            at, _, host = heapq.heappop(self._hosts)
            ready = self._ready.get(host, 0.0)
            if ready > at:  # it was put to rest since it was queued
                self._queue(host)
                continue
            errand = self._waiting[host].popleft()
            if self._waiting[host]:
                self._queue(host)
            return errand, ready
        return None

    def left(self) -> Iterator[Errand]:
        """Every errand that still waits, taken out."""
        while (taken := self.take()) is not None:
            yield taken[0]

    def _queue(self, host: str) -> None:
        self._order += 1
        heapq.heappush(self._hosts, (self._ready.get(host, 0.0), self._order, host))


def _key(address: str) -> str:
    try:
        return normal(address)
    except FetchError:
        return address  # asking for it will say what is wrong
