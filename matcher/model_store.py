"""A saved model: a checked folder of plain arrays and JSON, never anything that can run code."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from matcher.atomic import folder_aside, put, write_text
from matcher.card import card
from matcher.classifier import Decision, TypeModel
from matcher.errors import ModelError
from matcher.features import TermModel
from matcher.figures import load_terms, save_terms
from matcher.skills import SkillModel

SCHEMA = 1
MANIFEST, CARD = "manifest.json", "card.md"
DEFAULT, VERSION = "default", "trained-"
DIGITS = 6
"""Decimals kept of the numbers in JSON: more than any result shows, few enough to be the same on every machine."""

_SENTENCE, _WORDS, _TITLES = "sentence", "words", "titles"
_SMALL, _CROSSFIT, _LABELS = "type.json", "crossfit.json", "labels.json"
_IN_USE = "in-use"
_DECISION = tuple(item.name for item in fields(Decision))
_PARTS = ("terms.txt", "weights.npy", "intercept.npy")
_EXPECTED = {
    CARD,
    _SMALL,
    _CROSSFIT,
    _LABELS,
    *(f"{name}.{part}" for name in (_SENTENCE, _WORDS, _TITLES) for part in _PARTS),
}


@dataclass(frozen=True)
class Model:
    """A trained model: the sentence model, the type model, the skill model, and the manifest that describes them."""

    sentence: TermModel
    types: TypeModel
    skills: SkillModel
    manifest: Mapping[str, Any] = field(default_factory=dict)
    crossfit: Mapping[str, list[float]] = field(default_factory=dict)
    """Probabilities that the rows it was trained on got from models that had not seen them, by the row's digest."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """The types that these rows were labelled with, by the row's digest."""

    @property
    def label(self) -> str:
        """Name and digest, as results carry it."""
        return f"{self.manifest['name']}@{str(self.manifest['digest'])[:12]}"


def models_folder() -> Path:
    """Where the user's models are kept: ``$MATCHER_MODELS``, else the user's data folder."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(os.environ.get("MATCHER_MODELS") or Path(base) / "matcher" / "models")


def shipped() -> Path:
    """The folder of the model that ships: inside the installed package, or ``models/default`` of a checkout."""
    packaged = Path(str(resources.files("matcher"))) / "models" / DEFAULT
    return packaged if packaged.is_dir() else Path(__file__).resolve().parent.parent / "models" / DEFAULT


def saved() -> dict[str, Path]:
    """Names of saved models and their folders, the shipped one first."""
    found = {DEFAULT: shipped()}
    folder = models_folder()
    if folder.is_dir():
        found |= {p.name: p for p in sorted(folder.iterdir()) if (p / MANIFEST).is_file()}
    return found


def in_use() -> str:
    """The name or folder of the model in use: the shipped one, unless another was trained or chosen."""
    try:
        name = (models_folder() / _IN_USE).read_text("utf-8").strip()
    except OSError:
        return DEFAULT
    return name if name in saved() or (Path(name) / MANIFEST).is_file() else DEFAULT


def find(model: str | Path | None = None) -> Path:
    """The folder of a model given by name or path; of the model in use if none is given.

    Raises:
        ModelError: there is none of that name.
    """
    known = saved()
    name = str(model) if model is not None else in_use()
    if name in known:
        return known[name]
    if (Path(name) / MANIFEST).is_file():
        return Path(name)
    raise ModelError(f"{name}: no such model; saved models: {', '.join(known)}, or give a model's folder")


