"""Hashes of words, the same in compiled code and in Python: FNV-1a over code points, folded into 64 bits.

Constants: Fowler, Noll and Vo's 64-bit offset and prime; pairs are mixed with SplitMix64's.
"""

from functools import lru_cache

import numpy as np

from matcher.fast.compiling import compiled

OFFSET, PRIME = 0xCBF29CE484222325, 0x100000001B3
MIX_ONE, MIX_TWO = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_ALL = (1 << 64) - 1

_OFFSET, _PRIME = np.uint64(OFFSET), np.uint64(PRIME)
_ONE, _TWO = np.uint64(MIX_ONE), np.uint64(MIX_TWO)


@compiled
def add_char(state: np.uint64, code: np.uint32) -> np.uint64:
    """A hash with one more character."""
    return (state ^ np.uint64(code)) * _PRIME


@compiled
def follow(first: np.uint64, second: np.uint64) -> np.uint64:
    """The hash of two things in order."""
    mixed = (first ^ (first >> np.uint64(30))) * _ONE + second
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _TWO
    return mixed ^ (mixed >> np.uint64(31))


@lru_cache(maxsize=1 << 16)
def hash_word(word: str) -> int:
    """The hash of a word, in Python."""
    state = OFFSET
    for char in word:
        state = ((state ^ ord(char)) * PRIME) & _ALL
    return state


def hash_pair(first: int, second: int) -> int:
    """The hash of two things in order, in Python."""
    mixed = ((first ^ (first >> 30)) * MIX_ONE + second) & _ALL
    mixed = ((mixed ^ (mixed >> 27)) * MIX_TWO) & _ALL
    return mixed ^ (mixed >> 31)


def hash_term(term: str) -> int:
    """The hash of a term of one, two or three words, or of a mark, in Python."""
    first, *rest = term.split(" ")
    state = hash_word(first)
    for word in rest:
        state = hash_pair(state, hash_word(word))
    return state
