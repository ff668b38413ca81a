"""Quality on real labelled postings: the shipped model beside its peers, with intervals and ablations.

    python benchmarks/quality.py                 everything, into quality.md and quality.json (some 15 minutes)
    python benchmarks/quality.py --floors-only   the shipped model against the floors that CI holds

The gold postings lie beside the project (../shared/gold/dev.jsonl); the peers learn from the same corpus as our model.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.pipeline import make_pipeline

from matcher import Matcher, Profile
from matcher.classifier import INPUTS, word_terms
from matcher.corpus import LabelledPosting, read_labelled, type_targets
from matcher.corpus_report import distance
from matcher.decision_fits import Rows as DecisionRows
from matcher.decision_fits import fit_decision
from matcher.evaluation import evaluate, skill_figures, type_figures
from matcher.features import tokens, word_lists
from matcher.figures import Figures
from matcher.profile import SKILLS, TYPES
from matcher.reading import Units, read
from matcher.retraining import load_figures
from matcher.training import Trained, train

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
GOLD = ROOT.parent / "shared" / "gold" / "dev.jsonl"
OTHERS_FILE = GOLD.with_name("train.jsonl")
CORPUS = str(ROOT / "corpus" / "*.jsonl")

FLOORS = json.loads((HERE / "floors.json").read_text("utf-8"))
"""What CI holds the shipped model to on the gold postings: the least, or for a name with ``ece`` the most."""

RESAMPLES = 1000
OTHERS = 20
"""Real rows of a type from which a classifier can be learned."""

Rows = Sequence[LabelledPosting]
Predict = Callable[[Rows, Rows], np.ndarray]


def text_of(row: LabelledPosting) -> str:
    """Title and description, as every peer reads them."""
    return f"{row.posting.title}\n{row.posting.description}"


def keyword_rules(_: Rows, gold: Rows) -> np.ndarray:
    """A TPM title, then the trade whose words are named most; what a script of an afternoon does."""
    lists, found = word_lists(), []
    for row in gold:
        title = row.posting.title.lower()
        wanted = ("project", "program", "scrum", "implementation", "delivery", "rollout", "deployment", "migration")
        counts = dict.fromkeys(TYPES, 0.1)
        words = tokens(text_of(row))
        for term in (*words, *map(" ".join, pairwise(words))):
            for mark in lists.get(term, ()):
                if mark[3:] in counts:
                    counts[mark[3:]] += 1
        if not any(word in title for word in wanted):
            counts = dict.fromkeys(TYPES, 0.1) | {"other": 1.0}
        total = sum(counts.values())
        found.append([counts[name] / total for name in TYPES])
    return np.array(found)


def tfidf(corpus: Rows, gold: Rows) -> np.ndarray:
    """Stock scikit-learn: TF-IDF of words and pairs, logistic regression."""
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2), LogisticRegression(C=10, max_iter=1000)
    )
    model.fit([text_of(row) for row in corpus], type_targets(corpus))
    return model.predict_proba([text_of(row) for row in gold])


def fasttext(corpus: Rows, gold: Rows) -> np.ndarray:
    """FastText, supervised, with word pairs; epochs and rate are the best of ten by cross-validation on the corpus."""
    import fasttext as ft

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.txt"
        lines = (f"__label__{row.type} {' '.join(tokens(text_of(row)))}" for row in corpus)
        path.write_text("\n".join(lines), "utf-8")
        model = ft.train_supervised(
            str(path), wordNgrams=2, epoch=400, lr=1.0, dim=50, minCount=2, thread=1, seed=1, verbose=0
        )
    found = []
    for row in gold:
        pairs = model.f.predict(" ".join(tokens(text_of(row))) + "\n", len(TYPES), 0.0, "strict")
        chances = {label.removeprefix("__label__"): chance for chance, label in pairs}
        found.append([chances.get(name, 0.0) for name in TYPES])
    return np.array(found)


def embeddings(corpus: Rows, gold: Rows) -> np.ndarray:
    """Sentence embeddings (all-MiniLM-L6-v2) and logistic regression, where sentence-transformers is installed."""
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer("all-MiniLM-L6-v2")
    model = LogisticRegression(C=10, max_iter=1000)
    model.fit(encoder.encode([text_of(row) for row in corpus]), type_targets(corpus))
    return model.predict_proba(encoder.encode([text_of(row) for row in gold]))


PEERS: dict[str, Predict] = {
    "keyword rules": keyword_rules,
    "TF-IDF + logistic regression": tfidf,
    "fastText": fasttext,
    "MiniLM embeddings + logistic regression": embeddings,
}

ABLATIONS = {
    "without functions": lambda name: ".function." in name,
    "without domains": lambda name: ".domain." in name or ".projects." in name,
    "without projects × domain": lambda name: ".projects." in name,
    "without the title": lambda name: name.startswith("title"),
    "without word lists": lambda name: name.startswith("lists."),
    "without requirements": lambda name: name.startswith("required."),
    "without the employer's part": lambda name: name.startswith("about."),
    "without the word model": lambda name: name.startswith("words."),
    "aggregates alone": lambda name: name.startswith(("words.", "titles.")),
    "word model alone": lambda name: not name.startswith("words."),
}


def interval(rows: Rows, probabilities: np.ndarray, key: str) -> tuple[float, float]:
    """The middle 95% of a figure over resampled postings."""
    draw = np.random.default_rng(0)
    values = []
    for _ in range(RESAMPLES // (1 if key == "accuracy" else 4)):
        chosen = draw.integers(0, len(rows), len(rows))
        values.append(type_figures([rows[i] for i in chosen], probabilities[chosen])[key])
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def small_model(trained: Trained, corpus: Rows, figures: Figures, inputs: np.ndarray, keep: np.ndarray) -> np.ndarray:
    """Probabilities for gold inputs of a small model refitted on some of its inputs."""
    rows = DecisionRows.of(trained.inputs, corpus, figures)
    return fit_decision(replace(rows, inputs=rows.inputs[:, keep])).probabilities(inputs[:, keep])


def gold_inputs(trained: Trained, gold: Rows) -> np.ndarray:
    """The small model's inputs of the gold postings."""
    readings = [read(Units.of(row.posting), trained.model.sentence) for row in gold]
    return np.array([trained.model.types.inputs(reading, word_terms(reading)) for reading in readings])


