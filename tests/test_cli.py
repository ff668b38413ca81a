import json
import shutil
import subprocess
import sys

import pytest

from matcher import model_store
from matcher.cli import main
from tests.conftest import NETWORK, ROOT, shared
from tests.documents import docx, pdf


@pytest.fixture(autouse=True)
def own_models(tmp_path, monkeypatch):
    monkeypatch.setenv("MATCHER_MODELS", str(tmp_path / "models"))


@pytest.fixture
def posting(write):
    return write("p.txt", f"Project Manager II\n\n{NETWORK}")


def run(capsys, *arguments):
    status = main([str(argument) for argument in arguments])
    output = capsys.readouterr()
    return status, output.out, output.err


def test_score_shows_a_panel_in_80_columns(capsys, posting):
    status, out, err = run(capsys, "score", posting)
    assert (status, err) == (0, "")
    assert "computer networking" in out
    assert "weekly status report" in out
    assert "Facts" in out
    assert "the profile says 88,000" in " ".join(out.replace("│", " ").split())
    assert max(map(len, out.splitlines())) <= 80
    assert "\x1b" not in out


def test_score_json_is_the_contracts_row(capsys, posting):
    status, out, _ = run(capsys, "score", posting, "--json")
    row = json.loads(out)
    assert status == 0
    assert row["type"] == "networking"
    text = NETWORK
    for spans in row["evidence"]["skills"].values():
        assert all(text[s["start"] : s["end"]] == s["text"] for s in spans)
        assert all(s["strength"] in ("required", "preferred", "duty") for s in spans)
    assert row["salary_annual_max"] == 110000


def test_score_reads_standard_input(posting):
    done = subprocess.run(
        [sys.executable, "-m", "matcher", "score", "-", "--json"],
        input=NETWORK,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["status"] == "ok"


def test_three_kinds_of_saved_page(capsys, write):
    status, out, _ = run(capsys, "score", ROOT / "demo" / "posting.html")
    assert status == 0
    assert "telecom" in out
    plain = (
        f"<html><title>x</title><body><h1>Project Manager</h1><p>{NETWORK.replace(chr(10), '<br>')}</p></body></html>"
    )
    assert run(capsys, "score", write("plain.html", plain))[0] == 0
    status, _, err = run(
        capsys, "score", write("bakery.html", "<html><body><h1>Bread</h1><p>Fresh every day</p></body></html>")
    )
    assert status == 2
    assert "not a job posting" in err


def test_terminal_codes_in_a_posting_are_harmless(capsys, write):
    _, out, _ = run(capsys, "score", write("p.txt", f"Manager \x1b[2J\x07\u202e II\n\n\x1b]0;owned\x07{NETWORK}"))
    assert not any(code in out for code in ("\x1b", "\x07", "\u202e"))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing.csv", None, "no such file"),
        ("empty.csv", "", "the file is empty"),
        ("a.csv", "name_of_it,pay\nPM,5\n", "no title or description column (found: name_of_it, pay; looked for:"),
        ("rubbish.csv", bytes(range(256)) * 50, "not a format that matcher reads"),
    ],
)
def test_bad_input_is_one_clear_line_and_status_2(capsys, write, tmp_path, name, content, message):
    path = write(name, content) if content is not None else str(tmp_path / name)
    for command in (("classify", path, "-o", tmp_path / "out.csv"), ("evaluate", path)):
        status, out, err = run(capsys, *command)
        assert (status, out) == (2, "")
        assert err.startswith("matcher: ")
        assert message in err
        assert err.count("\n") == 1
    assert not (tmp_path / "out.csv").exists()


def test_broken_json_on_line_7_is_rejected_and_status_1(capsys, write, tmp_path):
    lines = [json.dumps({"id": str(n), "title": "PM", "description": NETWORK}) for n in range(1, 10)]
    lines[6] = lines[6][:-5]
    status, _, err = run(capsys, "classify", write("a.jsonl", "\n".join(lines)), "-o", tmp_path / "out.jsonl")
    assert status == 1
    assert "line 7: broken JSON" in err
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [row["status"] for row in rows] == ["ok"] * 6 + ["rejected"] + ["ok"] * 2


