import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from matcher import atomic
from matcher.errors import MatcherError

HOLDER = """
import sys, time
from pathlib import Path
from matcher.atomic import locked
with locked(Path(sys.argv[1]), wait=False):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_lock_keeps_others_out_until_its_holder_is_killed(tmp_path):
    path = tmp_path / "runs" / "retrain.lock"
    with subprocess.Popen([sys.executable, "-c", HOLDER, path], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(MatcherError, match="another run is at work"), atomic.locked(path, wait=False):
            pytest.fail("two at once")
        holder.kill()
    with atomic.locked(path, wait=False):
        assert path.exists()


def test_a_file_is_replaced_whole_and_nothing_is_left(tmp_path):
    path = tmp_path / "a.txt"
    atomic.write_text(path, "one")
    atomic.write_text(path, "two")
    assert path.read_text("utf-8") == "two"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("swaps", [True, False])
def test_a_folder_takes_the_place_of_another(tmp_path, monkeypatch, swaps):
    if not swaps:
        monkeypatch.setattr(atomic, "_exchange", lambda *_: False)
    for text in ("one", "two"):
        with atomic.folder_aside(tmp_path) as aside:
            (aside / text).write_text(text, "utf-8")
            atomic.put(aside, tmp_path / "model")
    assert [path.name for path in tmp_path.rglob("*")] == ["model", "two"]


@pytest.mark.skipif(sys.platform != "linux", reason="folders are swapped in one step on Linux alone")
def test_while_folders_are_swapped_one_is_always_there(tmp_path):
    """Another process looks for the folder's file as often as it can while it is swapped 300 times."""
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "file").touch()
    look = "import os, sys\nprint(flush=True)\nwhile os.path.exists(sys.argv[2]):\n    os.stat(sys.argv[1])"
    watched, running = tmp_path / "model" / "file", tmp_path / "running"
    running.touch()
    with subprocess.Popen([sys.executable, "-c", look, watched, running], stdout=subprocess.PIPE) as watcher:
        watcher.stdout.readline()
        for _ in range(300):
            with atomic.folder_aside(tmp_path) as aside:
                (aside / "file").touch()
                atomic.put(aside, tmp_path / "model")
        assert watcher.poll() is None
        running.unlink()
    assert watcher.returncode == 0


def test_what_a_killed_run_left_is_cleaned_up_by_the_next(tmp_path):
    script = (
        "import os, sys, time\nfrom pathlib import Path\nfrom matcher.atomic import folder_aside\n"
        "with folder_aside(Path(sys.argv[1])) as aside:\n    print(aside, flush=True)\n    time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script, tmp_path], stdout=subprocess.PIPE, text=True) as child:
        left = Path(child.stdout.readline().strip())
        os.kill(child.pid, signal.SIGKILL)
    assert left.is_dir()
    started = time.monotonic()
    with atomic.folder_aside(tmp_path):
        assert not left.exists()
    assert time.monotonic() - started < 10
