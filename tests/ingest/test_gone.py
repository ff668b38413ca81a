from datetime import date, datetime

import pytest

from matcher.errors import PostingError
from matcher.ingest.gone import gone, said
from matcher.ingest.html import page_rows

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-11-22", "valid through 2026-11-22"),
        ("2026-01-15T00:00:00-06:00", "valid through 2026-01-15"),
        ("2026/01/15", "valid through 2026-01-15"),
        (datetime(2025, 5, 1, 12), "valid through 2025-05-01"),
        (date(2025, 5, 1), "valid through 2025-05-01"),
        ("2026-11-23", None),
        ("2027-01-01T00:00", None),
        ("", None),
        (None, None),
        ("until filled", None),
        ("15.01.2026", None),
    ],
)
def test_a_posting_is_over_after_its_last_day(value, expected):
    assert gone({"validThrough": value}, "", TODAY) == expected
    assert gone({"valid_through": value}, "", TODAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "This job is no longer accepting applications.",
        "We are no longer taking applications for this role",
        "This position has been filled.",
        "Sorry, the position has already been filled!",
        "This job has expired",
        "The job you are looking for is no longer available",
        "This vacancy is now closed.",
        "Applications are closed.",
        "Applications for this role have now closed",
        "This posting was removed",
        "This listing has been withdrawn by the employer",
        "We have now filled this position. Thank you to all who applied.",
        "This employer is not accepting applications for this job",
    ],
)
def test_what_sites_say_of_a_posting_that_is_over(text):
    assert said(text)
    assert gone({}, text, TODAY) == f"the page says: {said(text)}"


@pytest.mark.parametrize(
    "text",
    [
        "The posting stays up until the position has been filled.",
        "Once this position is filled, we will write to every applicant.",
        "If the job is no longer available you will be told.",
        "Manage the closed issues and expired certificates.",
        "Retire platforms that are no longer supported.",
        "Make sure that change requests are closed.",
        "The position is open until December.",
        "",
    ],
)
def test_words_of_a_posting_that_is_open(text):
    assert said(text) == ""
    assert gone({}, text, TODAY) is None


def test_a_notice_counts_where_a_visitor_sees_it():
    text = "Job description: plan the work. Duties: report. Requirements: experience, full-time. " + "More words. " * 30
    notice = "This position has been filled."
    seen = f"<main><div class=x><b>{notice}</b></div><h1>PM</h1><p>{text}</p></main>"
    assert page_rows(seen.encode())[0]["notice"] == "position has been filled"
    for hidden in (
        f"<script>var a='<p>{notice}</p>'</script>",
        f"<p style='display: none'>{notice}</p>",
        f"<aside><p>Old: Clerk. {notice}</p></aside>",
        f"<p hidden>{notice}</p>",
        f"<!-- <p>{notice}</p> -->",
        f"<template><p>{notice}</p></template>",
    ):
        assert "notice" not in page_rows(f"<main><h1>PM</h1><p>{text}</p></main>{hidden}".encode())[0], hidden


def test_a_page_that_only_says_it_is_over_is_refused():
    with pytest.raises(PostingError, match="not a job posting"):
        page_rows(b"<h1>Oops</h1><p>This job has expired.</p>")