def keyword_skills(gold: Rows) -> list[dict[str, float]]:
    """Skills by the words of the profile's own wording: the share of them that the posting holds."""
    wanted = {s.id: {w for w in tokens(s.wording) if len(w) > 4} for s in Profile.load().skills}
    found = []
    for row in gold:
        words = set(tokens(row.posting.description))
        found.append({name: len(want & words) / max(1, len(want)) for name, want in wanted.items()})
    return found


def nearest_sentence(gold: Rows) -> list[dict[str, float]]:
    """Skills by the TF-IDF cosine of the profile's sentence to the nearest sentence of the posting."""
    skills = Profile.load().skills
    cut = [[row.posting.description[a:b] for a, b in Units.of(row.posting).spans] or [""] for row in gold]
    vectors = TfidfVectorizer(sublinear_tf=True).fit([s for row in cut for s in row])
    wording = vectors.transform([s.wording for s in skills])
    nearest = [cosine_similarity(vectors.transform(row), wording).max(axis=0) for row in cut]
    return [dict(zip((s.id for s in skills), row.tolist(), strict=True)) for row in nearest]


def as_often(found: list[dict[str, float]], corpus: Rows) -> list[dict[str, float]]:
    """A baseline's scores as shares of its ranking, so that one half says yes as often as the corpus's TPM rows do."""
    tpm = [row for row in corpus if row.type != "other" and row.skills]
    shifted = [dict(row) for row in found]
    for name in SKILLS:
        rate = np.mean([row.skills[name] for row in tpm if row.skills])
        order = np.argsort(np.argsort([row[name] for row in found], kind="stable")) / len(found)
        for row, place in zip(shifted, order.tolist(), strict=True):
            row[name] = float(np.clip(0.5 + (place - (1 - rate)) / 2, 0, 1))
    return shifted


