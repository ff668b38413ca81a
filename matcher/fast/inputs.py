"""The small model's inputs, compiled: the numbers of ``matcher.aggregates``, summed in the same order."""

from typing import Any

import numpy as np

from matcher.aggregates import AGGREGATES, REQUIREMENT_WEIGHT, SHARE_PRIOR, TITLE_PRIOR
from matcher.fast.compiling import compiled
from matcher.fast.scores import softmax
from matcher.reading import DOMAINS, FUNCTIONS, PARTS

N_PARTS, N_FUNCTIONS, N_DOMAINS, N_AGGREGATES = len(PARTS), len(FUNCTIONS), len(DOMAINS), len(AGGREGATES)
_DUTY, _REQUIRED, _PREFERRED = (PARTS.index(part) for part in ("duty", "required", "preferred"))
_ABOUT, _OFFER = PARTS.index("about"), PARTS.index("offer")
_PROJECTS = FUNCTIONS.index("projects")


@compiled
def aggregate_sentences(part: Any, function: Any, domain: Any, sentences: int, out: Any) -> None:
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
def title_numbers(scores: Any, listed: Any, title_listed: Any, out: Any) -> None:
    """The numbers of ``AGGREGATES`` that the title and the word lists give."""
    place = _TITLE_AT
    shares = np.empty(N_FUNCTIONS)
    softmax(scores, N_PARTS, N_FUNCTIONS, shares)
    for index in range(N_FUNCTIONS):
        out[place] = np.log(shares[index] + TITLE_PRIOR)
        place += 1
    softmax(scores, N_PARTS + N_FUNCTIONS, N_DOMAINS, shares)
    for index in range(N_DOMAINS):
        out[place] = np.log(shares[index] + TITLE_PRIOR)
        place += 1
    for index in range(N_DOMAINS - 1):
        out[place] = np.log1p(listed[index])
        out[place + N_DOMAINS - 1] = title_listed[index]
        place += 1


@compiled
def count_lists(marks: np.uint32, lists: Any, counts: Any) -> None:
    """Count a sentence for each list of words that it holds one of."""
    for index in range(len(lists)):
        counts[index] += (marks >> np.uint32(lists[index])) & np.uint32(1)
