"""Whole crawls against a real server: robots.txt, pace, retries, redirects, limits."""

import gzip
import json
import re
import time
from dataclasses import replace
from email.utils import formatdate
from itertools import pairwise

import pytest

from matcher.ingest.addresses import EVERYWHERE, ip_network
from matcher.ingest.crawl import Crawl, Visit
from matcher.ingest.fetch import Fetcher
from matcher.ingest.limits import Limits
from tests.ingest.site import DUTIES, SAMPLES, Answer, drip, job, moved

LIMITS = Limits(connect=5, silence=5, answer=10, size=2**20, delay=0, wait=3, tries=3, backoff=0.05, hops=4, strikes=6)


def crawl(*sources, private=EVERYWHERE, **limits):
    kept = replace(LIMITS, **limits)
    with Fetcher(kept, private) as fetcher:
        run = Crawl(fetcher, kept)
        for source in sources:
            run.start(source)
        return list(run.visits())


def failure(visits):
    [visit] = visits
    assert visit.rows == []
    return visit.failed


def test_a_sitemap_leads_to_its_pages_each_read_once(site):
    pages = [site.add(f"/{n}", job(f"Job {n}")) for n in range(3)]
    entries = "".join(f"<url><loc>{page}</loc></url>" for page in [*pages, pages[0] + "#again"])
    head = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    source = site.add("/sitemap.xml", Answer(f"{head}{entries}</urlset>", headers={"Content-Type": "text/xml"}))
    visits = crawl(source, source)
    assert [visit.addresses for visit in visits] == [(source,), *((page,) for page in pages)]
    assert [row["title"] for visit in visits for row in visit.rows] == ["Job 0", "Job 1", "Job 2"]
    assert site.paths(robots=True) == ["/robots.txt", "/sitemap.xml", "/0", "/1", "/2"]


