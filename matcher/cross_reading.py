"""Every posting of a training read by a sentence model that saw none of its group."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.aggregates import AGGREGATES, aggregate_of
from matcher.corpus import Ints
from matcher.features import TermModel
from matcher.material import Material
from matcher.profile import SKILLS
from matcher.reading import OUTPUTS, Array, head_probabilities
from matcher.skills import DENIED, pooled


@dataclass(frozen=True)
class CrossReading:
    """What is kept of n postings with S sentences: each sentence's most probable ``part`` (S,), the ``aggregates``
    (n, aggregates), and what the sentences say of each skill, ``asked`` (n, 14, 3): :func:`pooled` without its last.
    """  # noqa: D205 - one sentence

    part: NDArray[np.int8]
    aggregates: Array
    asked: Array


def cross_read(material: Material, folds: Ints, models: Sequence[TermModel]) -> CrossReading:
    """Read each posting (n,) with the model of its fold."""
    postings, sentences = len(folds), len(material.sentences)
    found = CrossReading(
        np.zeros(sentences, np.int8), np.zeros((postings, len(AGGREGATES))), np.zeros((postings, len(SKILLS), 3))
    )
    listed, title_listed = material.listed()
    for fold, model in enumerate(models):
        held = folds == fold
        inside = material.told(held)
        scores = material.sentences[inside].scores(model)
        asking = scores[:, OUTPUTS - len(SKILLS) :]
        denied = material.denied[inside]
        asking[denied] = np.minimum(asking[denied], np.float32(DENIED))
        part, function, domain = head_probabilities(scores)
        found.part[inside] = part.argmax(axis=1)
        _, title_function, title_domain = head_probabilities(material.titles[held].scores(model))
        ends = np.cumsum(np.diff(material.first)[held]).tolist()
        for number, row in enumerate(np.flatnonzero(held).tolist()):
            own = slice(ends[number - 1] if number else 0, ends[number])
            titles = (title_function[number], title_domain[number], listed[row], title_listed[row])
            found.aggregates[row] = aggregate_of(part[own], function[own], domain[own], *titles)
            found.asked[row] = pooled(asking[own], 0.0)[:, :3]
    return found
