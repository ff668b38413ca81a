"""Retraining from cron, one line out, status of ``matcher train``: scripts/retrain.py 'corpus/*.jsonl' mine.csv."""

import sys

from matcher import Matcher, model_store, retraining
from matcher.atomic import locked
from matcher.corpus import read_labelled
from matcher.errors import MatcherError

if __name__ == "__main__":
    try:
        with locked(model_store.models_folder() / ".retrain.lock", wait=False):
            proposal = retraining.propose(list(read_labelled(sys.argv[1:])), Matcher.load())
            worse = proposal.comparison.worse
            kept = "refused" if worse else retraining.keep(proposal, use=True).name
    except MatcherError as error:
        print(f"matcher: {error}", file=sys.stderr)
        sys.exit(2)
    print(f"{kept}: {proposal.comparison.verdict}")
    sys.exit(worse)
