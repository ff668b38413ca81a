"""A chunk of postings read by compiled code: the numbers of ``matcher.reading`` and ``matcher.classifier``, at once.

Sums run in the same order as there, so that a posting scored alone gives the same digits.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.aggregates import AGGREGATES, REQUIREMENT_WEIGHT, SHARE_PRIOR, TITLE_PRIOR
from matcher.classifier import COLUMNS, INPUTS, SHOWN_REASONS, SURE, TELLING_WORDS, WORD_PARTS
from matcher.fast.alphabet import DIGIT, LETTER_OR_DIGIT, SPACE
from matcher.fast.compiling import compiled
from matcher.fast.cutting import cut
from matcher.fast.hashing import OFFSET, add_char, follow, hash_word, value_of
from matcher.fast.lexicon import DENIES, DUTY, MARKED, OPENS_TRIPLE, PLAIN, PREFERS, RECORD, REQUIRED, TAG, TELLS, TITLE
from matcher.features import HEADING_CHARACTERS, HEADING_SKIPS, HEADING_WORDS, SHORT_HEADING
from matcher.profile import SKILLS, TYPES
from matcher.reading import DOMAINS, FUNCTIONS, OUTPUTS, PARTS, POSITIONS

N_PARTS, N_FUNCTIONS, N_DOMAINS, N_SKILLS = len(PARTS), len(FUNCTIONS), len(DOMAINS), len(SKILLS)
FIRST_SKILL = OUTPUTS - N_SKILLS
N_TYPES, N_COLUMNS, N_INPUTS, N_AGGREGATES = len(TYPES), len(COLUMNS), len(INPUTS), len(AGGREGATES)
SUMMARY = 2 + N_FUNCTIONS + N_DOMAINS
"""Counts behind a summary: duties, those that manage projects, then duties by function, and by domain delivered."""

_START, _ZERO = np.uint64(OFFSET), np.uint64(hash_word("0"))
_DUTY, _REQUIRED, _PREFERRED = (PARTS.index(part) for part in ("duty", "required", "preferred"))
_ABOUT, _OFFER = PARTS.index("about"), PARTS.index("offer")
_PROJECTS = FUNCTIONS.index("projects")
_PREFIX = np.array([{"d:": DUTY, "r:": REQUIRED}.get(WORD_PARTS.get(part, ""), 0) for part in PARTS], np.int64)
_COLON = 58
TURNS = 1 << 16
_TURN = np.uint64(TURNS - 1)
_PREFIXED = np.array([0, 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0], np.uint64)
"""What is mixed into a term's hash for each prefix, so that the prefixed term is another one."""


class Chunk(NamedTuple):
    """What is made of n postings with S sentences in all."""

    probabilities: NDArray[np.float64]
    """(n, types)."""
    order: NDArray[np.int64]
    """(n, 2): winner and runner-up."""
    first: NDArray[np.int64]
    """(n + 1,): where each posting's sentences begin."""
    spans: NDArray[np.int64]
    """(S, 2): offsets into the posting."""
    part: NDArray[np.int8]
    """(S,): the most probable part."""
    skills: NDArray[np.float32]
    """(S, skills): scores."""
    denies: NDArray[np.bool_]
    """(S,): holds a word that may deny."""
    listed: NDArray[np.bool_]
    """(S,): stands under a heading of preferences."""
    summary: NDArray[np.int64]
    """(n, SUMMARY)."""
    told: NDArray[np.float64]
    """(n,): sentences that tell duties or requirements."""
    lead: NDArray[np.float64]
    """(n,)."""
    labels: NDArray[np.int32]
    """(n, SHOWN_REASONS): labels of the reasons, heaviest first; -1 for none."""
    weights: NDArray[np.float64]
    """(n, SHOWN_REASONS)."""


@compiled
def _mask(count: int) -> np.uint64:
    """The mask of a hash table that is at most half full with ``count`` keys."""
    mask = np.uint64(31)
    while mask < np.uint64(2 * count):
        mask = (mask << np.uint64(1)) | np.uint64(1)
    return mask


