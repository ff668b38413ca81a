"""Hashes of words and of what stands in order, compiled: the same as in ``matcher.hashing``; and tables by them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.fast.compiling import compiled
from matcher.hashing import MIX_ONE, MIX_TWO, OFFSET, PRIME, hash_pair, hash_term, hash_word

__all__ = ["OFFSET", "add_char", "follow", "hash_pair", "hash_term", "hash_word", "table_of", "value_of"]

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


def table_of(values: Mapping[int, int], kind: Any) -> tuple[NDArray[np.uint64], Any]:
    """Keys and values of a hash table with open addressing: its size a power of two, at most half full, 0 is free."""
    size = 1 << max(4, (2 * len(values)).bit_length())
    keys, found = np.zeros(size, np.uint64), np.zeros(size, kind)
    for key, value in values.items():
        at = key & (size - 1)
        while keys[at]:
            at = (at + 1) & (size - 1)
        keys[at], found[at] = key, value
    return keys, found


@compiled
def value_of(keys: Any, values: Any, key: np.uint64) -> int:
    """The value of a key in a table of :func:`table_of`, or 0."""
    mask = np.uint64(len(keys) - 1)
    at = key & mask
    while keys[at] != 0:
        if keys[at] == key:
            return np.int64(values[at])
        at = (at + np.uint64(1)) & mask
    return np.int64(0)
