"""What retraining on real labelled postings gives, refuses and survives.

    python benchmarks/retraining.py                every part, into retraining.json and retraining.md
    python benchmarks/retraining.py ground killed  these parts again, the rest of retraining.json stays

The real postings lie beside the project (../shared/gold/dev.jsonl). Half of them, drawn by group, are the user's rows;
the other half is held out.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from matcher import Matcher, model_store
from matcher.atomic import write_text
from matcher.comparison import RESAMPLES
from matcher.corpus import LabelledPosting, read_labelled
from matcher.profile import TYPES
from matcher.retraining import Proposal, propose

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
GOLD = ROOT.parent / "shared" / "gold" / "dev.jsonl"
KINDS = {
    "ground": ("ground_segment", "managers of satellite ground stations (telecom)"),
    "gis": ("gis_rollout", "managers who bring mapping systems to offices (IT conversion)"),
    "rail": ("rail_signalling", "managers of railway signalling software (software)"),
}
"""New kinds: the file in ``tests/data``, and in words. The last ten of each are worded otherwise than the first."""

TAUGHT = 20
"""Postings of the new kind that are labelled; the rest are told afterwards."""

HALVES, FLIPPED, FIRST = 5, 0.05, 0.1
KILLS, SMALL = 20, 12
"""Trainings that are killed, and rows of each corpus file that they train on."""

Rows = list[LabelledPosting]


def halves(gold: Rows, seed: int) -> tuple[Rows, Rows]:
    """The user's half and the held-out half; a group stands in one of them."""
    groups = sorted({row.group for row in gold})
    random.Random(seed).shuffle(groups)
    mine: set[str] = set()
    for group in groups:
        if sum(row.group in mine or row.group == group for row in gold) <= len(gold) // 2 + 2:
            mine.add(group)
    return [row for row in gold if row.group in mine], [row for row in gold if row.group not in mine]


def right(matcher: Matcher, rows: Rows) -> np.ndarray:
    """Which rows a model tells rightly."""
    told = matcher.type_rows([row.posting for row in rows])
    return np.array([row["type"] == label.type for row, label in zip(told, rows, strict=True)])


def made(proposal: Proposal, current: Matcher) -> Matcher:
    """The proposed model, ready to tell."""
    return Matcher(replace(proposal.trained.model, manifest={"name": "new", "digest": "0" * 64}), current.profile)


def measure_halves(corpus: Rows, gold: Rows, current: Matcher) -> dict[str, Any]:
    """Accuracy on the held-out half, five times; the interval draws the groups of the gold postings anew."""
    found, held, gains = [], [], []
    for seed in range(HALVES):
        mine, rest = halves(gold, seed)
        proposal = propose(corpus + mine, current)
        old, new = right(current, rest), right(made(proposal, current), rest)
        found.append(
            {"user_rows": len(mine), "held_out": len(rest), "old": old.mean(), "new": new.mean(),
             "verdict": proposal.comparison.verdict}
        )  # fmt: skip
        held.append(rest)
        gains.append(new.astype(int) - old.astype(int))
        print(found[-1], file=sys.stderr, flush=True)
    groups = sorted({row.group for row in gold})
    draws = np.random.default_rng(0).multinomial(len(groups), [1 / len(groups)] * len(groups), RESAMPLES)
    times = [draws[:, [groups.index(row.group) for row in rest]] for rest in held]
    drawn = np.mean([(t @ gain) / t.sum(axis=1) for t, gain in zip(times, gains, strict=True)], axis=0)
    gain = float(np.mean([row["new"] - row["old"] for row in found]))
    return {"each": found, "mean_gain": gain, "interval": np.quantile(drawn, [0.025, 0.975]).tolist()}


def measure_shuffled(corpus: Rows, gold: Rows, current: Matcher) -> dict[str, Any]:
    """What is said of shuffled labels: all of them, and the user's alone."""
    mine, _ = halves(gold, 0)
    cases = {"all": relabelled(corpus + mine), "user": corpus + relabelled(mine)}
    found = {}
    for name, rows in cases.items():
        comparison = propose(rows, current).comparison
        found[name] = {"refused": comparison.worse, "verdict": comparison.verdict}
        print(name, found[name], file=sys.stderr, flush=True)
    return found


def relabelled(rows: Rows) -> Rows:
    """The rows with their types dealt out anew."""
    order = np.random.default_rng(0).permutation(len(rows))
    return [replace(row, type=rows[other].type, second=None) for row, other in zip(rows, order, strict=True)]


def measure_flipped(corpus: Rows, gold: Rows, current: Matcher) -> dict[str, Any]:
    """The share of planted errors among the first tenth of the doubted rows."""
    mine, _ = halves(gold, 0)
    draw = random.Random(0)
    rows = corpus + mine
    planted = set(draw.sample(range(len(rows)), round(FLIPPED * len(rows))))
    rows = [
        replace(row, type=draw.choice([name for name in TYPES if name != row.type]), second=None)
        if at in planted
        else row
        for at, row in enumerate(rows)
    ]
    names = {rows[at].where for at in planted}
    ranked = [doubt.row.where in names for doubt in propose(rows, current).doubts]
    first = ranked[: round(FIRST * len(ranked))]
    return {"rows": len(rows), "planted": len(planted), "found": sum(first), "share": sum(first) / len(planted)}


def measure_kind(name: str, corpus: Rows, gold: Rows, current: Matcher) -> dict[str, Any]:
    """Twenty labels of a new kind: the other ten, and the gold postings."""
    kind = list(read_labelled([str(ROOT / "tests" / "data" / f"{KINDS[name][0]}.jsonl")]))
    proposal = propose(corpus + kind[:TAUGHT], current)
    new = made(proposal, current)
    pairs = {"ten": kind[TAUGHT:], "gold": gold}
    return {
        "verdict": proposal.comparison.verdict,
        **{name: {"old": right(current, rows).mean(), "new": right(new, rows).mean()} for name, rows in pairs.items()},
    }


