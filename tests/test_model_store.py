import json
import shutil

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
