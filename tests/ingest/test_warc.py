import gzip
import json
import sys

import pytest
import zstandard

from matcher.cli.main import main
from matcher.errors import InputError
from matcher.ingest import read_rows
from tests.documents import pdf
from tests.ingest import test_samples
from tests.ingest.archive import record, response, warc

PAGES = [
    (f"https://site.example/{path.name}", path.read_bytes())
    for path in test_samples.INPUTS
    if path.parent.name in ("microdata", "pages")
]
POSTING = (
    b"""<script type="application/ld+json">{"@type": "JobPosting", "title": "PM", "description": "Plan it"}</script>"""
)


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress, "each record"], ids=str)
def test_every_page_gives_its_rows_or_the_reason_why_not(pack, write):
    data = warc(PAGES, packed=True) if pack == "each record" else pack(warc(PAGES))
    rows = list(read_rows(write("crawl.warc.gz", data)))
    pages = [row.where.partition(", ")[2].partition(",")[0] for row in rows]
    assert list(dict.fromkeys(pages)) == [url for url, _ in PAGES]
    refused = {row.fields["url"].rsplit("/", 1)[-1] for row in rows if row.error}
    assert refused == {"sales-page.html", "empty-shell.html", "article-about-hiring.html"}
    assert all("not a job posting" in row.error and "\n" not in row.error for row in rows if row.error)
    [two] = [row for row in rows if row.fields.get("title") == "Lab Systems Project Manager"]
    assert two.where.endswith("two-on-a-page.html, posting 2")
    assert two.fields["url"] == "https://pipette.example/vacancies/lims"


def test_a_page_is_read_whole_and_a_huge_one_refused(write, monkeypatch):
    page = b"<p>furniture</p>" * 20_000 + POSTING
    [row] = read_rows(write("a.warc", warc([("https://x.example/", page)])))
    assert row.fields["title"] == "PM"
    monkeypatch.setattr("matcher.ingest.warc.MAX_PAGE", 10_000)
    big, small = read_rows(write("a.warc", warc([("https://x.example/1", page), ("https://x.example/2", POSTING)])))
    assert "larger than" in big.error
    assert small.fields["title"] == "PM"


@pytest.mark.parametrize(
    ("status", "kind", "expected"),
    [
        ("404 Not Found", "text/html", "the crawl got HTTP 404"),
        ("503 Busy", "text/html; charset=utf-8", "the crawl got HTTP 503"),
        ("200 OK", "text/html", "not a job posting"),
        ("301 Moved", "text/html", None),
        ("200 OK", "image/png", None),
        ("200 OK", "text/css", None),
    ],
)
def test_answers_that_are_no_page_of_a_posting(status, kind, expected, write):
    rows = list(read_rows(write("a.warc", warc([("https://x.example/", b"<p>Hello</p>")], status=status, kind=kind))))
    assert [expected in row.error for row in rows] == ([True] if expected else [])


def test_packed_and_chunked_responses_and_documents(write):
    packed = gzip.compress(POSTING)
    body = b"%x\r\n" % len(packed) + packed + b"\r\n0\r\n\r\n"
    url, document = "https://x.example/", pdf("Project Manager", "Plan the work", "Report it")
    data = response(url, body, "Content-Type: text/html", "Content-Encoding: gzip", "Transfer-Encoding: chunked")
    data += response(url, document, "Content-Type: application/pdf")
    data += record("resource", url, POSTING, "text/html")
    rows = list(read_rows(write("a.warc", data)))
    assert [row.fields["title"] for row in rows] == ["PM", "Project Manager", "PM"]


def test_an_archive_cut_short_keeps_what_came_before(write):
    data = warc([("https://x.example/1", POSTING), ("https://x.example/2", POSTING + b"<p>x</p>" * 500)])
    end = data.rindex(b"<p>x</p>") - 1000
    whole, cut = read_rows(write("a.warc", data[:end]))
    assert whole.fields["title"] == "PM"
    assert "cut short" in cut.error


def test_rubbish_after_a_record_is_told(write):
    rows = list(read_rows(write("a.warc", warc([("https://x.example/1", POSTING)]) + b"\r\n\r\nrubbish here\r\n" * 3)))
    assert rows[0].fields["title"] == "PM"
    assert "cannot be read" in rows[-1].error


def test_a_missing_extra_is_named(write, monkeypatch):
    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    with pytest.raises(InputError, match=r"a\.warc: .*matcher\[warc\]"):
        list(read_rows(write("a.warc", warc([("https://x.example/1", POSTING)]))))


def test_classify_reads_an_archive(write, tmp_path, capsys):
    output = tmp_path / "results.jsonl"
    assert main(["classify", write("crawl.warc.gz", warc(PAGES, packed=True)), "-o", str(output)]) == 1
    rows = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    assert {row["title"] for row in rows if row["status"] == "ok"} >= {"Telecom Project Manager", "WAN Project Manager"}
    assert sum(row["status"] == "rejected" for row in rows) == 3
    assert "empty-shell.html: this page is not a job posting" in capsys.readouterr().err
