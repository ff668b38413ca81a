import re
import shutil
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from matcher import model_store
from matcher.cli import main
from matcher.report import write_report
from tests.report.conftest import HOSTILE
from tests.report.questions import ask

pytest.importorskip("jinja2")
pytest.importorskip("vl_convert")


class Page(HTMLParser):
    """What a page is made of: its elements with attributes, its numbers, its text outside script and style."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict]] = []
        self.numbers: dict[str, float] = {}
        self.words = ""
        self._raw = ""
        self.source = Path(path).read_text("utf-8")
        self.feed(self.source)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.elements.append((tag, found))
        if "data-key" in found:
            self.numbers[found["data-key"]] = float(found["value"])
        self._raw = tag if tag in ("script", "style") else ""

    def handle_data(self, data):
        self.words += "" if self._raw else data

    def handle_endtag(self, tag):
        self._raw = self._raw if tag != self._raw else ""


@pytest.fixture(scope="module")
def page(report) -> Page:
    return Page(str(report))


def test_every_number_is_what_another_tool_finds_in_the_results(page, run):
    of_results = {key: value for key, value in page.numbers.items() if not key.startswith("model ")}
    assert len(of_results) > 250
    wrong = {key: value for key, value in of_results.items() if ask(run.parquet, key) != pytest.approx(value, abs=1e-9)}
    assert wrong == {}


def test_numbers_of_the_model_are_its_manifests(page):
    manifest = model_store.read_manifest(model_store.shipped())
    assert page.numbers["model cutoff"] == manifest["cutoff"]
    assert page.numbers["model corpus postings"] == manifest["corpus"]["postings"]
    assert page.numbers["model scores accuracy"] == manifest["scores"]["accuracy"]
    bins = [value for key, value in page.numbers.items() if re.fullmatch(r"model calibration \d+ count", key)]
    assert sum(bins) == manifest["corpus"]["postings"]


def test_the_page_loads_nothing_and_runs_only_its_own_script(page):
    policy = next(found["content"] for tag, found in page.elements if found.get("http-equiv"))
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert [tag for tag, _ in page.elements if tag in ("img", "link", "iframe", "object", "embed", "base")] == []
    assert [found for _, found in page.elements if "src" in found or "style" in found] == []
    assert [name for _, found in page.elements for name in found if name.startswith("on")] == []
    assert sum(tag == "script" for tag, _ in page.elements) == 2
    assert sum(tag == "style" for tag, _ in page.elements) == 1


def test_hostile_words_are_words(page):
    assert "document.title='owned'</script>" in page.words
    assert not any(code in page.source for code in ("\x1b", "\x9b", "\x07", "\u202e", "\u2066", "\x00"))
    hrefs = [found["href"] for tag, found in page.elements if tag == "a"]
    assert all(href.startswith(("#", "https://", "http://")) for href in hrefs)


def test_every_plot_has_its_words_and_its_numbers(page):
    plots = [found for tag, found in page.elements if tag == "svg"]
    assert len(plots) >= 8
    assert all(found["role"] == "img" and len(found["aria-label"]) > 20 for found in plots)
    ids = [found["id"] for _, found in page.elements if "id" in found]
    assert len(ids) == len(set(ids))
    assert page.source.count("<figcaption>") == page.source.count("The numbers behind it") == len(plots)


def test_what_was_left_out_is_told(page):
    assert page.numbers["count status=rejected"] == 1
    assert "no description: the row has a title only" in page.words
    assert page.numbers["count status=unsupported_language & language=de"] == 1
    assert page.numbers["count status=ok & duplicate_of!=null"] >= 1


def test_the_same_results_give_the_same_page(run, page, tmp_path):
    write_report(run.parquet, str(tmp_path / "r.html"), postings=[run.inputs], title=f"March {HOSTILE[1]}")
    assert (tmp_path / "r.html").read_text("utf-8") == page.source


def test_csv_and_jsonl_tell_the_same_numbers(run, page, tmp_path):
    for path in (run.csv, run.jsonl):
        output = str(tmp_path / "r.html")
        write_report(path, output)
        other = Page(output)
        counts = {key: value for key, value in page.numbers.items() if not key.startswith("cell ")}
        assert {key: value for key, value in other.numbers.items() if not key.startswith("cell ")} == counts
        assert ("CSV holds no evidence" in other.words) == path.endswith(".csv")


def test_results_of_types_only(write, tmp_path):
    row = {"status": "ok", "title": "Manager", "decision": "accept", "model": "default@000000000000"}
    shares = {"p_software": 0.9, "p_telecom": 0.1, "p_networking": 0.0, "p_it_conversion": 0.0, "p_other": 0.0}
    path = write("types.jsonl", [{"id": str(n), "type": "software", **row, **shares} for n in range(3)])
    assert main(["report", path, "-o", str(tmp_path / "r.html")]) == 0
    page = Page(str(tmp_path / "r.html"))
    assert page.numbers["count status=ok & type=software"] == 3
    assert "These results tell types only" in page.words
    assert "other contents than the one that scored" in page.words
    assert "What they pay" not in page.words


def test_no_project_manager_and_no_posting_at_all(write, tmp_path):
    other = {
        "id": "1",
        "status": "ok",
        "type": "other",
        "title": "Baker",
        "p_other": 1.0,
        "decision": "accept",
        "match": 0.0,
    }
    for rows in ([other], [{"id": "1", "status": "rejected", "error": "row 1: empty"}]):
        rows = [{"type": None, **row} for row in rows]
        write_report(write("r.jsonl", rows), str(tmp_path / "r.html"))
        assert "None of the postings wants a technical project manager" in Page(str(tmp_path / "r.html")).words


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.parquet", "-o", "r.html"], "nowhere.parquet: cannot be read"),
        (["RESULTS", "-o", "r.pdf"], "r.pdf: the page's name must end with .html"),
        (["RESULTS", "-o", "nowhere/r.html"], "nowhere/r.html: there is no folder nowhere"),
        (["RESULTS", "-o", "r.html", "--model", "nothing"], "nothing: no such model"),
        (["RESULTS", "-o", "r.html", "--profile", "nothing.toml"], "nothing.toml: cannot be read"),
        (["RESULTS", "-o", "r.html", "--postings", "nothing.csv"], "nothing.csv: no such file"),
    ],
)
def test_misuse_is_one_line_and_leaves_nothing(run, tmp_path, monkeypatch, capsys, arguments, message):
    monkeypatch.chdir(tmp_path)
    assert main(["report", *(run.parquet if word == "RESULTS" else word for word in arguments)]) == 2
    output = capsys.readouterr()
    assert output.err.startswith("matcher: ")
    assert message in output.err
    assert output.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("package", ["jinja2", "vl_convert"])
def test_a_missing_package_is_named(run, tmp_path, monkeypatch, capsys, package):
    monkeypatch.setitem(sys.modules, package, None)
    assert main(["report", run.csv, "-o", str(tmp_path / "r.html")]) == 2
    assert "pip install 'matcher[report]'" in capsys.readouterr().err


def test_results_of_another_profile_are_refused(run, write, tmp_path, capsys):
    skills = [f'[[skills]]\nid = "{name}"\nweight = 1.0' for name in ("education", "troubleshooting")]
    mine = write("mine.toml", "\n".join(['schema = 1\nname = "Mine"', *skills]))
    assert main(["report", run.csv, "-o", str(tmp_path / "r.html"), "--profile", mine]) == 2
    assert "matched against another profile than 'Mine'; give it with --profile" in capsys.readouterr().err


def test_a_models_own_card_is_shown_without_its_html(run, tmp_path):
    mine = shutil.copytree(model_store.shipped(), tmp_path / "mine")
    (mine / "card.md").write_text("# Limits\n\n<script>x</script>\n\n| a | b |\n| - | - |\n| 1 | 2 |\n", "utf-8")
    write_report(run.parquet, str(tmp_path / "r.html"), model=str(mine))
    page = Page(str(tmp_path / "r.html"))
    assert "<h1>Limits</h1>" in page.source
    assert "<script>x" not in page.source
    assert "<td>2</td>" in page.source
