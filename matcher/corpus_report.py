"""What the corpus is like: counts, lengths, vocabulary, telling titles, near-duplicates, distance from reality."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from matcher.corpus import LabelledPosting, read_labelled
from matcher.features import tokens, word_lists
from matcher.ingest import read_rows
from matcher.posting import JobPosting
from matcher.profile import TYPES

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "*.jsonl"
MAX_JACCARD = 0.6
"""Share of word 4-grams in common from which two rows are near-duplicates."""

GRAM = 4
POOL_SAMPLE = 1500
"""Postings of a pool that the corpus is compared with."""


def report(pool: str | None) -> tuple[list[str], bool]:
    """Lines of the report, and whether no two rows are near-duplicates; ``pool`` is a file of real postings."""
    rows = list(read_labelled([str(CORPUS)]))
    lines = [
        f"{'type':14} {'rows':>5} {'words: 10%':>10} {'half':>5} {'90%':>5} {'vocabulary':>10} {'telling titles':>14}"
    ]
    lines += [_line(name, [row for row in rows if row.type == name]) for name in TYPES]
    pairs = near_duplicates([row.posting.description for row in rows])
    lines += [f"near-duplicates: {rows[a].where} ~ {rows[b].where} ({share:.2f})" for a, b, share in pairs]
    lines.append(f"near-duplicates above {MAX_JACCARD}: {len(pairs)}")
    if pool:
        real = [JobPosting.from_row(row.fields) for row in read_rows(pool) if row.fields.get("description")]
        lines += _against(rows, real[:: max(1, len(real) // POOL_SAMPLE)])
    return lines, not pairs


def _line(name: str, rows: Sequence[LabelledPosting]) -> str:
    words = [len(row.posting.description.split()) for row in rows]
    tenths = statistics.quantiles(words, n=10)
    vocabulary = len({word for row in rows for word in tokens(row.posting.description)})
    telling = sum(_tells(row) for row in rows) / len(rows)
    return (
        f"{name:14} {len(rows):5} {tenths[0]:10.0f} {tenths[4]:5.0f} {tenths[8]:5.0f} {vocabulary:10} {telling:14.0%}"
    )


def _tells(row: LabelledPosting) -> bool:
    """Whether the title holds a word of the type's own list."""
    words = tokens(row.posting.title)
    lists = word_lists()
    return any(f"@d:{row.type}" in lists.get(term, ()) for term in (*words, *map(" ".join, pairwise(words))))


def near_duplicates(texts: Sequence[str]) -> list[tuple[int, int, float]]:
    """Pairs of texts whose word 4-grams overlap by more than ``MAX_JACCARD`` (Jaccard)."""
    grams = []
    for text in texts:
        words = tokens(text)
        grams.append({" ".join(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)})
    holders: dict[str, list[int]] = defaultdict(list)
    for index, found in enumerate(grams):
        for gram in found:
            holders[gram].append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for indexes in holders.values():
        shared.update((a, b) for i, a in enumerate(indexes) for b in indexes[i + 1 :])
    shares = ((a, b, n / (len(grams[a]) + len(grams[b]) - n)) for (a, b), n in shared.items())
    return sorted((a, b, share) for a, b, share in shares if share > MAX_JACCARD)


def _against(rows: Sequence[LabelledPosting], real: Sequence[JobPosting]) -> list[str]:
    """Word statistics beside real postings of all occupations."""
    own_words = Counter(word for row in rows for word in set(tokens(row.posting.description)))
    real_words = Counter(word for posting in real for word in set(tokens(posting.description)))
    common = [word for word, count in real_words.items() if count >= 0.05 * len(real)]
    ratio = {word: (own_words[word] + 1) / len(rows) / (real_words[word] / len(real)) for word in common}
    order = sorted(common, key=lambda word: ratio[word])
    own_lengths = [len(row.posting.description.split()) for row in rows]
    real_lengths = [len(posting.description.split()) for posting in real]
    return [
        f"words a posting, half: {statistics.median(own_lengths):.0f}, real: {statistics.median(real_lengths):.0f}",
        "rarer than in real postings: " + ", ".join(order[:25]),
        "commoner than in real postings: " + ", ".join(order[:-26:-1]),
    ]


def distance(own: Sequence[LabelledPosting], real: Sequence[LabelledPosting]) -> float:
    """AUC of a linear classifier that tells corpus rows from real ones, cross-validated by group; 0.5 is alike."""
    texts = [row.posting.description for row in (*own, *real)]
    groups = [row.group for row in (*own, *real)]
    target = np.array([0] * len(own) + [1] * len(real))
    model = make_pipeline(
        TfidfVectorizer(sublinear_tf=True, min_df=2), LogisticRegression(C=10, class_weight="balanced", max_iter=1000)
    )
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=0)
    chance = cross_val_predict(model, texts, target, groups=groups, cv=folds, method="predict_proba")[:, 1]
    return float(roc_auc_score(target, chance))
