"""``matcher train``."""

import argparse
from typing import Any

from matcher.cli.common import DONE, SOME_REJECTED, command_of, console, model_and_profile


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = command_of(
        commands, "train", run, "retrain on labelled postings, and switch to the new model only when it is not worse",
        "train 'corpus/*.jsonl' mine.csv", "train 'corpus/*.jsonl' mine.csv -o models/mine --dry-run",
    )  # fmt: skip
    command.add_argument("labelled", metavar="LABELLED", nargs="+", help="files of postings with a type column")
    command.add_argument(
        "-o", "--output", metavar="MODEL", help="the new model's folder; else one among your saved models"
    )
    command.add_argument("--force", action="store_true", help="switch even when the new model is worse")
    command.add_argument("--dry-run", action="store_true", help="train and compare, write nothing")
    command.add_argument("--jobs", type=int, default=2, metavar="N", help="worker processes (default 2)")
    model_and_profile(command, profile=False)


def run(options: argparse.Namespace) -> int:
    """``matcher train``."""
    from matcher import model_store, retraining
    from matcher.corpus import read_labelled
    from matcher.display import comparison_table
    from matcher.matcher import Matcher

    current = Matcher.load(options.model)
    postings = list(read_labelled(options.labelled))
    trained, manifest = retraining.fit(postings, "new", options.jobs)
    comparison = retraining.compare(postings, trained, current)
    out = console()
    out.print(comparison_table(comparison, len(postings)))
    refused = comparison.worse and not options.force
    if refused or options.dry_run:
        out.print("The new model is worse: the model in use stays." if refused else "Dry run: nothing was written.")
        return SOME_REJECTED if refused else DONE
    name = "trained-" + manifest["corpus"]["digest"][:8]
    folder = retraining.target(options.output, name)
    model_store.save(trained.model, folder, {**manifest, "name": folder.name})
    if not options.output:
        model_store.use(name)
        out.print(f"{name} is in use now; 'matcher models use default' goes back.")
    out.print(f"saved: {folder}")
    return DONE
