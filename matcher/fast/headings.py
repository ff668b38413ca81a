"""Headings, compiled: the part of a posting that a line opens, as ``features.heading_part`` tells it."""

from typing import Any

import numpy as np

from matcher.fast.compiling import compiled
from matcher.fast.hashing import OFFSET, add_char, follow, value_of
from matcher.fast.lexicon import PREFERS, TELLS
from matcher.features import HEADING_CHARACTERS, HEADING_SKIPS, HEADING_WORDS, SHORT_HEADING
from matcher.reading import PARTS

_START = np.uint64(OFFSET)
_COLON = ord(":")
_PREFERRED = PARTS.index("preferred")


@compiled
def heading_of(text: Any, start: int, end: int, lower: Any, heads: Any, values: Any) -> Any:
    """The part that a heading opens, or -1."""
    limit = min(end, start + HEADING_CHARACTERS)
    head, colon = end, False
    for at in range(start, limit):
        if text[at] == _COLON:
            head, colon = at, True
            break
    if head - start > HEADING_CHARACTERS:
        return -1
    words = np.empty(HEADING_WORDS, np.uint64)
    count, at = 0, start
    while at < head:
        if not _heading_char(lower[text[at]]):
            at += 1
            continue
        state = _START
        while at < head and _heading_char(lower[text[at]]):
            state = add_char(state, lower[text[at]])
            at += 1
        if count == HEADING_WORDS:
            return -1
        words[count] = state
        count += 1
    if count == 0:
        return -1
    preferred = False
    for skipped in range(min(HEADING_SKIPS, count)):
        key = words[skipped]
        for place in range(skipped + 1, count):
            key = follow(key, words[place])
        part = value_of(heads, values, key) & (PREFERS - 1)
        if part:
            return _PREFERRED if preferred else part - 1
        preferred = preferred or value_of(heads, values, words[skipped]) & PREFERS != 0
    if colon or count <= SHORT_HEADING:
        for place in range(count):
            value = value_of(heads, values, words[place])
            if value & TELLS:
                return (value & (PREFERS - 1)) - 1
    return np.int64(-1)


@compiled
def _heading_char(code: int) -> bool:
    return 97 <= code <= 122 or code == 39 or code == 8217
