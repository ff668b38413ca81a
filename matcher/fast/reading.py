"""A chunk of postings read by compiled code: the numbers of ``matcher.reading`` and ``matcher.classifier``, at once.

Sums run in the same order as there, so that a posting scored alone gives the same digits.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.classifier import SHOWN_REASONS, WORD_PARTS
from matcher.fast.compiling import compiled
from matcher.fast.cutting import cut
from matcher.fast.headings import heading_of
from matcher.fast.inputs import (
    N_AGGREGATES,
    N_DOMAINS,
    N_FUNCTIONS,
    N_PARTS,
    aggregate_sentences,
    count_lists,
    title_numbers,
)
from matcher.fast.lexicon import ANY, DENIES, DUTY, PLAIN, REQUIRED, SUBJECT
from matcher.fast.reasons import (
    N_COLUMNS,
    N_INPUTS,
    N_TYPES,
    SUMMARY,
    add_inputs,
    add_reason,
    change_of,
    heaviest,
    most_telling,
    net,
    next_kind,
    share_of,
    summarise,
)
from matcher.fast.scores import largest, score_sentence, score_title, softmax
from matcher.fast.terms import is_new, mask_of, next_turn, terms_of, words_of
from matcher.profile import SKILLS
from matcher.reading import OUTPUTS, PARTS, POSITIONS

N_SKILLS = len(SKILLS)
FIRST_SKILL = OUTPUTS - N_SKILLS

_DUTY, _REQUIRED, _PREFERRED = (PARTS.index(part) for part in ("duty", "required", "preferred"))
_PREFIX = np.array([{"d:": DUTY, "r:": REQUIRED}.get(WORD_PARTS.get(part, ""), 0) for part in PARTS], np.int64)
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
    quoted: NDArray[np.float64]
    """(n,): the share of the posting's words in the lead."""
    telling: NDArray[np.int32]
    """(n, 2): labels that the summary names; -1 for none."""


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
    softmax(scores, 0, N_TYPES - 1, kinds)
    for kind in range(N_TYPES - 1):
        out[kind] = tpm * kinds[kind]
    out[N_TYPES - 1] = 1 - tpm


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
    lead, quoted = np.zeros(postings), np.zeros(postings)
    labels = np.full((postings, SHOWN_REASONS), -1, np.int32)
    weights = np.zeros((postings, SHOWN_REASONS))
    telling = np.full((postings, 2), -1, np.int32)

    sums = np.full(len(lexicon.opposites), np.nan)
    touched = np.empty(len(sums), np.int64)
    words = np.empty(longest, np.uint64)
    widest = 0
    for posting in range(postings):
        widest = max(widest, first[posting + 1] - first[posting])
    room = 2 * longest + 32 * (widest + 2)
    size = int(mask_of(2 * room)) + 1
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
            opened = heading_of(body, start, end, lexicon.lower, lexicon.heads, lexicon.head_values)
            section = opened + 1 if opened >= 0 else section
            terms_at[number] = at
            count = words_of(body, start, end, lexicon.flags, lexicon.lower, words)
            turn = next_turn(seen, turn)
            at, marks = terms_of(words, count, known_terms, seen, turn, hashes, records, at)
            denies[sentence] = marks & np.uint32(DENIES) != 0
            count_lists(marks, lists, list_counts)
            marks_from = at
            records[at] = lexicon.sections[section]
            records[at + 1] = lexicon.places[POSITIONS * number // total]
            at += 2
            if opened >= 0:
                records[at] = lexicon.heading
                at += 1
            score_sentence(records, terms_at[number], at, sentence_weights, lexicon.sentence_intercept, scores)
            at = marks_from  # the marks of place are no words
            softmax(scores, 0, N_PARTS, parts[number])
            softmax(scores, N_PARTS, N_FUNCTIONS, functions[number])
            softmax(scores, N_PARTS + N_FUNCTIONS, N_DOMAINS, domains[number])
            part[sentence] = largest(parts[number])
            listed[sentence] = section == _PREFERRED + 1
            told[posting] += parts[number, _DUTY] + parts[number, _REQUIRED] + parts[number, _PREFERRED]
            if explain:
                for skill in range(N_SKILLS):
                    skills[sentence, skill] = scores[FIRST_SKILL + skill]
        terms_at[total] = at

        turn = next_turn(seen, turn)
        mask = mask_of(2 * at)
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
                    if not is_new(seen, mask, turn, key):
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
        count_lists(marks, lists, title_counts)
        records[title_end] = lexicon.title
        title_end += 1
        score_sentence(records, at, title_end, sentence_weights, lexicon.sentence_intercept, scores)
        score_title(lexicon.rows, records, at, title_end, lexicon.titles, lexicon.titles_intercept, title_scores)

        aggregate_sentences(parts, functions, domains, total, inputs)
        title_numbers(scores, list_counts, title_counts, inputs)
        for output in range(N_COLUMNS):
            inputs[N_AGGREGATES + output] = np.float64(word_scores[output])
            inputs[N_AGGREGATES + N_COLUMNS + output] = np.float64(title_scores[output])
        chances = probabilities[posting]
        _decide(inputs, decision, kinds, chances)
        winner = largest(chances)
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
        change_of(decision, kinds, winner, next_kind(kinds, winner), change)
        found = add_inputs(inputs, lexicon.mean, change, lexicon.input_labels, sums, touched)
        net(sums, touched, found, lexicon.opposites)
        most_telling(sums, touched, found, lexicon.named, ANY if winner == N_TYPES - 1 else SUBJECT, telling[posting])
        clear = change_of(decision, kinds, winner, other, change)
        found = add_inputs(inputs, lexicon.mean, change, lexicon.input_labels, sums, touched)
        if clear != 0.0:
            found = add_reason(sums, touched, found, lexicon.clear, clear)
        for place in range(known):
            share = share_of(lexicon.words, counted[place], change, N_AGGREGATES, word_size)
            label = lexicon.word_labels[counted[place]]
            found = add_reason(sums, touched, found, label, share)
            quoted[posting] += share if label >= lexicon.quoted else 0.0
        net(sums, touched, found, lexicon.opposites)
        heaviest(sums, touched, found, labels[posting], weights[posting])
        turn = summarise(
            body, spans, base, base + total, part, functions, domains, lexicon.flags, seen, turn, summary[posting]
        )
    return (
        probabilities, order, first, spans[:sentences].copy(), part, skills, denies, listed, summary, told, lead,
        labels, weights, quoted, telling,
    )  # fmt: skip
