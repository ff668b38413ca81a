"""The plots of speed.json and memory.json as SVG: ``python benchmarks/plots.py``."""

import json
from collections.abc import Sequence
from pathlib import Path

from markupsafe import escape

HERE = Path(__file__).resolve().parent
WIDTH, NAMES, BAR, STEP, TOP = 760, 300, 20, 30, 40
OURS, THEIRS = "#2563eb", "#9ca3af"

Row = tuple[str, float, str, bool]
"""Name, value, the value as told, and whether it is ours."""


def bars(title: str, rows: Sequence[Row]) -> str:
    """Horizontal bars with their values; readable on white and on black."""
    scale = (WIDTH - NAMES - 110) / max(value for _, value, _, _ in rows)
    height = TOP + STEP * len(rows)
    told = "; ".join(f"{name}: {text}" for name, _, text, _ in rows)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(f"{title}. {told}")}" font-family="system-ui, sans-serif" font-size="14">',
        "<style>text{fill:#1f2328}@media(prefers-color-scheme:dark){text{fill:#e6edf3}}</style>",
        f'<text x="0" y="20" font-weight="600">{escape(title)}</text>',
    ]
    for number, (name, value, text, ours) in enumerate(rows):
        top = TOP + STEP * number
        middle, width = top + BAR - 5, max(1, round(value * scale))
        lines += [
            f'<text x="{NAMES - 10}" y="{middle}" text-anchor="end">{escape(name)}</text>',
            f'<rect x="{NAMES}" y="{top}" width="{width}" height="{BAR}" rx="3" fill="{OURS if ours else THEIRS}"/>',
            f'<text x="{NAMES + width + 8}" y="{middle}">{escape(text)}</text>',
        ]
    return "\n".join([*lines, "</svg>"]) + "\n"


def speed(result: dict) -> str:
    """MB of text a second, fastest first."""
    found = {name: row["mb_per_second"] for name, row in result["rates"].items()}
    rows = [
        (name, rate, f"{rate:.1f} MB/s", name.startswith(("classify", "TermHasher"))) for name, rate in found.items()
    ]
    return bars("Posting text read a second, one core", sorted(rows, key=lambda row: -row[1]))


def memory(result: dict) -> str:
    """Peak memory of both runs."""
    runs = result["runs"]
    rows = [(f"{run['rows']:,} postings", run["peak_mb"], f"{run['peak_mb']:,} MB", True) for run in runs]
    return bars("Peak memory of matcher classify", rows)


def main() -> None:
    """Draw what has been measured."""
    for name, draw in (("speed", speed), ("memory", memory)):
        result = json.loads((HERE / f"{name}.json").read_text("utf-8"))
        (HERE / f"{name}.svg").write_text(draw(result), "utf-8")


if __name__ == "__main__":
    main()
