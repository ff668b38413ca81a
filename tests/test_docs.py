"""The pages that scripts make are what the scripts make now."""

import importlib.util
import re
import subprocess
import sys

import pytest

from matcher.cli.main import COMMANDS
from tests.conftest import ROOT

DOCS = ROOT / "docs"


def words(page: str) -> str:
    """A page without the ways in which versions of Python write the same help."""
    page = re.sub(r"(-\w) [A-Z]+, --", r"\1, --", page)  # before 3.13 an option's value is named twice
    return " ".join(page.split())


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("commands")
    subprocess.run([sys.executable, ROOT / "scripts" / "write_command_pages.py", folder], check=True)
    return folder


def test_every_command_has_a_page_and_every_page_a_command():
    names = [command.__name__.rpartition(".")[2] for command in COMMANDS]
    assert sorted(path.stem for path in (DOCS / "commands").iterdir()) == sorted(names)


@pytest.mark.parametrize("name", [command.__name__.rpartition(".")[2] for command in COMMANDS])
def test_a_page_says_what_the_help_says(written, name):
    page = (DOCS / "commands" / f"{name}.md").read_text("utf-8")
    assert "examples:" in page
    made = (written / f"{name}.md").read_text("utf-8")
    assert words(page) == words(made), "run: python scripts/write_command_pages.py"


def test_the_panels_picture_is_of_this_model(tmp_path):
    spec = importlib.util.spec_from_file_location("draw_pictures", DOCS / "draw_pictures.py")
    draw_pictures = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(draw_pictures)
    draw_pictures.draw_score(tmp_path / "score.svg")
    drawn = (tmp_path / "score.svg").read_text("utf-8")
    assert "telecom" in drawn
    assert drawn == (DOCS / "score.svg").read_text("utf-8"), "run: python docs/draw_pictures.py"
