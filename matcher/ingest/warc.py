"""Crawl archives (WARC, https://iipc.github.io/warc-specifications/), one record at a time, read by warcio.

warcio (Apache-2.0) is pure Python with one small dependency; fastwarc reads faster, but the pages cost more than the
records, and it pulls a compiled package, brotli, click and tqdm.
"""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from matcher.errors import InputError

MAX_PAGE = 16 * 2**20
"""Bytes of one page; Common Crawl cuts at 1 MB."""

_PAGES = ("text/html", "application/xhtml+xml", "application/pdf", "application/vnd.openxmlformats")
_KINDS = ("response", "resource")


class Page(NamedTuple):
    """One page of an archive, or the reason why it cannot be read."""

    url: str
    data: bytes
    content_type: str
    error: str


def warc_pages(stream: BinaryIO, source: str) -> Iterator[Page]:
    """Pages of an archive in order: every response that is HTML, PDF or DOCX; redirects, images and the like are none.

    Raises:
        InputError: not a WARC file, or warcio is not installed.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise InputError(f"{source}: to read WARC install the extra: pip install 'matcher[warc]'") from None
    records = iter(ArchiveIterator(stream))
    number = 0
    while True:
        number += 1
        try:
            record = next(records, None)
            if record is None:
                return
            page = _page(record) if record.rec_type in _KINDS else None
        except ArchiveLoadFailed as error:
            yield Page("", b"", "", f"record {number} cannot be read, nor what follows it ({error})")
            return
        if page:
            yield page


def _page(record: object) -> Page | None:
    headers, http = record.rec_headers, record.http_headers  # type: ignore[attr-defined]
    url = (headers.get_header("WARC-Target-URI") or "").strip("<>")
    kind = (http.get_header("Content-Type") if http else headers.get_header("Content-Type")) or "text/html"
    status = http.get_statuscode() if http else "200"
    if not kind.lower().startswith(_PAGES) or status.startswith("3"):
        return None
    if status.startswith(("4", "5")):
        return Page(url, b"", kind, f"the crawl got HTTP {status}")
    try:
        data = record.content_stream().read(MAX_PAGE + 1)  # type: ignore[attr-defined]
    except (ValueError, OSError, EOFError) as error:
        return Page(url, b"", kind, f"damaged record ({error})")
    if len(data) > MAX_PAGE:
        return Page(url, b"", kind, f"larger than {MAX_PAGE >> 20} MB")
    cut = record.raw_stream.limit > 0  # type: ignore[attr-defined]
    return Page(url, data, kind, "the record is cut short" if cut else "")
