"""The page: figures, exhibits and postings put into one self-contained HTML file."""

import base64
import gzip
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from matcher.display.common import plain, sure, times
from matcher.errors import InputError, ProfileError
from matcher.profile import Profile
from matcher.report import best, exhibits
from matcher.report.card import read_card
from matcher.report.exhibit import SHORT
from matcher.report.figures import Figures, Number
from matcher.report.plots import needs_report
from matcher.report.results import Results

BEST = 10
"""Postings that are shown without asking."""

LISTED = 20_000
"""Postings in the page's table; of a larger run the best ones."""

DETAILS = 1_500_000
"""Characters that the evidence of the best postings may take, so that the page stays below 3 MB."""

CHUNK = 40
"""Postings whose evidence is packed together: what is unpacked when one of them is opened."""

READ = 50 * CHUNK
"""Postings whose evidence is read at once."""

TEXTS = 1000
"""Postings, the best ones, whose text is shown where it is given."""

TOLD = 200
"""Rejected rows that the page lists."""

ROUNDING = 1e-4
"""How far a match of four decimals may be from the sum that it was rounded from."""


def write_report(
    results: str,
    output: str,
    *,
    model: str | None = None,
    profile: str | None = None,
    postings: Sequence[str] = (),
    title: str = "",
) -> None:
    """Write the page of a results file; ``postings`` are what was classified, to show evidence in its text.

    Raises:
        InputError: the results cannot be read, or the page cannot be written.
        ModelError, ProfileError: ``model`` or ``profile`` is not usable, or not the one of these results.
        MatcherError: the packages that draw the page are not installed.
    """
    path = Path(output)
    if path.suffix.lower() not in (".html", ".htm"):
        raise InputError(f"{output}: the page's name must end with .html")
    if not path.parent.is_dir():
        raise InputError(f"{output}: there is no folder {path.parent}")
    page = render(Results.read(results), Profile.load(profile), model, postings, title)
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        aside.write_text(page, "utf-8", errors="replace")
        aside.replace(path)
    except OSError as error:
        raise InputError(f"{output}: cannot be written ({error.strerror})") from None
    finally:
        aside.unlink(missing_ok=True)


def render(
    results: Results, profile: Profile, model: str | None = None, postings: Sequence[str] = (), title: str = ""
) -> str:
    """The page as HTML."""
    templates = _templates()
    figures = Figures(results.table)
    rows = best.ranked(results, LISTED)
    _check_profile(rows, profile, results)
    texts = best.texts_of(postings, {row["id"] for row in rows[:TEXTS]}) if postings else {}
    details = _details(results, rows, profile, texts)
    first = list(islice(details, READ))
    top = [item for item in first if item["type"] != "other" and not item["duplicate_of"]][:BEST]
    fragment = templates.get_template("detail.html")
    packed = _packed(fragment.render(p=item) for item in chain(first, details))
    columns = best.listed(rows)
    data = {"columns": _gzipped(columns), "details": packed, "chunk": CHUNK, "words": SHORT}
    style, script = (_source(name) for name in ("style.css", "page.js"))
    page: str = templates.get_template("page.html").render(
        title=plain(title or f"Postings in {results.path.name}"),
        source=plain(results.path.name),
        results=results,
        profile=profile,
        top=top,
        listed=len(columns["row"]),
        opened=min(len(rows), CHUNK * len(packed)),
        types=list(SHORT.items()),
        card=read_card(_label(figures), model) if _label(figures) else None,
        data=json.dumps(data),
        style=style,
        script=script,
        policy=_policy(style, script),
        **_numbers(figures, results, profile),
    )
    return page


def _check_profile(rows: Sequence[best.Row], profile: Profile, results: Results) -> None:
    """The matches must be this profile's: else what a skill adds would be another number than the one added."""
    for row in rows[:BEST]:
        if row["match"] is not None:
            own = sum(skill.weight * (row[f"skill_{skill.id}"] or 0.0) for skill in profile.skills)
            if abs(own - row["match"]) > ROUNDING:
                raise ProfileError(
                    f"{results.path}: matched against another profile than {profile.name!r}; give it with --profile"
                )


