import gzip
import json

import pytest

from matcher.errors import PostingError
from matcher.ingest import source
from matcher.ingest.source import read_source, start_urls
from tests.documents import docx, pdf

GREENHOUSE = "https://boards-api.greenhouse.io/v1/boards/acme/jobs"
LEVER_ID = "0b7a1c5e-1111-2222-3333-444455556666"


@pytest.mark.parametrize(
    ("url", "api"),
    [
        ("https://boards.greenhouse.io/acme", f"{GREENHOUSE}?content=true"),
        ("https://job-boards.eu.greenhouse.io/acme/jobs/123", f"{GREENHOUSE}/123?pay_transparency=true"),
        ("https://boards.greenhouse.io/embed/job_board?for=acme", f"{GREENHOUSE}?content=true"),
        (f"{GREENHOUSE}?content=true", f"{GREENHOUSE}?content=true"),
        ("https://jobs.lever.co/acme", "https://api.lever.co/v0/postings/acme?mode=json"),
        (f"https://jobs.eu.lever.co/acme/{LEVER_ID}/apply", f"https://api.eu.lever.co/v0/postings/acme/{LEVER_ID}?mode=json"),
        ("https://jobs.ashbyhq.com/Acme%20Labs", "https://api.ashbyhq.com/posting-api/job-board/Acme%20Labs?includeCompensation=true"),
        (f"https://jobs.ashbyhq.com/acme/{LEVER_ID}", f"https://jobs.ashbyhq.com/acme/{LEVER_ID}"),
        ("https://careers.smartrecruiters.com/AcmeCo", "https://api.smartrecruiters.com/v1/companies/AcmeCo/postings?limit=100&offset=0"),
        ("https://jobs.smartrecruiters.com/AcmeCo/743999123456-pm", "https://api.smartrecruiters.com/v1/companies/AcmeCo/postings/743999123456"),
        ("https://apply.workable.com/acme/", "https://apply.workable.com/api/v1/widget/accounts/acme?details=true"),
        ("https://acme.workable.com/jobs", "https://apply.workable.com/api/v1/widget/accounts/acme?details=true"),
        ("https://acme.recruitee.com/o/pm-2", "https://acme.recruitee.com/api/offers/pm-2"),
        ("https://acme.jobs.personio.de/job/12", "https://acme.jobs.personio.de/xml?language=en"),
        ("https://www.workable.com/pricing", "https://www.workable.com/pricing"),
        ("https://acme.example/?next=https://jobs.lever.co/acme", "https://acme.example/?next=https://jobs.lever.co/acme"),
        ("not an address", "not an address"),
    ],
)  # fmt: skip
def test_a_board_is_read_from_its_api(url, api):
    assert start_urls(url) == [api]
    assert start_urls(api) == [api]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the page is empty"),
        (b"  \n", "the page is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 50, "neither a page"),
        (b'{"a": 1', "broken JSON"),
        (b'{"a": 1}', "no posting in this JSON"),
        (b"[]", "no posting in this JSON"),
        (b"[" * 100_000, "broken JSON"),
        (gzip.compress(b"<urlset></urlset>" * 50)[:-12], "damaged gzip"),
        (b"<urlset><url></url></urlset>", "nothing in it"),
        (b"<?xml version='1.0'?><urlset", "nothing in it|damaged XML"),
        (b"<rss><channel></channel></rss>", "nothing in it"),
        (b'<!DOCTYPE rss [<!ENTITY a "b">]><rss>&a;</rss>', "declares entities"),
        (b"<html></html>", "not a job posting"),
        (b"%PDF-1.4 rubbish", "damaged PDF"),
        (b'{"jobs": [], "meta": {"total": 0}}', "nothing in it"),
    ],
)  # fmt: skip
def test_what_holds_no_posting_says_why_in_one_line(data, message):
    with pytest.raises(PostingError, match=message) as caught:
        read_source(data, "https://x.example/a")
    assert "\n" not in str(caught.value)


def test_gzip_is_unpacked_within_bounds(monkeypatch):
    sitemap = b"<urlset><url><loc>https://x.example/1</loc></url></urlset>"
    assert read_source(gzip.compress(sitemap), "https://x.example/s.xml.gz").follow == ["https://x.example/1"]
    monkeypatch.setattr(source, "MAX_UNPACKED", 1000)
    with pytest.raises(PostingError, match="once unpacked"):
        read_source(gzip.compress(b" " * 5000), "https://x.example/bomb.gz")


@pytest.mark.parametrize(("make", "kind"), [(pdf, "pdf"), (docx, "docx")])
def test_documents_become_rows(make, kind):
    [row] = read_source(make("Project Manager", "Plan the work", "Report weekly"), "https://x.example/d").rows
    assert (row["title"], row["url"], row["sources"]["title"]) == ("Project Manager", "https://x.example/d", kind)


@pytest.mark.parametrize(
    "answer",
    [
        {"jobs": [{"absolute_url": "https://a.example/1", "title": "PM", "content": 5, "location": "here"}]},
        {"jobs": [{"shortcode": "x", "title": "PM", "description": "d", "locations": "no"}]},
        {"offers": [{"title": "PM", "description": 4, "careers_url": "https://a.example/1"}]},
        {"apiVersion": "1", "jobs": [{"title": "PM", "descriptionHtml": "d", "secondaryLocations": "no"}]},
        {"name": "PM", "jobAd": {"sections": []}},
        [{"text": "PM", "title": "PM", "hostedUrl": "https://a.example/1", "categories": [1]}],
    ],
)  # fmt: skip
def test_a_job_of_another_shape_than_documented_is_not_lost(answer):
    good = {"hostedUrl": "https://jobs.lever.co/a/1", "categories": {}, "text": "Good", "description": "d"}
    jobs = [*answer, good] if isinstance(answer, list) else answer
    rows = read_source(json.dumps(jobs).encode(), "https://api.example/x").rows
    assert len(rows) == (2 if isinstance(answer, list) else 1)


@pytest.mark.parametrize(
    ("charset", "declared", "header"),
    [
        ("utf-8", "utf-8", ""),
        ("utf-8", "iso-8859-1", "text/html; charset=iso-8859-1"),
        ("cp1252", "iso-8859-1", ""),
        ("cp1252", "utf-8", ""),
        ("cp1252", "", ""),
        ("cp1252", "no-such-charset", "text/html; charset=nonsense"),
        ("utf-16", "", ""),
        ("cp1252", "punycode", ""),
        ("iso-8859-15", "iso-8859-15", ""),
        ("utf-8-sig", "", ""),
        ("cp1252", "", "text/html; charset=windows-1252"),
    ],
)
def test_letters_survive_whatever_charset_is_said(charset, declared, header):
    meta = f'<meta charset="{declared}">' if declared else ""
    block = '{"@type": "JobPosting", "title": "Chef de projet réseau", "description": "Café, naïve, Zoë"}'
    page = f'<html><head>{meta}<script type="application/ld+json">{block}</script></head><body>é</body></html>'
    [row] = read_source(page.encode(charset), "https://x.example/a", header).rows
    assert (row["title"], row["description"]) == ("Chef de projet réseau", "Café, naïve, Zoë")
