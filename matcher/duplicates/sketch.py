"""A posting as 134 numbers: enough to tell later, without the posting, whether another is the same advertisement.

Most of them are MinHash values of word triples, made by rensa: it is small (MIT, 1 MB, needs nothing else) and costs
some 25 µs a posting where datasketch takes over a millisecond; semhash compares meanings, with a model from the network
(``benchmarks/duplicates.md``). Cutting a text into words would cost more than all the rest, so whole blocks of postings
are cut and hashed at once, as bytes.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from matcher.posting import JobPosting

Numbers = NDArray[np.uint32]
Hashes = NDArray[np.uint64]

VALUES = 128
"""MinHash values of a posting; the error of a share estimated from them is about 0.04."""

DIGEST, WORDS, TITLE, RANK, MINIMA = slice(0, 2), 2, slice(3, 5), 5, slice(6, 6 + VALUES)
"""Where things stand in a sketch: a digest of all words, how many words the description has, one bit of 64 for each
word of the title, the ranks that the title names, and the MinHash values."""

WIDTH = MINIMA.stop

RANKS = (
    "junior jr entry graduate trainee apprentice intern internship student",
    "senior sr snr",
    "lead principal staff",
    "head director vp chief president executive",
    "deputy assistant associate",
    "i 1",
    "ii 2",
    "iii 3 iv 4 v 5",
)
"""Words of a title that set apart two jobs of one trade, in kinds; a title's kinds are bits of ``RANK``."""

SEED = 2024
LONGEST = 1 << 16
"""Characters of a description that are read: no posting is as long, and memory stays bounded."""

BLOCK = 1 << 17
"""Bytes of text cut at once: its arrays stay in a processor's cache."""

_LOW = 0xFFFFFFFF
_RANK_OF = {word: 1 << kind for kind, words in enumerate(RANKS) for word in words.split()}
_WORD = re.compile(r"[^\W_]+")
_BASE = np.uint64(0x9E3779B97F4A7C15)
_INVERSE = np.uint64(pow(int(_BASE), -1, 1 << 64))
_MIX = np.array([0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93], np.uint64)
"""Odd 64-bit multipliers (the golden ratio's and those of the public-domain SplitMix64 and its kin)."""


class Sketcher:
    """Makes sketches; the same posting has the same one on every machine, alone or among others."""

    def sketch(self, posting: JobPosting) -> Numbers:
        """The ``WIDTH`` numbers of one posting."""
        sketch: Numbers = self.sketch_many([posting])[0]
        return sketch

    def sketch_many(self, postings: Sequence[JobPosting]) -> Numbers:
        """``(n, WIDTH)`` numbers of many postings, several times faster than one by one."""
        sketches = np.zeros((len(postings), WIDTH), np.uint32)
        at = 0
        for block in _blocks(postings):
            _fill(sketches[at : at + len(block)], block)
            at += len(block)
        return sketches


def _blocks(postings: Sequence[JobPosting]) -> Iterator[list[tuple[JobPosting, bytes]]]:
    block: list[tuple[JobPosting, bytes]] = []
    size = 0
    for posting in postings:
        text = posting.description[:LONGEST].encode("utf-8", "replace")
        block.append((posting, text))
        size += len(text) + 1
        if size >= BLOCK:
            yield block
            block, size = [], 0
    if block:
        yield block


def _fill(sketches: Numbers, block: list[tuple[JobPosting, bytes]]) -> None:
    raw = b"\n".join((*(text for _, text in block), b""))
    ends = np.cumsum([len(text) + 1 for _, text in block])
    word = _in_words(raw)
    starts, hashes = _word_hashes(raw, word)
    counts = np.diff(np.searchsorted(starts, ends), prepend=0)
    sketches[:, WORDS] = counts
    sketches[:, MINIMA] = _minima(hashes, counts)
    small = np.frombuffer(raw.translate(_SMALL), np.uint8) * word
    small[ends - 1] = 10
    kept = word.copy()
    kept[:-1] |= word[1:]
    kept[ends - 1] = True
    lines = small[kept].tobytes().split(b"\n")
    sketches[:, DIGEST], sketches[:, TITLE.start : MINIMA.start] = zip(
        *(_head(posting, line) for (posting, _), line in zip(block, lines, strict=False)), strict=True
    )


