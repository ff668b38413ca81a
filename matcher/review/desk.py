"""What lies on the desk: the postings in order, their labels, and the model that guesses."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matcher.corpus import read_labelled
from matcher.errors import InputError
from matcher.matcher import Matcher
from matcher.posting import JobPosting
from matcher.review.labels import Labels
from matcher.review.queue import Candidate, line_up, one_of_each, read_postings


@dataclass(frozen=True, slots=True)
class Counts:
    """How far the work is; ``total`` postings, of which ``labelled`` have a type and ``skipped`` were put back."""

    total: int
    labelled: int
    skipped: int
    types: Counter[str]


class Desk:
    """One review: safe to use from several threads."""

    def __init__(
        self,
        inputs: Sequence[str],
        labels: Labels,
        matcher: Matcher,
        corpus: Sequence[str] = (),
        progress: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Read, score and line up the postings of ``inputs``; ``corpus`` names labelled files to train with.

        Raises:
            InputError: an input cannot be read, or there is no posting in them.
            LabelError: a row of the corpus is not a labelled posting.
        """
        postings, self.errors = read_postings(inputs)
        if not postings:
            raise InputError(f"{', '.join(inputs)}: no postings in it" + "".join(f"; {e}" for e in self.errors[:1]))
        self.corpus = list(corpus)
        self.labels = labels
        self.matcher = matcher
        self.lock = threading.RLock()
        ordered = line_up(one_of_each(postings), matcher, self._learned(), progress)
        self.candidates = {candidate.key: candidate for candidate in ordered}

    def _learned(self) -> list[JobPosting]:
        """The postings that a training would learn from."""
        with self.lock:
            own = [self.labels.posting(key) for key, _ in self.labels.answered()]
        return [*(row.posting for row in read_labelled(self.corpus)), *own]

    def posting(self, key: str) -> JobPosting:
        """A posting of the inputs or of the label file.

        Raises:
            KeyError: there is none.
        """
        with self.lock:
            found = self.candidates.get(key)
            return found.posting if found else self.labels.posting(key)

    def next(self) -> Candidate | None:
        """The posting to ask for: the first without an answer, those that were skipped last; None when all have one."""
        with self.lock:
            open_ones = [c for c in self.candidates.values() if not self.labels.label(c.key).type]
            return min(open_ones, key=lambda c: self.labels.label(c.key).skipped, default=None)

    def counts(self) -> Counts:
        """How far the work is."""
        with self.lock:
            answered = dict(self.labels.answered())
            skipped = sum(self.labels.label(key).skipped for key in self.candidates)
            total = len(self.candidates.keys() | answered.keys())
            return Counts(total, len(answered), skipped, Counter(str(label.type) for label in answered.values()))

    def switch(self, matcher: Matcher) -> None:
        """Go on with another model: the postings are lined up again by what it finds hard."""
        ordered = line_up([(c.posting, c.copies) for c in self.candidates.values()], matcher, self._learned())
        with self.lock:
            self.matcher = matcher
            self.candidates = {c.key: c for c in ordered}
