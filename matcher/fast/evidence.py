"""Which skills a chunk of postings asks for, and in which words: the numbers of ``matcher.skills``, compiled."""

from typing import Any

import numpy as np

from matcher.fast.alphabet import SPACE
from matcher.fast.compiling import compiled
from matcher.fast.reading import FIRST_SKILL, N_SKILLS
from matcher.fast.terms import next_turn, terms_of, words_of
from matcher.reading import PARTS
from matcher.skills import (
    ASKED_FROM,
    EVIDENCE_FLOOR,
    LONG_EVIDENCE,
    MAX_EVIDENCE,
    NO_SENTENCE,
    SILENT_PARTS,
    WORD_COST,
)

_SILENT = np.array([part in SILENT_PARTS for part in PARTS])
_CLAUSE_MARKS = tuple(map(ord, ";,:–—"))
_WORDS = ("and", "or", "while", "including", "as well as")
_JOINING = np.array([[ord(char) for char in word.ljust(11, "\0")] for word in _WORDS], np.uint32)
_DOT = ord(".")
PROBABILITY_DIGITS = 4


@compiled
def _sigmoid(score: float) -> float:
    return 1.0 / (1.0 + np.exp(-min(40.0, max(-40.0, score))))


@compiled
def _probability(scores: Any, first: int, last: int, skill: int, tpm: float, weights: Any, intercept: float) -> float:
    top, second, expected = NO_SENTENCE, NO_SENTENCE, 0.0
    for sentence in range(first, last):
        score = np.float64(scores[sentence, skill])
        expected += _sigmoid(score)
        if score > top:
            top, second = score, top
        elif score > second:
            second = score
    expected += _sigmoid(NO_SENTENCE)
    expected += _sigmoid(NO_SENTENCE)
    total = top * weights[0] + second * weights[1] + np.log(expected + 0.01) * weights[2] + tpm * weights[3]
    return _sigmoid(total + intercept)


@compiled
def _best(scores: Any, part: Any, first: int, last: int, skill: int, found: Any) -> int:
    """Write the sentences that ask most for a skill, best first; how many."""
    count = 0
    for sentence in range(first, last):
        if _SILENT[part[sentence]]:
            continue
        score = _sigmoid(np.float64(scores[sentence, skill]))
        at = count
        while at > 0 and _sigmoid(np.float64(scores[found[at - 1], skill])) < score:
            at -= 1
        if at >= MAX_EVIDENCE:
            continue
        count = min(count + 1, MAX_EVIDENCE)
        for move in range(count - 1, at, -1):
            found[move] = found[move - 1]
        found[at] = sentence
    kept = 0
    while kept < count and _sigmoid(np.float64(scores[found[kept], skill])) >= EVIDENCE_FLOOR:
        kept += 1
    return max(kept, min(count, 1))


@compiled
def _is_space(text: Any, flags: Any, at: int) -> bool:
    return flags[text[at]] & SPACE != 0


@compiled
def _joining(text: Any, flags: Any, at: int, end: int) -> int:
    """Where the clause after a joining word begins that stands at ``at``; -1 for no such word."""
    for word in range(len(_JOINING)):
        stop = at
        while stop < end and _JOINING[word, stop - at] and text[stop] == _JOINING[word, stop - at]:
            stop += 1
        if stop < end and not _JOINING[word, stop - at] and _is_space(text, flags, stop):
            while stop < end and _is_space(text, flags, stop):
                stop += 1
            return stop
    return -1


@compiled
def _clauses(text: Any, flags: Any, start: int, end: int, lefts: Any, rights: Any) -> int:
    """Write where the clauses of a sentence begin and end; how many."""
    count, at = 1, start
    lefts[0] = start
    while at < end:
        code, after = text[at], -1
        mark = code == _DOT
        for one in _CLAUSE_MARKS:
            mark = mark or code == one
        if mark and at + 1 < end and _is_space(text, flags, at + 1):
            after = at + 1
            while after < end and _is_space(text, flags, after):
                after += 1
        elif _is_space(text, flags, at):
            word = at
            while word < end and _is_space(text, flags, word):
                word += 1
            after = _joining(text, flags, word, end)
            if after < 0:
                at = word
                continue
        if after < 0:
            at += 1
            continue
        rights[count - 1] = at
        lefts[count] = after
        count += 1
        at = after
    rights[count - 1] = end
    return count


