"""Runs what the README says and compares what it shows."""

import contextlib
import io
import re

import pytest

from matcher.cli import main
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
CONSOLE = re.findall(r"```console\n(.*?)```", README, re.S)
PYTHON = re.findall(r"```python\n(.*?)```", README, re.S)


@pytest.fixture(autouse=True)
def in_a_copy(tmp_path, monkeypatch):
    """Run in a folder that looks like the checkout, so that nothing is written into it."""
    for name in ("demo", "corpus", "models"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MATCHER_MODELS", str(tmp_path / "saved"))


@pytest.mark.parametrize("block", CONSOLE)
def test_commands_give_what_is_shown(block, capsys):
    for part in re.split(r"(?m)^\$ ", block)[1:]:
        command, _, shown = part.partition("\n")
        if command.startswith("make "):
            assert re.search(rf"(?m)^{command.split()[1]}:", (ROOT / "Makefile").read_text("utf-8"))
            continue
        words = [word.strip("'") for word in command.split()]
        assert words[0] == "matcher"
        status = main(words[1:])
        output = capsys.readouterr()
        assert status in (0, 1)
        if shown.strip():
            assert shown.strip() in (output.out + output.err).strip()


@pytest.mark.parametrize("snippet", PYTHON)
def test_snippets_give_what_their_comments_say(snippet):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(snippet, "README.md", "exec"), {})
    wanted = [line.split("# ", 1)[1] for line in snippet.splitlines() if line.startswith("print(") and "# " in line]
    assert printed.getvalue().splitlines() == wanted
    assert wanted


def test_every_command_of_the_program_is_named():
    for command in ("score", "classify", "train", "evaluate", "profile", "models"):
        assert f"matcher {command}" in README
