"""How unlike postings are to those that the model learned from."""

from collections.abc import Sequence

import numpy as np

from matcher.posting import JobPosting

NEAREST = 20
"""Learned postings that one is compared with. Of the first 20 by this measure 13 were of a kind that the corpus
has nothing of (20 such postings among 459 others); by the share of words that the model never saw, 1."""

TITLE_WEIGHT = 3
MIN_POSTINGS = 2
"""Postings that must hold a word for it to count."""

BLOCK = 1000
"""Postings compared at once: some 10 MB for each thousand learned ones."""


def unlike(postings: Sequence[JobPosting], learned: Sequence[JobPosting]) -> list[float]:
    """For each posting 1 less its mean likeness (TF-IDF, cosine) to the nearest learned ones; 0 if there are none."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts, known = [_text(posting) for posting in postings], [_text(posting) for posting in learned]
    if not known:
        return [0.0] * len(texts)
    vectors = TfidfVectorizer(sublinear_tf=True, min_df=MIN_POSTINGS, stop_words="english").fit([*known, *texts])
    against = vectors.transform(known).T
    nearest = min(NEAREST, len(known))
    found: list[float] = []
    for at in range(0, len(texts), BLOCK):
        likeness = (vectors.transform(texts[at : at + BLOCK]) @ against).toarray()
        found += (1 - np.partition(likeness, -nearest, axis=1)[:, -nearest:].mean(axis=1)).tolist()
    return found


def _text(posting: JobPosting) -> str:
    return " ".join((*[posting.title] * TITLE_WEIGHT, posting.description))