def test_a_single_line_of_200_mb_is_rejected_with_the_rest_kept(capsys, tmp_path):
    path = tmp_path / "long.jsonl"
    good = json.dumps({"title": "PM", "description": NETWORK}) + "\n"
    with path.open("w") as file:
        file.write(good + '{"description": "')
        for _ in range(200):
            file.write("x" * 2**20)
        file.write('"}\n' + good)
    status, _, err = run(capsys, "classify", path, "-o", tmp_path / "out.jsonl")
    assert status == 1
    assert "line 2: longer than 16 million characters" in err
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 3


def test_a_damaged_model_stops_before_the_first_row(capsys, posting, tmp_path):
    copy = shutil.copytree(model_store.shipped(), tmp_path / "mine")
    weights = copy / "sentence.weights.npy"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x00\x01")
    status, _, err = run(capsys, "score", posting, "--model", copy)
    assert status == 2
    assert "sentence.weights.npy was changed since it was saved" in err
    manifest = copy / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"schema": 1', '"schema": 2'))
    status, _, err = run(capsys, "classify", posting, "-o", tmp_path / "out.csv", "--model", copy)
    assert status == 2
    assert "schema 2; this matcher reads schema 1" in err


def test_evaluate_prints_the_whole_table(capsys, write):
    rows = [json.loads(line) for line in (ROOT / "corpus" / "telecom.jsonl").read_text("utf-8").splitlines()[:6]]
    rows += [json.loads(line) for line in (ROOT / "corpus" / "other.jsonl").read_text("utf-8").splitlines()[:6]]
    path = write("labelled.jsonl", rows)
    status, out, _ = run(capsys, "evaluate", path)
    assert status == 0
    for words in (
        "accuracy",
        "macro-F1",
        "precision",
        "Confusion",
        "Calibration",
        "most confident 50%",
        "Skills",
        "telecom",
    ):
        assert words in out
    figures = json.loads(run(capsys, "evaluate", path, "--json")[1])
    assert figures["rows"] == 12
    assert set(figures["types"]) == {"software", "telecom", "networking", "it_conversion", "other"}


def test_evaluate_on_real_postings(capsys):
    figures = json.loads(run(capsys, "evaluate", shared("gold/dev.jsonl"), "--json")[1])
    assert figures["accuracy"] > 0.75


def test_profile_and_models(capsys):
    assert "bridge_teams" in run(capsys, "profile", "show")[1]
    assert "* default" in run(capsys, "models", "list")[1]
    manifest = json.loads(run(capsys, "models", "show", "default")[1])
    assert manifest["scores"]["accuracy"] > 0.8
    assert 0.5 <= manifest["cutoff"] <= 1
    assert run(capsys, "models", "use")[0] == 2
    status, _, err = run(capsys, "models", "show", "nothing")
    assert status == 2
    assert "no such model; saved models: default" in err


def test_train_dry_run_and_refusal(capsys, write, tmp_path):
    rows = []
    for path in sorted((ROOT / "corpus").glob("*.jsonl")):
        rows += [json.loads(line) for line in path.read_text("utf-8").splitlines()[:12]]
    good = write("few.jsonl", rows)
    new, doubts = tmp_path / "new", tmp_path / "doubts.jsonl"
    status, out, _ = run(capsys, "train", good, "--dry-run", "-o", new, "--doubts", doubts)
    assert status in (0, 1)
    for words in ("Labels to look at again", "All rows (60)", "in use", "F1 of each type", "Newly"):
        assert words in out
    written = [json.loads(line) for line in doubts.read_text("utf-8").splitlines()]
    assert len(written) == 60
    assert written[0]["doubt"] > written[-1]["doubt"]
    assert "few.jsonl, line " in written[0]["where"]
    assert not new.exists()
    status, out, _ = run(capsys, "train", good, "-o", new)
    assert status == 1
    assert "The model in use stays." in out
    assert not new.exists()
    status, out, _ = run(capsys, "train", good, "-o", new, "--force", "--json")
    assert status == 0
    told = json.loads(out)
    assert told["saved"] == str(new)
    assert told["comparison"]["worse"]
    assert told["comparison"]["newly_wrong"][0].keys() == {"where", "title", "type", "old", "new"}
    assert (new / "manifest.json").is_file()


def test_train_does_not_overwrite_a_folder_that_is_no_model(capsys, write, tmp_path):
    path = write("mine.jsonl", [{"description": "Lead it", "type": "other"}])
    status, out, err = run(capsys, "train", path, "-o", tmp_path)
    assert (status, out) == (2, "")
    assert err == f"matcher: {tmp_path}: is there already and is not a model; give another folder\n"


