from matcher.duplicates import Duplicates
from matcher.posting import JobPosting


def test_the_same_words_are_the_same_advertisement():
    seen = Duplicates()
    first = JobPosting("Project Manager", "Lead the work.\nReport weekly.", "Acme", id="1")
    assert seen.first(first) is None
    assert seen.first(JobPosting("Project  Manager", "Lead the work. Report  weekly", "ACME", id="2")) == "1"
    assert seen.first(JobPosting("Project Manager", "Lead the work. Report daily.", "Acme", id="3")) is None
    assert seen.first(JobPosting("Project Manager", "Lead the work. Report weekly.", "Other", id="4")) is None


def test_two_rows_of_one_id_and_the_same_words():
    seen = Duplicates()
    posting = JobPosting("PM", "Lead it", id="7")
    assert [seen.first(posting), seen.first(posting)] == [None, "7"]
