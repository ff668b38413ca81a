"""Crawl archives made of pages, for tests, as https://iipc.github.io/warc-specifications/ lays them out."""

import gzip
import uuid
from collections.abc import Iterable


def record(kind: str, url: str, block: bytes, content_type: str) -> bytes:
    """One record of an archive."""
    head = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid4()}>",
        "WARC-Date: 2026-11-01T00:00:00Z",
        *([f"WARC-Target-URI: {url}"] if url else []),
        f"Content-Type: {content_type}",
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def response(url: str, data: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """The record of one answer of a server."""
    http = "\r\n".join((f"HTTP/1.1 {status}", *headers)).encode() + b"\r\n\r\n"
    return record("response", url, http + data, "application/http; msgtype=response")


def warc(
    pages: Iterable[tuple[str, bytes]], *, packed: bool = False, status: str = "200 OK", kind: str = "text/html"
) -> bytes:
    """An archive with one response a page, between the records that a crawler writes."""
    records = [record("warcinfo", "", b"software: a test\r\n", "application/warc-fields")]
    for url, data in pages:
        request = b"GET / HTTP/1.1\r\nHost: x.example\r\n\r\n"
        records.append(record("request", url, request, "application/http; msgtype=request"))
        records.append(response(url, data, f"Content-Type: {kind}", status=status))
        records.append(record("metadata", url, b"fetchTimeMs: 5\r\n", "application/warc-fields"))
    return b"".join(gzip.compress(part) if packed else part for part in records)