@compiled
def _entry(terms: Any, key: np.uint64) -> np.uint64:
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
def _new(seen: Any, mask: np.uint64, turn: int, key: np.uint64) -> bool:
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
    count, at = 0, start
    while at < end:
        if flags[text[at]] & LETTER_OR_DIGIT == 0:
            at += 1
            continue
        state, digits = _START, True
        while at < end:
            code = text[at]
            flag = flags[code]
            if flag & LETTER_OR_DIGIT == 0:
                break
            digits = digits and flag & DIGIT != 0
            state = add_char(state, lower[code])
            at += 1
        while at < end and (text[at] == 43 or text[at] == 35):
            state = add_char(state, np.uint32(text[at]))
            digits = False
            at += 1
        words[count] = _ZERO if digits else state
        count += 1
    return count


@compiled
def terms_of(words: Any, count: int, known: Any, seen: Any, turn: int, hashes: Any, records: Any, at: int) -> Any:
    """Write the different terms of some words from place ``at`` on; the place after them, and the bits of marks."""
    terms, term_marks, triples, triple_marks, listed = known
    mask = _mask(2 * count)
    marks = np.uint32(0)
    for place in range(count):
        key = words[place]
        if _new(seen, mask, turn, key):
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
        if _new(seen, mask, turn, key):
            hashes[at], records[at] = key, record
            at += 1
    for bit in range(len(listed)):
        if marks & (np.uint32(1) << np.uint32(bit)):
            hashes[at], records[at] = np.uint64(bit + 1) << np.uint64(TAG), listed[bit]
            at += 1
    return at, marks


@compiled
def _heading(text: Any, start: int, end: int, lower: Any, heads: Any, values: Any) -> int:
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


@compiled
def _score_sentence(records: Any, start: int, end: int, weights: Any, intercept: Any, out: Any) -> None:
    """Scores of the terms ``start`` to ``end`` by the sentence model; unknown ones count in the denominator."""
    width = weights.shape[1]
    known = False
    for output in range(width):
        out[output] = np.float32(0)
    for at in range(start, end):
        record = records[at]
        if 0 <= record < len(weights):
            known = True
            for output in range(width):
                out[output] += weights[record, output]
    _divide(out, width, np.float32(np.sqrt(end - start)), intercept, known)


@compiled
def _score_title(rows: Any, records: Any, start: int, end: int, weights: Any, intercept: Any, out: Any) -> None:
    """Scores of the terms ``start`` to ``end`` by the title model."""
    width = weights.shape[1]
    known = False
    for output in range(width):
        out[output] = np.float32(0)
    for at in range(start, end):
        row = rows[records[at], TITLE] if records[at] >= 0 else -1
        if row >= 0:
            known = True
            for output in range(width):
                out[output] += weights[row, output]
    _divide(out, width, np.float32(np.sqrt(end - start)), intercept, known)


@compiled
def _divide(out: Any, width: int, size: np.float32, intercept: Any, known: bool) -> None:
    """Sums of weights to scores."""
    for output in range(width):
        out[output] = intercept[output] + out[output] / size if known else intercept[output]


@compiled
def _softmax(scores: Any, start: int, size: int, out: Any) -> None:
    highest = scores[start]
    for at in range(start + 1, start + size):
        highest = max(highest, scores[at])
    total = 0.0
    for at in range(size):
        out[at] = np.exp(np.float64(scores[start + at]) - np.float64(highest))
        total += out[at]
    for at in range(size):
        out[at] /= total


@compiled
def _largest(values: Any) -> int:
    best = 0
    for at in range(1, len(values)):
        if values[at] > values[best]:
            best = at
    return best


