import gzip
import io
import sys

import pytest
from pypdf import PdfWriter

from matcher.errors import InputError
from matcher.ingest import read_rows
from matcher.ingest.documents import text_of
from tests.documents import docx, pdf, zipped

LINES = ("Project Manager", "Duties:", "- Plan the rollout of switches and", "routers in 40 schools", "- Report weekly")


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.pdf.gz", "nosuffix"])
def test_the_first_line_is_the_title(name, write):
    data = docx(*LINES) if "docx" in name else pdf(*LINES)
    [row] = read_rows(write(name, gzip.compress(data) if name.endswith("gz") else data))
    assert not row.error
    assert row.fields["title"] == "Project Manager"
    assert "- Plan the rollout of switches and" in row.fields["description"]
    assert row.fields["description"].endswith("- Report weekly")


def test_lines_that_a_pdf_wraps_are_joined(write):
    assert "switches and routers in 40 schools\n- Report" in text_of(write("a.pdf", pdf(*LINES)))


def test_hyphens_at_the_end_of_a_pdf_line_stay(write):
    assert "cross-functional teams" in text_of(write("a.pdf", pdf("Lead cross-", "functional teams")))


def test_a_text_box_is_read_once(write):
    space = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    space += " xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    box = "<w:p><w:r><w:t>In a box</w:t></w:r></w:p>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    body = f"<w:p><w:r>{both}<w:t>Out</w:t><w:tab/><w:t>side</w:t><w:br/><w:t>below</w:t></w:r></w:p>"
    document = f"<w:document {space}><w:body>{body}</w:body></w:document>"
    text = text_of(write("a.docx", zipped("word/document.xml", document)))
    assert text == "Out\tside\nbelow\nIn a box"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (pdf(), "no text in this document"),
        (b"%PDF-1.4\nrubbish", "damaged PDF"),
        (docx(), "no text in this document"),
        (docx(*LINES)[:-30], "damaged DOCX"),
        (zipped("word/document.xml", "<w:document"), "damaged DOCX"),
    ],
)
def test_a_document_without_readable_text_is_a_rejected_row(content, message, write):
    [row] = read_rows(write("a.doc", content))
    assert message in row.error
    assert "\n" not in row.error


def test_a_locked_pdf_says_so(write):
    writer, sink = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(sink)
    [row] = read_rows(write("a.pdf", sink.getvalue()))
    assert "locked with a password" in row.error


def test_another_zip_and_a_missing_extra_stop_the_run(write, monkeypatch):
    with pytest.raises(InputError, match=r"not a format that matcher reads \(a zip, but no Word document"):
        list(read_rows(write("a.zip", zipped("notes.xml", "<x/>"))))
    with pytest.raises(InputError, match=r"a\.xlsx: not a format that matcher reads \(a spreadsheet; save it as CSV\)"):
        list(read_rows(write("a.xlsx", zipped("xl/workbook.xml", "<x/>"))))
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(InputError, match=r"a\.pdf: .*matcher\[documents\]"):
        list(read_rows(write("a.pdf", pdf(*LINES))))
    with pytest.raises(InputError, match=r"a\.pdf: .*matcher\[documents\]"):
        text_of(write("a.pdf", pdf(*LINES)))


def test_text_of_refuses_what_is_no_text(write):
    with pytest.raises(InputError, match="not text, PDF or DOCX"):
        text_of(write("a.bin", bytes(range(256)) * 20))
    with pytest.raises(InputError, match="no such file"):
        text_of("nowhere.pdf")
