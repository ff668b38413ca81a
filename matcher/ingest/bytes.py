"""Bytes behind a source: decompressed, decoded, never a line longer than memory allows."""

import codecs
import gzip
import io
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from matcher.errors import InputError
from matcher.storage import opened, place

STDIN = "-"
SAMPLE = 65536
"""Bytes looked at to tell format and encoding."""

MAX_LINE = 16 * 2**20
"""Characters of one line or row; the longest real postings have some 100,000."""

MAX_WHOLE = 512 * 2**20
"""Bytes of a source that must be read whole (a JSON array, a page)."""

_FAR = ("utf", "big5", "gb", "euc", "shift", "cp932", "johab", "iso2022", "cp1251", "koi8")
"""Encodings, by prefix, that cannot be mistaken for Western text."""

_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x0b\x1b\x1c\x1d\x1e\x1f"))
"""Bytes that texts do not hold."""

_GZIP, _ZSTANDARD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


def open_bytes(source: str) -> BinaryIO:
    """A source's bytes, decompressed if they are gzip or zstandard, whatever the suffix says.

    Raises:
        InputError: no such file, a folder, not readable, or empty.
    """
    raw = open_packed(source)
    packed = is_packed(raw)
    if packed == _GZIP:
        unzipped = gzip.GzipFile(fileobj=raw)
        unzipped.myfileobj = cast(io.FileIO, raw)  # so that closing the one closes the other
        return cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, unzipped)))
    if packed:
        import zstandard

        reader = zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True)
        return cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, reader)))
    return cast(BinaryIO, raw)


def open_packed(source: str) -> "io.BufferedReader[Any]":
    """A source's bytes as they are.

    Raises:
        InputError: no such file, a folder, not readable, or empty.
    """
    if source == STDIN:
        raw: io.BufferedReader[Any] = io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer))
    else:
        try:
            raw = opened(place(source))
        except FileNotFoundError:
            raise InputError(f"{source}: no such file") from None
        except OSError as error:
            raise InputError(f"{source}: cannot be read ({error.strerror or error})") from None
    if not raw.peek(1):
        raw.close()
        raise InputError(f"{source}: the file is empty")
    return raw


def is_packed(raw: "io.BufferedReader[Any]") -> bytes:
    """The magic bytes of gzip or zstandard that a stream opens with; none if it is not packed."""
    head = raw.peek(4)
    return next((magic for magic in (_GZIP, _ZSTANDARD) if head.startswith(magic)), b"")


def encoding_of(sample: bytes) -> str:
    """The text encoding of a sample: byte order marks, UTF-8 if it is valid, else the best guess."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if sample.startswith(mark):
            return name
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
        return "utf-8"
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(sample).best()
        # single-byte guesses differ in a few letters only, and Western ones are by far the most common in English
        return best.encoding if best and best.encoding.startswith(_FAR) else "cp1252"


def is_binary(sample: bytes) -> bool:
    """Whether the bytes are no text in any encoding we know: too many control characters."""
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    control = len(sample) - len(sample.translate(None, _CONTROL))
    return control > 0.02 * len(sample)


def read_bytes(stream: BinaryIO, most: int = MAX_WHOLE) -> bytes:
    """All the bytes of a source but at most so many; in pieces, as asking for ``most`` at once takes that memory."""
    pieces: list[bytes] = []
    while most > 0 and (piece := stream.read(min(most, 2**18))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def read_whole(stream: BinaryIO, source: str) -> str:
    """All the text of a source that cannot be read in pieces.

    Raises:
        InputError: it is larger than ``MAX_WHOLE``.
    """
    data = read_bytes(stream, MAX_WHOLE + 1)
    if len(data) > MAX_WHOLE:
        raise InputError(f"{source}: larger than {MAX_WHOLE >> 20} MB in one piece; convert it to JSONL or Parquet")
    return data.decode(encoding_of(data[:SAMPLE]), "replace")


def lines(stream: BinaryIO, encoding: str) -> Iterator[tuple[int, str | None]]:
    """Lines with their numbers from 1; ``None`` for one past ``MAX_LINE``, which is skipped unread."""
    with io.TextIOWrapper(stream, encoding, errors="replace", newline="\n") as text:
        number = 0
        while line := text.readline(MAX_LINE):
            number += 1
            if len(line) < MAX_LINE or line.endswith("\n"):
                yield number, line
                continue
            while (rest := text.readline(MAX_LINE)) and not rest.endswith("\n"):
                pass
            yield number, None
