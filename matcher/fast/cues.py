"""Pages of a chunk of texts, compiled: what ``facts.page.Page.of`` makes of each, cues and names included."""

from collections import deque
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.facts.cues import LENGTH, MASKED, flat_char, patterns, plain_char
from matcher.facts.page import Page
from matcher.fast.alphabet import SIZE, Codes
from matcher.fast.compiling import compiled

SYMBOLS = " 0+#$@abcdefghijklmnopqrstuvwxyz"
"""What flattened texts are made of."""

_SPACE, _PLUS, _HASH, _LETTERS = map(SYMBOLS.index, " +#a")


class Automaton(NamedTuple):
    """Aho and Corasick's automaton, complete: a state for every beginning of a pattern, the first for none."""

    symbols: NDArray[np.uint8]
    """Symbol of every code point, its place in ``SYMBOLS``."""
    plain: Codes
    """Every code point in a page's ``plain``."""
    step: NDArray[np.int16]
    """(states, symbols): the next state."""
    link: NDArray[np.int16]
    """(states,): the next shorter ending of a state that is a whole pattern, itself for a whole pattern; else 0."""
    shorter: NDArray[np.int16]
    """(states,): the same, but never itself."""
    first: NDArray[np.int32]
    """(states + 1,): where the owners of a state's pattern begin."""
    keys: NDArray[np.int32]
    shifts: NDArray[np.int32]
    """(owners,): number of a kind or name, and what to add to the pattern's end for its place."""


@cache
def automaton() -> tuple[Automaton, list[str]]:
    """The automaton of all cues and names, and the kinds and names by number."""
    children: list[dict[int, int]] = [{}]
    owned: dict[int, dict[tuple[str, int], None]] = {}
    for key, pattern, shift in patterns():
        state = 0
        for char in pattern:
            after = children[state].setdefault(SYMBOLS.index(char), len(children))
            if after == len(children):
                children.append({})
            state = after
        owned.setdefault(state, {})[key, shift - len(pattern)] = None
    names = sorted({key for owners in owned.values() for key, _ in owners})
    step, shorter = _completed(children, owned)
    owners = [list(owned.get(state, ())) for state in range(len(children))]
    flat = [owner for listed in owners for owner in listed]
    text = [chr(code) for code in range(SIZE)]
    return Automaton(
        np.append(np.fromiter((SYMBOLS.index(flat_char(char)) for char in text), np.uint8, SIZE), np.uint8(_SPACE)),
        np.append(np.fromiter((ord(plain_char(char)) for char in text), np.uint32, SIZE), np.uint32(0)),
        step,
        np.array([state if state in owned else shorter[state] for state in range(len(children))], np.int16),
        np.array(shorter, np.int16),
        np.cumsum([0, *map(len, owners)], dtype=np.int32),
        np.array([names.index(key) for key, _ in flat], np.int32),
        np.array([shift for _, shift in flat], np.int32),
    ), names


def _completed(children: Sequence[dict[int, int]], owned: dict[int, Any]) -> tuple[NDArray[np.int16], list[int]]:
    """Steps of every state by every symbol, and its next shorter ending that is a whole pattern."""
    step = np.zeros((len(children), len(SYMBOLS)), np.int16)
    shorter, ending = [0] * len(children), [0] * len(children)
    waiting = deque([0])
    while waiting:
        state = waiting.popleft()
        step[state] = step[ending[state]]
        for symbol, child in children[state].items():
            if state:
                ending[child] = int(step[ending[state], symbol])
            shorter[child] = ending[child] if ending[child] in owned else shorter[ending[child]]
            waiting.append(child)
            step[state, symbol] = child
    return step, shorter


@compiled
def find_cues(text: Any, starts: Any, tables: Any) -> Any:
    """Every hit as number of text, key and place, the code points of ``plain``, and which texts hold unknown ones."""
    plain = np.empty(len(text), np.uint32)
    room = len(text) // 16 + 64
    hits = np.empty((room, 3), np.int32)
    count = 0
    unknown = np.zeros(len(starts) - 1, np.bool_)
    for number in range(len(starts) - 1):
        begin, end = starts[number], starts[number + 1]
        state = np.int64(tables.step[0, _SPACE])
        for at in range(begin, end):
            plain[at] = tables.plain[text[at]]
            unknown[number] |= text[at] == SIZE
        for at in range(begin, min(end, begin + LENGTH) + 1):
            symbol = _SPACE if at == end or at == begin + LENGTH else np.int64(tables.symbols[text[at]])
            if (symbol == _PLUS or symbol == _HASH) and at + 1 < end and tables.symbols[text[at + 1]] >= _LETTERS:
                symbol = _SPACE
            state = np.int64(tables.step[state, symbol])
            found = np.int64(tables.link[state])
            while found:
                for owner in range(tables.first[found], tables.first[found + 1]):
                    if count == room:
                        room *= 2
                        more = np.empty((room, 3), np.int32)
                        more[:count] = hits
                        hits = more
                    hits[count, 0], hits[count, 1] = number, tables.keys[owner]
                    hits[count, 2] = at - begin + 2 + tables.shifts[owner]
                    count += 1
                found = np.int64(tables.shorter[found])
    return hits[:count].copy(), plain, unknown


def pages_of(texts: Sequence[str], codes: Codes, starts: NDArray[np.int64]) -> list[Page]:
    """The pages of some texts; ``codes`` and ``starts`` are the texts packed."""
    tables, names = automaton()
    hits, plain, unknown = find_cues(codes, starts, tables)
    order = np.lexsort(hits.T[::-1])
    numbers, keys, places = hits[order].T
    edges = np.flatnonzero(np.diff(numbers, prepend=-1) | np.diff(keys, prepend=-1))
    found: list[dict[str, list[int]]] = [{} for _ in texts]
    listed = places.tolist()
    stops = [*edges[1:].tolist(), len(listed)]
    for number, key, start, stop in zip(
        numbers[edges].tolist(), keys[edges].tolist(), edges.tolist(), stops, strict=False
    ):
        found[number][names[key]] = listed[start:stop]
    raw, at = plain.tobytes(), (4 * starts).tolist()
    return [
        Page.of(text)
        if unknown[number] or MASKED in text
        else Page(text, raw[at[number] : at[number + 1]].decode("utf-32-le", "surrogatepass"), found[number])
        for number, text in enumerate(texts)
    ]
