"""What a site lets robots read (robots.txt, RFC 9309).

Protego reads the rules: unlike the standard library's reader it knows ``*`` and ``$``, lets the longest rule win, and
takes a Crawl-delay with decimals.
"""

from collections.abc import Callable

from protego import Protego

from matcher.errors import FetchError
from matcher.ingest.addresses import origin_of
from matcher.ingest.fetch import Page

ROBOT = "matcher"
"""The name that a robots.txt calls us by."""

MAX_SIZE = 500 * 1024
"""Bytes of a robots.txt that are read (RFC 9309, 2.5)."""

MAX_HOPS = 5
"""Redirects of a robots.txt that are followed; after more of them it counts as missing (RFC 9309, 2.3.1.2)."""


class Robots:
    """The rules of every site met, each read once."""

    def __init__(self, get: Callable[[str], Page]) -> None:
        self._get = get
        self._rules: dict[str, Protego] = {}

    def known(self, address: str) -> bool:
        """Whether the rules of an address's site have been read."""
        return origin_of(address) in self._rules

    def read(self, address: str) -> None:
        """Read the rules of an address's site.

        Raises:
            FetchError: the site fails to say what they are, which means no.
        """
        try:
            text = self._text(f"{origin_of(address)}/robots.txt")
        except FetchError as error:
            if not error.status:  # no answer at all: what is wrong is wrong for the page too
                raise
            why = f"not asked for: the site's robots.txt answers {error}, which means no"
            raise FetchError(why, again=error.again, wait=error.wait) from None
        self._rules[origin_of(address)] = Protego.parse(text)

    def _text(self, address: str) -> str:
        try:
            for _ in range(MAX_HOPS + 1):
                page = self._get(address)
                if not page.to:
                    return "" if page.gone else page.data[:MAX_SIZE].decode("utf-8", "replace").lstrip("\ufeff")
                address = page.to
        except FetchError as error:
            if not 400 <= error.status < 500 or error.status == 429:
                raise
        return ""

    def allows(self, address: str) -> bool:
        """Whether we may read an address, the rules of whose site are known."""
        return self._rules[origin_of(address)].can_fetch(address, ROBOT)

    def delay(self, address: str) -> float:
        """Seconds that its site wants between two requests; 0 when it does not say."""
        return self._rules[origin_of(address)].crawl_delay(ROBOT) or 0.0
