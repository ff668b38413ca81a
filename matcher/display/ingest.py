"""The closing summary of reading sources."""

from typing import TYPE_CHECKING

from rich.text import Text

from matcher.display.common import plain

if TYPE_CHECKING:
    from matcher.collect import Summary


def ingest_summary(summary: "Summary", output: str) -> Text:
    """The end of a run: how many postings, what failed and why, where both are."""
    lines = [
        f"{summary.postings} posting{'s' * (summary.postings != 1)}"
        + (f", {summary.gone} of them gone" if summary.gone else "")
    ]
    if summary.failed:
        lines.append(f"{summary.failed} failed:")
        lines += [f"  {plain(error, 200)}" for error in summary.errors]
        if summary.failed > len(summary.errors):
            lines.append(f"  … and {summary.failed - len(summary.errors)} more")
        lines.append(f"to try these again: --retry-failed {output}.failed.jsonl")
    lines.append(f"postings: {output}" if summary.postings else f"no posting was read; {output} was not written")
    return Text("\n".join(lines))