def _numbers(figures: Figures, results: Results, profile: Profile) -> dict[str, Any]:
    """Everything that the page counts."""
    kinds = exhibits.found(figures)
    full = bool(kinds) and not results.types_only
    asked = (exhibits.skills(figures, profile, kinds), exhibits.certifications(figures, kinds)) if full else ()
    return {
        "told": _told(figures),
        "found": [exhibits.types(figures), *([exhibits.matches(figures, kinds)] if full else [])],
        "asked": [exhibit for exhibit in asked if exhibit],
        "pay": exhibits.pay(figures, profile, kinds) if full else None,
        "currencies": exhibits.currencies(figures) if full else [],
        "conditions": exhibits.conditions(figures, kinds) if full else [],
        "languages": [
            (name, figures.count("status=unsupported_language", f"language={name}"))
            for name in figures.most("language", "status=unsupported_language")
        ],
        "copied": _copied(figures, results),
        "refused": list(islice(_refused(results), TOLD)),
    }


def _told(figures: Figures) -> dict[str, Number]:
    """The numbers of the opening sentence."""
    return {
        "rows": figures.count(),
        "scored": figures.count("status=ok"),
        "accepted": figures.count("status=ok", "type!=other", "decision=accept"),
        "wanted": figures.count("status=ok", "type!=other"),
        "copies": figures.count("status=ok", "duplicate_of!=null"),
        "rejected": figures.count("status=rejected"),
        "foreign": figures.count("status=unsupported_language"),
    }


def _copied(figures: Figures, results: Results) -> list[tuple[str, Number]]:
    """The advertisements that stand in the input most often: title, and how many copies follow the first."""
    titles = dict(zip(results.table["id"].to_pylist(), results.table["title"].to_pylist(), strict=True))
    firsts = figures.most("duplicate_of", "status=ok")[:BEST]
    return [
        (plain(titles.get(first) or first, best.TITLE_WIDTH), figures.count("status=ok", f"duplicate_of={first}"))
        for first in firsts
    ]


def _refused(results: Results) -> Iterator[tuple[str, str]]:
    table = results.table.select(["status", "title", "error"])
    for row in table.to_pylist():
        if row["status"] == "rejected":
            yield plain(row["title"] or "", best.TITLE_WIDTH), plain(row["error"] or "", best.WORDS_WIDTH)


def _label(figures: Figures) -> str:
    return next(iter(figures.most("model", "status=ok")), "")


def _details(
    results: Results, rows: Sequence[best.Row], profile: Profile, texts: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """What the rows open to, in their order, read as far as it is asked for."""
    for start in range(0, len(rows), READ):
        part = rows[start : start + READ]
        evidence = results.evidence(row["row"] for row in part)
        for row in part:
            yield best.detail(row, evidence.get(row["row"], {}), profile, texts.get(row["id"], ""))


def _packed(fragments: Iterable[str]) -> list[str]:
    """Fragments of HTML in packed chunks, as many as fit."""
    packed: list[str] = []
    size, fragments = 0, iter(fragments)
    while chunk := list(islice(fragments, CHUNK)):
        packed.append(_gzipped(chunk))
        size += len(packed[-1])
        if size > DETAILS:
            return packed[:-1] or packed
    return packed


def _gzipped(value: Any) -> str:
    """JSON, packed, in letters that mean nothing to HTML; the same value gives the same letters."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode("utf-8", "replace"), mtime=0)).decode("ascii")


def _policy(style: str, script: str) -> str:
    """A content security policy under which nothing runs or loads but the page's own style and script."""
    allowed = {name: base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
               for name, text in (("script-src", script), ("style-src", style))}  # fmt: skip
    parts = [f"{name} 'sha256-{digest}'" for name, digest in allowed.items()]
    return "; ".join(["default-src 'none'", *parts, "base-uri 'none'", "form-action 'none'"])


def _source(name: str) -> str:
    return (Path(__file__).parent / "templates" / name).read_text("utf-8")


def _templates() -> Any:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError:
        raise needs_report() from None
    made = Environment(
        loader=PackageLoader("matcher.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["number"] = _number
    made.filters["times"] = times
    made.filters["sure"] = sure
    made.tests["number"] = lambda value: isinstance(value, Number)
    return made


def _number(value: Number) -> Any:
    """A number as an element that names the question it answers."""
    from markupsafe import Markup

    if value.value is None:
        return Markup('<span class="none">–</span>')
    return Markup('<data data-key="{}" value="{}">{}</data>').format(value.key, value.value, value.text)