@compiled
def _aggregate(part: Any, function: Any, domain: Any, sentences: int, out: Any) -> None:
    """The first shares of ``AGGREGATES``: all that is told of the sentences' parts, functions and domains."""
    place = 0
    duty, required, managed = 0.0, 0.0, 0.0
    sums_function = np.zeros((2, N_FUNCTIONS))
    sums_domain = np.zeros((2, N_DOMAINS))
    sums_projects = np.zeros((2, N_DOMAINS))
    work_domain, work_function, work_projects = np.zeros(N_DOMAINS), np.zeros(N_FUNCTIONS), np.zeros(N_DOMAINS)
    about = np.zeros(N_DOMAINS)
    sizes = np.zeros(2)
    sizes_projects = np.zeros(2)
    about_size = 0.0
    for number in range(sentences):
        projects = function[number, _PROJECTS]
        both = (part[number, _DUTY], part[number, _REQUIRED] + part[number, _PREFERRED])
        work = both[0] + REQUIREMENT_WEIGHT * both[1]
        told = part[number, _ABOUT] + part[number, _OFFER]
        duty += both[0]
        required += both[1]
        managed += work * projects
        about_size += told
        for which in range(2):
            weight = both[which]
            sizes[which] += weight
            sizes_projects[which] += weight * projects
            for index in range(N_FUNCTIONS):
                sums_function[which, index] += weight * function[number, index]
            for index in range(N_DOMAINS):
                sums_domain[which, index] += weight * domain[number, index]
                sums_projects[which, index] += weight * projects * domain[number, index]
        for index in range(N_FUNCTIONS):
            work_function[index] += work * function[number, index]
        for index in range(N_DOMAINS):
            work_domain[index] += work * domain[number, index]
            work_projects[index] += work * projects * domain[number, index]
            about[index] += told * domain[number, index]
    for which in range(2):
        for index in range(N_FUNCTIONS):
            out[place] = sums_function[which, index] / (sizes[which] + SHARE_PRIOR)
            place += 1
        for index in range(N_DOMAINS):
            out[place] = sums_domain[which, index] / (sizes[which] + SHARE_PRIOR)
            place += 1
        for index in range(N_DOMAINS):
            out[place] = sums_projects[which, index] / (sizes_projects[which] + SHARE_PRIOR)
            place += 1
    place = _among(work_domain, out, place)
    place = _among(work_function, out, place)
    place = _among(work_projects, out, place)
    for index in range(1, N_DOMAINS):
        out[place] = about[index] / (about_size + SHARE_PRIOR)
        place += 1
    out[N_AGGREGATES - 3], out[N_AGGREGATES - 2], out[N_AGGREGATES - 1] = (
        np.log1p(duty),
        np.log1p(required),
        np.log1p(managed),
    )


@compiled
def _among(sums: Any, out: Any, place: int) -> int:
    told = 0.0
    for index in range(1, len(sums)):
        told += sums[index]
    for index in range(1, len(sums)):
        out[place] = sums[index] / (told + SHARE_PRIOR)
        place += 1
    return place


_TITLE_AT = N_AGGREGATES - 3 - 2 * (N_DOMAINS - 1) - N_DOMAINS - N_FUNCTIONS


@compiled
def _title_numbers(scores: Any, listed: Any, title_listed: Any, out: Any) -> None:
    """The numbers of ``AGGREGATES`` that the title and the word lists give."""
    place = _TITLE_AT
    shares = np.empty(N_FUNCTIONS)
    _softmax(scores, N_PARTS, N_FUNCTIONS, shares)
    for index in range(N_FUNCTIONS):
        out[place] = np.log(shares[index] + TITLE_PRIOR)
        place += 1
    _softmax(scores, N_PARTS + N_FUNCTIONS, N_DOMAINS, shares)
    for index in range(N_DOMAINS):
        out[place] = np.log(shares[index] + TITLE_PRIOR)
        place += 1
    for index in range(N_DOMAINS - 1):
        out[place] = np.log1p(listed[index])
        out[place + N_DOMAINS - 1] = title_listed[index]
        place += 1


@compiled
def _count_lists(marks: np.uint32, lists: Any, counts: Any) -> None:
    for index in range(len(lists)):
        counts[index] += (marks >> np.uint32(lists[index])) & np.uint32(1)


@compiled
def _decide(inputs: Any, decision: Any, kinds: Any, out: Any) -> None:
    """Probabilities of the types from the inputs; ``kinds`` receives the four types' shares."""
    gate = 0.0
    scores = np.zeros(N_TYPES - 1)
    for at in range(N_INPUTS):
        value = inputs[at] - decision[0][at]
        gate += value * decision[1][at]
        for kind in range(N_TYPES - 1):
            scores[kind] += value * decision[3][at, kind]
    for kind in range(N_TYPES - 1):
        scores[kind] += decision[4][kind]
    gate = min(40.0, max(-40.0, gate + decision[2]))
    tpm = 1.0 / (1.0 + np.exp(-gate))
    _softmax(scores, 0, N_TYPES - 1, kinds)
    for kind in range(N_TYPES - 1):
        out[kind] = tpm * kinds[kind]
    out[N_TYPES - 1] = 1 - tpm


