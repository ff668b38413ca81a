"""Fetching against a real server that misbehaves in every way we could think of; each test ends within seconds."""

import gzip
import re
import shutil
import socket
import sqlite3
import ssl
import subprocess
import time
from contextlib import closing
from dataclasses import replace
from email.utils import formatdate

import pytest

from matcher.errors import FetchError, InputError
from matcher.ingest.addresses import EVERYWHERE, ip_network
from matcher.ingest.cache import Cache, Kept
from matcher.ingest.fetch import USER_AGENT, Fetcher
from matcher.ingest.limits import Limits
from tests.ingest.site import Answer, Site, drip, moved, raw

LIMITS = Limits(connect=5, silence=5, answer=10, size=2**20, wait=5)
TIGHT = replace(LIMITS, silence=0.3, answer=0.6)
"""For what is slow; a busy machine must not make anything else look so."""


@pytest.fixture
def fetcher():
    with Fetcher(LIMITS, EVERYWHERE) as made:
        yield made


def why(fetcher, address):
    begun = time.monotonic()
    with pytest.raises(FetchError) as failed:
        fetcher.get(address)
    assert time.monotonic() - begun < LIMITS.answer
    assert "\n" not in str(failed.value)
    return failed.value


def test_a_page_comes_with_its_type_and_we_say_who_we_are(site, fetcher):
    page = fetcher.get(site.add("/a", Answer("<p>é</p>", headers={"Content-Type": "text/html; charset=utf-8"})))
    assert (page.data.decode(), page.content_type) == ("<p>é</p>", "text/html; charset=utf-8")
    headers = site.asked[0][2]
    assert headers["User-Agent"] == USER_AGENT
    assert headers["Accept-Encoding"] == "gzip"
    assert "Cookie" not in headers


def test_no_cookie_is_sent_back(site, fetcher):
    address = site.add("/a", Answer("x", headers={"Set-Cookie": "seen=1"}))
    fetcher.get(address)
    fetcher.get(address)
    assert "Cookie" not in site.asked[1][2]


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
ENDLESS = b"x" * 2**16


def zipped(data):
    return Answer(data, headers={"Content-Encoding": "gzip"})


def busy(status, wait):
    return Answer(status=status, headers={"Retry-After": wait})


