"""Hashes of words and of what stands in order, compiled: the same as in ``matcher.hashing``."""

import numpy as np

from matcher.fast.compiling import compiled
from matcher.hashing import MIX_ONE, MIX_TWO, OFFSET, PRIME, hash_pair, hash_term, hash_word

__all__ = ["OFFSET", "add_char", "follow", "hash_pair", "hash_term", "hash_word"]

_PRIME, _ONE, _TWO = np.uint64(PRIME), np.uint64(MIX_ONE), np.uint64(MIX_TWO)


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