def test_train_names_every_row_that_it_cannot_use(capsys, write):
    rows = [{"description": "Lead it", "type": "hardware"}, {"title": "PM", "type": "other"}]
    path = write("mine.jsonl", rows)
    status, out, err = run(capsys, "train", path)
    assert (status, out) == (2, "")
    assert err.startswith("matcher: 2 rows to put right:\n")
    assert f"{path}, line 1: type must be one of" in err
    assert f"{path}, line 2: no description" in err


@pytest.mark.parametrize(
    "command",
    ["score", "classify", "ingest", "report", "train", "review", "evaluate", "profile", "models"],
)
def test_every_command_has_help_with_examples(capsys, command):
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    assert "examples:" in capsys.readouterr().out


def test_usage_errors_are_status_2(capsys):
    for arguments in ([], ["nothing"], ["classify", "x"]):
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert stopped.value.code == 2


def test_profile_new_check_and_score(capsys, write, tmp_path, monkeypatch, posting):
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, "profile", "new")
    assert (status, out) == (0, "")
    assert "written: profile.toml" in err
    status, _, err = run(capsys, "profile", "new")
    assert status == 2
    assert err == "matcher: profile.toml: is there already; give another name with -o\n"
    status, out, err = run(capsys, "profile", "check", "profile.toml")
    assert (status, err) == (0, "")
    assert out.startswith("profile.toml: fine, 14 skills")
    assert "10.0%" in out
    (tmp_path / "bad.toml").write_text("schema = 2\nname = 5\n", "utf-8")
    status, out, err = run(capsys, "profile", "check", "bad.toml")
    assert status == 2
    assert [line.split(": ")[:2] for line in out.splitlines()] == [
        ["bad.toml, line 1", "schema"],
        ["bad.toml, line 2", "name"],
        ["bad.toml", "skills"],
    ]
    assert err == "matcher: bad.toml: 3 to put right\n"
    assert run(capsys, "score", posting, "--profile", "profile.toml")[0] == 0


@pytest.mark.parametrize("kind", ["txt", "pdf", "docx"])
def test_profile_new_from_a_resume(capsys, write, tmp_path, kind):
    lines = ["Jo Meadow", "- Wrote the weekly status report for the steering group", "- Ran Jira boards", "PMP"]
    content = {"txt": "\n".join(lines), "pdf": pdf(*lines), "docx": docx(*lines)}[kind]
    mine = tmp_path / "mine.toml"
    status, _, err = run(capsys, "profile", "new", "-o", mine, "--from", write(f"resume.{kind}", content))
    assert status == 0, err
    text = mine.read_text("utf-8")
    assert "# shown: “Wrote the weekly status report for the steering group”" in text
    assert 'holds = ["PMP", "Jira"]' in text
    assert run(capsys, "profile", "check", mine)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check"], "give the FILE"),
        (["check", "nowhere.toml"], "nowhere.toml: cannot be read"),
        (["show", "-o", "x"], "go with 'profile new'"),
        (["new", "x.toml"], "name the file to write with -o"),
        (["new", "--from", "nowhere.pdf"], "nowhere.pdf: no such file"),
        (["check", "a", "--profile", "b"], "give one FILE"),
    ],
)
def test_profile_misuse_is_one_line(capsys, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, "profile", *arguments)
    assert (status, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1
    assert list(tmp_path.glob("*.toml")) == []


def test_a_pdf_or_docx_scores_as_its_text_and_names_what_is_beyond(capsys, write):
    lines = ["Project Manager II", *NETWORK.split("\n"), "Jira and Secret clearance required"]
    rows = []
    for name, content in (("p.txt", "\n".join(lines)), ("p.docx", docx(*lines)), ("p.pdf", pdf(*lines))):
        status, out, _ = run(capsys, "score", write(name, content), "--json")
        assert status == 0
        rows.append(json.loads(out))
    assert {row["title"] for row in rows} == {"Project Manager II"}
    assert {row["type"] for row in rows} == {"networking"}
    assert all(row["evidence"]["beyond"] == ["PMP", "Secret clearance", "Jira"] for row in rows)
    out = run(capsys, "score", write("p.txt", "\n".join(lines)))[1]
    assert "Asked for beyond the profile: PMP (preferred), Secret clearance, Jira" in " ".join(
        out.replace("│", " ").split()
    )
