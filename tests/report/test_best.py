import pytest

from matcher.report import best
from matcher.report.results import Results
from tests.conftest import NETWORK
from tests.report.conftest import HOSTILE


def test_the_four_types_first_by_match(run):
    rows = best.ranked(Results.read(run.parquet), 1000)
    others = [row["type"] == "other" for row in rows]
    assert others == sorted(others)
    wanted = [row["match"] for row in rows if row["type"] != "other"]
    assert wanted == sorted(wanted, reverse=True)
    assert len({row["row"] for row in rows}) == len(rows) == 60 + 1 + len(HOSTILE)
    assert best.ranked(Results.read(run.parquet), 7) == rows[:7]


@pytest.mark.parametrize(
    ("text", "spans", "pieces"),
    [
        ("plain", [], [("plain", "")]),
        ("ab cd ef", [(3, 5, "x")], [("ab ", ""), ("cd", "x"), (" ef", "")]),
        ("abcd", [(0, 3, "x"), (2, 4, "y")], [("ab", "x"), ("c", "x, y"), ("d", "y")]),
        ("a\nb\x1b[2J", [(0, 1, "x")], [("a", "x"), ("\nb[2J", "")]),
    ],
)
def test_a_text_is_cut_where_evidence_stands(text, spans, pieces):
    assert best.highlighted(text, spans) == pieces


def test_a_long_text_is_cut():
    cut = best.highlighted("x" * best.TEXT_WIDTH + "tail", [(best.TEXT_WIDTH + 1, best.TEXT_WIDTH + 3, "x")])
    assert sum(len(words) for words, _ in cut) == best.TEXT_WIDTH


def test_texts_are_found_by_id_and_refused_when_evidence_is_not_in_them(run, matcher):
    results = Results.read(run.parquet)
    row = best.ranked(results, 1000)[0]
    evidence = results.evidence([row["row"]])[row["row"]]
    texts = best.texts_of([run.inputs], {row["id"]})
    assert texts.keys() == {row["id"]}
    shown = best.detail(row, evidence, matcher.profile, texts[row["id"]])
    marked = [words for words, names in shown["text"] if names]
    quoted = [span["text"] for spans in evidence["skills"].values() for span in spans]
    assert quoted
    assert all(any(words in text or text in words for words in marked) for text in quoted)
    assert best.detail(row, evidence, matcher.profile, f"another {NETWORK}")["text"] == []


def test_only_web_addresses_become_links(run, matcher):
    results = Results.read(run.parquet)
    row = next(row for row in best.ranked(results, 1000) if row["id"] == "hostile-0")
    assert best.detail(row, {}, matcher.profile, "")["link"] is None
    safe = {**row, "url": "https://example.org/1"}
    assert best.detail(safe, {}, matcher.profile, "")["link"] == "https://example.org/1"