TOO_SLOW, SILENT, TOO_LARGE = "took longer than 0.6 s", "sent nothing for 0.3 s", "larger than 1 MB"
CUT, NO_HTTP = "the answer was cut short", "not proper HTTP"
BAD = {
    "a slow body": (drip(b"x"), TOO_SLOW, False),
    "a slow header": (drip(b"X-a: b\r\n", head=OK), TOO_SLOW, False),
    "a slow status line": (drip(b"H", head=b"HTTP"), TOO_SLOW, False),
    "a slow chunk size": (drip(b"1", head=CHUNKED), TOO_SLOW, False),
    "a slow promised length": (drip(b"x", head=OK + b"Content-Length: 9999999\r\n\r\n"), TOO_SLOW, False),
    "to be continued for ever": (drip(b"HTTP/1.1 100 Continue\r\n\r\n", seconds=0, head=b""), TOO_SLOW, False),
    "silence": (drip(b"", seconds=0.4, head=b""), SILENT, True),
    "silence in the body": (drip(b"x", b"", seconds=0.4), SILENT, True),
    "an endless body": (drip(ENDLESS, seconds=0), TOO_LARGE, False),
    "endless chunks": (drip(b"10000\r\n" + ENDLESS + b"\r\n", seconds=0, head=CHUNKED), TOO_LARGE, False),
    "endless headers": (drip(b"X-a: b\r\n", seconds=0, head=OK), NO_HTTP, True),
    "an endless header": (drip(ENDLESS, seconds=0, head=OK + b"X: "), NO_HTTP, True),
    "a gzip bomb": (zipped(gzip.compress(bytes(64 * 2**20), 9)), TOO_LARGE, False),
    "a cut gzip": (zipped(gzip.compress(b"a posting " * 99)[:-12]), "cut short on the way", True),
    "a damaged gzip": (zipped(b"\x1f\x8b\x08\x00" + b"\xff" * 99), "damaged or cut short", True),
    "another packing": (Answer(b"x", headers={"Content-Encoding": "br"}), "packed as br", False),
    "a length too long": (raw(OK + b"Content-Length: 99\r\n\r\nshort"), CUT, True),
    "chunks cut short": (raw(CHUNKED + b"5\r\nhello"), CUT, True),
    "chunks of no size": (raw(CHUNKED + b"zz\r\n"), NO_HTTP, True),
    "no HTTP": (raw(b"SSH-2.0-server\r\n\r\n"), NO_HTTP, True),
    "nothing at all": (raw(b""), "closed without an answer", True),
    "a picture": (Answer(b"\x89PNG", headers={"Content-Type": "image/png"}), "holds image/png, no posting", False),
    "a redirect to nowhere": (Answer(status=302), "HTTP 302, but it does not say where", False),
    "a change not asked about": (Answer(status=304), "HTTP 304", False),
    "gone": (Answer(status=410), "HTTP 410: the page is gone", False),
    "not there": (Answer(status=404), "HTTP 404: the page is gone", False),
    "forbidden": (Answer(status=403), r"HTTP 403 \(Forbidden\)", False),
    "broken": (Answer(status=500), r"HTTP 500 \(Internal Server Error\)", True),
    "busy": (busy(429, "3"), "HTTP 429", True),
    "busy for long": (busy(503, "86400"), "left alone for longer than the 5 s", False),
    "busy, unclear how long": (busy(503, "soon"), "HTTP 503", True),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_goes_wrong_ends_soon_and_says_why(kind, site):
    answer, message, again = BAD[kind]
    with Fetcher(TIGHT if message in (TOO_SLOW, SILENT) else LIMITS, EVERYWHERE) as fetcher:
        failure = why(fetcher, site.add("/a", answer))
    assert failure.again is again
    assert re.search(message, str(failure)), str(failure)


def test_bytes_past_the_length_are_left_out(site, fetcher):
    assert fetcher.get(site.add("/a", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst, rest"))).data == b"first"


def test_what_only_claims_to_be_gzip_is_read_as_it_is(site, fetcher):
    address = site.add("/a", Answer(b"plain", headers={"Content-Encoding": "gzip"}))
    assert fetcher.get(address).data == b"plain"
    address = site.add("/b", Answer(gzip.compress(b"packed"), headers={"Content-Encoding": "gzip"}))
    assert fetcher.get(address).data == b"packed"


def test_retry_after_in_seconds_and_as_a_date(site, fetcher):
    for value, low, high in (("3", 3, 3), (formatdate(time.time() + 4, usegmt=True), 1, 4), ("-5", 0, 0)):
        failure = why(fetcher, site.add("/a", Answer(status=429, headers={"Retry-After": value})))
        assert low <= failure.wait <= high


def test_a_redirect_is_told_not_followed(site, fetcher):
    page = fetcher.get(site.add("/a", moved("../b?c=d")))
    assert page.to == f"{site.url}/b?c=d"
    assert site.paths() == ["/a"]


def test_the_body_of_a_redirect_is_not_read(site, fetcher):
    site.add("/a", drip(ENDLESS, seconds=0, head=b"HTTP/1.1 302 Found\r\nLocation: /caf\xc3\xa9\r\n\r\n"))
    begun = time.monotonic()
    assert fetcher.get(f"{site.url}/a").to == f"{site.url}/café"
    assert time.monotonic() - begun < LIMITS.answer / 2


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "127.1", "0.0.0.0"])
def test_machines_that_are_not_public_are_refused_before_a_byte_is_sent(host, site):
    port = site.url.rpartition(":")[2]
    with Fetcher(LIMITS) as fetcher:
        assert "no public address; --allow-private" in str(why(fetcher, f"http://{host}:{port}/a"))
    assert site.asked == []


def answers(*ips):
    return lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 0)) for ip in ips]


