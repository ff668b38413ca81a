"""Rebuild the model that ships, byte for byte, from this repository alone: corpus/ -> models/default/."""

from pathlib import Path

from matcher.corpus import read_labelled
from matcher.model_store import save
from matcher.retraining import fit

ROOT = Path(__file__).resolve().parent.parent

if __name__ == "__main__":
    trained, manifest = fit(list(read_labelled([str(ROOT / "corpus" / "*.jsonl")])), "default")
    save(trained.model, ROOT / "models" / "default", manifest)
    print(manifest["scores"])
