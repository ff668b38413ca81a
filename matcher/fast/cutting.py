"""Sentences, compiled: the same spans as :func:`matcher.text.sentences` finds, from code points."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.data.openers import JOINERS, OPENERS
from matcher.fast.alphabet import DECIMAL, LETTER_OR_DIGIT, SPACE
from matcher.fast.compiling import compiled
from matcher.fast.hashing import OFFSET, add_char, hash_word, table_of, value_of
from matcher.text import ABBREVIATIONS, CLAUSE_WORDS

Ints = NDArray[np.int64]

OPENER, JOINER, ABBREVIATION = 1, 2, 4
_START = np.uint64(OFFSET)

_BULLETS = tuple(map(ord, "•●▪◦■►➢✓✔"))
_CUTTING = (*_BULLETS, ord("·"))
_MORE_BULLETS = tuple(map(ord, "-*·–—‣□○§"))
_STOPS = tuple(map(ord, ".!?…"))
_CLOSERS = tuple(map(ord, "\"')]”’"))
_QUOTES = tuple(map(ord, "\"'([“‘"))
_UNDERSCORE, _QUOTE, _AND, _DOT, _COLON, _SEMICOLON = map(ord, "_'&.:;")
_BEFORE_OPENER = tuple(map(ord, ")%+:,"))
_SMALL_O = ord("o")
_DASHES = (*map(ord, "-*–—"), _SMALL_O)
_STAR_AFTER = tuple(map(ord, ".:;)"))


@cache
def cue_table() -> tuple[NDArray[np.uint64], NDArray[np.uint8]]:
    """Openers, joiners and abbreviations by hash: open addressing, a key of 0 is free."""
    kinds = ((OPENERS, OPENER), (JOINERS, JOINER), (ABBREVIATIONS, ABBREVIATION))
    bits: dict[int, int] = {}
    for words, bit in kinds:
        for word in words:
            bits[hash_word(word)] = bits.get(hash_word(word), 0) | bit
    return table_of(bits, np.uint8)


@compiled
def _upper(code: int) -> bool:
    return 65 <= code <= 90


@compiled
def _small(code: int) -> bool:
    return 97 <= code <= 122


@compiled
def _ascii_digit(code: int) -> bool:
    return 48 <= code <= 57


@compiled
def _blank(code: int) -> bool:
    return code == 32 or code == 9


@compiled
def _in(code: int, among: Any) -> bool:
    for one in among:
        if code == one:
            return True
    return False


@compiled
def _abbreviation_char(code: int) -> bool:
    return _upper(code) or _small(code) or code == _DOT or code == _AND or code == _QUOTE


@compiled
def _hash_lower(text: Any, start: int, end: int) -> np.uint64:
    state = _START
    for at in range(start, end):
        code = text[at]
        state = add_char(state, np.uint32(code + 32) if _upper(code) else np.uint32(code))
    return state


@compiled
def _hash_exact(text: Any, start: int, end: int) -> np.uint64:
    state = _START
    for at in range(start, end):
        state = add_char(state, np.uint32(text[at]))
    return state


@compiled
def _word_before(text: Any, low: int, end: int) -> int:
    """Start of the run of letters, full stops, ``&`` and quotes that ends at ``end``; ``end`` for none."""
    at = end
    while at > low and _abbreviation_char(text[at - 1]):
        at -= 1
    return at


@compiled
def _is_word(flags: Any, code: int) -> bool:
    return flags[code] & LETTER_OR_DIGIT != 0 or code == _UNDERSCORE


@compiled
def _add(cuts: Any, count: int, end: int, start: int) -> int:
    """Insert a cut in order, once; returns the new count."""
    at = count
    while at > 0 and (cuts[at - 1, 0] > end or (cuts[at - 1, 0] == end and cuts[at - 1, 1] > start)):
        at -= 1
    if at > 0 and cuts[at - 1, 0] == end and cuts[at - 1, 1] == start:
        return count
    for move in range(count, at, -1):
        cuts[move, 0], cuts[move, 1] = cuts[move - 1, 0], cuts[move - 1, 1]
    cuts[at, 0], cuts[at, 1] = end, start
    return count + 1


@compiled
def _after_blanks(text: Any, flags: Any, run: int, high: int, blanks: int) -> int:
    """Where the piece after a bullet begins, the bullet standing at ``run`` after some blanks; -1 for no bullet."""
    if run >= high:
        return -1
    code = text[run]
    if _in(code, _CUTTING):
        end = run + 1
        while end < high and _blank(text[end]):
            end += 1
        return end
    if _in(code, _DASHES):
        end = run + 1
        while end < high and _blank(text[end]):
            end += 1
        if end > run + 1 and end < high and _upper(text[end]):
            return end
    if blanks >= 3 and _upper(code):
        return run
    end = run
    while end < high and end < run + 2 and flags[text[end]] & DECIMAL:
        end += 1
    if end > run and end < high and (text[end] == _DOT or text[end] == 41):
        end += 1
        after = end
        while after < high and _blank(text[after]):
            after += 1
        if after > end and after < high and _upper(text[after]):
            return after
    return -1


@compiled
def _star_cut(text: Any, at: int, low: int, high: int) -> bool:
    """Whether an asterisk parts two pieces that nothing else parts."""
    before = text[at - 1] if at > low else 0
    return (_small(before) or _in(before, _STAR_AFTER)) and at + 1 < high and _upper(text[at + 1])


@compiled
def _stop(text: Any, flags: Any, at: int, high: int) -> Any:
    """For the full stop or the like at ``at``: where its piece ends, where the next begins, and whether it does."""
    end = at + 1
    while end < high and _in(text[end], _STOPS):
        end += 1
    while end < high and _in(text[end], _CLOSERS):
        end += 1
    after = end
    while after < high and flags[text[after]] & SPACE:
        after += 1
    opens = after
    if opens < high and _in(text[opens], _QUOTES):
        opens += 1
    if after > end and ((opens < high and _begins(text[opens])) or (after < high and _begins(text[after]))):
        return end, after, True
    return end, end, end + 1 < high and _upper(text[end]) and _small(text[end + 1])


@compiled
def _begins(code: int) -> bool:
    return _upper(code) or _ascii_digit(code) or code == 8226


@compiled
def _is_abbreviation(text: Any, low: int, stop: int, keys: Any, values: Any) -> bool:
    start = _word_before(text, low, stop + 1)
    end = stop + 1
    while end > start and text[end - 1] == _DOT:
        end -= 1
    if end - start == 1 and text[start] != 105 and text[start] != 73:
        return True
    return value_of(keys, values, _hash_lower(text, start, end)) & ABBREVIATION != 0


@compiled
def _glued(text: Any, at: int, low: int, high: int, keys: Any, values: Any) -> bool:
    """Whether a new piece begins with the capital at ``at`` right after a small letter, a bracket or a colon."""
    before = text[at - 1]
    if before == 41 or before == _COLON:
        return True
    if not _small(before):
        return False
    left = at
    while left > low and (_upper(text[left - 1]) or _small(text[left - 1])):
        left -= 1
    right = at + 1
    while right < high and (_small(text[right]) or text[right] == _QUOTE):
        right += 1
    return at - left > 3 and value_of(keys, values, _hash_exact(text, at, right)) & OPENER != 0


@compiled
def _opens(text: Any, flags: Any, at: int, run: int, low: int, high: int, keys: Any, values: Any) -> bool:
    """Whether the word after the spaces from ``at`` to ``run`` opens a new piece."""
    before = text[at - 1]
    if not (_small(before) or _ascii_digit(before) or _in(before, _BEFORE_OPENER)):
        return False
    end = _word_end(text, flags, run, high)
    if before == 44 or end == run or not value_of(keys, values, _hash_exact(text, run, end)) & OPENER:
        return False
    start = _word_before(text, low, at)
    return not (start < at and value_of(keys, values, _hash_lower(text, start, at)) & JOINER)


@compiled
def _past_plain(text: Any, at: int, high: int) -> int:
    """The first place from ``at`` on that is neither a small letter nor a space before a word of small letters.

    Unsigned numbers spare a look at each place for being negative.
    """
    here, stop, one = np.uint64(at), np.uint64(high), np.uint64(1)
    while here < stop:
        if not _small(text[here]):
            after = here + one
            if text[here] != 32 or after == stop or not _small(text[after]):
                break
            if text[after] == _SMALL_O and (after + one == stop or not _small(text[after + one])):
                break  # it may be a bullet
        here += one
    return np.int64(here)


@compiled
def _line_end(text: Any, low: int) -> Any:
    """Where the line ends that begins at ``low``, and whether there is a semicolon in it."""
    here, stop, one = np.uint64(low), np.uint64(len(text)), np.uint64(1)
    semicolon = False
    while here < stop and text[here] != 10:
        semicolon |= text[here] == _SEMICOLON
        here += one
    return np.int64(here), semicolon


@compiled
def _line_cuts(text: Any, flags: Any, low: int, high: int, keys: Any, values: Any, cuts: Any) -> int:
    """Write where a line is cut, in order, as ends of pieces and starts of the next; how many."""
    count = 0
    bullets_from = stops_from = low  # a bullet or full stop is over where the next piece begins
    at = low
    while True:
        at = _past_plain(text, at, high)
        if at == high:
            break
        code = text[at]
        if _blank(code):
            run = at + 1
            while run < high and _blank(text[run]):
                run += 1
            if at >= bullets_from:
                after = _after_blanks(text, flags, run, high, run - at)
                if after >= 0:
                    count = _add(cuts, count, at, after)
                    bullets_from = after
            capital = at > low and run < high and _upper(text[run])
            if capital and _only_spaces(text, at, run) and _opens(text, flags, at, run, low, high, keys, values):
                count = _add(cuts, count, at, run)
            at = run
        elif _upper(code):
            if at > low and at + 1 < high and _small(text[at + 1]) and _glued(text, at, low, high, keys, values):
                count = _add(cuts, count, at, at)
            at += 1
        elif _in(code, _STOPS):
            if at >= stops_from:
                end, after, cuts_here = _stop(text, flags, at, high)
                if cuts_here and not (code == _DOT and _is_abbreviation(text, low, at, keys, values)):
                    count = _add(cuts, count, end, after)
                stops_from = after
            at += 1
        else:
            if at >= bullets_from:
                if code == 42 and _star_cut(text, at, low, high):
                    count = _add(cuts, count, at, at + 1)
                    bullets_from = at + 1
                elif code > 126 and _in(code, _CUTTING):
                    after = at + 1
                    while after < high and _blank(text[after]):
                        after += 1
                    count = _add(cuts, count, at, after)
                    bullets_from = after
            at += 1
    return count


@compiled
def _only_spaces(text: Any, start: int, end: int) -> bool:
    for at in range(start, end):
        if text[at] != 32:
            return False
    return True


@compiled
def _word_end(text: Any, flags: Any, start: int, high: int) -> int:
    """End of the capitalised word at ``start``, at a word's edge; ``start`` for none."""
    end = start + 1
    while end < high and (_upper(text[end]) or _small(text[end]) or text[end] == _QUOTE):
        end += 1
    while end > start:
        after = end < high and _is_word(flags, text[end])
        if after != _is_word(flags, text[end - 1]):
            return end
        end -= 1
    return start


