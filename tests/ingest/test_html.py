import json

import pytest

from matcher.errors import PostingError
from matcher.ingest.html import page_rows
from matcher.posting import JobPosting

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
        json.dumps(POSTING | {"@type": "Job Posting"}),
        json.dumps(json.dumps(POSTING)),
        json.dumps(POSTING) + ";",
        "\ufeff" + json.dumps(POSTING),
        json.dumps(POSTING | {"baseSalary": float("nan")}),
        json.dumps(POSTING | {"url": "http://[broken"}),
        json.dumps({"broken": 1})[:-1] + "," + json.dumps(POSTING)[1:],
    ],
)
def test_json_ld_however_it_is_wrapped(block):
    [row] = page_rows(page(block))
    assert row["title"] == "Network Project Manager"
    assert row["hiringOrganization"]["name"] == "Acme"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Plan it<br/>Do it", "Plan it\nDo it"),
        ("&lt;p&gt;Plan &amp;amp; do&lt;/p&gt;", "Plan & do"),
        ("<p>Plan &lt;b&gt;it&lt;/b&gt;</p>", "Plan it"),
        ("Work in R&amp;D, 5 &lt; 10", "Work in R&D, 5 < 10"),
        ("<p>Loads &lt; 10 tons</p>", "Loads < 10 tons"),
        ("<p>Plan</p><script>x()<\\/script>", "Plan"),
        (["<p>Plan</p>", "<p>Do</p>"], "Plan\nDo"),
        ({"@value": "Plan"}, "Plan"),
    ],
)
def test_descriptions_however_they_are_escaped(written, read):
    block = json.dumps(POSTING | {"description": written}).replace("</script>", "<\\/script>")
    [row] = page_rows(page(block))
    assert JobPosting.from_row(row).description == read


def test_an_address_keeps_what_only_looks_like_an_entity():
    item = POSTING | {"url": "/j?id=1&section=3&amp;copy=2", "hiringOrganization": {"name": "Harbin &amp; Reyes"}}
    [row] = page_rows(page(json.dumps(item)), "https://x.example/a")
    assert row["url"] == "https://x.example/j?id=1&section=3&copy=2"
    assert row["hiringOrganization"]["name"] == "Harbin & Reyes"


def test_a_broken_block_does_not_hide_a_whole_one():
    broken = page('{"@type": "JobPosting", "title": "Cut", "description":').replace(b"</head><body></body></html>", b"")
    [row] = page_rows(broken + page(json.dumps(POSTING)).removeprefix(b"<html><head>"))
    assert row["title"] == "Network Project Manager"


def test_a_teaser_beside_a_whole_posting_is_left_out_and_one_with_an_address_kept():
    teasers = [
        {"@type": "JobPosting", "title": "A"},
        {"@type": "JobPosting", "title": "B", "url": "https://x.example/b"},
    ]
    rows = page_rows(page(json.dumps([POSTING, *teasers])), "https://x.example/a")
    assert [row["title"] for row in rows] == ["Network Project Manager", "B"]


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
