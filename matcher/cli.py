"""The command line: reads arguments, calls, prints. The only module that prints or exits."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from matcher import __version__
from matcher.errors import MatcherError

if TYPE_CHECKING:
    from rich.console import Console

DONE, SOME_REJECTED, COULD_NOT = 0, 1, 2
"""Exit statuses."""

SHOWN_ROWS = 20
WIDTH = 80
"""Columns when the output is not a terminal."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except MatcherError as error:
        print(f"matcher: {error}", file=sys.stderr)
        return COULD_NOT
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        print("matcher: interrupted; nothing was overwritten", file=sys.stderr)
        return COULD_NOT


def entry() -> None:
    """The installed command."""
    sys.exit(main())


def parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    top = argparse.ArgumentParser(
        prog="matcher", description="Tell what kind of technical project manager a job posting wants, and how well it "
        "matches the career profile, skill by skill, with the posting's own words."
    )  # fmt: skip
    top.add_argument("--version", action="version", version=f"matcher {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_score(commands)
    _add_classify(commands)
    _add_train(commands)
    _add_evaluate(commands)
    _add_profile(commands)
    _add_models(commands)
    return top


def _command(commands: Any, name: str, run: Callable[..., int], text: str, *examples: str) -> argparse.ArgumentParser:
    made = commands.add_parser(
        name,
        help=text,
        description=text[0].upper() + text[1:] + ".",
        epilog="examples:\n" + "\n".join(f"  matcher {example}" for example in examples),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.set_defaults(run=run)
    return made  # type: ignore[no-any-return]


def _model_and_profile(command: argparse.ArgumentParser, profile: bool = True) -> None:
    if profile:
        command.add_argument("--profile", metavar="P", help="a career profile (TOML); else the one that ships")
    command.add_argument("--model", metavar="M", help="a saved model's name or folder; else the one in use")


def _add_score(commands: Any) -> None:
    command = _command(
        commands,
        "score",
        score,
        "score one posting",
        "score posting.html",
        "score posting.txt --json",
        "score - < posting.txt",
    )
    command.add_argument(
        "source",
        metavar="SOURCE",
        help="a file (HTML, JSON, JSON-LD, text, Markdown, PDF, DOCX), or - for standard input",
    )
    command.add_argument("--json", action="store_true", help="one JSON object instead of a panel")
    _model_and_profile(command)


def _add_classify(commands: Any) -> None:
    command = _command(
        commands, "classify", classify, "score many postings into a file",
        "classify jobs.csv -o results.parquet", "classify 'pages/*.html' more.jsonl.gz -o results.jsonl --jobs 2",
        "classify jobs.csv -o ranked.csv --profile mine.toml --sort match",
    )  # fmt: skip
    command.add_argument(
        "inputs",
        metavar="INPUT",
        nargs="+",
        help="CSV, TSV, JSON, JSONL, Parquet (plain, .gz or .zst), pages, a folder, a glob, or -",
    )
    command.add_argument("-o", "--output", metavar="OUTPUT", required=True, help="results: .csv, .jsonl or .parquet")
    command.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="worker processes (default 1; the output is the same)"
    )
    command.add_argument("--only", choices=["type"], help="leave out skills, evidence and facts")
    command.add_argument("--no-dedupe", action="store_true", help="do not look for the same advertisement")
    command.add_argument("--sort", choices=["match"], help="best match first (holds all results in memory)")
    _model_and_profile(command)


def _add_train(commands: Any) -> None:
    command = _command(
        commands, "train", train, "retrain on labelled postings, and switch to the new model only when it is not worse",
        "train 'corpus/*.jsonl' mine.csv", "train 'corpus/*.jsonl' mine.csv -o models/mine --dry-run",
    )  # fmt: skip
    command.add_argument("labelled", metavar="LABELLED", nargs="+", help="files of postings with a type column")
    command.add_argument(
        "-o", "--output", metavar="MODEL", help="the new model's folder; else one among your saved models"
    )
    command.add_argument("--force", action="store_true", help="switch even when the new model is worse")
    command.add_argument("--dry-run", action="store_true", help="train and compare, write nothing")
    command.add_argument("--jobs", type=int, default=2, metavar="N", help="worker processes (default 2)")
    _model_and_profile(command, profile=False)


def _add_evaluate(commands: Any) -> None:
    command = _command(
        commands, "evaluate", evaluate, "measure the model against labelled postings", "evaluate labelled.jsonl"
    )
    command.add_argument("labelled", metavar="LABELLED", help="a file of postings with a type column")
    command.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    _model_and_profile(command, profile=False)


def _add_profile(commands: Any) -> None:
    command = _command(
        commands, "profile", profile, "show, check or begin a career profile",
        "profile show", "profile new -o mine.toml --from resume.pdf", "profile check mine.toml",
        "score posting.html --profile mine.toml",
    )  # fmt: skip
    command.add_argument("action", choices=["show", "check", "new"], nargs="?", default="show")
    command.add_argument("file", metavar="FILE", nargs="?", help="check, show: the career profile (TOML)")
    command.add_argument(
        "-o", "--output", metavar="FILE", help="new: the file to write, never one that is there (default profile.toml)"
    )
    command.add_argument(
        "--from", dest="resume", metavar="RESUME", help="new: fill in from a resume (text, DOCX, or PDF)"
    )
    _model_and_profile(command)


def _add_models(commands: Any) -> None:
    command = _command(
        commands,
        "models",
        models,
        "list, show or choose saved models",
        "models list",
        "models show default",
        "models use default",
    )
    command.add_argument("action", choices=["list", "show", "use"], nargs="?", default="list")
    command.add_argument("name", metavar="NAME", nargs="?", help="a saved model's name or folder")


def console(stderr: bool = False) -> "Console":
    """A console that is plain in a pipe and honours NO_COLOR."""
    from rich.console import Console

    made = Console(stderr=stderr, highlight=False)
    return made if made.is_terminal else Console(stderr=stderr, highlight=False, width=WIDTH)


def score(options: argparse.Namespace) -> int:
    """``matcher score``."""
    from matcher.matcher import Matcher, posting_from_file

    posting = posting_from_file(options.source)
    matcher = Matcher.load(options.model, options.profile)
    match = matcher.score(posting)
    if options.json:
        print(json.dumps(match.to_row(), ensure_ascii=False))
    else:
        from matcher.display import score_panel

        console().print(score_panel(match, matcher.profile))
    return DONE


def classify(options: argparse.Namespace) -> int:
    """``matcher classify``."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from matcher import batch
    from matcher.display import classify_summary
    from matcher.matcher import Matcher

    if options.jobs < 1:
        raise MatcherError(f"--jobs must be 1 or more, not {options.jobs}")
    Matcher.load(options.model, options.profile)  # a damaged model or profile stops the run before the first row
    run = batch.Run(options.model, options.profile, options.only == "type")
    err = console(stderr=True)
    columns = (TextColumn("classifying"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as bar:
        task = bar.add_task("rows", total=None)
        summary = batch.classify(
            options.inputs,
            options.output,
            run,
            jobs=options.jobs,
            dedupe=not options.no_dedupe,
            sort=options.sort == "match",
            progress=lambda rows: bar.advance(task, rows),
        )
    err.print(classify_summary(summary, options.output), soft_wrap=True)
    return SOME_REJECTED if summary.rejected else DONE


def train(options: argparse.Namespace) -> int:
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


def evaluate(options: argparse.Namespace) -> int:
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


def profile(options: argparse.Namespace) -> int:
    """``matcher profile``."""
    from matcher.errors import ProfileError

    if options.action != "new" and (options.output or options.resume):
        raise ProfileError("-o and --from go with 'profile new'")
    if options.action == "new":
        if options.file or options.profile:
            raise ProfileError("profile new: name the file to write with -o")
        return _new_profile(options)
    if options.file and options.profile:
        raise ProfileError(f"profile {options.action}: give one FILE")
    path = options.file or options.profile
    if options.action == "check":
        return _check_profile(path)
    from matcher.display import profile_table
    from matcher.profile import Profile

    console().print(profile_table(Profile.load(path)))
    return DONE


def _check_profile(path: str | None) -> int:
    from matcher.display import profile_table
    from matcher.errors import ProfileError
    from matcher.profile import Profile, check

    if path is None:
        raise ProfileError("profile check: give the FILE to check")
    if problems := check(path):
        print("\n".join(problems))
        print(f"matcher: {path}: {len(problems)} to put right", file=sys.stderr)
        return COULD_NOT
    checked = Profile.load(path)
    print(f"{path}: fine, {len(checked.skills)} skills with the shares below")
    console().print(profile_table(checked))
    return DONE


def _new_profile(options: argparse.Namespace) -> int:
    from matcher import model_store
    from matcher.ingest.documents import text_of
    from matcher.profile import SKILLS, Profile
    from matcher.resume import Resume, new_profile, write_new

    path = options.output or "profile.toml"
    resume = None
    if options.resume:
        resume = Resume.read(text_of(options.resume), model_store.load(options.model), Profile.load())
    write_new(path, new_profile(resume))
    read = f" ({len(resume.shown)} of {len(SKILLS)} skills shown by {options.resume})" if resume else ""
    print(f"written: {path}{read}; edit it, then 'matcher profile check {path}'", file=sys.stderr)
    return DONE


def models(options: argparse.Namespace) -> int:
    """``matcher models``."""
    from matcher import model_store
    from matcher.display import models_table
    from matcher.errors import ModelError

    if options.action == "list":
        manifests = {name: model_store.read_manifest(folder) for name, folder in model_store.saved().items()}
        console().print(models_table(manifests, model_store.in_use()))
    elif options.action == "show":
        manifest = model_store.load(options.name).manifest
        print(json.dumps({key: value for key, value in manifest.items() if key != "files"}, indent=2))
    elif options.name is None:
        raise ModelError("models use: give the NAME of a saved model ('matcher models list')")
    else:
        model_store.use(options.name)
        print(f"in use: {options.name}")
    return DONE
