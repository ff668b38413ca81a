import json
from pathlib import Path

import pytest

from matcher import Matcher
from matcher.posting import JobPosting

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

NETWORK = """Harrow & Pike looks after schools and councils across the north.
Responsibilities:
- Plan and schedule the LAN switch and Wi-Fi refresh at 40 schools, and keep the programme inside its budget
- Write a weekly status report for the steering group
- Coordinate network engineers and cabling contractors and chair the project meetings
- Keep the risk log and decide which issues are dealt with first
Requirements:
- 5+ years as project manager in network infrastructure
- Bachelor's degree; PMP preferred
Salary: $95,000 - $110,000 a year."""


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    return Matcher.load()


@pytest.fixture
def network() -> JobPosting:
    return JobPosting("Project Manager II", NETWORK, company="Harrow & Pike", location="Leeds, OH")


@pytest.fixture
def write(tmp_path):
    """Writes a file of a test and gives its name; dicts and lists of dicts become JSON and JSONL."""

    def made(name: str, content) -> str:
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_text(content, "utf-8")
        elif isinstance(content, dict):
            path.write_text(json.dumps(content), "utf-8")
        else:
            path.write_text("".join(json.dumps(row) + "\n" for row in content), "utf-8")
        return str(path)

    return made


def shared(name: str) -> str:
    """The path of real data beside the project; skips the test where it is absent."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name}: the real postings are not beside this checkout")
    return str(path)
