"""Which posting next: those that would teach the model most, one of each advertisement."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from matcher.duplicates import Sketcher, first_of
from matcher.errors import PostingError
from matcher.ingest import expand, read_rows
from matcher.matcher import CHUNK, Matcher, batched, in_english
from matcher.posting import JobPosting
from matcher.profile import TYPES
from matcher.review.labels import key_of
from matcher.review.unlike import unlike

UNLIKE_EVERY = 4
"""Every fourth place goes to the posting least like what the model learned from: closeness finds errors best (of the
first 20 of 459 real postings 55% were wrong, of all 16%), but not what it never saw. So 40% are wrong, and of 20
postings of a new kind 10 come among the first 36 instead of 2."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A posting to label, and ``because`` of what now.

    ``margin`` is the winner's probability less the next one's; ``unlike`` its distance to what the model learned from;
    ``copies`` the number of other rows that are the same advertisement.
    """

    key: str
    posting: JobPosting
    margin: float
    unlike: float
    copies: int = 0
    because: str = ""


def read_postings(sources: Sequence[str]) -> tuple[list[JobPosting], list[str]]:
    """Postings of the inputs, and what could not be read or is not in English.

    Raises:
        InputError: a source cannot be read at all.
    """
    found: list[JobPosting] = []
    errors: list[str] = []
    for row in (row for source in expand(list(sources)) for row in read_rows(source)):
        try:
            if row.error:
                raise PostingError(row.error)
            found.append(in_english(JobPosting.from_row(row.fields)))
        except PostingError as error:
            errors.append(row.error or f"{row.where}: {error}")
    return found, errors


def one_of_each(postings: Sequence[JobPosting]) -> list[tuple[JobPosting, int]]:
    """The first posting of each advertisement, with the number of its copies."""
    firsts = first_of(Sketcher().sketch_many(postings)).tolist()
    return [(postings[at], count - 1) for at, count in Counter(firsts).items()]


def line_up(
    postings: Sequence[tuple[JobPosting, int]],
    matcher: Matcher,
    learned: Sequence[JobPosting],
    progress: Callable[[int], None] = lambda _: None,
) -> list[Candidate]:
    """Candidates in the order to ask for them; ``learned`` is what the model knows, ``progress`` is told of each."""
    candidates = []
    far = unlike([posting for posting, _ in postings], learned)
    rows = chain.from_iterable(
        matcher.type_rows([posting for posting, _ in chunk]) for chunk in batched(postings, CHUNK)
    )
    for (posting, copies), distance, row in zip(postings, far, rows, strict=True):
        first, second = sorted((row[f"p_{name}"] for name in TYPES), reverse=True)[:2]
        candidates.append(Candidate(key_of(posting), posting, first - second, distance, copies))
        progress(len(candidates))
    return interleaved(candidates)


def interleaved(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Closest calls first, and every ``UNLIKE_EVERY``th the most unlike of the rest."""
    close = iter(sorted(candidates, key=lambda c: (c.margin, c.key)))
    unlike = iter(sorted(candidates, key=lambda c: (-c.unlike, c.key)))
    told = any(candidate.unlike for candidate in candidates)
    taken: set[str] = set()
    ordered: list[Candidate] = []
    while len(ordered) < len(candidates):
        strange = (len(ordered) + 1) % UNLIKE_EVERY == 0 and told
        best = next(candidate for candidate in (unlike if strange else close) if candidate.key not in taken)
        taken.add(best.key)
        ordered.append(replace(best, because=_why(best, strange)))
    return ordered


def _why(candidate: Candidate, strange: bool) -> str:
    if strange:
        return f"unlike the corpus: {1 - candidate.unlike:.0%} alike to what is nearest in it"
    return f"closest call left: the two likeliest types are {candidate.margin:.0%} apart"
