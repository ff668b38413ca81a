"""Hashes of words and of what stands in order: FNV-1a over code points, folded into 64 bits; pairs by SplitMix64.

Constants: Fowler, Noll and Vo's 64-bit offset and prime, and SplitMix64's. ``matcher.fast.hashing`` is the same,
compiled.
"""

from functools import lru_cache

OFFSET, PRIME = 0xCBF29CE484222325, 0x100000001B3
MIX_ONE, MIX_TWO = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_ALL = (1 << 64) - 1


@lru_cache(maxsize=1 << 16)
def hash_word(word: str) -> int:
    """The hash of a word."""
    state = OFFSET
    for char in word:
        state = ((state ^ ord(char)) * PRIME) & _ALL
    return state


def hash_pair(first: int, second: int) -> int:
    """The hash of two things in order."""
    mixed = ((first ^ (first >> 30)) * MIX_ONE + second) & _ALL
    mixed = ((mixed ^ (mixed >> 27)) * MIX_TWO) & _ALL
    return mixed ^ (mixed >> 31)


def hash_term(term: str) -> int:
    """The hash of words in order, or of a mark."""
    first, *rest = term.split(" ")
    state = hash_word(first)
    for word in rest:
        state = hash_pair(state, hash_word(word))
    return state