RULES = """User-agent: *
Disallow: /

User-agent: Matcher
Disallow: /jobs/
Allow: /jobs/open/
Disallow: /*?print=
Disallow: /*.pdf$
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/about", True),
        ("/jobs/7", False),
        ("/jobs/open/7", True),
        ("/about?print=1", False),
        ("/about.pdf", False),
        ("/about.pdf?x", True),
    ],
)
def test_robots_rules_are_obeyed(site, path, allowed):
    site.add("/robots.txt", Answer("\ufeff" + RULES))
    [visit] = crawl(site.add(path, job()))
    assert bool(visit.rows) is allowed
    assert visit.failed == ("" if allowed else "the site's robots.txt forbids it")
    assert site.paths() == ([path] if allowed else [])


FORBIDDEN = Answer("User-agent: *\nDisallow: /")


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ([Answer(status=404)], ""),
        ([Answer(status=403)], ""),
        ([Answer("")], ""),
        ([Answer("<html>not found</html>")], ""),
        ([moved("/robots2.txt")], "forbids it"),
        ([moved("/robots.txt")], ""),
        ([Answer(status=500)], r"robots.txt answers HTTP 500 \(Internal Server Error\), which means no \(tried 3"),
        ([Answer(status=503), Answer(status=404)], ""),
        ([Answer(status=429), FORBIDDEN], "forbids it"),
        ([drip(b"#")], "took longer than 0.6 s"),
        ([drip(b"#" * 2**16, seconds=0)], "larger than 1 MB"),
        ([Answer("User-agent: *\nCrawl-delay: 9999")], "wants 9999 s between pages, longer than the 3 s we wait"),
        ([Answer("User-agent: *\nDisallow: /" + "*a" * 50 + "*b$")], ""),
    ],
)
def test_robots_txt_in_every_state(site, answers, outcome):
    site.add("/robots.txt", *answers)
    site.add("/robots2.txt", FORBIDDEN)
    begun = time.monotonic()
    [visit] = crawl(site.add("/" + "a" * 200, job()), answer=0.6 if "longer than 0.6" in outcome else 10)
    assert time.monotonic() - begun < 10
    assert re.search(outcome, visit.failed), visit.failed
    assert bool(visit.rows) is (outcome == "")


def gaps(site):
    times = [at for _, at, _ in site.asked]
    return [later - earlier for earlier, later in pairwise(times)]


@pytest.mark.parametrize(("rules", "delay", "gap"), [("", 0.2, 0.2), ("User-agent: *\nCrawl-delay: 0.3", 0.1, 0.3)])
def test_a_host_is_asked_no_faster_than_it_wants(site, rules, delay, gap):
    site.add("/robots.txt", Answer(rules))
    crawl(*(site.add(f"/{n}", job()) for n in range(3)), delay=delay)
    assert len(site.asked) == 4
    assert min(gaps(site)[1:]) >= gap
    assert gaps(site)[0] >= delay


def test_the_wait_of_one_host_is_spent_on_another(site, other_site):
    crawl(*(each.add(f"/{n}", job()) for each in (site, other_site) for n in range(3)), delay=0.2)
    assert other_site.times("/0")[0] < site.times("/2")[0]
    assert min(gaps(site) + gaps(other_site)) >= 0.2


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_fails_at_first_is_tried_again(site, status):
    address = site.add("/a", Answer(status=status), Answer(status=status), job())
    [visit] = crawl(address)
    assert visit.rows
    first, second, third = site.times("/a")
    assert second - first >= 0.05
    assert third - second >= 0.1


@pytest.mark.parametrize("dated", [False, True])
def test_retry_after_is_honoured_in_both_forms(site, dated):
    value = formatdate(time.time() + 2, usegmt=True) if dated else "1"
    [visit] = crawl(site.add("/a", Answer(status=429, headers={"Retry-After": value}), job()))
    assert visit.rows
    first, second = site.times("/a")
    assert second - first >= (0.9 if dated else 1)


def test_a_host_that_asks_for_too_long_a_wait_is_left_alone(site):
    why = failure(crawl(site.add("/a", Answer(status=503, headers={"Retry-After": "4000"}))))
    assert "asks to be left alone for longer than the 3 s we wait" in why
    assert len(site.paths()) == 1


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(status=500), "HTTP 500 (Internal Server Error) (tried 3 times)"),
        (drip(b"", seconds=0.4, head=b""), "sent nothing for 0.3 s (tried 3 times)"),
    ],
)
def test_what_always_fails_is_tried_so_often_and_no_more(site, answer, why):
    assert failure(crawl(site.add("/a", answer), silence=0.3 if "0.3" in why else 5)) == why
    assert len(site.paths()) == 3


def test_a_host_that_fails_on_and_on_is_left_alone(site, other_site):
    visits = crawl(*(site.add(f"/{n}", Answer(status=500)) for n in range(9)), other_site.add("/a", job()))
    assert len(site.paths()) == 6
    assert sum("its host failed 6 times in a row" in visit.failed for visit in visits) == 9
    assert sum(len(visit.rows) for visit in visits) == 1


def test_a_host_that_answers_is_not_given_up(site):
    answers = [Answer(status=500), Answer(status=404)] * 8
    visits = crawl(*(site.add(f"/{n}", answer) for n, answer in enumerate(answers)), tries=1)
    assert not any("in a row" in visit.failed for visit in visits)
    assert len(site.paths()) == 16


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("http://[::1/", "no usable address"),
        ("http://jobs.example:port/", "no usable address"),
        ("http:///jobs", "it names no host"),
        ("file:///etc/passwd", "only http and https"),
        ("https://me:secret@boards.greenhouse.io/alder", "user name or password"),
    ],
)
def test_a_source_that_is_no_usable_address_fails_alone(site, source, why):
    visits = crawl(source, site.add("/a", job()))
    assert [bool(visit.rows) for visit in visits] == [False, True]
    assert why in visits[0].failed


def test_redirects_are_followed_and_the_way_is_told(site, other_site):
    end = other_site.add("/end", job())
    start, middle = site.add("/a", moved("/b", 301)), site.add("/b", moved(end, 308))
    [visit] = crawl(start)
    assert visit.addresses == (start, middle, end)
    assert visit.rows[0]["title"] == "Network Project Manager"
    assert other_site.paths(robots=True) == ["/robots.txt", "/end"]


def test_every_stop_of_a_redirect_is_held_to_its_sites_robots(site, other_site):
    other_site.add("/robots.txt", FORBIDDEN)
    assert failure(crawl(site.add("/a", moved(other_site.add("/b", job()))))) == "the site's robots.txt forbids it"
    assert other_site.paths() == []


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("/a", "redirected in a circle"),
        ("file:///etc/passwd", "only http and https are read, not file"),
        ("http://me:secret@127.0.0.1/", "user name or password"),
        ("http://[broken/", "no usable address"),
        ("//169.254.169.254/latest/meta-data/", "169.254.169.254 is no public address"),
        ("http://[::ffff:10.0.0.1]/", "::ffff:10.0.0.1 is no public address"),
    ],
)
def test_redirects_that_lead_nowhere_good(site, to, why):
    assert why in failure(crawl(site.add("/a", moved(to)), private=[ip_network("127.0.0.1/32")]))


def test_a_redirect_from_an_open_machine_to_a_private_one_is_refused(site, other_site):
    to = other_site.add("/inside", job())
    why = failure(crawl(site.add("/a", moved(to)), private=[ip_network("127.0.0.1/32")]))
    assert "127.0.0.2 is no public address" in why
    assert other_site.asked == []


def test_circles_and_long_ways_end(site):
    a, b = site.add("/a", moved("/b")), site.add("/b", moved("/a"))
    assert "redirected in a circle" in failure(crawl(a))
    assert any("redirected in a circle" in visit.failed for visit in crawl(a, b))
    for n in range(6):
        site.add(f"/{n}", moved(f"/{n + 1}"))
    assert failure(crawl(f"{site.url}/0")) == "redirected more than 4 times"


def test_two_addresses_that_lead_to_one_page_read_it_once(site):
    page = site.add("/page", job())
    visits = crawl(page, site.add("/a", moved(page)), site.add("/b", moved(page)))
    assert [len(visit.rows) for visit in visits] == [1, 0, 0]
    assert not any(visit.failed for visit in visits)
    assert site.paths().count("/page") == 1


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer("", headers={"Content-Type": "text/html"}), "the page is empty"),
        (Answer(" \n", headers={"Content-Type": "text/html"}), "the page is empty"),
        (Answer("<html><body><h1>Bread</h1><p>Fresh every day</p></body></html>"), "not a job posting"),
        (Answer(b"\x00\x01\x02" * 999, headers={"Content-Type": "application/octet-stream"}), ""),
        (Answer("{}", headers={"Content-Type": "application/json"}), ""),
        (Answer(gzip.compress(bytes(80 * 2**20))), "larger than 64 MB once unpacked"),
        (Answer(gzip.compress(b"<urlset>" * 99)[:-9]), "damaged gzip"),
        (Answer(b"%PDF-1.4 broken", headers={"Content-Type": "application/pdf"}), ""),
    ],
)
def test_what_is_no_posting_says_so(site, answer, why):
    said = failure(crawl(site.add("/a", answer)))
    assert said
    assert why in said


def test_a_page_in_another_charset_is_read_as_what_it_is(site):
    page = job("Chef de projet réseau – Télécoms").encode("cp1252")
    for name, kind in (
        ("said", "text/html; charset=windows-1252"),
        ("unsaid", "text/html"),
        ("unknown", "a/b; charset=x"),
    ):
        [visit] = crawl(site.add(f"/{name}", Answer(page, headers={"Content-Type": kind})))
        assert visit.rows[0]["title"].startswith("Chef de projet r")


def test_every_sample_reads_over_the_wire_as_it_should(site):
    differing, count = {}, 0
    with Fetcher(LIMITS, EVERYWHERE) as fetcher:
        for file in sorted(SAMPLES.glob("*/*.json")):
            expected = json.loads(site.here(file.read_bytes()))
            if not isinstance(expected, dict) or not str(expected.get("url")).startswith(site.url):
                continue  # the answer of a board, whose address is the board's
            run = Crawl(fetcher, LIMITS)
            run.start(expected["url"])
            visit = next(run.visits())
            count += 1
            if (visit.rows, visit.follow, visit.failed) != tuple(
                expected.get(name, empty) for name, empty in (("rows", []), ("follow", []), ("error", ""))
            ):
                differing[file.name] = (visit, expected)
    assert differing == {}
    assert count >= 50


def test_control_characters_beside_a_pages_furniture_do_no_harm(site):
    text = f"<h1>PM</h1><nav>menu</nav>\x0b then &#31; <script>x</script>\x01<p>{DUTIES * 2} Apply now.</p>"
    [visit] = crawl(site.add("/a", f"<html><body><main>{text}</main></body></html>"))
    assert visit.rows[0]["title"] == "PM"
    assert "menu" not in visit.rows[0]["description"]


def test_a_page_that_is_too_much_for_its_reader_does_not_end_the_run(site):
    deep = "[" * 600 + '"x"' + "]" * 600
    page = job(jobLocation="PLACE").replace('"PLACE"', deep)
    visits = crawl(site.add("/deep", page), site.add("/good", job()))
    assert [visit.addresses[0] for visit in visits] == [f"{site.url}/deep", f"{site.url}/good"]
    assert visits[0].rows or visits[0].failed
    assert visits[1].rows


def test_the_run_ends_at_its_limit_and_says_what_it_left(site):
    visits = crawl(*(site.add(f"/{n}", job()) for n in range(5)), pages=2)
    assert [bool(visit.rows) for visit in visits] == [True, True, False, False, False]
    assert visits[-1].failed == "not read: the run ended after 2 pages (--max-pages)"
    assert len(site.paths()) == 2


def test_a_run_takes_over_what_another_did(site):
    pages = [site.add(f"/{n}", job()) for n in range(3)]
    with Fetcher(LIMITS, EVERYWHERE) as fetcher:
        run = Crawl(fetcher, LIMITS)
        for visit in (Visit((f"{site.url}/list",)), Visit((pages[0],))):
            run.finished(visit)
        run.follow(pages)
        run.start(f"{site.url}/list")
        assert [visit.addresses for visit in run.visits()] == [(pages[1],), (pages[2],)]
