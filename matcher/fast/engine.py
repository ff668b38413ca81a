"""The fast path: one model applied to a chunk of postings at a time, by compiled code."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.facts.page import Pages
from matcher.fast.alphabet import Codes, codes_of
from matcher.fast.cues import pages_of
from matcher.fast.evidence import skills_of
from matcher.fast.inputs import N_FUNCTIONS
from matcher.fast.lexicon import lexicon_of
from matcher.fast.reading import Chunk, read_chunk
from matcher.findings import DIGITS, Findings, reasons_of
from matcher.match import Evidence
from matcher.model_store import Model
from matcher.posting import JobPosting
from matcher.profile import SKILLS
from matcher.reading import PARTS
from matcher.reasons import summary_of
from matcher.skills import DENIED, denied, strength_of

Packed = tuple[Codes, NDArray[np.int64]]


def packed(texts: Sequence[str]) -> Packed:
    """Texts as code points, one after another, and where each begins (n + 1,)."""
    starts = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(text) for text in texts], out=starts[1:])
    return codes_of("".join(texts)), starts


class Engine:
    """One model, ready for chunks of postings."""

    def __init__(self, model: Model) -> None:
        self._lexicon, self._labels = lexicon_of(model)

    def types(self, postings: Sequence[JobPosting]) -> NDArray[np.float64]:
        """Probabilities (n, types)."""
        texts = packed([posting.description for posting in postings])
        titles = packed([posting.title for posting in postings])
        return Chunk(*read_chunk(*texts, *titles, self._lexicon, explain=False)).probabilities

    def find(self, postings: Sequence[JobPosting]) -> Iterator[tuple[Findings, Pages]]:
        """All that the model finds in each posting, as :meth:`Matcher.find` tells it, and the pages for its facts."""
        texts = [posting.description for posting in postings]
        text, starts = packed(texts)
        heads = [getattr(posting, name) for name in ("title", "company", "location") for posting in postings]
        head_text, head_starts = packed(heads)
        count = len(postings)
        titles = head_text[: head_starts[count]], head_starts[: count + 1]
        chunk = Chunk(*read_chunk(text, starts, *titles, self._lexicon, explain=True))
        for sentence, description in _doubtful(chunk, postings):
            start, end = chunk.spans[sentence].tolist()
            if denied(description[start:end]):
                chunk.skills[sentence] = np.minimum(chunk.skills[sentence], np.float32(DENIED))
        tpm = 1 - chunk.probabilities[:, -1]
        skills = skills_of(text, starts, chunk.first, chunk.spans, chunk.part, chunk.skills, tpm, self._lexicon)
        made = pages_of(heads, head_text, head_starts)
        pages = map(Pages, made, pages_of(texts, text, starts), made[count:], made[2 * count :])
        return zip(self._findings(postings, chunk, *skills), pages, strict=True)

    def _findings(
        self,
        postings: Sequence[JobPosting],
        chunk: Chunk,
        chances: NDArray[np.float64],
        words: NDArray[np.int64],
        sure: NDArray[np.float64],
    ) -> Iterator[Findings]:
        order, summary = chunk.order.tolist(), chunk.summary.tolist()
        labels, weights = chunk.labels.tolist(), chunk.weights.tolist()
        probabilities, told, lead = chunk.probabilities.tolist(), chunk.told.tolist(), chunk.lead.tolist()
        telling, quoted = chunk.telling.tolist(), chunk.quoted.tolist()
        names, rows = self._labels, chances.tolist()
        evidence = _evidence(postings, chunk, words, sure)
        for number in range(len(postings)):
            shares = [
                (names[at], weight) for at, weight in zip(labels[number], weights[number], strict=True) if at >= 0
            ]
            counts = summary[number]
            told_most = [names[at] for at in telling[number] if at >= 0]
            yield Findings(
                probabilities[number],
                order[number][0],
                order[number][1],
                summary_of(counts[2 : 2 + N_FUNCTIONS], counts[2 + N_FUNCTIONS :], told_most),
                reasons_of(shares, quoted[number], lead[number]),
                told[number],
                rows[number],
                evidence[number],
            )


def _doubtful(chunk: Chunk, postings: Sequence[JobPosting]) -> Iterator[tuple[int, str]]:
    """Sentences that hold a word that may deny, each with its posting's description."""
    sentences = np.flatnonzero(chunk.denies)
    owners = np.searchsorted(chunk.first, sentences, side="right") - 1
    for sentence, owner in zip(sentences.tolist(), owners.tolist(), strict=True):
        yield sentence, postings[owner].description


def _evidence(
    postings: Sequence[JobPosting], chunk: Chunk, words: NDArray[np.int64], sure: NDArray[np.float64]
) -> list[list[tuple[Evidence, ...]]]:
    """Words for each posting and skill; (n, skills)."""
    found: list[list[tuple[Evidence, ...]]] = [[()] * len(SKILLS) for _ in postings]
    at = np.nonzero(words[..., 0] >= 0)
    sentences, starts, ends = words[at].T
    listed, parts = chunk.listed[sentences].tolist(), chunk.part[sentences].tolist()
    columns = (at[0].tolist(), at[1].tolist(), starts.tolist(), ends.tolist(), sure[at].tolist(), parts, listed)
    for number, skill, start, end, chance, part, preferred in zip(*columns, strict=True):
        text = postings[number].description[start:end]
        made = Evidence(text, start, end, strength_of(text, PARTS[part], preferred), round(chance, DIGITS))
        found[number][skill] += (made,)
    return found
