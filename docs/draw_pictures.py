"""Draw the README's pictures from the demo: score.svg, and report.png with Chromium.

python docs/draw_pictures.py [FOLDER]
"""

import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from matcher import Matcher, batch
from matcher.display import score_panel
from matcher.report import write_report

HERE = Path(__file__).resolve().parent
DEMO = HERE.parent / "demo"
FONT = re.compile(r"@font-face \{.*?\}\s*", re.S)
"""What rich would have a reader fetch from the network."""


def draw_score(path: Path) -> None:
    """The panel of ``matcher score demo/posting.html``, in 80 columns."""
    matcher = Matcher.load("default")
    console = Console(file=io.StringIO(), record=True, width=80, highlight=False, force_terminal=True)
    console.print(score_panel(matcher.score(DEMO / "posting.html"), matcher.profile))
    drawn = console.export_svg(title="matcher score demo/posting.html", unique_id="score")
    path.write_text(FONT.sub("", drawn), "utf-8")


def draw_report(path: Path) -> None:
    """The head of the demo's report, as ``make demo`` makes it, with the best posting open."""
    postings = str(DEMO / "postings.jsonl")
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("no Chromium on this machine (Debian: apt-get install chromium)")
    with tempfile.TemporaryDirectory() as folder:
        results, page = f"{folder}/results.jsonl", Path(folder, "report.html")
        batch.classify([postings], results, batch.Run(model="default"))
        write_report(results, str(page), postings=[postings], title="The demo")
        page.write_text(page.read_text("utf-8").replace("<li><details>", "<li><details open>", 1), "utf-8")
        how = ("--headless=new", "--no-sandbox", "--hide-scrollbars", "--window-size=1000,1100")
        command = [chromium, *how, f"--screenshot={path}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own page, in a browser of this machine


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    draw_score(target / "score.svg")
    draw_report(target / "report.png")
