import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import requests

from matcher import model_store
from tests.conftest import ROOT

WORK = (
    ("telecom", "Plan the fibre build for three districts, permits and splicing", "Settle duct routes with councils"),
    ("software", "Run the releases of the booking app with two developer teams", "Keep the backlog for the sprints"),
    ("networking", "Renew the switches and Wi-Fi of sixty branch offices", "Book engineers and outages site by site"),
    ("it_conversion", "Move payroll and ledger to the new vendor package", "Rehearse the cutover and convert the data"),
    ("other", "Fit out two floors of offices with joiners and painters", "Chair the builders' meeting on site"),
    ("telecom", "Deliver small cells on lamp posts for a mobile carrier", "Track spectrum, power and site leases"),
    ("software", "Deliver the data platform and its programming interfaces", "Agree test plans with the testers"),
    ("networking", "Replace the firewalls and the routers between our data centres", "Keep the list of circuits"),
    ("it_conversion", "Roll out the patient record system ward by ward", "Train the users and support each go-live"),
    ("other", "Look after key accounts and sell them our consulting", "Reach the yearly target for revenue"),
    ("telecom", "Port numbers and SIP trunks of the customers to the new exchange", "Brief carriers before each night"),
    ("software", "Lead the rewrite of the ticket machine's embedded software", "Publish the roadmap of features"),
    ("networking", "Cable the new campus and light its wireless network", "Accept the work of the cabling firm"),
    ("it_conversion", "Migrate four hundred servers into the cloud in waves", "Retire the old machine hall"),
    ("other", "Plan the trial of a new medicine in nine clinics", "Recruit nurses and file the reports"),
)  # fmt: skip
"""A type with two duties that speak for it."""


def posting(number: int, **fields: str) -> dict[str, str]:
    """A posting of our own; the company is invented."""
    _, first, second = WORK[number]
    description = f"Duties:\n- {first}\n- {second}\n- Report progress to the sponsors every week\nYou hold a degree."
    return {"id": f"p{number}", "title": f"Project Manager, lot {number}", "company": "Marrow & Finch",
            "location": "Selby", "description": description, **fields}  # fmt: skip


@pytest.fixture
def postings() -> list[dict[str, str]]:
    return [posting(number) for number in range(len(WORK))]


@pytest.fixture(scope="session")
def few_rows() -> list[dict]:
    """A corpus that trains in seconds."""
    files = sorted((ROOT / "corpus").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()[:8]]


@pytest.fixture(scope="session")
def poor_model(tmp_path_factory) -> Path:
    """The shipped model without its knowledge of the types: any training is better."""
    model = model_store.load("default")
    decision = replace(model.types.decision, kinds=np.zeros_like(model.types.decision.kinds))
    poor = replace(model, types=replace(model.types, decision=decision), crossfit={})
    folder = tmp_path_factory.mktemp("poor") / "poor"
    kept = {key: value for key, value in model.manifest.items() if key not in ("schema", "digest", "files")}
    model_store.save(poor, folder, {**kept, "name": "poor"})
    return folder


class Server:
    """A real ``matcher review`` process, and a browser's session with it."""

    def __init__(self, folder: Path, *arguments: object) -> None:
        environment = {**os.environ, "MATCHER_MODELS": str(folder / "models")}
        if "--corpus" not in arguments:
            few = (ROOT / "corpus" / "software.jsonl").read_text("utf-8").splitlines(keepends=True)[:8]
            (folder / "few.jsonl").write_text("".join(few), "utf-8")  # the whole corpus takes seconds
            arguments = (*arguments, "--corpus", "few.jsonl")
        command = [sys.executable, "-m", "matcher", "review", *map(str, arguments), "--no-browser"]
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.address = self.process.stdout.readline().strip()
        assert self.address, self.process.stderr.read()
        self.origin, self.token = re.fullmatch(r"(http://127\.0\.0\.1:\d+)/\?token=(.+)", self.address).groups()
        self.session = requests.Session()
        self.session.trust_env = False

    def enter(self) -> requests.Response:
        """Open the printed address, and follow it to the first posting."""
        return self.session.get(self.address)

    def post(self, path: str, body: object, **headers: str | None) -> requests.Response:
        """Send what the page's script would."""
        return self.session.post(self.origin + path, json=body, headers={"Origin": self.origin, **headers})

    def shown(self, page: requests.Response | None = None) -> tuple[str, int]:
        """Path and revision of the posting that a page shows, or that comes next."""
        text = (self.session.get(self.origin + "/") if page is None else page).text
        found = re.search(r'data-answer="(/posting/\w+)" data-revision="(\d+)"', text)
        return found[1], int(found[2])

    def stop(self, how: int = signal.SIGTERM) -> str:
        """End the process; gives what it said on stderr."""
        self.process.send_signal(how)
        _, said = self.process.communicate(timeout=30)
        self.session.close()
        return said


@contextmanager
def serving(folder: Path, *arguments: object) -> Iterator[Server]:
    server = Server(folder, *arguments)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.stop(signal.SIGKILL)