def read_manifest(folder: Path) -> dict[str, Any]:
    """A model's manifest.

    Raises:
        ModelError: missing, damaged, or of another schema version.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        schema = manifest["schema"]
    except (OSError, ValueError, KeyError, TypeError):
        raise ModelError(f"{folder}: not a model (its {MANIFEST} is missing or damaged)") from None
    if schema != SCHEMA:
        raise ModelError(f"{folder}: a model of schema {schema}; this matcher reads schema {SCHEMA}: retrain it")
    return dict(manifest)


def load(model: str | Path | None = None) -> Model:
    """Load a model after checking every file against its manifest.

    Raises:
        ModelError: no such model, damaged, or of another schema version.
    """
    folder = find(model)
    manifest = read_manifest(folder)
    try:
        found = _read(folder, manifest)
    except ModelError:
        if read_manifest(folder) == manifest:
            raise
    else:
        if read_manifest(folder) == manifest:
            return found
    return load(folder)  # another model took its place while it was read


def _read(folder: Path, manifest: dict[str, Any]) -> Model:
    for name, digest in manifest["files"].items():
        try:
            data = (folder / name).read_bytes()
        except OSError:
            raise ModelError(f"{folder}: {name} is missing; restore the folder or retrain") from None
        if hashlib.sha256(data).hexdigest() != digest:
            raise ModelError(f"{folder}: {name} was changed since it was saved; restore the folder or retrain")
    if missing := _EXPECTED - set(manifest["files"]):
        raise ModelError(f"{folder}: {sorted(missing)[0]} is missing; restore the folder or retrain")
    small, crossfit, labels = (json.loads((folder / name).read_text("utf-8")) for name in (_SMALL, _CROSSFIT, _LABELS))
    decision = Decision(**{name: np.array(small[name], np.float64) for name in _DECISION})
    skills = {name: np.array(small["skills"][name], np.float64) for name in ("weights", "intercept")}
    types = TypeModel(load_terms(folder, _WORDS), load_terms(folder, _TITLES), decision, float(small["cutoff"]))
    return Model(load_terms(folder, _SENTENCE), types, SkillModel(**skills), manifest, crossfit, labels)


def shipped_rows() -> frozenset[str]:
    """Digests of the rows that the shipped model was trained on: the corpus."""
    return frozenset(json.loads((shipped() / _LABELS).read_text("utf-8")))


def save(model: Model, folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write a model aside and put it in place in one step; ``manifest`` gives name, corpus digest, versions and scores.

    Raises:
        ModelError: the folder holds something that is no model.
    """
    folder = folder.resolve()
    if folder.exists() and not (folder / MANIFEST).is_file():
        raise ModelError(f"{folder}: is there already and is not a model; give another folder")
    with folder_aside(folder.parent) as aside:
        _write(model, aside, manifest)
        put(aside, folder)


def save_version(model: Model, manifest: Mapping[str, Any]) -> Path:
    """Save a model as the next version among the user's models, a folder that is never written to again.

    A version that has the same digest is not kept twice. Returns the version's folder.
    """
    with folder_aside(models_folder()) as aside:
        versions = {name: path for name, path in saved().items() if name.startswith(VERSION)}
        numbers = [int(n) for name in versions if (n := name.removeprefix(VERSION)).isdigit()]
        folder = models_folder() / f"{VERSION}{max(numbers, default=0) + 1}"
        digest = _write(model, aside, {**manifest, "name": folder.name})
        for path in versions.values():
            if read_manifest(path)["digest"] == digest:
                return path
        put(aside, folder)
    return folder


def use(name: str) -> None:
    """Make a saved model, given by name or folder, the one in use.

    Raises:
        ModelError: there is none of that name.
    """
    folder = find(name)
    models_folder().mkdir(parents=True, exist_ok=True)
    write_text(models_folder() / _IN_USE, f"{name if name in saved() else folder.resolve()}\n")


def _write(model: Model, folder: Path, manifest: Mapping[str, Any]) -> str:
    """Write every file of a model and return its digest, which the card has no part in."""
    save_terms(model.sentence, folder, _SENTENCE)
    save_terms(model.types.words, folder, _WORDS)
    save_terms(model.types.titles, folder, _TITLES)
    small = {
        "cutoff": round(model.types.cutoff, DIGITS),
        **{name: rounded(getattr(model.types.decision, name)) for name in _DECISION},
        "skills": {"weights": rounded(model.skills.weights), "intercept": rounded(model.skills.intercept)},
    }
    (folder / _SMALL).write_text(json.dumps(small, indent=1) + "\n", "utf-8")
    for name, rows in ((_CROSSFIT, model.crossfit), (_LABELS, model.labels)):
        (folder / name).write_text(json.dumps(dict(sorted(rows.items()))) + "\n", "utf-8")
    files = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}
    digest = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()
    text = card({**manifest, "digest": digest})
    (folder / CARD).write_text(text, "utf-8")
    files[CARD] = hashlib.sha256(text.encode()).hexdigest()
    whole = {"schema": SCHEMA, **manifest, "digest": digest, "files": dict(sorted(files.items()))}
    (folder / MANIFEST).write_text(json.dumps(whole, indent=2) + "\n", "utf-8")
    return digest


def rounded(values: np.ndarray[Any, Any]) -> Any:
    """A number or an array as lists of numbers of ``DIGITS`` decimals."""
    return np.round(np.asarray(values, np.float64), DIGITS).tolist()
