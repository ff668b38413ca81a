"""What each character is, as tables that compiled code looks up; Python's own answers, asked once."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Flags = NDArray[np.uint8]

LETTER_OR_DIGIT, DIGIT, DECIMAL, SPACE = 1, 2, 4, 8
"""Bits of a flag, as ``str.isalnum``, ``isdigit``, ``isdecimal`` and ``isspace`` tell them."""

SIZE = 0x33480
"""Code points in the tables: the planes that hold letters. The rest, such as emoji modifiers, are none of the above."""


@cache
def tables() -> tuple[Flags, Codes]:
    """Flags and lower-case forms by code point; a form of several characters is cut to its first."""
    text = [chr(code) for code in range(SIZE)]
    flags = np.zeros(SIZE + 1, np.uint8)
    for bit, test in (
        (LETTER_OR_DIGIT, str.isalnum),
        (DIGIT, str.isdigit),
        (DECIMAL, str.isdecimal),
        (SPACE, str.isspace),
    ):
        flags[:-1] |= np.fromiter(map(test, text), np.uint8, SIZE) * np.uint8(bit)
    lower = np.fromiter((ord(char.lower()[0]) for char in text), np.uint32, SIZE)
    return flags, np.append(lower, np.uint32(0))


def codes_of(text: str) -> Codes:
    """A text's code points; those past the tables read as the last entry, which is nothing."""
    found = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return found if len(text) == 0 or found.max() < SIZE else np.minimum(found, np.uint32(SIZE))