def measure_killed(*_: Any) -> dict[str, Any]:
    """Trainings killed at random moments, half of them while the model is being saved; what is in use afterwards."""
    found = {"killed": 0, "while_saving": 0, "whole": 0, "switched": 0}
    draw = random.Random(0)
    with tempfile.TemporaryDirectory() as folder:
        rows, models = Path(folder) / "rows.jsonl", Path(folder) / "models"
        lines = (path.read_text("utf-8").splitlines()[:SMALL] for path in sorted((ROOT / "corpus").glob("*.jsonl")))
        rows.write_text("".join(f"{line}\n" for part in lines for line in part), "utf-8")
        command = [sys.executable, "-m", "matcher", "train", rows, "--force", "--jobs", "1"]
        os.environ["MATCHER_MODELS"] = str(models)
        started = time.monotonic()
        subprocess.run([*command, "--dry-run"], check=True, stdout=subprocess.DEVNULL)
        whole_run = time.monotonic() - started
        for number in range(KILLS):
            for path in models.glob("*"):  # each time from nothing: the first version is new
                path.unlink() if path.is_file() else shutil.rmtree(path)
            with subprocess.Popen(command, stdout=subprocess.DEVNULL) as run:
                if number % 2:
                    while run.poll() is None and not list(models.glob(".new-*")):
                        time.sleep(0.001)
                    time.sleep(draw.random() / 5)
                else:
                    time.sleep(draw.random() * whole_run)
                found["killed"] += run.poll() is None
                run.kill()
            found["while_saving"] += bool(list(models.glob(".new-*")))
            name = model_store.load().manifest["name"]
            found["whole"] += name in (model_store.DEFAULT, "trained-1")
            found["switched"] += name != model_store.DEFAULT
    return found


PARTS = {
    "halves": measure_halves,
    "shuffled": measure_shuffled,
    "flipped": measure_flipped,
    **{name: partial(measure_kind, name) for name in KINDS},
    "killed": measure_killed,
}


def markdown(result: dict[str, Any]) -> str:
    """The report as a page."""
    lines = ["# Retraining", "", "Measured by `python benchmarks/retraining.py` against the shipped model.", ""]
    if part := result.get("halves"):
        low, high = (f"{100 * value:+.1f}" for value in part["interval"])
        lines += [
            "## Real rows beside the corpus", "",
            "Half of the 459 real labelled postings, drawn by group, is trained on with the corpus; the other half is "
            f"told. Mean gain: {100 * part['mean_gain']:+.1f} points of accuracy (95% interval {low} to {high}, groups "
            "drawn anew). The aim was +3 points.", "",
            "| user's rows | held out | in use | new | gain |", "| --- " * 5 + "|",
        ]  # fmt: skip
        lines += [
            f"| {row['user_rows']} | {row['held_out']} | {row['old']:.3f} | {row['new']:.3f} | "
            f"{100 * (row['new'] - row['old']):+.1f} |"
            for row in part["each"]
        ]
        lines += [""]
    if part := result.get("shuffled"):
        lines += ["## Labels that mean nothing", "", "| shuffled | refused | verdict |", "| --- | --- | --- |"]
        lines += [f"| {name} | {'yes' if row['refused'] else 'NO'} | {row['verdict']} |" for name, row in part.items()]
        lines += [""]
    if part := result.get("flipped"):
        lines += [
            "## Planted label errors", "",
            f"{part['planted']} of {part['rows']} labels changed to another type: {part['found']} of them "
            f"({part['share']:.0%}) are among the first tenth of the doubted rows.", "",
        ]  # fmt: skip
    if kinds := [name for name in KINDS if name in result]:
        lines += [
            "## New kinds", "",
            f"{TAUGHT} labelled postings of a kind that the shipped model mostly gets wrong, beside the corpus; right "
            "with the model in use and with the new one:", "",
            "| kind | ten more of the kind, in use | new | real postings, in use | new |", "| --- " * 5 + "|",
            *(f"| {KINDS[name][1]} | "
              + " | ".join(f"{result[name][rows][when]:.3f}" for rows in ("ten", "gold") for when in ("old", "new"))
              + " |" for name in kinds), "",
        ]  # fmt: skip
    if part := result.get("killed"):
        lines += [
            "## Killed", "",
            f"`matcher train` killed (SIGKILL) at {part['killed']} moments, {part['while_saving']} of them while it "
            f"wrote the model: {part['whole']} of {KILLS} times the model in use was whole, {part['switched']} "
            "times the new one already.", "",
        ]  # fmt: skip
    notes = HERE / "retraining-notes.md"
    return "\n".join(lines) + (notes.read_text("utf-8") if notes.is_file() else "")


def main(names: list[str]) -> None:
    """Measure the named parts, or all."""
    path = HERE / "retraining.json"
    result = json.loads(path.read_text("utf-8")) if path.is_file() and names else {}
    corpus, gold = list(read_labelled([str(ROOT / "corpus" / "*.jsonl")])), list(read_labelled([str(GOLD)]))
    current = Matcher.load(model_store.DEFAULT)
    for name in names or PARTS:
        result[name] = PARTS[name](corpus, gold, current)
        print(name, result[name], file=sys.stderr, flush=True)
        write_text(path, json.dumps(result, indent=1) + "\n")
        write_text(HERE / "retraining.md", markdown(result).rstrip() + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
