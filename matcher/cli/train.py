"""``matcher train``."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matcher.cli.common import DONE, SOME_REJECTED, command_of, console, model_and_profile

if TYPE_CHECKING:
    from matcher.retraining import Proposal


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = command_of(
        commands, "train", run, "retrain on labelled postings, and switch to the new model only when it is not worse",
        "train 'corpus/*.jsonl' mine.csv", "train 'corpus/*.jsonl' mine.csv --dry-run --doubts doubts.jsonl",
        "train 'corpus/*.jsonl' mine.csv -o models/mine --json",
    )  # fmt: skip
    command.add_argument("labelled", metavar="LABELLED", nargs="+", help="files of postings with a type column")
    command.add_argument(
        "-o",
        "--output",
        metavar="MODEL",
        help="save into this folder and leave the model in use; else the next version among your models is used",
    )
    command.add_argument("--force", action="store_true", help="save even when the new model is worse")
    command.add_argument("--dry-run", action="store_true", help="train and compare, save no model")
    command.add_argument("--doubts", metavar="FILE", help="write every row, the most doubted label first (JSONL)")
    command.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    command.add_argument("--jobs", type=int, default=2, metavar="N", help="worker processes (default 2)")
    model_and_profile(command, profile=False)


def run(options: argparse.Namespace) -> int:
    """``matcher train``."""
    from matcher import retraining
    from matcher.corpus import read_labelled
    from matcher.matcher import Matcher

    current = Matcher.load(options.model)
    postings = list(read_labelled(options.labelled))
    with console(stderr=True).status(f"training on {len(postings)} postings"):
        proposal = retraining.propose(postings, current, options.jobs)
    if options.doubts:
        _write_doubts(proposal, Path(options.doubts))
    refused = proposal.comparison.worse and not options.force
    folder = None
    if not refused and not options.dry_run:
        folder = retraining.keep(proposal, options.output, use=not options.output)
    if options.json:
        print(json.dumps(_outcome(proposal, folder), ensure_ascii=False))
    else:
        _tell(proposal, folder, refused, used=not options.output)
    return SOME_REJECTED if refused else DONE


def _tell(proposal: "Proposal", folder: Path | None, refused: bool, used: bool) -> None:
    from matcher.display import proposal_report

    out = console()
    out.print(proposal_report(proposal))
    if folder is None:
        out.print("The model in use stays." if refused else "Dry run: no model was saved.")
        return
    if used:
        out.print(f"{folder.name} is in use now; 'matcher models use NAME' goes back ('matcher models list').")
    out.print(f"saved: {folder}", soft_wrap=True)


def _outcome(proposal: "Proposal", folder: Path | None) -> dict[str, Any]:
    return {
        "saved": str(folder) if folder else None,
        "comparison": proposal.comparison.to_dict(),
        "conflicts": [str(conflict) for conflict in proposal.conflicts],
        "doubts": [doubt.to_row() for doubt in proposal.doubts if doubt.doubt > 0],
        "corpus": proposal.manifest["corpus"],
    }


def _write_doubts(proposal: "Proposal", path: Path) -> None:
    from matcher.atomic import write_text

    rows = (json.dumps(doubt.to_row(), ensure_ascii=False) for doubt in proposal.doubts)
    write_text(path, "".join(f"{row}\n" for row in rows))
