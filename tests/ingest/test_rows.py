import gzip
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from matcher.errors import InputError
from matcher.facts import read_facts
from matcher.ingest import bytes as source_bytes
from matcher.ingest import expand, read_rows
from matcher.posting import JobPosting
from tests.ingest.test_samples import SAMPLES

ROWS = [
    {"title": "PM one", "description": "Lead the “naïve” work"},
    {"title": "PM two", "description": "Plan it,\nthen do it"},
]


def as_csv(delimiter=","):
    lines = [delimiter.join(("title", "description"))]
    lines += [f'{row["title"]}{delimiter}"{row["description"]}"' for row in ROWS]
    return "\n".join(lines) + "\n"


def as_parquet() -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), sink)
    return sink.getvalue()


JSONL = "".join(json.dumps(row) + "\n" for row in ROWS)
FORMS = {
    "a.csv": as_csv().encode(),
    "a.tsv": as_csv("\t").encode(),
    "semicolon.csv": as_csv(";").encode(),
    "bom.csv": b"\xef\xbb\xbf" + as_csv().encode(),
    "utf16.csv": as_csv().encode("utf-16"),
    "cp1252.csv": as_csv().encode("cp1252"),
    "crlf.csv": as_csv().replace("\n", "\r\n").encode().replace(b"it,\r\nthen", b"it,\nthen"),
    "a.jsonl": JSONL.encode(),
    "a.json": json.dumps(ROWS, indent=1).encode(),
    "wrapped.json": json.dumps({"jobs": ROWS}).encode(),
    "a.parquet": as_parquet(),
    "a.csv.gz": gzip.compress(as_csv().encode()),
    "a.jsonl.zst": zstandard.compress(JSONL.encode()),
    "a.parquet.gz": gzip.compress(as_parquet()),
    "lying.csv": JSONL.encode(),
    "lying.txt.jsonl": as_parquet(),
    "nosuffix": as_csv().encode(),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_rows(name, write):
    rows = list(read_rows(write(name, FORMS[name])))
    assert [row.fields for row in rows] == ROWS
    assert not any(row.error for row in rows)
    assert len({row.where for row in rows}) == len(ROWS)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.csv", b"", "the file is empty"),
        ("blank.jsonl", b" \n\n", "the file is empty"),
        ("rubbish.bin", bytes(range(256)) * 40, "not a format that matcher reads"),
        ("cut.csv.gz", gzip.compress(as_csv().encode() * 500)[:-20], "damaged or cut short"),
        ("cut.parquet", as_parquet()[:-9], "not a whole Parquet file"),
        ("a.json", b'{"title": "PM", \n "description": }', "broken JSON .* at line 2"),
        ("b.json", b'[{"title": "P\nM"}]', r"broken JSON \(Invalid control character at line 1 column"),
        (
            "a.csv",
            b"name_of_it,pay\nPM,5\n",
            r"no title or description column \(found: name_of_it, pay; looked for: title",
        ),
    ],
)
def test_unreadable_sources_say_what_is_wrong(name, content, message, write):
    with pytest.raises(InputError, match=message):
        list(read_rows(write(name, content)))


@pytest.mark.parametrize(
    ("sample", "count"),
    [("feeds/full-text.xml", 1), ("boards/personio.xml", 2), ("boards/greenhouse-list.input.json", 2)],
)
def test_saved_feeds_and_answers_of_boards_are_read(sample, count):
    rows = list(read_rows(str(SAMPLES / sample)))
    assert [row.error for row in rows] == [""] * count
    assert all(row.fields["title"] and row.fields["description"] for row in rows)


def test_a_source_of_addresses_alone_says_what_to_do():
    [row] = read_rows(str(SAMPLES / "sitemaps/pages.xml"))
    assert "matcher ingest follows them" in row.error


def test_jobspy_columns_work_as_they_come():
    first, second = (JobPosting.from_row(row.fields) for row in read_rows(str(SAMPLES / "jobspy/table.csv")))
    assert (first.id, first.url, first.location) == (
        "in-00a1",
        "https://board.example/viewjob?jk=00a1",
        "Mobile, AL, US",
    )
    facts = read_facts(first)
    assert (facts.salary_annual_min, facts.salary_annual_max, facts.salary_currency) == (78000, 91000, "USD")
    assert facts.remote is False
    assert read_facts(second).remote is True
    hourly, _ = (JobPosting.from_row(row.fields) for row in read_rows(str(SAMPLES / "jobspy/lines.jsonl")))
    assert read_facts(hourly).salary_period == "hour"


def test_missing_file_folder_and_address():
    for source, message in (
        ("nowhere.csv", "no such file"),
        ("/", "cannot be read"),
        ("https://x.example/1", "read it with 'matcher ingest"),
    ):
        with pytest.raises(InputError, match=message):
            list(read_rows(source))


def test_broken_json_on_line_7_rejects_that_line_alone(write):
    lines = JSONL * 5
    parts = lines.splitlines()
    parts[6] = '{"title": "PM", "description": "x'
    rows = list(read_rows(write("a.jsonl", "\n".join(parts))))
    assert len(rows) == 10
    assert [bool(row.error) for row in rows] == [number == 7 for number in range(1, 11)]
    assert "line 7: broken JSON" in rows[6].error


def test_a_row_with_too_many_cells_is_rejected_and_the_next_read(write):
    rows = list(read_rows(write("a.csv", "title,description\na,b,c\nd,e\n")))
    assert "1 cells more than columns" in rows[0].error
    assert rows[1].fields == {"title": "d", "description": "e"}


def test_a_line_past_the_limit_is_skipped_unread(write, monkeypatch):
    monkeypatch.setattr(source_bytes, "MAX_LINE", 1000)
    long = json.dumps({"title": "x", "description": "y" * 5000})
    rows = list(read_rows(write("a.jsonl", f"{JSONL}{long}\n{JSONL}")))
    assert [bool(row.error) for row in rows] == [False, False, True, False, False]
    assert "line 3: longer than" in rows[2].error


def test_text_and_markdown_take_the_first_line_as_title(write):
    for name, content in (("a.txt", "Project Manager\n\nLead it.\n"), ("a.md", "# Project Manager\nLead it.\n")):
        [row] = read_rows(write(name, content))
        assert row.fields["title"] == "Project Manager"
        assert row.fields["description"].strip() == "Lead it."


def test_expand_sorts_globs_and_folders(write, tmp_path):
    names = [
        write(name, "x") for name in ("b.html", "a.txt", "c.bin", "d.PDF", "e.docx", "f.warc", "g.warc.gz", "h.gz")
    ]
    assert expand([str(tmp_path)]) == [names[1], names[0], *names[3:7]]
    assert expand([str(tmp_path / "*.html"), "-"]) == [names[0], "-"]
    for source in (str(tmp_path / "*.nothing"), str(tmp_path / "empty")):
        (tmp_path / "empty").mkdir(exist_ok=True)
        with pytest.raises(InputError):
            expand([source])
