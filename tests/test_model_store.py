import json
import shutil
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from matcher import Matcher, model_store
from matcher.errors import ModelError


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(model_store.shipped(), tmp_path / "mine")


@pytest.fixture(autouse=True)
def own_models(tmp_path, monkeypatch):
    monkeypatch.setenv("MATCHER_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


def test_a_changed_byte_in_any_file_is_found(copy):
    for path in sorted(copy.iterdir()):
        whole = path.read_bytes()
        if path.name != model_store.MANIFEST:
            path.write_bytes(whole[:-2] + bytes([whole[-2] ^ 1]) + whole[-1:])
            with pytest.raises(ModelError, match=f"{path.name} was changed"):
                Matcher.load(copy)
            path.unlink()
            with pytest.raises(ModelError, match=f"{path.name} is missing"):
                Matcher.load(copy)
            path.write_bytes(whole)
    Matcher.load(copy)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": 99}, "schema 99; this matcher reads schema 1"),
        ({"files": {}}, "is missing"),
        (None, "missing or damaged"),
    ],
)
def test_manifests_that_are_not_ours(copy, change, message):
    path = copy / model_store.MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | change) if change else "{")
    with pytest.raises(ModelError, match=message):
        Matcher.load(copy)


def test_a_name_that_is_no_model_lists_those_that_are():
    with pytest.raises(ModelError, match="nothing: no such model; saved models: default"):
        Matcher.load("nothing")


def test_saving_gives_the_same_bytes_and_loads_again(tmp_path, network):
    model = model_store.load()
    kept = {k: v for k, v in model.manifest.items() if k not in ("schema", "digest", "files")}
    model_store.save(model, tmp_path / "again", kept)
    for path in model_store.shipped().iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()
    assert Matcher.load(tmp_path / "again").score(network) == Matcher.load().score(network)
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_saving_over_a_model_replaces_it_whole(copy):
    model = model_store.load()
    (copy / "left-over").write_text("x")
    model_store.save(model, copy, {"name": "mine"})
    assert not (copy / "left-over").exists()
    assert Matcher.load(copy).model.label.startswith("mine@")


def test_use_switches_and_goes_back(own_models, copy):
    shutil.copytree(copy, own_models / "other")
    model_store.use("other")
    assert model_store.in_use() == "other"
    assert model_store.find() == own_models / "other"
    model_store.use("default")
    assert model_store.find() == model_store.shipped()
    with pytest.raises(ModelError, match="nothing: no such model"):
        model_store.use("nothing")


def test_no_saved_model_holds_anything_that_runs():
    assert {p.suffix for p in model_store.shipped().iterdir()} <= {".json", ".md", ".npy", ".txt"}


def test_a_folder_that_is_no_model_is_not_overwritten(tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.png").touch()
    with pytest.raises(ModelError, match="is there already and is not a model"):
        model_store.save(model_store.load(), tmp_path / "photos", {"name": "x"})
    assert [p.name for p in (tmp_path / "photos").iterdir()] == ["one.png"]


def test_versions_are_numbered_kept_once_and_never_written_to_again(own_models):
    model = model_store.load()
    first = model_store.save_version(model, model.manifest)
    again = model_store.save_version(model, model.manifest)
    other = model_store.save_version(replace(model, labels={"x": "other"}), model.manifest)
    assert [path.name for path in (first, again, other)] == ["trained-1", "trained-1", "trained-2"]
    assert model_store.load("trained-2").label.startswith("trained-2@")
    shutil.rmtree(first)
    assert model_store.save_version(model, model.manifest).name == "trained-3"


def test_a_model_outside_can_be_in_use_by_its_folder(copy, own_models):
    model_store.use(str(copy))
    assert Matcher.load().model.manifest["digest"] == model_store.read_manifest(copy)["digest"]
    shutil.rmtree(copy)
    assert model_store.in_use() == "default"


def test_the_card_says_data_figures_limits_and_how_to_rebuild():
    text = (model_store.shipped() / model_store.CARD).read_text("utf-8")
    manifest = model_store.read_manifest(model_store.shipped())
    for words in ("## Data", "## Figures", "## Limits", "make model", manifest["digest"]):
        assert words in text
    assert f"{manifest['corpus']['postings']} labelled postings" in text
    assert f"| right type | {manifest['scores']['accuracy']:.3f} |" in text


SAVER = """
import sys
from dataclasses import replace
from pathlib import Path
from matcher import model_store
model = model_store.load("default")
kinds = [replace(model, labels={name: "other"}) for name in "ab"]
print("ready", flush=True)
for at in range(10_000):
    model_store.save(kinds[at % 2], Path(sys.argv[1]), {"name": "mine"})
    version = model_store.save_version(kinds[at % 2], {"name": "x"})
    model_store.use(version.name)
"""


def test_killed_while_saving_and_read_all_the_time_the_model_is_whole(tmp_path, own_models):
    folder = tmp_path / "mine"
    model_store.save(model_store.load("default"), folder, {"name": "mine"})
    for wait in (0.05, 0.2, 0.5, 0.9):
        with subprocess.Popen([sys.executable, "-c", SAVER, folder], stdout=subprocess.PIPE, text=True) as saver:
            assert saver.stdout.readline() == "ready\n"
            end = time.monotonic() + wait
            while time.monotonic() < end:
                model_store.load(folder)
            saver.kill()
        assert len(model_store.load(folder).labels) > 0
        assert model_store.load().manifest["name"] in ("default", "trained-1", "trained-2")
    model_store.save(model_store.load("default"), folder, {"name": "mine"})
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
