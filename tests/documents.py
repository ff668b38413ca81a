"""Real PDF and DOCX documents, made by hand."""

import io
import zipfile
from html import escape


def pdf(*lines: str) -> bytes:
    """A PDF of one page with lines of text."""
    shown = "".join(f"({line.replace(chr(92), '').replace('(', '').replace(')', '')}) Tj T*\n" for line in lines)
    page = f"BT /F1 11 Tf 14 TL 50 780 Td\n{shown}ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(made)
    return made + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


def docx(*lines: str) -> bytes:
    """A Word document with a paragraph for each line; ``- `` makes an item of a list."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    item = "<w:pPr><w:numPr><w:ilvl w:val='0'/></w:numPr></w:pPr>"
    paragraphs = "".join(
        f"<w:p>{item if line.startswith('- ') else ''}<w:r><w:t>{escape(line.removeprefix('- '))}</w:t></w:r></w:p>"
        for line in lines
    )
    return zipped("word/document.xml", f"<w:document xmlns:w='{space}'><w:body>{paragraphs}</w:body></w:document>")


def zipped(name: str, content: str) -> bytes:
    """A zip with one file."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, content)
    return sink.getvalue()
