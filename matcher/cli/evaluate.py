"""``matcher evaluate``."""

import argparse
import json
from typing import Any

from matcher.cli.common import DONE, command_of, console, model_and_profile


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = command_of(
        commands, "evaluate", run, "measure the model against labelled postings", "evaluate labelled.jsonl"
    )
    command.add_argument("labelled", metavar="LABELLED", help="a file of postings with a type column")
    command.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    model_and_profile(command, profile=False)


def run(options: argparse.Namespace) -> int:
    """``matcher evaluate``."""
    from matcher.corpus import read_labelled
    from matcher.display import evaluation_tables
    from matcher.errors import LabelError
    from matcher.evaluation import evaluate as measure
    from matcher.matcher import Matcher

    matcher = Matcher.load(options.model)
    rows = list(read_labelled([options.labelled]))
    if not rows:
        raise LabelError(f"{options.labelled}: no labelled postings in it")
    figures = measure(rows, list(matcher.score_many(row.posting for row in rows)))
    if options.json:
        print(json.dumps({"model": matcher.model.label, **figures}))
    else:
        console().print(evaluation_tables(figures))
    return DONE
