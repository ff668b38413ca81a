"""Words and terms of a text by their hashes, compiled: what ``matcher.features`` finds, each once in a sentence."""

from typing import Any

import numpy as np

from matcher.fast.alphabet import DIGIT, LETTER_OR_DIGIT
from matcher.fast.compiling import compiled
from matcher.fast.hashing import OFFSET, add_char, follow, hash_word, value_of
from matcher.fast.lexicon import MARKED, OPENS_TRIPLE, RECORD, TAG

_START, _ZERO = np.uint64(OFFSET), np.uint64(hash_word("0"))
TURNS = 1 << 16
_TURN = np.uint64(TURNS - 1)


@compiled
def mask_of(count: int) -> np.uint64:
    """The mask of a hash table that is at most half full with ``count`` keys."""
    mask = np.uint64(31)
    while mask < np.uint64(2 * count):
        mask = (mask << np.uint64(1)) | np.uint64(1)
    return mask


@compiled
def _entry(terms: Any, key: np.uint64) -> Any:
    """A term's entry in the table of terms, or 0."""
    mask = np.uint64(len(terms) - 1)
    at = key & mask
    while terms[at] != 0:
        if (terms[at] ^ key) >> np.uint64(TAG) == 0:
            return terms[at]
        at = (at + np.uint64(1)) & mask
    return np.uint64(0)


@compiled
def next_turn(seen: Any, turn: int) -> int:
    """The next turn of a set of keys, which empties it."""
    if turn + 1 == TURNS:
        seen[:] = 0
        return 1
    return turn + 1


@compiled
def is_new(seen: Any, mask: np.uint64, turn: int, key: np.uint64) -> bool:
    """Whether a key is met for the first time in this turn; it is kept then, without its lowest bits."""
    now = np.uint64(turn)
    kept = (key & ~_TURN) | now
    at = (key >> np.uint64(20)) & mask
    while seen[at] & _TURN == now:
        if seen[at] == kept:
            return False
        at = (at + np.uint64(1)) & mask
    seen[at] = kept
    return True


@compiled
def words_of(text: Any, start: int, end: int, flags: Any, lower: Any, words: Any) -> int:
    """Write the hashes of the words of a range; how many."""
    count, at, stop, one = 0, np.uint64(start), np.uint64(end), np.uint64(1)  # unsigned: never from the end
    while at < stop:
        if flags[text[at]] & LETTER_OR_DIGIT == 0:
            at += one
            continue
        state, digits = _START, True
        while at < stop:
            code = text[at]
            flag = flags[code]
            if flag & LETTER_OR_DIGIT == 0:
                break
            digits = digits and flag & DIGIT != 0
            state = add_char(state, lower[code])
            at += one
        while at < stop and (text[at] == 43 or text[at] == 35):
            state = add_char(state, np.uint32(text[at]))
            digits = False
            at += one
        words[count] = _ZERO if digits else state
        count += 1
    return count


@compiled
def terms_of(words: Any, count: int, known: Any, seen: Any, turn: int, hashes: Any, records: Any, at: int) -> Any:
    """Write the different terms of some words from place ``at`` on; the place after them, and the bits of marks."""
    terms, term_marks, triples, triple_marks, listed = known
    mask = mask_of(2 * count)
    marks = np.uint32(0)
    for place in range(count):
        key = words[place]
        if is_new(seen, mask, turn, key):
            entry = _entry(terms, key)
            record = np.int32(entry & np.uint64(RECORD)) - np.int32(1)
            if entry & np.uint64(MARKED):
                marks |= term_marks[record]
            hashes[at], records[at] = key, record
            at += 1
    for place in range(count - 1):
        key = follow(words[place], words[place + 1])
        entry = _entry(terms, key)
        record = np.int32(entry & np.uint64(RECORD)) - np.int32(1)
        if entry & np.uint64(MARKED):
            bits = term_marks[record]
            marks |= bits
            if bits & np.uint32(OPENS_TRIPLE) and place + 2 < count:
                marks |= np.uint32(value_of(triples, triple_marks, follow(key, words[place + 2])))
        if is_new(seen, mask, turn, key):
            hashes[at], records[at] = key, record
            at += 1
    for bit in range(len(listed)):
        if marks & (np.uint32(1) << np.uint32(bit)):
            hashes[at], records[at] = np.uint64(bit + 1) << np.uint64(TAG), listed[bit]
            at += 1
    return at, marks
