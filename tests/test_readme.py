"""Runs what the README says, in its order, and compares what it shows; nothing leaves this machine."""

import contextlib
import io
import json
import re
import shutil
import subprocess
import sys
import tomllib

import pytest

from matcher.cli import main
from matcher.cli.main import COMMANDS
from tests.conftest import ROOT
from tests.ingest.site import Answer, Site, job
from tests.review.conftest import serving

README = (ROOT / "README.md").read_text("utf-8")
CONSOLE = re.findall(r"```console\n(.*?)```", README, re.S)
PYTHON = re.findall(r"```python\n(.*?)```", README, re.S)
HOST = "https://jobs.example.com"
"""The career site of the README; here a server on the loopback interface answers for it."""

ROWS = 12
"""Rows of each type: enough of the corpus to train on in seconds."""


@pytest.fixture(scope="module")
def site():
    with Site("127.0.0.1").running() as running:
        page = running.add("/project-manager", job("Project Manager"))
        sitemap = f"<urlset><url><loc>{page}</loc></url></urlset>"
        running.add("/sitemap.xml", Answer(sitemap, headers={"Content-Type": "application/xml"}))
        yield running


@pytest.fixture(scope="module")
def checkout(tmp_path_factory, site):
    """A folder that looks like the checkout, with a small corpus; what one block leaves is there for the next."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "demo", folder / "demo", ignore=shutil.ignore_patterns("results.*", "report.html"))
    for name in ("models", "scripts", "Makefile"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "corpus").mkdir()
    for file in (ROOT / "corpus").glob("*.jsonl"):
        rows = file.read_text("utf-8").splitlines(keepends=True)[:ROWS]
        (folder / "corpus" / file.name).write_text("".join(rows), "utf-8")
    (folder / "urls.txt").write_text(f"{site.url}/project-manager\n", "utf-8")
    return folder


@pytest.fixture(autouse=True)
def in_the_checkout(checkout, monkeypatch):
    monkeypatch.chdir(checkout)
    monkeypatch.setenv("MATCHER_MODELS", str(checkout / "saved"))
    monkeypatch.setenv("MATCHER_CACHE", str(checkout / "cache"))


@pytest.mark.parametrize("block", CONSOLE)
def test_commands_give_what_is_shown(block, checkout, site, capsys):
    for part in re.split(r"(?m)^\$ ", block)[1:]:
        command, _, shown = part.partition("\n")
        program, *words = (word.strip("'") for word in command.split())
        output = RUN[program](words, checkout, site, capsys)
        if shown.strip():
            assert shown.strip() in output


def run_matcher(words, checkout, site, capsys):
    if words[0] == "review":
        return review(words[1:], checkout)
    if words[0] == "ingest" or words[-1].startswith(HOST):
        words = [*(word.replace(HOST, site.url) for word in words), "--allow-private"]
    if words[0] == "ingest":
        words += ["--delay", "0"]
    status = main(words)
    said = capsys.readouterr()
    assert status in (0, 1), said.err
    if "-o" in words:
        assert (checkout / words[words.index("-o") + 1]).stat().st_size > 0
    return (said.out + said.err).strip()


def review(words, checkout):
    """Three labels, as the page's script sends them."""
    with serving(checkout, *words, "--corpus", "corpus/*.jsonl") as server:
        page = server.enter()
        for kind in ("software", "telecom", "other"):
            path, revision = server.shown(page)
            page = server.post(path, {"revision": revision, "change": {"type": kind}})
            assert page.status_code == 200
    labels = [json.loads(line) for line in (checkout / words[words.index("-o") + 1]).read_text("utf-8").splitlines()]
    assert [row["type"] for row in labels] == ["software", "telecom", "other"]
    return server.address


def run_make(words, checkout, *_):
    (target,) = words
    if target != "demo":  # it runs these tests
        assert re.search(rf"(?m)^{target}:", (ROOT / "Makefile").read_text("utf-8"))
        return ""
    if shutil.which("make") is None:
        pytest.skip("no make on this machine")
    (checkout / ".venv").symlink_to(sys.prefix)
    done = subprocess.run(["make", target, "-o", ".venv/ready"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (checkout / "demo" / "report.html").stat().st_size > 0
    opened, *following = done.stdout[done.stdout.index("Open in a browser") :].splitlines()
    assert opened.endswith(f"file://{checkout}/demo/report.html")
    assert [line.split()[0] for line in following] == ["Next:", *[".venv/bin/matcher"] * 3]
    return done.stdout


def run_python(words, *_):
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    assert done.stdout.count("\n") == 1
    return done.stdout


def run_pip(words, *_):
    """The extras are there; tests/test_wheel.py installs."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert set(re.search(r"\[(.*)\]", words[-1])[1].split(",")) <= set(extras)
    return ""


RUN = {"matcher": run_matcher, "make": run_make, "python": run_python, "pip": run_pip}


@pytest.mark.parametrize("snippet", PYTHON)
def test_snippets_give_what_their_comments_say(snippet):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(snippet, "README.md", "exec"), {})
    wanted = [line.split("# ", 1)[1] for line in snippet.splitlines() if line.startswith("print(") and "# " in line]
    assert printed.getvalue().splitlines() == wanted
    assert wanted


def test_figures_are_the_benchmarks():
    figures = json.loads((ROOT / "benchmarks" / "quality.json").read_text("utf-8"))
    for name, peer in figures["peers"].items():
        measured = (peer[key] for key in ("accuracy", "macro_f1", "accuracy_sure", "half", "ece"))
        assert f"| {name} | {' | '.join(f'{value:.3f}' for value in measured)} |" in README
    plain = " ".join(README.split())
    without = figures["ablations"]["without the figures of real postings"]
    assert f"accuracy {without['accuracy']:.3f}, macro-F1 {without['macro_f1']:.3f}" in plain
    name, weakest = min(figures["ours"]["types"].items(), key=lambda item: item[1]["f1"])
    assert f"Weakest: `{name}`, " in plain
    assert f"(F1 {weakest['f1']:.3f})" in plain
    found = json.loads((ROOT / "benchmarks" / "duplicates.json").read_text("utf-8"))
    ours, peer = found["second half, postings as they are"], found["datasketch 0.7"]
    assert f"precision {ours['precision']:.3f} and recall {ours['recall']:.3f}" in plain
    learned = json.loads((ROOT / "benchmarks" / "retraining.json").read_text("utf-8"))
    assert f"about {100 * learned['halves']['mean_gain']:.1f} points" in plain
    assert f"{10 * learned['ground']['ten']['new']:.0f} of 10 others" in plain
    assert f"the rest at {learned['ground']['gold']['new']:.3f} " in plain
    speed = json.loads((ROOT / "benchmarks" / "speed.json").read_text("utf-8"))
    whole, types = (speed["rates"][name]["to_fasttext"] for name in ("classify, whole record", "classify --only type"))
    assert f"at {whole:.2f} times the rate" in plain
    assert f"types alone at {types:.2f} times" in plain
    assert f"`TermHasher` is {speed['vectoriser_to_stock']:.1f} times" in plain
    assert f"reaches {peer['precision']:.3f} and {peer['recall']:.3f}" in plain


def test_every_command_has_its_page_linked_and_every_file_is_there():
    names = [command.__name__.rpartition(".")[2] for command in COMMANDS]
    links = {link for link in re.findall(r"(?:\]\(|src=\")([^)\"#]+)", README) if "://" not in link}
    assert {f"docs/commands/{name}.md" for name in names} <= links
    assert [link for link in links if not (ROOT / link).exists()] == []
