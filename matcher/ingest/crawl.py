"""Reading addresses politely: robots.txt obeyed, one request at a time, each host asked no faster than it wants.

The waits of one host are spent on the others. A host that is busy or out of order is tried again later, at most so
often; a redirect is an errand of its own, so that every stop on the way is held to the same rules.
"""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from matcher.errors import FetchError, InputError, PostingError
from matcher.ingest.addresses import host_of, normal
from matcher.ingest.fetch import Fetcher, Page
from matcher.ingest.frontier import Errand, Frontier
from matcher.ingest.limits import Limits
from matcher.ingest.robots import Robots
from matcher.ingest.source import read_source, start_urls

ROBOTS_FORBID = "the site's robots.txt forbids it"


@dataclass(frozen=True, slots=True)
class Visit:
    """How the reading of one address ended: its postings as rows and further addresses, or why it failed.

    ``addresses``: the one asked for, then those that it led to.
    """

    addresses: tuple[str, ...]
    rows: list[dict[str, Any]] = field(default_factory=list)
    follow: list[str] = field(default_factory=list)
    failed: str = ""
    gone: str = ""


class Crawl:
    """Reads addresses and those that they lead to, until none is left."""

    def __init__(self, fetcher: Fetcher, limits: Limits) -> None:
        self._fetcher = fetcher
        self._limits = limits
        self._robots = Robots(fetcher.get)
        self._frontier = Frontier()
        self._strikes: Counter[str] = Counter()
        self._moved: dict[str, str] = {}

    def start(self, source: str) -> None:
        """Have a source read: a board's career page by its interface, any other address as it is."""
        try:
            self.follow(start_urls(normal(source)))
        except FetchError:
            self.follow([source])  # its visit will say what is wrong

    def finished(self, visit: Visit) -> None:
        """Take a visit of an earlier run for done."""
        for address in visit.addresses:
            self._frontier.seen(address)
        self._moved.update(pairwise(visit.addresses))

    def follow(self, addresses: Iterable[str]) -> None:
        """Have addresses read as they are, but for those that were read before."""
        for address in addresses:
            self._frontier.add(address)

    def waiting(self) -> int:
        """Addresses known and not yet read."""
        return len(self._frontier)

    def visits(self) -> Iterator[Visit]:
        """Visits, as they end; those past the limit of pages unread, as failed ones."""
        done = 0
        while done < self._limits.pages and (taken := self._frontier.take()) is not None:
            errand, ready = taken
            time.sleep(max(0.0, ready - time.monotonic()))
            visit = self._run(errand)
            if visit is not None:
                self.follow(visit.follow)
                done += 1
                yield visit
        for errand in self._frontier.left():
            why = f"not read: the run ended after {self._limits.pages} pages (--max-pages)"
            yield Visit((*errand.chain, errand.address), failed=why)

    def _run(self, errand: Errand) -> Visit | None:
        """One step of an errand: its visit, or None when it is not over yet."""
        host = host_of(errand.address)
        try:
            if self._strikes[host] >= self._limits.strikes:
                raise FetchError(f"not asked for: its host failed {self._limits.strikes} times in a row")
            normal(errand.address)
            if not self._robots.known(errand.address):
                self._read_robots(errand.address)
                self._frontier.put(errand, first=True)
                return None
            if not self._robots.allows(errand.address):
                raise FetchError(ROBOTS_FORBID)
            page = self._ask(errand.address)
            self._strikes[host] = 0
            return self._redirected(errand, page.to) if page.to else _visit(errand, page)
        except FetchError as error:
            return self._failed(errand, error)

    def _ask(self, address: str) -> Page:
        try:
            return self._fetcher.get(address)
        finally:
            self._rest(address, max(self._limits.delay, self._robots.delay(address)))

    def _read_robots(self, address: str) -> None:
        try:
            self._robots.read(address)
        finally:
            self._rest(address, self._limits.delay)
        asked = self._robots.delay(address)
        if asked > self._limits.wait:
            wanted = f"the site's robots.txt wants {asked:g} s between pages"
            raise FetchError(f"{wanted}, longer than the {self._limits.wait:g} s we wait")

    def _rest(self, address: str, seconds: float) -> None:
        self._frontier.rest(host_of(address), time.monotonic() + seconds)

    def _redirected(self, errand: Errand, to: str) -> Visit | None:
        chain = (*errand.chain, errand.address)
        if len(chain) > self._limits.hops:
            raise FetchError(f"redirected more than {self._limits.hops} times")
        stop = target = normal(to)
        while stop != errand.address and stop in self._moved:
            stop = self._moved[stop]
        if stop == errand.address:
            raise FetchError(f"redirected in a circle, by way of {target}")
        self._moved[errand.address] = target
        if self._frontier.add(target, chain):
            return None
        return Visit((*chain, target))  # it is read, or waits to be, as an address of its own

    def _failed(self, errand: Errand, error: FetchError) -> Visit | None:
        """A failed try: the visit if it was the last one, else the errand waits for its next."""
        if error.again:
            self._strikes[host_of(errand.address)] += 1
            if errand.tries + 1 < self._limits.tries:
                self._rest(errand.address, error.wait or self._limits.backoff * 2**errand.tries)
                self._frontier.put(replace(errand, tries=errand.tries + 1))
                return None
        elif error.status:
            self._strikes[host_of(errand.address)] = 0  # it answers
        tried = f" (tried {errand.tries + 1} times)" if errand.tries else ""
        return Visit((*errand.chain, errand.address), failed=f"{error}{tried}")


def _visit(errand: Errand, page: Page) -> Visit:
    """The visit of a page that came."""
    addresses = (*errand.chain, errand.address)
    if not page.data.strip():
        return Visit(addresses, failed="the page is empty")
    try:
        found = read_source(page.data, page.address, page.content_type)
    except (PostingError, InputError) as error:
        return Visit(addresses, failed=str(error))
    except Exception as error:  # noqa: BLE001 — a page that trips its reader must not end a run of hours
        return Visit(addresses, failed=f"the page cannot be read ({type(error).__name__}: {error})")
    return Visit(addresses, found.rows, found.follow, gone=page.gone)
