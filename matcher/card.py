"""A model's card: what it was made from, how good it is, where it fails, and how to make it again."""

from collections.abc import Mapping
from typing import Any

_SCORES = {
    "accuracy": "right type",
    "macro_f1": "macro-F1 of the types",
    "accuracy_sure": "right type where the label is sure",
    "accuracy_with_second": "right type, a defensible second type counted as right",
    "ece": "calibration error of the type",
    "skills_macro_f1": "macro-F1 of the skills",
    "skills_mean_average_precision": "mean average precision of the skills",
    "skills_ece": "calibration error of the skills",
}


def card(manifest: Mapping[str, Any]) -> str:
    """The card as Markdown, from what a model's manifest says (the digest included)."""
    corpus, scores = manifest.get("corpus", {}), manifest.get("scores", {})
    parts = [
        f"# {manifest['name']}",
        "Tells what kind of technical project manager a job posting in English wants (`software`, `telecom`, "
        "`networking`, `it_conversion`, or `other`), and which of 14 profile skills it asks for.",
        f"Digest `{manifest['digest']}`.",
        "## Data",
        _data(corpus),
        "## Figures",
        f"{manifest.get('scores_measured', 'Not measured').capitalize()}:",
        "\n".join(["| | |", "| --- | --- |", *(f"| {_SCORES[key]} | {scores[key]:.3f} |" for key in scores)]),
        *_compared(manifest.get("compared")),
        "## Limits",
        "- Rows written for the corpus are easier than real postings: on these expect less than the figures above "
        "(`benchmarks/quality.md` measures it for the model that ships).\n"
        "- Software against IT installation, and technical programs that name no technology, are the closest calls; "
        "`decision` is `review` there.\n"
        f"- From a probability of {manifest.get('cutoff', 1):.3f} a type is accepted without review.\n"
        "- It reads the words of the posting alone, and says nothing of the employer or of any person.",
        "## To make it again",
        _again(manifest, corpus),
    ]
    return "\n\n".join(parts) + "\n"


def _data(corpus: Mapping[str, Any]) -> str:
    if not corpus:
        return "Not described."
    origins = corpus.get("origins", {})
    types = ", ".join(f"{count} `{name}`" for name, count in corpus["types"].items())
    own, conflicts = origins.get("own", 0), corpus.get("conflicts", 0)
    left_out = f" Left out: {conflicts} advertisements whose labels contradict each other." if conflicts else ""
    return (
        f"{corpus['postings']} labelled postings: {types}; {own} written for the corpus, "
        f"{corpus['postings'] - own} real ones. Beside them figures learned from other real postings "
        f"(`corpus/figures`).{left_out}"
    )


def _compared(compared: Mapping[str, str] | None) -> list[str]:
    return [f"Beside `{compared['with']}`, which was in use before: {compared['verdict']}"] if compared else []


def _again(manifest: Mapping[str, Any], corpus: Mapping[str, Any]) -> str:
    if manifest["name"] == "default":
        command = "`make model` in a checkout gives the same bytes"
    else:
        command = f"`matcher train` on the same labelled files (corpus digest `{corpus.get('digest', 'unknown')}`)"
    packages = ", ".join(f"{name} {version}" for name, version in manifest.get("packages", {}).items())
    return f"{command}{f', with {packages}' if packages else ''}."