@compiled
def _change(decision: Any, kinds: Any, winner: int, other: int, change: Any) -> float:
    last = N_TYPES - 1
    for at in range(N_INPUTS):
        if winner == last:
            change[at] = -decision[1][at]
        elif other == last:
            change[at] = decision[1][at]
        else:
            change[at] = decision[3][at, winner] - decision[3][at, other]
    if other == last:
        return float(np.log(kinds[winner]))
    return float(-np.log(kinds[other])) if winner == last else 0.0


@compiled
def _add_reason(sums: Any, touched: Any, count: int, label: int, value: float) -> int:
    if np.isnan(sums[label]):
        sums[label] = 0.0
        touched[count] = label
        count += 1
    sums[label] += value
    return count


@compiled
def _share_of(weights: Any, row: int, change: Any, first: int, size: float) -> float:
    total = 0.0
    for column in range(N_COLUMNS):
        total += np.float64(weights[row, column]) * change[first + column]
    return total / size


@compiled
def _heaviest(sums: Any, touched: Any, count: int, labels: Any, weights: Any) -> None:
    """Write the heaviest labels in order, and forget the sums."""
    kept = 0
    for index in range(count):
        label = touched[index]
        value = sums[label]
        sums[label] = np.nan
        at = kept
        while at > 0 and (
            abs(weights[at - 1]) < abs(value) or (abs(weights[at - 1]) == abs(value) and labels[at - 1] > label)
        ):
            at -= 1
        if at >= SHOWN_REASONS:
            continue
        kept = min(kept + 1, SHOWN_REASONS)
        for move in range(kept - 1, at, -1):
            labels[move], weights[move] = labels[move - 1], weights[move - 1]
        labels[at], weights[at] = label, value


@compiled
def _space_words(text: Any, start: int, end: int, flags: Any) -> int:
    """Words parted by white space, counted up to ``TELLING_WORDS``."""
    count, inside = 0, False
    for at in range(start, end):
        space = flags[text[at]] & SPACE != 0
        if not space and not inside:
            count += 1
            if count == TELLING_WORDS:
                break
        inside = not space
    return count


@compiled
def _mixed(key: np.uint64) -> np.uint64:
    return follow(key, np.uint64(0))


@compiled
def _hash_text(text: Any, start: int, end: int) -> np.uint64:
    state = _START
    for at in range(start, end):
        state = add_char(state, text[at])
    return state


@compiled
def _summarise(text: Any, spans: Any, first: int, last: int, part: Any, function: Any, domain: Any, flags: Any,
               seen: Any, turn: int, out: Any) -> int:  # fmt: skip
    """Counts over the duties that are told once; ``part`` is (S,), function and domain (sentences, …)."""
    mask = _mask(last - first)
    turn = next_turn(seen, turn)
    telling = np.zeros(last - first, np.bool_)
    managed = 0
    for number in range(last - first):
        start, end = spans[first + number, 0], spans[first + number, 1]
        new = _new(seen, mask, turn, _mixed(_hash_text(text, start, end)))
        if new and part[first + number] == _DUTY and _space_words(text, start, end, flags) >= TELLING_WORDS:
            telling[number] = True
            does = _largest(function[number])
            out[0] += 1
            out[2 + does] += 1
            managed += int(does == _PROJECTS)
    for number in np.flatnonzero(telling):  # domains are counted over the duties that manage projects, where any do
        if not managed or _largest(function[number]) == _PROJECTS:
            what = _largest(domain[number])
            out[2 + N_FUNCTIONS + (what if domain[number, what] >= SURE else 0)] += 1
    out[1] = managed
    return turn


@compiled
def _longest(starts: Any) -> int:
    longest = 0
    for index in range(len(starts) - 1):
        longest = max(longest, starts[index + 1] - starts[index])
    return longest


