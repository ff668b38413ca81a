"""What reading addresses may cost."""

from dataclasses import dataclass


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