@compiled
def space_words(text: Any, flags: Any, start: int, end: int, most: int) -> int:
    """Words of a range, parted by white space, counted up to ``most``."""
    count, inside = 0, False
    for at in range(start, end):
        space = flags[text[at]] & SPACE != 0
        if not space and not inside:
            count += 1
            if count == most:
                break
        inside = not space
    return count


@compiled
def _two_words(text: Any, flags: Any, start: int, end: int) -> bool:
    return space_words(text, flags, start, end, CLAUSE_WORDS) == CLAUSE_WORDS


@compiled
def _ends_with_colon(text: Any, flags: Any, start: int, end: int) -> bool:
    while end > start and flags[text[end - 1]] & SPACE:
        end -= 1
    return end > start and text[end - 1] == _COLON


@compiled
def _after_bullet(text: Any, flags: Any, start: int, end: int) -> int:
    """Where the words of a piece begin, after the bullet that may open it."""
    at = start
    while at < end and _blank(text[at]):
        at += 1
    if at >= end:
        return start
    code, after = text[at], at
    if _in(code, _MORE_BULLETS) or _in(code, _BULLETS):
        after = at + 1
    elif code == 111 or code == 79:
        if at + 2 < end and text[at + 1] == 32 and _upper(text[at + 2]):
            after = at + 1
    else:
        digits = at
        while digits < end and digits < at + 2 and flags[text[digits]] & DECIMAL:
            digits += 1
        if digits > at and digits < end and (text[digits] == _DOT or text[digits] == 41):
            after = digits + 1
    blank = after
    while blank < end and _blank(text[blank]):
        blank += 1
    if after > at and blank > after:
        return blank
    return at + 1 if _in(code, _BULLETS) else start


