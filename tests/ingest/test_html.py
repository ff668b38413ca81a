import json

import pytest

from matcher.errors import PostingError
from matcher.ingest.html import page_rows

POSTING = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Network Project Manager",
    "description": "<p>Lead the refresh</p>",
    "hiringOrganization": {"@type": "Organization", "name": "Acme"},
}


def page(block: str, body: str = "") -> bytes:
    return f'<html><head><script type="application/ld+json">{block}</script></head><body>{body}</body></html>'.encode()


@pytest.mark.parametrize(
    "block",
    [
        json.dumps(POSTING),
        json.dumps([{"@type": "WebSite"}, POSTING]),
        json.dumps({"@graph": [{"@type": "Organization"}, POSTING]}),
        json.dumps(POSTING | {"@type": ["JobPosting"]}),
        json.dumps(POSTING | {"@type": "http://schema.org/JobPosting"}),
        json.dumps(POSTING)[:-1] + ",}",
        "<!-- " + json.dumps(POSTING) + " -->",
        json.dumps(POSTING).replace("Lead the", "Lead \x0b the"),
        json.dumps({"@type": "ItemList", "itemListElement": [{"item": POSTING}]}),
    ],
)
def test_json_ld_however_it_is_wrapped(block):
    [row] = page_rows(page(block))
    assert row["title"] == "Network Project Manager"
    assert row["hiringOrganization"]["name"] == "Acme"


def test_several_postings_on_a_page_are_all_read():
    assert len(list(page_rows(page(json.dumps([POSTING, POSTING | {"title": "Two"}]))))) == 2


def test_a_page_without_structured_data_gives_its_main_text_and_title():
    body = """<nav>Home Jobs About</nav><main><h1>Migration Lead</h1><h2>Responsibilities</h2><ul><li>Plan the move of
    three hundred servers and keep the schedule</li><li>Report to the sponsor every week</li></ul><h2>Requirements</h2>
    <p>Five years of experience with migrations, and a degree. The position is full-time with a good salary; you will
    work with many teams in several places.</p></main><footer>Cookies and terms</footer>"""
    [row] = page_rows(page("not json at all", body))
    assert row["title"] == "Migration Lead"
    assert "Cookies" not in row["description"]
    assert "Home Jobs" not in row["description"]
    assert "- Plan the move of three hundred servers" in row["description"]


@pytest.mark.parametrize(
    "body", ["", "<p>Welcome to our bakery. " + "Fresh bread and cakes every single day. " * 20 + "</p>"]
)
def test_a_page_that_is_no_posting_says_so(body):
    with pytest.raises(PostingError, match="not a job posting"):
        list(page_rows(page("{}", body)))