def test_a_name_with_a_private_answer_among_public_ones_is_refused(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", answers("1.1.1.1", "10.0.0.1"))
    with Fetcher(LIMITS) as fetcher:
        assert "jobs.example is at 10.0.0.1, which is no public" in str(why(fetcher, "http://jobs.example/"))


def test_the_address_judged_is_the_one_connected_to(site, monkeypatch):
    """A name that leads elsewhere at its second look-up is no way in: there is one look-up."""
    real, asked = socket.getaddrinfo, []

    def rebinding(host, *rest, **named):
        if host != "jobs.example":
            return real(host, *rest, **named)
        asked.append(host)
        return real("127.0.0.1" if len(asked) == 1 else "127.0.0.2", *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    port = site.url.rpartition(":")[2]
    site.add("/a", Answer("here"))
    with Fetcher(LIMITS, [ip_network("127.0.0.1/32")]) as fetcher:
        assert fetcher.get(f"http://jobs.example:{port}/a").data == b"here"
    assert asked == ["jobs.example"]
    assert site.asked[0][2]["Host"] == f"jobs.example:{port}"


def test_a_second_address_is_tried_when_the_first_is_dead(site, monkeypatch):
    real = socket.getaddrinfo
    port = int(site.url.rpartition(":")[2])

    def both(host, *rest, **named):
        if host != "jobs.example":
            return real(host, *rest, **named)
        return [answer for ip in ("127.0.0.3", "127.0.0.1") for answer in real(ip, *rest, **named)]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    site.add("/a", Answer("here"))
    with Fetcher(LIMITS, EVERYWHERE) as fetcher:
        assert fetcher.get(f"http://jobs.example:{port}/a").data == b"here"


@pytest.mark.parametrize(
    ("address", "message", "again"),
    [
        ("http://nowhere.invalid/", "its host is not known", True),
        ("http://127.0.0.1:1/", r"the connection failed \(.*refused", True),
        ("http://a..b/", "no usable address", False),
        ("http://" + "a" * 300 + ".example/", "no usable address", False),
        ("ftp://127.0.0.1/", "only http", False),
    ],
)
def test_no_connection_says_why(address, message, again, fetcher):
    failure = why(fetcher, address)
    assert re.search(message, str(failure)), str(failure)
    assert failure.again is again


def test_the_environments_proxy_is_used_only_where_private_addresses_are(site, monkeypatch):
    proxy = "http://127.0.0.1:1"
    for name in ("http_proxy", "HTTP_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    address = site.add("/a", Answer("x"))
    with Fetcher(LIMITS, EVERYWHERE) as fetcher:
        assert fetcher.get(address).data == b"x"
        monkeypatch.setenv("http_proxy", proxy)
        assert "failed" in str(why(fetcher, address))
    with Fetcher(LIMITS) as fetcher:
        assert "no public address" in str(why(fetcher, address))
        said = str(why(fetcher, "http://nowhere.invalid/"))
        assert said.endswith("not known to the name service; the environment's proxy is used only with --allow-private")


def test_a_page_that_has_not_changed_is_not_sent_again(site, fetcher):
    for name, condition in (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")):
        value = '"v1"' if name == "ETag" else "Sun, 01 Nov 2026 10:00:00 GMT"
        address = site.add(f"/{name}", Answer("page", headers={name: value, "Content-Type": "a/b"}), Answer(status=304))
        first, second = fetcher.get(address), fetcher.get(address)
        assert first == second
        assert condition not in site.asked[-2][2]
        assert site.asked[-1][2][condition] == value


def test_kept_pages_outlive_the_run_and_a_change_replaces_them(site):
    address = site.add(
        "/a", Answer("old", headers={"ETag": "1"}), Answer("new", headers={"ETag": "2"}), Answer(status=304)
    )
    read = []
    for _ in range(3):
        with Fetcher(LIMITS, EVERYWHERE) as fetcher:
            read.append(fetcher.get(address).data)
    assert read == [b"old", b"new", b"new"]
    assert [headers.get("If-None-Match") for *_, headers in site.asked] == [None, "1", "2"]


def test_a_page_that_is_gone_gives_what_it_said_before(site, fetcher):
    address = site.add("/a", Answer("page", headers={"ETag": "1"}), Answer(status=410))
    fetcher.get(address)
    page = fetcher.get(address)
    assert (page.data, page.gone) == (b"page", "HTTP 410: the page is gone")


def test_what_may_not_be_kept_is_not(site, fetcher):
    address = site.add("/a", Answer("page", headers={"ETag": "1", "Cache-Control": "private, No-Store"}))
    fetcher.get(address)
    fetcher.get(address)
    assert "If-None-Match" not in site.asked[1][2]


def test_a_kept_private_page_is_no_way_around_the_refusal(site):
    address = site.add("/a", Answer("inside", headers={"ETag": "1"}))
    with Fetcher(LIMITS, EVERYWHERE) as fetcher:
        fetcher.get(address)
    with Fetcher(LIMITS) as fetcher:
        why(fetcher, address)


def test_the_cache_forgets_the_old_and_survives_a_bad_place(tmp_path, monkeypatch):
    path, page = tmp_path / "pages.sqlite", Kept(b"data", "text/html", "1", "")
    now = time.time()
    with closing(Cache(path)) as cache:
        cache.put("a", page)
    with closing(Cache(path)) as cache:
        assert cache.get("a") == page
        with closing(sqlite3.connect(path)) as other:
            other.execute("drop table page")
        cache.put("a", page)
        assert cache.get("a") is None
    with closing(Cache(path)) as cache:
        cache.put("a", page)
    monkeypatch.setattr(time, "time", lambda: now + 31 * 86400)
    with closing(Cache(path)) as cache:
        assert cache.get("a") is None
    with closing(Cache(path / "not a folder" / "pages.sqlite")) as cache:
        cache.put("a", page)
        assert cache.get("a") == page
    path.write_text("no database at all, but some text that is long enough")
    with pytest.raises(InputError, match="damaged; delete this file"):
        Cache(path)


@pytest.fixture
def secure(tmp_path, monkeypatch):
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed: no certificate for the test server")
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout {key} -out {certificate}"
    subprocess.run([*command.split(), "-addext", "subjectAltName=DNS:localhost"], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with Site("127.0.0.1", context).running() as running:
        running.url = running.url.replace("127.0.0.1", "localhost")
        running.certificate = str(certificate)
        yield running


def test_tls_is_checked_by_name_and_watched_alike(secure, monkeypatch):
    address, slow = secure.add("/a", Answer("safe")), secure.add("/slow", drip(b"x"))
    with Fetcher(LIMITS, EVERYWHERE) as fetcher:
        assert "certificate or encryption is not in order" in str(why(fetcher, address))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", secure.certificate)
    with Fetcher(LIMITS, EVERYWHERE) as fetcher:
        assert fetcher.get(address).data == b"safe"
        assert "not in order" in str(why(fetcher, address.replace("localhost", "127.0.0.1")))
    with Fetcher(TIGHT, EVERYWHERE) as fetcher:
        assert TOO_SLOW in str(why(fetcher, slow))
    with Fetcher(LIMITS) as fetcher:
        assert "no public address" in str(why(fetcher, address))
