"""The text of PDF and Word (DOCX) documents."""

import io
import logging
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from matcher.errors import InputError, PostingError
from matcher.ingest import bytes as source_bytes

PDF = b"%PDF"
ZIP = b"PK\x03\x04"

MAX_PART = 64 * 2**20
"""Bytes of a DOCX's text once unpacked; a book has some 5 million."""

_BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = {_W + "t": "", _W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n"}
"""Elements of a paragraph that stand for characters; for ``t`` they are its text."""

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ALIKE = str.maketrans(
    {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\uf0b7": "•", "\uf0a7": "•", "\xad": "", "\x00": ""}
)
_WRAPPED = re.compile(
    r"(?<=[^\s.:;!?])[ \t]*\n[ \t]*(?=[a-z(&](?! ))"
    r"|(?:(?<=,)|(?<= and)|(?<= or)|(?<= of)|(?<= the)|(?<= to)|(?<= with)|(?<= in)|(?<= for)|(?<= a)|(?<= by))"
    r"[ \t]*\n[ \t]*(?=[A-Za-z0-9])"
)
_BROKEN = (ValueError, KeyError, IndexError, TypeError, AttributeError, ArithmeticError, AssertionError)
"""What a PDF reader may meet in a damaged file, beside its own errors."""


def is_document(head: bytes) -> bool:
    """Whether a source that begins so is a PDF or a zip (a DOCX is one)."""
    return head.startswith((PDF, ZIP))


def document_text(data: bytes) -> str:
    """The plain text of a PDF or DOCX.

    Raises:
        InputError: another kind of zip, or the software to read a PDF is not installed.
        PostingError: damaged, locked, or without text.
    """
    text = (_pdf_text(data) if data.startswith(PDF) else _docx_text(data)).translate(_ALIKE).strip()
    if not any(c.isalnum() for c in text):
        raise PostingError("no text in this document (a scan holds pictures only)")
    return text


def document_row(data: bytes) -> dict[str, Any]:
    """The fields of a posting that is a PDF or DOCX; raises what ``document_text`` raises."""
    return titled(document_text(data))


def titled(text: str) -> dict[str, Any]:
    """Fields of a text whose first line may be its title."""
    first, _, rest = text.lstrip().partition("\n")
    title = first.lstrip("#").strip()
    if rest.strip() and len(title) <= 120 and not title.endswith("."):
        return {"title": title, "description": rest.strip("\n")}
    return {"description": text}


def text_of(source: str) -> str:
    """The text of one file of any of the kinds PDF, DOCX and plain text.

    Raises:
        InputError: it cannot be read.
    """
    with source_bytes.open_bytes(source) as stream:
        try:
            data = source_bytes.read_bytes(stream)
        except (EOFError, OSError) as error:
            raise InputError(f"{source}: damaged or cut short ({error})") from None
    if is_document(data[:4]):
        try:
            return document_text(data)
        except (InputError, PostingError) as error:
            raise InputError(f"{source}: {error}") from None
    if source_bytes.is_binary(data[: source_bytes.SAMPLE]):
        raise InputError(f"{source}: not text, PDF or DOCX")
    return data.decode(source_bytes.encoding_of(data[: source_bytes.SAMPLE]), "replace").lstrip("\ufeff")


def _pdf_text(data: bytes) -> str:
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError:
        raise InputError("to read PDF install the extra: pip install 'matcher[documents]'") from None
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells every oddity of a file
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise PostingError("this PDF is locked with a password")
        text = "\n".join(page.extract_text() for page in reader.pages)
    except (PyPdfError, *_BROKEN, RecursionError, OSError, zlib.error) as error:
        raise PostingError(f"damaged PDF ({' '.join(str(error).split())[:80] or type(error).__name__})") from None
    return _WRAPPED.sub(" ", re.sub(r"(?<=\w-)\n(?=[a-z])", "", text))


def _docx_text(data: bytes) -> str:
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if _BODY not in packed.namelist():
                table = any(name.startswith("xl/") for name in packed.namelist())
                what = "a spreadsheet; save it as CSV" if table else "a zip, but no Word document; unpack it first"
                raise InputError(f"not a format that matcher reads ({what})")
            if packed.getinfo(_BODY).file_size > MAX_PART:
                raise PostingError(f"larger than {MAX_PART >> 20} MB of text")
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(packed.read(_BODY), parser)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise PostingError(f"damaged DOCX ({error})") from None
    except etree.XMLSyntaxError as error:
        raise PostingError(f"damaged DOCX ({error.msg})") from None
    return "\n".join(_paragraphs(root))


def _paragraphs(root: Any) -> Iterator[str]:
    """Lines of text, with ``- `` before items of lists; text boxes once."""
    for paragraph in root.iter(_W + "p"):
        if next(paragraph.iterancestors(_FALLBACK), None) is not None:
            continue
        nodes = paragraph.iter(*_TEXT)
        own = (node for node in nodes if next(node.iterancestors(_W + "p")) is paragraph)  # not a text box's in it
        text = "".join(_TEXT[node.tag] or node.text or "" for node in own).strip()
        yield "- " + text if text and paragraph.find(f"{_W}pPr/{_W}numPr") is not None else text
