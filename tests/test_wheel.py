"""The built wheel, installed away from the checkout: everything that the program reads is in it."""

import os
import subprocess
import sys

import pytest

from matcher.fast.start import folder
from tests.conftest import ROOT

pytest.importorskip("build")
pytest.importorskip("hatchling")


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The wheel's own folder; what it depends on is this environment's, so that no network is needed."""
    away = tmp_path_factory.mktemp("wheel")
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", away, ROOT)
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = away.glob("*.whl")
    install = (sys.executable, "-m", "pip", "install", "--no-index", "--no-deps", "--target", away / "there", wheel)
    subprocess.run(install, check=True, capture_output=True)
    return away / "there"


@pytest.fixture
def run(installed, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(installed), "MATCHER_MODELS": str(tmp_path / "models")}

    def ran(*arguments):
        command = [sys.executable, *map(str, arguments)]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    return ran


def test_it_holds_every_file_of_the_package_and_of_the_model(installed):
    package = ROOT / "matcher"
    files = {path.relative_to(package) for path in package.rglob("*") if path.is_file()}
    files = {path for path in files if "__pycache__" not in path.parts}
    assert len(files) > 100
    assert {path for path in files if not (installed / "matcher" / path).is_file()} == set()
    model = {path.name for path in (ROOT / "models" / "default").iterdir()}
    assert {path.name for path in (installed / "matcher" / "models" / "default").iterdir()} == model
    assert (installed / "bin" / "matcher").is_file()


def test_its_figures_are_those_of_the_checkout(run, installed):
    code = "import matcher.figures as f; print(f.__file__, len(f.Figures.load(f.shipped_figures()).inputs))"
    done = run("-c", code)
    assert done.returncode == 0, done.stderr
    path, inputs = done.stdout.split()
    assert path == str(installed / "matcher" / "figures.py")
    assert int(inputs) > 0


def test_its_compiled_code_is_kept_apart_from_the_checkouts(run):
    done = run("-c", "from matcher.fast.start import folder; print(folder())")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() != str(folder())


def test_it_scores_classifies_and_reports(run, tmp_path):
    postings = ROOT / "demo" / "postings.jsonl"
    for arguments, status in (
        (("score", ROOT / "demo" / "posting.html"), 0),
        (("classify", postings, "-o", "results.jsonl"), 1),
        (("report", "results.jsonl", "-o", "report.html", "--postings", postings), 0),
        (("profile", "new", "-o", "mine.toml"), 0),
        (("models", "show"), 0),
        (("review", "--help"), 0),
    ):
        done = run("-m", "matcher", *arguments)
        assert done.returncode == status, done.stderr
    assert "EHR Implementation Lead" in (tmp_path / "report.html").read_text("utf-8")


def test_its_review_page_finds_templates_and_static_files(run):
    code = """from pathlib import Path
from matcher.review import app, page
print(page.environment().get_template("posting.html").filename, *(Path(app.__file__).parent / "static").iterdir())"""
    done = run("-c", code)
    assert done.returncode == 0, done.stderr
    assert "review.js" in done.stdout
