"""Training from the page: in the background, compared first, switched only when the person says so."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from matcher import model_store
from matcher.corpus import read_labelled
from matcher.errors import LabelError, MatcherError, StaleError
from matcher.matcher import Matcher
from matcher.review.desk import Desk

if TYPE_CHECKING:
    from matcher.retraining import Proposal


JOBS = 1
"""Processes that train: the page keeps a processor, and no worker outlives a server that is killed."""


@dataclass(frozen=True)
class Training:
    """Where a training stands: ``step`` in words while it runs, then a ``proposal`` or an ``error``.

    ``kept`` is the new model's folder once it is in use.
    """

    step: str = ""
    started: float = field(default_factory=time.monotonic)
    proposal: "Proposal | None" = None
    error: str = ""
    kept: Path | None = None

    @property
    def seconds(self) -> int:
        """Whole seconds since it began."""
        return int(time.monotonic() - self.started)


def shipped_corpus() -> list[str]:
    """The labelled files of a checkout; none in an installed package, which carries no corpus."""
    return sorted(map(str, (Path(__file__).resolve().parents[2] / "corpus").glob("*.jsonl")))


class Trainer:
    """At most one training at a time."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.training: Training | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Begin to train on the corpus and the labels.

        Raises:
            LabelError: there is no corpus, or nothing is labelled.
            StaleError: a training runs already.
        """
        if not self.desk.corpus:
            raise LabelError("no corpus to train with: start 'matcher review' with --corpus and its files")
        if not self.desk.counts().labelled:
            raise LabelError("nothing is labelled yet")
        with self._lock:
            if self.training and self.training.step:
                raise StaleError("a training runs already")
            self.training = Training("reading the labelled postings")
        threading.Thread(target=self._guarded, args=(self._train,), daemon=True).start()

    def settle(self, use: bool) -> None:
        """Switch to the proposed model in the background, or let it go.

        Raises:
            StaleError: no model is proposed.
            LabelError: the proposed model is worse than the one in use.
        """
        with self._lock:
            training = self.training
            if training is None or training.proposal is None or training.step or training.kept:
                raise StaleError("there is no new model to decide on any more")
            if use and training.proposal.comparison.worse:
                raise LabelError("the new model is worse: the model in use stays")
            self.training = replace(training, step="putting the new model to use") if use else None
        if use:
            threading.Thread(target=self._guarded, args=(self._switch,), daemon=True).start()

    def _guarded(self, work: Callable[[Training], Training]) -> None:
        """Do one part of a training; what goes wrong is kept for the page to show."""
        began = self.training or Training()
        try:
            self.training = work(began)
        except MatcherError as error:
            self.training = Training(started=began.started, error=str(error))
        except Exception as error:
            self.training = Training(started=began.started, error=f"the training broke off: {error!r}")
            raise

    def _train(self, began: Training) -> Training:
        from matcher import retraining  # scikit-learn: not before it is needed

        postings = list(read_labelled([*self.desk.corpus, str(self.desk.labels.path)]))
        self.training = replace(began, step=f"training on {len(postings):,} labelled postings, then comparing")
        return replace(began, step="", proposal=retraining.propose(postings, self.desk.matcher, JOBS))

    def _switch(self, decided: Training) -> Training:
        from matcher import retraining

        assert decided.proposal is not None
        folder = retraining.keep(decided.proposal, use=True)
        self.desk.switch(Matcher(model_store.load(folder), self.desk.matcher.profile))
        return replace(decided, step="", kept=folder)
