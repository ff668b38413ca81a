import pytest

from matcher.errors import PostingError
from matcher.posting import JobPosting, snake_case


@pytest.mark.parametrize(
    "row",
    [
        {"title": "PM", "description": "Lead it", "company": "Acme", "location": "Leeds", "url": "u"},
        {"Title": "PM", "Description": "Lead it", "Company": "Acme", "Location": "Leeds", "URL": "u"},
        {"title": "PM", "text": "Lead it", "company_name": "Acme", "location": "Leeds", "job_url": "u"},
        {
            "title": "PM",
            "description": "<p>Lead it</p>",
            "hiringOrganization": {"@type": "Organization", "name": "Acme"},
            "jobLocation": {"@type": "Place", "name": "Head office", "address": {"addressLocality": "Leeds"}},
            "url": "u",
        },
        {
            "title": "PM",
            "description": "Lead it",
            "hiring_organization": [{"name": "Acme"}],
            "job_location": [{"address": {"addressLocality": "Leeds"}}],
            "url": "u",
        },
    ],
)
def test_every_naming_gives_the_same_posting(row):
    posting = JobPosting.from_row(row)
    found = (posting.title, posting.description, posting.company, posting.location, posting.url)
    assert found == ("PM", "Lead it", "Acme", "Leeds", "u")


def test_id_is_kept_or_a_stable_hash_of_the_content():
    assert JobPosting.from_row({"id": 7, "description": "x y"}).id == "7"
    one, same, other = (JobPosting.from_row({"description": text}) for text in ("x y", "x y", "x z"))
    assert one.id == same.id != other.id


def test_jobspy_salary_columns_become_base_salary():
    row = {
        "title": "PM",
        "description": "Lead",
        "min_amount": 50.0,
        "max_amount": 60.0,
        "currency": "USD",
        "interval": "hourly",
    }
    assert JobPosting.from_row(row).properties["base_salary"]["interval"] == "hourly"


def test_other_properties_are_kept_in_snake_case_and_empty_ones_left_out():
    row = {"description": "Lead it", "datePosted": "2026-01-02", "employmentType": "", "x": float("nan")}
    assert JobPosting.from_row(row).properties == {"date_posted": "2026-01-02"}


@pytest.mark.parametrize(
    "row", [{}, {"title": "PM"}, {"title": "PM", "description": "  \n"}, {"description": "<p></p>"}]
)
def test_a_row_without_words_is_refused(row):
    with pytest.raises(PostingError, match="no "):
        JobPosting.from_row(row)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("datePosted", "date_posted"),
        ("Job Title", "job_title"),
        ("@type", "type"),
        ("schema:title", "title"),
        ("job-url", "job_url"),
    ],
)
def test_snake_case(name, expected):
    assert snake_case(name) == expected