@compiled
def read_chunk(text: Any, starts: Any, titles: Any, title_starts: Any, lexicon: Any, explain: bool) -> Any:
    """Read postings whose code points stand one after another; ``starts`` (n + 1,) says where each begins.

    Returns the fields of :class:`Chunk`; without ``explain`` those after ``spans`` hold nothing.
    """
    postings = len(starts) - 1
    longest = max(_longest(starts), _longest(title_starts)) + 2
    spans = np.empty((len(text) + postings, 2), np.int64)  # untouched rows cost no memory
    first = np.zeros(postings + 1, np.int64)
    for posting in range(postings):
        body = text[starts[posting] : starts[posting + 1]]
        first[posting + 1] = first[posting] + cut(
            body, lexicon.flags, lexicon.cues, lexicon.cue_bits, spans[first[posting] :]
        )
    sentences = first[postings]
    probabilities = np.empty((postings, N_TYPES))
    order = np.zeros((postings, 2), np.int64)
    part = np.zeros(sentences, np.int8)
    skills = np.empty((sentences if explain else 0, N_SKILLS), np.float32)
    denies = np.zeros(sentences, np.bool_)
    listed = np.zeros(sentences, np.bool_)
    summary = np.zeros((postings, SUMMARY), np.int64)
    told = np.zeros(postings)
    lead = np.zeros(postings)
    labels = np.full((postings, SHOWN_REASONS), -1, np.int32)
    weights = np.zeros((postings, SHOWN_REASONS))

    sums = np.full(int(lexicon.labels.max()) + 1, np.nan)
    touched = np.empty(len(sums), np.int64)
    words = np.empty(longest, np.uint64)
    widest = 0
    for posting in range(postings):
        widest = max(widest, first[posting + 1] - first[posting])
    room = 2 * longest + 32 * (widest + 2)
    size = int(_mask(2 * room)) + 1
    seen, turn = np.zeros(size, np.uint64), 0
    hashes, records = np.empty(room, np.uint64), np.empty(room, np.int32)
    counted = np.empty(2 * room, np.int32)
    terms_at = np.empty(widest + 1, np.int64)
    scores = np.empty(OUTPUTS, np.float32)
    parts, functions, domains = (
        np.empty((widest, N_PARTS)),
        np.empty((widest, N_FUNCTIONS)),
        np.empty((widest, N_DOMAINS)),
    )
    inputs, change = np.zeros(N_INPUTS), np.empty(N_INPUTS)
    word_scores, title_scores = np.empty(N_COLUMNS, np.float32), np.empty(N_COLUMNS, np.float32)
    kinds = np.empty(N_TYPES - 1)
    known_terms = (lexicon.terms, lexicon.marks, lexicon.triples, lexicon.triple_marks, lexicon.listed)
    sentence_weights = lexicon.sentence if explain else lexicon.heads_only
    decision = (lexicon.mean, lexicon.gate, lexicon.gate_intercept, lexicon.kinds, lexicon.kinds_intercept)
    lists = lexicon.domain_lists

    for posting in range(postings):
        body = text[starts[posting] : starts[posting + 1]]
        base = first[posting]
        total = first[posting + 1] - base
        list_counts, title_counts = np.zeros(N_DOMAINS - 1), np.zeros(N_DOMAINS - 1)
        section, at = 0, 0
        for number in range(total):
            sentence = base + number
            start, end = spans[sentence, 0], spans[sentence, 1]
            opened = _heading(body, start, end, lexicon.lower, lexicon.heads, lexicon.head_values)
            section = opened + 1 if opened >= 0 else section
            terms_at[number] = at
            count = words_of(body, start, end, lexicon.flags, lexicon.lower, words)
            turn = next_turn(seen, turn)
            at, marks = terms_of(words, count, known_terms, seen, turn, hashes, records, at)
            denies[sentence] = marks & np.uint32(DENIES) != 0
            _count_lists(marks, lists, list_counts)
            marks_from = at
            records[at] = lexicon.sections[section]
            records[at + 1] = lexicon.places[POSITIONS * number // total]
            at += 2
            if opened >= 0:
                records[at] = lexicon.heading
                at += 1
            _score_sentence(records, terms_at[number], at, sentence_weights, lexicon.sentence_intercept, scores)
            at = marks_from  # the marks of place are no words
            _softmax(scores, 0, N_PARTS, parts[number])
            _softmax(scores, N_PARTS, N_FUNCTIONS, functions[number])
            _softmax(scores, N_PARTS + N_FUNCTIONS, N_DOMAINS, domains[number])
            part[sentence] = _largest(parts[number])
            listed[sentence] = section == _PREFERRED + 1
            told[posting] += parts[number, _DUTY] + parts[number, _REQUIRED] + parts[number, _PREFERRED]
            if explain:
                for skill in range(N_SKILLS):
                    skills[sentence, skill] = scores[FIRST_SKILL + skill]
        terms_at[total] = at

        turn = next_turn(seen, turn)
        mask = _mask(2 * at)
        different, known = 0, 0
        for output in range(N_COLUMNS):
            word_scores[output] = np.float32(0)
        for number in range(total):
            column = _PREFIX[part[base + number]]
            if not column:
                continue
            for place in range(terms_at[number], terms_at[number + 1]):
                record = records[place]
                for which in range(2):
                    key = hashes[place] ^ _PREFIXED[column] if which == 0 else hashes[place]
                    if not _new(seen, mask, turn, key):
                        continue
                    different += 1
                    row = lexicon.rows[record, column if which == 0 else PLAIN] if record >= 0 else -1
                    if row >= 0:
                        counted[known] = row
                        known += 1
        for place in range(known):
            for output in range(N_COLUMNS):
                word_scores[output] += lexicon.words[counted[place], output]
        word_size = np.sqrt(max(1, different))
        for output in range(N_COLUMNS):
            word_scores[output] = (
                lexicon.words_intercept[output] + word_scores[output] / np.float32(word_size)
                if known
                else lexicon.words_intercept[output]
            )

        heading = titles[title_starts[posting] : title_starts[posting + 1]]
        turn = next_turn(seen, turn)
        count = words_of(heading, 0, len(heading), lexicon.flags, lexicon.lower, words)
        title_end, marks = terms_of(words, count, known_terms, seen, turn, hashes, records, at)
        _count_lists(marks, lists, title_counts)
        records[title_end] = lexicon.title
        title_end += 1
        _score_sentence(records, at, title_end, sentence_weights, lexicon.sentence_intercept, scores)
        _score_title(lexicon.rows, records, at, title_end, lexicon.titles, lexicon.titles_intercept, title_scores)

        _aggregate(parts, functions, domains, total, inputs)
        _title_numbers(scores, list_counts, title_counts, inputs)
        for output in range(N_COLUMNS):
            inputs[N_AGGREGATES + output] = np.float64(word_scores[output])
            inputs[N_AGGREGATES + N_COLUMNS + output] = np.float64(title_scores[output])
        chances = probabilities[posting]
        _decide(inputs, decision, kinds, chances)
        winner = _largest(chances)
        other = 0 if winner else 1
        for kind in range(N_TYPES):
            if kind != winner and chances[kind] > chances[other]:
                other = kind
        order[posting, 0], order[posting, 1] = winner, other
        if not explain:
            continue
        lead[posting] = np.log(max(chances[winner], 2.2250738585072014e-308)) - np.log(
            max(chances[other], 2.2250738585072014e-308)
        )
        clear = _change(decision, kinds, winner, other, change)
        found = 0
        if clear != 0.0:
            found = _add_reason(sums, touched, found, lexicon.clear, clear)
        labelled = len(lexicon.words) + len(lexicon.titles)
        for index in range(N_AGGREGATES):
            value = inputs[index] - lexicon.mean[index]
            label = lexicon.labels[labelled + 2 * index + (1 if value < 0 else 0)]
            found = _add_reason(sums, touched, found, label, value * change[index])
        for place in range(known):
            share = _share_of(lexicon.words, counted[place], change, N_AGGREGATES, word_size)
            found = _add_reason(sums, touched, found, lexicon.labels[counted[place]], share)
        title_size = np.sqrt(title_end - at)
        for place in range(at, title_end):
            row = lexicon.rows[records[place], TITLE] if records[place] >= 0 else -1
            if row >= 0:
                share = _share_of(lexicon.titles, row, change, N_AGGREGATES + N_COLUMNS, title_size)
                found = _add_reason(sums, touched, found, lexicon.labels[len(lexicon.words) + row], share)
        _heaviest(sums, touched, found, labels[posting], weights[posting])
        turn = _summarise(
            body, spans, base, base + total, part, functions, domains, lexicon.flags, seen, turn, summary[posting]
        )
    return (
        probabilities, order, first, spans[:sentences].copy(), part, skills, denies, listed, summary, told, lead,
        labels, weights,
    )  # fmt: skip
