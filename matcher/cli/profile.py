"""``matcher profile``."""

import argparse
import sys
from typing import Any

from matcher.cli.common import COULD_NOT, DONE, command_of, console, model_and_profile


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = command_of(
        commands, "profile", run, "show, check or begin a career profile",
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
    model_and_profile(command)


def run(options: argparse.Namespace) -> int:
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