def _head(posting: JobPosting, words: bytes) -> tuple[tuple[int, int], tuple[int, int, int]]:
    """Digest, then title and rank; for one posting at a time, because titles are short."""
    names = _WORD.findall(posting.title.lower())
    place = _WORD.findall(posting.location.lower())
    bits = rank = 0
    for name in names:
        if name in _RANK_OF:
            rank |= _RANK_OF[name]
        elif name not in place and not name.isdigit():
            bits |= _bit(name)
    text = " ".join((*names, "\n", *_WORD.findall(posting.company.lower()), f"\n{bits:x}\n")).encode("utf-8", "replace")
    digest = blake2b(text + words.strip(b"\0"), digest_size=8).digest()
    number = int.from_bytes(digest, "little")
    return (number & _LOW, number >> 32), (bits & _LOW, bits >> 32, rank)


@lru_cache(1 << 14)
def _bit(word: str) -> int:
    return 1 << blake2b(word.encode("utf-8", "replace"), digest_size=1).digest()[0] % 64


_SMALL = bytes(range(256)).lower()
_SAME = _SMALL.translate(bytes.maketrans(b"123456789", b"000000000"))
"""Capitals count as small letters, and in the triples every digit as 0: a changed salary changes little."""
_LETTER = bytes(c >= 128 or chr(c).isalnum() for c in range(256))


def _in_words(raw: bytes) -> NDArray[np.bool_]:
    """Which bytes of UTF-8 belong to words: not U+0080-00BF (C2) nor U+2000-2FFF (E2), which are punctuation."""
    word = np.frombuffer(bytearray(raw.translate(_LETTER)), np.bool_)
    if not raw.isascii():
        data = np.frombuffer(raw, np.uint8)
        for lead, length in ((0xC2, 2), (0xE2, 3)):
            at = np.flatnonzero(data == lead)
            for k in range(length):
                word[at + k] = False
    return word


@cache
def _powers(length: int) -> tuple[Hashes, Hashes]:
    """Powers of the base and of its inverse modulo 2⁶⁴."""
    ones = np.ones(length, np.uint64)
    ones[0] = 1
    up, down = ones.copy(), ones.copy()
    up[1:], down[1:] = _BASE, _INVERSE
    return np.multiply.accumulate(up), np.multiply.accumulate(down)


def _word_hashes(raw: bytes, word: NDArray[np.bool_]) -> tuple[NDArray[np.int64], Hashes]:
    """Where each word starts, and its hash: its bytes as a polynomial, from running sums over the whole block."""
    edges = np.flatnonzero(np.diff(word, prepend=False))
    starts, stops = edges[::2], edges[1::2]
    up, down = _powers(1 << max(len(raw), BLOCK).bit_length())
    sums = np.zeros(len(raw) + 1, np.uint64)
    np.cumsum(np.frombuffer(raw.translate(_SAME), np.uint8) * up[: len(raw)], out=sums[1:])
    return starts, (sums[stops] - sums[starts]) * down[starts]


def _minima(words: Hashes, counts: NDArray[np.int64]) -> Numbers:
    """The least of each of 128 permutations over every posting's word triples."""
    triples = words[:-2] * _MIX[0] + words[1:-1] * _MIX[1] + words[2:] * _MIX[2] if len(words) > 2 else words[:0]
    triples ^= triples >> np.uint64(32)
    triples *= _MIX[0]
    triples ^= triples >> np.uint64(29)
    stops = np.cumsum(counts)
    inside = np.ones(len(words), np.bool_)
    for back in (1, 2):
        inside[np.maximum(stops[counts >= back] - back, 0)] = False
    offsets = np.zeros(len(counts) + 1, np.uint64)
    offsets[1:] = np.cumsum(np.maximum(counts - 2, 0))
    kept = np.ascontiguousarray(triples[inside[: len(triples)]])
    rows = RMinHash.digest_matrix_from_flat_token_hashes(kept, offsets, VALUES, SEED).to_rows()
    return np.array(rows, np.uint32).reshape(len(counts), VALUES)