@compiled
def _keep(text: Any, flags: Any, start: int, end: int, spans: Any, count: int) -> int:
    for at in range(start, end):
        if flags[text[at]] & LETTER_OR_DIGIT:
            spans[count, 0], spans[count, 1] = start, end
            return count + 1
    return count


@compiled
def _trim(text: Any, flags: Any, start: int, end: int, clauses: bool, spans: Any, count: int) -> int:
    """Write the span of a piece without what is around it, or of each of its clauses where it may have several."""
    start = _after_bullet(text, flags, start, end)
    while start < end and (_blank(text[start]) or text[start] == 13):
        start += 1
    while end > start and (_blank(text[end - 1]) or text[end - 1] == 13):
        end -= 1
    at = seen = start
    while clauses and at < end:
        if text[at] != _SEMICOLON:
            at += 1
            continue
        after = at + 1
        while after < end and flags[text[after]] & SPACE:
            after += 1
        if after == at + 1:
            at += 1
            continue
        before = at
        while before > seen and flags[text[before - 1]] & SPACE:
            before -= 1
        if _two_words(text, flags, start, before) and _two_words(text, flags, after, end):
            count = _keep(text, flags, start, before, spans, count)
            start = after
        at = seen = after
    return _keep(text, flags, start, end, spans, count)


@compiled
def cut(text: Any, flags: Any, keys: Any, values: Any, spans: Any) -> int:
    """Write the spans of a text's sentences into ``spans`` (at least as many rows as characters); how many."""
    count, low, size = 0, 0, len(text)
    cuts = np.empty((64, 2), np.int64)
    while low <= size:
        high, clauses = _line_end(text, low)
        if cuts.shape[0] < 2 * (high - low) + 8:
            cuts = np.empty((4 * (high - low) + 8, 2), np.int64)
        found = _line_cuts(text, flags, low, high, keys, values, cuts)
        at = low
        for number in range(found):
            end, start = cuts[number, 0], cuts[number, 1]
            if end < at:
                continue
            if end < high and not _two_words(text, flags, at, end) and not _ends_with_colon(text, flags, at, end):
                continue
            count = _trim(text, flags, at, end, clauses, spans, count)
            at = start
        count = _trim(text, flags, at, high, clauses, spans, count)
        low = high + 1
    return count
