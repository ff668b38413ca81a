"""The short form of ``benchmarks/ingest.py``."""

import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def figures() -> dict:
    command = [sys.executable, ROOT / "benchmarks" / "ingest.py", "--rounds", "10", "--archive", "150"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout)


def test_reading_a_page_costs_no_more_than_some_parses_of_it(figures):
    # the benchmark's figure is above 0.5; a busy machine and few runs need room
    assert figures["samples_with_furniture"]["ratio"] > 0.25


def test_an_archive_is_read_page_by_page(figures):
    small, large = figures["archives"]
    assert large["rows"] >= large["pages"] == 10 * small["pages"]
    assert 0 < large["rejected"] < 0.1 * large["pages"]
    assert large["peak_mb"] < small["peak_mb"] + 10
