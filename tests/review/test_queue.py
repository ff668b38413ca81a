import json

import pytest

from matcher.posting import JobPosting
from matcher.review.desk import Desk
from matcher.review.labels import Labels
from matcher.review.queue import Candidate, interleaved, line_up, one_of_each, read_postings
from matcher.review.unlike import unlike
from tests.review.conftest import posting

GERMAN = """Sie planen die Erneuerung der Telefonanlagen in allen Filialen und berichten der Leitung jede Woche.
Sie stimmen Termine und Kosten mit den Technikern ab und führen die Gespräche mit den Lieferanten."""


def candidate(name, margin, unlike):
    return Candidate(name, JobPosting(name, "words"), margin, unlike)


def test_close_calls_come_first_and_every_fourth_is_the_most_unlike():
    ordered = interleaved([candidate(f"c{n}", n / 10, 0.1) for n in range(6)] + [candidate("odd", 0.99, 0.8)])
    assert [c.key for c in ordered] == ["c0", "c1", "c2", "odd", "c3", "c4", "c5"]
    assert ordered[0].because == "closest call left: the two likeliest types are 0% apart"
    assert ordered[3].because == "unlike the corpus: 20% alike to what is nearest in it"
    assert interleaved([]) == []


def test_margins_are_the_models_and_distance_is_to_what_it_learned(matcher):
    plain = JobPosting.from_row(posting(2))
    strange = JobPosting("Zorble Manager", "Zorble the quixnats. Frubbicate every wembling day, and zorble with drosh.")
    told = []
    ordered = line_up([(plain, 0), (strange, 2)], matcher, [JobPosting.from_row(posting(7))], told.append)
    found = {c.posting.title: c for c in ordered}
    row = matcher.type_rows([plain])[0]
    first, second = sorted((row[name] for name in row if name.startswith("p_")), reverse=True)[:2]
    assert found[plain.title].margin == pytest.approx(first - second)
    assert found[strange.title].unlike > found[plain.title].unlike > 0
    assert found[strange.title].copies == 2
    assert told == [1, 2]
    assert unlike([plain], [plain]) == pytest.approx([0])


def test_without_anything_learned_only_closeness_counts():
    assert unlike([JobPosting("a", "b c")], []) == [0]
    ordered = interleaved([candidate(f"c{n}", n / 10, 0.0) for n in range(6)])
    assert [c.key for c in ordered] == [f"c{n}" for n in range(6)]
    assert all(c.because.startswith("closest call left") for c in ordered)


def test_a_kind_that_the_corpus_has_nothing_of_comes_early():
    words = ["antenna", "downlink", "orbit", "telemetry", "passes", "dish"]
    pairs = zip(words, words[1:] + words[:1], strict=True)
    new = [
        JobPosting(f"Station {one}", f"Plan the {one} and the {two} with the crew of each pass.") for one, two in pairs
    ]
    corpus = [JobPosting.from_row(posting(number)) for number in range(0, 15, 2)]
    known = [JobPosting.from_row(posting(number)) for number in range(1, 15, 2)]
    far = unlike([*known, *new], corpus)
    assert min(far[len(known) :]) > max(far[: len(known)])


def test_one_of_each_advertisement_and_what_cannot_be_read_is_named(write):
    one, other = posting(1), posting(2, id="p1")
    rows = [one, {**one, "id": "again"}, other, {**one, "location": "Goole"}, {"title": "no words"},
            {"title": "Projektleitung", "description": GERMAN}]  # fmt: skip
    path = write("p.jsonl", "".join(json.dumps(row) + "\n" for row in rows) + "{broken\n")
    found, errors = read_postings([path])
    assert [(posting.title, copies) for posting, copies in one_of_each(found)] == [
        ("Project Manager, lot 1", 2),
        ("Project Manager, lot 2", 0),
    ]
    assert [error.split(": ")[1] for error in errors] == [
        "no description",
        "the posting is in another language (de); only English is scored",
        "broken JSON (Expecting property name enclosed in double quotes at column 2)",
    ]


def test_skipped_postings_come_last_and_answered_ones_not_at_all(write, tmp_path, matcher):
    path = write("p.jsonl", [posting(number) for number in range(3)])
    with Labels(tmp_path / "labels.jsonl") as labels:
        desk = Desk([path], labels, matcher)
        seen = []
        for change in ({"skipped": True}, {"type": "other"}, {"type": "software"}):
            seen.append(desk.next())
            labels.change(seen[-1].posting, 0, change)
        assert len({c.key for c in seen}) == 3
        assert desk.next() == seen[0]
        counts = desk.counts()
        assert (counts.total, counts.labelled, counts.skipped, counts.types["other"]) == (3, 2, 1, 1)
        labels.change(seen[0].posting, 1, {"type": "other"})
        assert desk.next() is None
