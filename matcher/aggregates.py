"""A posting's numbers: shares of what its sentences do and deliver, for the small model that tells the type."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from matcher.reading import DOMAINS, FUNCTIONS, PARTS, Array, Reading

_DUTY, _REQUIRED, _PREFERRED = (PARTS.index(part) for part in ("duty", "required", "preferred"))
_ABOUT, _OFFER = PARTS.index("about"), PARTS.index("offer")
_PROJECTS = FUNCTIONS.index("projects")

REQUIREMENT_WEIGHT = 0.5
"""A requirement tells half as much of the work as a duty; chosen by cross-validation on the corpus."""

SHARE_PRIOR = 0.5
"""Sentences added to every share's denominator, so that one sentence alone does not make a share of 1."""

TITLE_PRIOR = 0.02
"""Added to the title's probabilities before their logarithm."""

LISTED = tuple(f"@d:{name}" for name in DOMAINS[1:])
"""Terms that say that a text holds a word of a domain's list."""


def _names() -> tuple[str, ...]:
    names: list[str] = []
    for part in ("duty", "required"):
        names += [f"{part}.function.{name}" for name in FUNCTIONS]
        names += [f"{part}.domain.{name}" for name in DOMAINS]
        names += [f"{part}.projects.{name}" for name in DOMAINS]
    names += [f"work.domain.{name}" for name in DOMAINS[1:]]
    names += [f"work.function.{name}" for name in FUNCTIONS[1:]]
    names += [f"work.projects.{name}" for name in DOMAINS[1:]]
    names += [f"about.domain.{name}" for name in DOMAINS[1:]]
    names += [f"title.function.{name}" for name in FUNCTIONS]
    names += [f"title.domain.{name}" for name in DOMAINS]
    names += [f"lists.{name}" for name in DOMAINS[1:]]
    names += [f"lists.title.{name}" for name in DOMAINS[1:]]
    return (*names, "count.duty", "count.required", "count.projects")


AGGREGATES = _names()
"""Names of the numbers, in order: ``part.what.which``."""


def aggregate(reading: Reading) -> Array:
    """The numbers of ``AGGREGATES`` for one posting."""
    units = reading.units
    listed = (_listed(units.terms), _listed([units.title_terms]))
    return aggregate_of(
        reading.part, reading.function, reading.domain, reading.title_function, reading.title_domain, *listed
    )


def aggregate_of(
    part: Array,
    function: Array,
    domain: Array,
    title_function: Array,
    title_domain: Array,
    listed: Array,
    title_listed: Array,
) -> Array:
    """The same from what was read of a posting's n sentences.

    Probabilities are those of :class:`Reading`; ``listed`` counts, for each of ``LISTED``, the sentences that hold a
    word of it, and ``title_listed`` says the same of the title.
    """
    duty = part[:, _DUTY]
    required = part[:, _REQUIRED] + part[:, _PREFERRED]
    work = duty + REQUIREMENT_WEIGHT * required
    projects = function[:, _PROJECTS]
    values: list[Array] = []
    for weight in (duty, required):
        values += [_share(weight, function), _share(weight, domain), _share(weight * projects, domain)]
    values += [
        _among(work, domain),
        _among(work, function),
        _among(work * projects, domain),
        _share(part[:, _ABOUT] + part[:, _OFFER], domain)[1:],
        np.log(title_function + TITLE_PRIOR),
        np.log(title_domain + TITLE_PRIOR),
        np.log1p(listed),
        title_listed,
        np.log1p(np.array([duty.sum(), required.sum(), (work * projects).sum()])),
    ]
    return np.concatenate(values)


def _share(weight: Array, probabilities: Array) -> Array:
    """Share of each outcome in the weighted sentences."""
    return np.asarray(weight @ probabilities / (weight.sum() + SHARE_PRIOR))


def _among(weight: Array, probabilities: Array) -> Array:
    """Share of each outcome among the sentences that tell any (the first outcome is "none")."""
    told = weight @ probabilities[:, 1:]
    return np.asarray(told / (told.sum() + SHARE_PRIOR))


def _listed(found: Sequence[Sequence[str]]) -> Array:
    """Sentences that hold a word of each domain's list, boilerplate included: employers tell their trade there."""
    marks = Counter(term for terms in found for term in terms if term.startswith("@d:"))
    return np.array([marks[name] for name in LISTED], np.float64)
