import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from matcher import batch
from matcher.report import write_report
from tests.conftest import NETWORK, ROOT

HOSTILE = (
    "<script>document.title='owned'</script>",
    "</script><script>document.title='owned'</script>",
    "<style>*{display:none}</style><img src=x onerror=\"document.title='owned'\">",
    '=HYPERLINK("http://127.0.0.1:9/","press")',
    "+cmd|' /C calc'!A0",
    "safe \u202egpj.exe\u2066 \u200f",
    "\x1b[2J\x1b]0;owned\x07red \x9b31m",
    "{{ 7 * 7 }} {% raw %} ${alert(1)} \u2028 line",
    "T" * 2**20,
)


@dataclass
class Run:
    """One batch run in all three formats, and what it was made from."""

    parquet: str
    jsonl: str
    csv: str
    inputs: str


GERMAN = (
    "Wir suchen eine Projektleiterin, die unser Rechenzentrum in ein neues Gebäude bringt. Sie planen den Umzug, "
    "führen die Dienstleister und berichten der Geschäftsleitung. Erfahrung mit Netzwerken ist von Vorteil."
)


def postings() -> list[dict]:
    rows = []
    for name in ("software", "telecom", "networking", "it_conversion", "other"):
        lines = (ROOT / "corpus" / f"{name}.jsonl").read_text("utf-8").splitlines()[:12]
        rows += [json.loads(line) for line in lines]
    rows = [{key: row.get(key) for key in ("id", "title", "company", "location", "description")} for row in rows]
    rows += [{**rows[0], "id": "again"}, {"id": "empty", "title": "Nothing to read"}]
    for number, words in enumerate(HOSTILE):
        fields = {"id": f"hostile-{number}", "title": f"{words} manager", "company": words, "location": words}
        rows.append({**fields, "url": f"javascript:{words}", "description": f"{NETWORK}\n- Plan {words}"})
    return [*rows, {"id": "de", "title": "Projektleiterin", "description": GERMAN}]


@pytest.fixture(scope="session")
def run(tmp_path_factory) -> Run:
    folder = tmp_path_factory.mktemp("run")
    inputs = folder / "postings.jsonl"
    inputs.write_text("".join(json.dumps(row) + "\n" for row in postings()), "utf-8")
    made = Run(*(str(folder / f"results.{suffix}") for suffix in ("parquet", "jsonl", "csv")), inputs=str(inputs))
    for output in (made.parquet, made.jsonl, made.csv):
        batch.classify([str(inputs)], output, batch.Run())
    return made


@pytest.fixture(scope="session")
def report(run, tmp_path_factory) -> Path:
    """The page of the run, with the texts and a hostile title."""
    pytest.importorskip("jinja2")
    pytest.importorskip("vl_convert")
    output = tmp_path_factory.mktemp("page") / "report.html"
    write_report(run.parquet, str(output), postings=[run.inputs], title=f"March {HOSTILE[1]}")
    return output