@compiled
def _narrow(text: Any, start: int, end: int, column: int, lexicon: Any, room: Any) -> Any:
    """The run of clauses of at most ``LONG_EVIDENCE`` characters whose words weigh most for a skill."""
    lefts, rights, words, hashes, records, seen, turns = room
    known = (lexicon.terms, lexicon.marks, lexicon.triples, lexicon.triple_marks, lexicon.listed)
    count = _clauses(text, lexicon.flags, start, end, lefts, rights)
    best_start, best_end, best = start, end, -np.inf
    for left in range(count):
        for right in range(left, count):
            size = rights[right] - lefts[left]
            if size > LONG_EVIDENCE and right != left:
                break
            if size <= 0:
                continue
            found = words_of(text, lefts[left], rights[right], lexicon.flags, lexicon.lower, words)
            turns[0] = next_turn(seen, turns[0])
            stop, _ = terms_of(words, found, known, seen, turns[0], hashes, records, 0)
            weight = 0.0
            for place in range(stop):
                if 0 <= records[place] < len(lexicon.sentence):
                    weight += np.float64(lexicon.sentence[records[place], column])
            weight -= WORD_COST * stop
            if weight > best:
                best_start, best_end, best = lefts[left], rights[right], weight
    return best_start, best_end


@compiled
def skills_of(text: Any, starts: Any, first: Any, spans: Any, part: Any, scores: Any, tpm: Any, lexicon: Any) -> Any:
    """Probabilities (n, skills) of the skills, and the words that ask for them.

    For each skill asked for up to three spans (n, skills, 3, 3) as sentence, start and end, -1 for none; with their
    probabilities (n, skills, 3).
    """
    postings = len(starts) - 1
    chances = np.empty((postings, N_SKILLS))
    words = np.full((postings, N_SKILLS, MAX_EVIDENCE, 3), -1, np.int64)
    sure = np.zeros((postings, N_SKILLS, MAX_EVIDENCE))
    longest = 2
    for sentence in range(len(spans)):
        longest = max(longest, spans[sentence, 1] - spans[sentence, 0] + 2)
    size = 64
    while size < 4 * longest + 64:
        size *= 2
    room = (
        np.empty(longest, np.int64), np.empty(longest, np.int64), np.empty(longest, np.uint64),
        np.empty(2 * longest + 32, np.uint64), np.empty(2 * longest + 32, np.int32),
        np.zeros(size, np.uint64), np.zeros(1, np.int64),
    )  # fmt: skip
    found = np.empty(MAX_EVIDENCE + 1, np.int64)
    for posting in range(postings):
        body = text[starts[posting] : starts[posting + 1]]
        for skill in range(N_SKILLS):
            chance = _probability(
                scores, first[posting], first[posting + 1], skill, tpm[posting], lexicon.skills[skill],
                lexicon.skills_intercept[skill],
            )  # fmt: skip
            chances[posting, skill] = chance
            if chance < ASKED_FROM - 0.5 * 10.0**-PROBABILITY_DIGITS:  # rounded, it may still be asked for
                continue
            count = _best(scores, part, first[posting], first[posting + 1], skill, found)
            for place in range(count):
                sentence = found[place]
                start, end = spans[sentence, 0], spans[sentence, 1]
                if end - start > LONG_EVIDENCE:
                    start, end = _narrow(body, start, end, FIRST_SKILL + skill, lexicon, room)
                words[posting, skill, place, 0] = sentence
                words[posting, skill, place, 1], words[posting, skill, place, 2] = start, end
                sure[posting, skill, place] = _sigmoid(np.float64(scores[sentence, skill]))
    return chances, words, sure