def floors(figures: dict[str, Any]) -> list[str]:
    """What falls short of the floors."""
    skills = figures["skills"]
    found = {
        "accuracy": figures["accuracy"],
        "macro_f1": figures["macro_f1"],
        "accuracy_sure": figures["accuracy_sure"],
        "accuracy_with_second": figures["accuracy_with_second"],
        "accuracy_half": figures["accuracy_at_coverage"]["0.50"],
        "f1_telecom": figures["types"]["telecom"]["f1"],
        "f1_networking": figures["types"]["networking"]["f1"],
        "ece": figures["ece"],
        "skills_macro_f1": skills["macro_f1"],
        "skills_mean_average_precision": skills["mean_average_precision"],
        "skills_ece": skills["ece"],
    }
    short = []
    for name, floor in FLOORS.items():
        good = found[name] <= floor if name.endswith("ece") else found[name] >= floor
        print(f"{'ok  ' if good else 'FAIL'} {name:32} {found[name]:.3f} (bound {floor})")
        if not good:
            short.append(name)
    return short


def measure(gold: Rows) -> dict[str, Any]:
    """Every figure of the report."""
    corpus, figures = list(read_labelled([CORPUS])), load_figures()
    matcher = Matcher.load("default")
    matches = list(matcher.score_many(row.posting for row in gold))
    ours = np.array([[match.probabilities[name] for name in TYPES] for match in matches])
    result: dict[str, Any] = {"ours": evaluate(gold, matches)}
    result["peers"] = {}
    for name, predict in {"matcher (shipped)": lambda _, __: ours, **PEERS}.items():
        try:
            chances = predict(corpus, gold)
        except ImportError as error:
            print(f"{name}: left out ({error})", file=sys.stderr)
            continue
        row = {key: type_figures(gold, chances)[key] for key in ("accuracy", "macro_f1", "accuracy_sure", "ece")}
        row["half"] = type_figures(gold, chances)["accuracy_at_coverage"]["0.50"]
        row |= {f"{key}_95": interval(gold, chances, key) for key in ("accuracy", "macro_f1")}
        result["peers"][name] = row
        print(name, row, file=sys.stderr)
    trained = train(corpus, figures)
    inputs = gold_inputs(trained, gold)
    result["ablations"] = {}
    for name, dropped in {"everything": lambda _: False, **ABLATIONS}.items():
        keep = np.array([not dropped(item) for item in INPUTS])
        found = type_figures(gold, small_model(trained, corpus, figures, inputs, keep))
        result["ablations"][name] = {
            "inputs": int(keep.sum()),
            **{k: found[k] for k in ("accuracy", "macro_f1", "ece")},
        }
    bare = train(corpus, None)
    found = type_figures(gold, bare.model.types.decision.probabilities(gold_inputs(bare, gold)))
    result["ablations"]["without the figures of real postings"] = {
        "inputs": len(INPUTS), **{k: found[k] for k in ("accuracy", "macro_f1", "ece")}
    }  # fmt: skip
    result["learning_curve"] = {}
    draw = np.random.default_rng(0)
    order = draw.permutation(sorted({row.group for row in corpus}))
    for share in (0.25, 0.5, 1.0):
        kept = set(order[: int(share * len(order))])
        part = [row for row in corpus if row.group in kept]
        model = trained if share == 1.0 else train(part, figures)
        found = type_figures(gold, model.model.types.decision.probabilities(gold_inputs(model, gold)))
        result["learning_curve"][str(len(part))] = {k: found[k] for k in ("accuracy", "macro_f1")}
    result["skills_baselines"] = {
        "keyword lists": skill_figures(gold, as_often(keyword_skills(gold), corpus)),
        "nearest profile sentence (TF-IDF cosine)": skill_figures(gold, as_often(nearest_sentence(gold), corpus)),
    }
    result["distance"] = distances(corpus, gold)
    return result


def distances(corpus: list[LabelledPosting], gold: list[LabelledPosting]) -> dict[str, dict[str, float]]:
    """How well gold rows are told from corpus rows of the same type, and from real rows of another sample.

    The second says what the first would be for a corpus of real advertisements; it needs ``OTHERS`` of the type.
    """
    real = list(read_labelled([str(OTHERS_FILE)]))
    found: dict[str, dict[str, float]] = {}
    for name in TYPES:
        ours, others, told = ([row for row in rows if row.type == name] for rows in (corpus, real, gold))
        found[name] = {"corpus": distance(ours, told)}
        if len(others) >= OTHERS:
            found[name]["real"] = distance(others, told)
    return found


