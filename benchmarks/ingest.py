"""How fast pages and crawl archives are read, beside lxml's parser alone on the same bytes in the same run.

    python benchmarks/ingest.py                          everything, as JSON (some three minutes)
    python benchmarks/ingest.py --rounds 4 --archive 200 a short form

Pages are the samples of tests/samples with schema.org data (half of them broken on purpose), twice: as they stand (some
1 KB), and with as much furniture around them (styles, scripts, menus, other jobs) as live pages have. lxml parses bytes
that are in memory; matcher reads each page from disk, and gives rows.
"""

import argparse
import gzip
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

import lxml.html

from matcher.ingest import read_rows

ROOT = Path(__file__).resolve().parent.parent
KINDS = ("jsonld", "microdata", "rdfa")
RUNS = 5
LIVE_KB = (20, 40, 60, 100)
"""Sizes of pages with furniture, in turn; half of the live web's pages have more than 30 KB of HTML."""


def samples() -> list[bytes]:
    """Every sample page with schema.org data."""
    return [path.read_bytes() for kind in KINDS for path in sorted((ROOT / "tests/samples" / kind).glob("*.*html"))]


def furnished(page: bytes, size: int) -> bytes:
    """A page with styles, scripts, a menu and other jobs, ``size`` bytes more or less."""
    if page.startswith((b"\xff\xfe", b"<?xml")) or b"</body>" not in page:
        return page
    style = b"".join(b".c%d > a:hover{margin:%dpx 0;color:#%06x}\n" % (n, n % 40, n * 7919 % 2**24) for n in range(99))
    state = json.dumps({"flags": {f"feature_{n}": n % 3 == 0 for n in range(150)}}).encode()
    jobs = [
        b'<div class="card c%d" data-id="%d"><a href="/jobs/%d"><h4>Other opening %d</h4></a><p>Town %d &middot; 3 days'
        b' ago</p><svg width="8" height="8"><path d="M0 0h%dv8z"/></svg></div>\n' % (n, n, n, n, n % 50, n % 9)
        for n in range(max(1, (size - len(style) - len(state)) // 175))
    ]
    before = b"<style>" + style + b"</style><script>window.__s=" + state + b"</script><nav><ul>"
    return page.replace(b"</body>", before + b"</ul></nav><section>" + b"".join(jobs) + b"</section></body>")


def rate(work: Callable[[], None], pages: int) -> float:
    """Pages a second of one run."""
    start = time.perf_counter()
    work()
    return pages / (time.perf_counter() - start)


def read_pages(pages: list[bytes], rounds: int) -> dict[str, object]:
    """Rates of lxml alone and of matcher, medians of runs in turn."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [f"{folder}/{number}.html" for number in range(len(pages))]
        for path, page in zip(paths, pages, strict=True):
            Path(path).write_bytes(page)

        def ours() -> None:
            for _ in range(rounds):
                for path in paths:
                    list(read_rows(path))

        def theirs() -> None:
            for _ in range(rounds):
                for page in pages:
                    lxml.html.fromstring(page)

        ours()
        runs = [(rate(theirs, rounds * len(pages)), rate(ours, rounds * len(pages))) for _ in range(RUNS)]
    lxml_rate, matcher_rate = (statistics.median(column) for column in zip(*runs, strict=True))
    return {
        "pages": len(pages),
        "mean_bytes": round(statistics.mean(map(len, pages))),
        "lxml_pages_per_second": round(lxml_rate),
        "matcher_pages_per_second": round(matcher_rate),
        "ratio": round(statistics.median(ours / theirs for theirs, ours in runs), 2),
    }


def archive(pages: list[bytes], count: int) -> Iterator[bytes]:
    """The records of an archive, each packed by itself as crawlers do."""
    for number, page in enumerate(islice(cycle(pages), count)):
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
            f"WARC-Date: 2026-11-01T00:00:00Z\r\nWARC-Target-URI: https://site.example/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        yield gzip.compress(head.encode() + http + b"\r\n\r\n", 1)


def read_archive(pages: list[bytes], count: int) -> dict[str, object]:
    """Rate and peak memory of reading an archive, in a process of its own."""
    with tempfile.NamedTemporaryFile(suffix=".warc.gz") as file:
        for record in archive(pages, count):
            file.write(record)
        file.flush()
        command = [sys.executable, __file__, "--read", file.name]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return {"pages": count, **json.loads(done.stdout)}


def read_one(path: str) -> dict[str, object]:
    """What reading one archive takes, measured from inside."""
    start, rows, rejected = time.perf_counter(), 0, 0
    for row in read_rows(path):
        rows += 1
        rejected += bool(row.error)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": rows, "rejected": rejected, "seconds": round(seconds, 1), "peak_mb": round(peak)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=40, help="times that each page is read in a run (40)")
    parser.add_argument("--archive", type=int, default=20_000, help="pages of the larger archive (20000)")
    parser.add_argument("--read", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        print(json.dumps(read_one(options.read)))
        return
    plain = samples()
    live = [furnished(page, 1024 * size) for page, size in zip(plain, cycle(LIVE_KB), strict=False)]
    figures = {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        "lxml": lxml.__version__,
        "samples_as_they_stand": read_pages(plain, options.rounds),
        "samples_with_furniture": read_pages(live, max(1, options.rounds // 10)),
        "archives": [read_archive(live, count) for count in (max(1, options.archive // 10), options.archive)],
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
