import pytest

from matcher.agreement import settle
from matcher.corpus import fold_of, read_labelled
from matcher.errors import LabelError
from tests.conftest import ROOT

TEXT = """Plan the move of forty branch offices to the new phone system.
Keep the budget and the schedule, and report to the steering group every week.
Coordinate carriers, voice engineers and trainers until each branch has signed."""
OTHER = "Sell garden tools to shops in the region and keep their shelves in order, week after week, by car."


def rows(write, *found):
    fields = ("title", "description", "type", "group")
    return list(read_labelled([write("mine.jsonl", [dict(zip(fields, row, strict=False)) for row in found])]))


@pytest.mark.parametrize(
    ("one", "two", "conflict"),
    [
        (("PM", TEXT, "telecom"), ("PM", TEXT, "networking"), True),
        (("PM", TEXT, "telecom"), ("PM", TEXT.upper().replace("\n", "  "), "networking"), True),
        (("PM", TEXT, "telecom"), ("PM", TEXT.replace("forty", "sixty"), "networking"), True),
        (("PM", TEXT, "telecom", "g"), ("PM", TEXT, "networking", "g"), True),
        (("PM", TEXT, "telecom", "g"), ("PM", TEXT.replace("forty", "sixty"), "networking", "g"), False),
        (("PM", TEXT, "telecom"), ("PM", TEXT, "telecom"), False),
        (("PM", TEXT, "telecom"), ("PM", OTHER, "networking"), False),
    ],
)
def test_one_advertisement_with_two_types_is_left_out_and_named(write, one, two, conflict):
    agreed = settle(
        rows(
            write,
            one,
            ("Nurse", "Care for people at home, by day and by night, and write down what you did.", "other"),
            two,
        )
    )
    assert len(agreed.postings) == (1 if conflict else 3)
    assert len(agreed.conflicts) == conflict
    for found in agreed.conflicts:
        assert "mine.jsonl, line 1: telecom; " in str(found)
        assert "mine.jsonl, line 3: networking" in str(found)


def test_copies_share_a_group_and_join_the_groups_of_their_employers(write):
    copy = TEXT.replace("forty", "sixty")
    agreed = settle(rows(write, ("A", OTHER, "other", "x"), ("B", TEXT, "telecom", "x"), ("C", copy, "telecom", "y")))
    assert {row.group for row in agreed.postings} == {"x"}
    assert len({fold_of(row.group) for row in agreed.postings}) == 1


def test_the_corpus_has_no_conflicts_and_keeps_its_groups():
    corpus = list(read_labelled([str(ROOT / "corpus" / "*.jsonl")]))
    assert settle(corpus).postings == tuple(corpus)


def test_every_row_that_cannot_be_used_is_named(write):
    path = write("mine.jsonl", '{"description": "Lead it", "type": "hardware"}\n{"type": "other"}\n{\n')
    good = write("good.jsonl", [{"description": "Lead it", "type": "other"}])
    with pytest.raises(LabelError) as caught:
        list(read_labelled([good, path]))
    first, *lines = str(caught.value).splitlines()
    assert first == "3 rows to put right:"
    assert [line.split(": ")[0].strip() for line in lines] == [f"{path}, line {number}" for number in (1, 2, 3)]