def markdown(result: dict[str, Any], rows: int) -> str:
    """The report as a page."""
    ours = result["ours"]
    lines = [
        "# Quality on real postings", "",
        f"Measured by `python benchmarks/quality.py` on {rows} real labelled postings that no part of the model "
        "was trained on "
        "(four in ten of them arguable). Peers are trained on the same corpus; ours also uses figures of real postings "
        "(the last ablation leaves them out). Intervals: bootstrap, 95%.", "",
        "| | accuracy | 95% | macro-F1 | 95% | where sure | most confident half | ECE |",
        "| --- " * 8 + "|",
    ]  # fmt: skip
    for name, row in result["peers"].items():
        spread = ["–".join(f"{v:.2f}" for v in row[f"{key}_95"]) for key in ("accuracy", "macro_f1")]
        lines.append(
            f"| {name} | {row['accuracy']:.3f} | {spread[0]} | {row['macro_f1']:.3f} | {spread[1]} | "
            f"{row['accuracy_sure']:.3f} | {row['half']:.3f} | {row['ece']:.3f} |"
        )
    lines += ["", "## Per type", "", "| type | precision | recall | F1 | rows |", "| --- | --- | --- | --- | --- |"]
    for name, row in ours["types"].items():
        lines.append(f"| `{name}` | {row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} | {row['count']} |")
    accepted = ours["accepted"]
    lines += [
        "", f"Counting the second type as right: {ours['accuracy_with_second']:.3f}. "
        f"Accepted: {accepted['share']:.1%} of the rows, {accepted['precision']:.3f} of them right.", "",
        "| label ↓, model → | " + " | ".join(TYPES) + " |", "| --- " * (len(TYPES) + 1) + "|",
    ]  # fmt: skip
    lines += [f"| {n} | " + " | ".join(map(str, row)) + " |" for n, row in zip(TYPES, ours["confusion"], strict=True)]
    lines += ["", "## Ablations", "", "| | inputs | accuracy | macro-F1 | ECE |", "| --- | --- | --- | --- | --- |"]
    for name, row in result["ablations"].items():
        lines.append(f"| {name} | {row['inputs']} | {row['accuracy']:.3f} | {row['macro_f1']:.3f} | {row['ece']:.3f} |")
    lines += ["", "## Learning curve", "", "| corpus rows | accuracy | macro-F1 |", "| --- | --- | --- |"]
    lines += [f"| {n} | {r['accuracy']:.3f} | {r['macro_f1']:.3f} |" for n, r in result["learning_curve"].items()]
    skills = ours["skills"]
    lines += ["", "## Skills", "", "| | macro-F1 | mean average precision | ECE |", "| --- | --- | --- | --- |"]
    for name, row in {"matcher (shipped)": skills, **result["skills_baselines"]}.items():
        lines.append(f"| {name} | {row['macro_f1']:.3f} | {row['mean_average_precision']:.3f} | {row['ece']:.3f} |")
    lines += ["", "| skill | F1 | average precision | asked for | rows |", "| --- | --- | --- | --- | --- |"]
    for name in SKILLS:
        row = skills["skills"][name]
        lines.append(
            f"| `{name}` | {row['f1']:.3f} | {row['average_precision']:.3f} | {row['asked']} | {row['count']} |"
        )
    lines += [
        "", "## How far the corpus is from real postings", "",
        "AUC of a linear classifier that tells the gold rows of a type from corpus rows of that type (0.5: alike), and "
        "from other real rows of it, sampled at another time.", "",
        "| type | corpus | other real rows |", "| --- | --- | --- |",
    ]  # fmt: skip
    for name, told in result["distance"].items():
        real = f"{told['real']:.2f}" if "real" in told else ""
        lines.append(f"| `{name}` | {told['corpus']:.2f} | {real} |")
    lines.append("")
    return "\n".join(lines)


def main() -> int:
    """Run the benchmark."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--floors-only", action="store_true")
    options.add_argument("--gold", default=str(GOLD))
    chosen = options.parse_args()
    gold = list(read_labelled([chosen.gold]))
    if chosen.floors_only:
        matcher = Matcher.load("default")
        return 1 if floors(evaluate(gold, list(matcher.score_many(row.posting for row in gold)))) else 0
    result = measure(gold)
    (HERE / "quality.json").write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    notes = (HERE / "errors.md").read_text("utf-8") if (HERE / "errors.md").is_file() else ""
    (HERE / "quality.md").write_text(markdown(result, len(gold)) + notes, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
