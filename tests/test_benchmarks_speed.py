"""The short forms of ``benchmarks/speed.py``, ``memory.py``, ``scaling.py`` and ``plots.py``."""

import json
import subprocess
import sys
from xml.etree import ElementTree as ET

import measured
import plots
import pytest

from tests.conftest import ROOT


def run(name, tmp_path, *options) -> dict:
    path = tmp_path / f"{name}.json"
    command = [sys.executable, ROOT / "benchmarks" / f"{name}.py", *options, "--to", path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(path.read_text("utf-8"))


def test_speed(tmp_path):
    figures = run("speed", tmp_path, "--rows", "150", "--rounds", "1")
    rates = {name: row["mb_per_second"] for name, row in figures["rates"].items()}
    assert {"classify, whole record", "classify --only type", "TermHasher", "HashingVectorizer"} <= rates.keys()
    assert all(rate > 0 for rate in rates.values())
    assert figures["vectoriser_to_stock"] > 4  # above 10 in the whole form; 150 postings and a busy machine need room
    assert figures["cold_ratio"] < 0.9  # below 0.5 in the whole form
    page = (tmp_path / "speed.md").read_text("utf-8")
    assert f"| TermHasher | {rates['TermHasher']:.1f} |" in page


def test_memory(tmp_path):
    small, large = run("memory", tmp_path, "--rows", "60")["runs"]
    assert large["rows"] == 10 * small["rows"]
    assert 30 < small["peak_mb"] <= large["peak_mb"] * 1.1 < 700


def test_scaling(tmp_path):
    figures = run("scaling", tmp_path, "--rows", "60", "--rounds", "1", "--kills", "1")
    assert figures["jobs"]["same_bytes"]
    assert figures["kills"]["same_bytes"] == figures["kills"]["trials"] == 1


def test_a_command_is_measured_without_the_memory_of_its_starter():
    ballast = bytearray(400 * 2**20)
    told = measured.taken([sys.executable, "-c", "pass"])
    assert len(ballast) > told["peak_mb"] * 2**20 * 4
    assert told["cpu_seconds"] > 0


def test_a_command_that_cannot_run_is_no_figure():
    with pytest.raises(RuntimeError, match="nothing-here"):
        measured.taken(measured.command("classify", "nothing-here.csv", "-o", "out.csv"))


def test_plots_are_pictures_with_a_text_alternative():
    names = {"classify <whole>": {"mb_per_second": 20.0}, "fastText": {"mb_per_second": 10.0}}
    drawn = plots.speed({"rates": names})
    picture = ET.fromstring(drawn)
    widths = [int(bar.get("width")) for bar in picture.iter("{http://www.w3.org/2000/svg}rect")]
    assert widths[0] == 2 * widths[1]
    assert "classify <whole>: 20.0 MB/s" in picture.get("aria-label")
    assert "1,000 postings: 90 MB" in plots.memory({"runs": [{"rows": 1000, "peak_mb": 90}]})


@pytest.mark.parametrize("name", ["speed", "memory"])
def test_the_committed_plots_show_the_committed_figures(name):
    folder = ROOT / "benchmarks"
    figures = json.loads((folder / f"{name}.json").read_text("utf-8"))
    assert (folder / f"{name}.svg").read_text("utf-8") == getattr(plots, name)(figures)
