"""Plots as SVG that takes its colours from the page, so that light, dark and print are one picture.

Made by Vega-Lite through vl-convert, which needs no browser and no network.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from matcher.errors import MatcherError

VEGA_LITE = "6.4"
WIDTH = 260
"""Pixels between the axes: with labels about as wide as a telephone, so that text keeps its size there."""

Spec = dict[str, Any]
Row = Mapping[str, Any]

_INK, _SOFT, _LINE = "var(--ink)", "var(--soft)", "var(--line)"
_TEXT = {"font": "system-ui, sans-serif", "fontSize": 12}
_POINT = {"color": "var(--heat)", "size": 50}
_COLUMNS: Spec = {
    "title": None, "orient": "top", "labelAngle": 0, "labelBaseline": "top", "labelPadding": 46, "labelFontSize": 11,
    "labelExpr": "split(datum.label, '|')",
}  # fmt: skip
_CONFIG: Spec = {
    "background": None,
    "font": _TEXT["font"],
    "view": {"stroke": None},
    "bar": {"continuousBandSize": 16},
    "axis": {
        "labelColor": _INK, "titleColor": _SOFT, "gridColor": _LINE, "domain": False, "ticks": False,
        "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelPadding": 6, "labelLimit": 190,
        "labelFlush": False,
    },
    "text": {"color": _INK, **_TEXT},
    "legend": {
        "orient": "top", "title": None, "labelColor": _INK, "labelFontSize": 12, "symbolType": "square",
        "labelLimit": 160, "offset": 8, "columnPadding": 14,
    },
}  # fmt: skip


def svg(name: str, spec: Spec, alternative: str) -> str:
    """A plot as an SVG element with its text alternative; ``name`` keeps its ids apart from other plots'.

    Raises:
        MatcherError: the plotting library is not installed.
    """
    try:
        import vl_convert
        from markupsafe import escape
    except ImportError:
        raise needs_report() from None
    drawn = vl_convert.vegalite_to_svg({**spec, "config": _CONFIG}, vl_version=VEGA_LITE)
    drawn = re.sub(r'(id="|url\(#)', rf"\g<1>{name}-", drawn)
    drawn = re.sub(r"(\d+\.\d\d)\d+", r"\1", drawn)
    drawn = re.sub(r' (?:role|aria-\w+)="[^"]*"', "", drawn)  # parts of a picture that is told as a whole
    return drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(alternative)}" ', 1)


def needs_report() -> MatcherError:
    """The error when what draws the page is not installed."""
    return MatcherError("the report needs two more packages: pip install 'matcher[report]'")


def _names(rows: Sequence[Row]) -> Spec:
    """The axis of the rows' names, with room for them in the page's font, which may be wider than the plot's own."""
    room = 8 + 7.4 * max((len(row["row"]) for row in rows), default=0)
    return {"field": "row", "type": "nominal", "sort": None, "axis": {"title": None, "minExtent": room}}


def stacked(rows: Sequence[Row], order: Sequence[str], colours: Sequence[str], share: bool = False) -> Spec:
    """Stacked bars of ``rows`` (``row``, ``part``, ``value``), in the rows' order; ``share``: each bar is a whole."""
    top = {
        "axis": {
            "tickCount": 4,
            "title": None,
            **({"format": "%"} if share else {"format": ",d", "labelExpr": "datum.value % 1 ? '' : datum.label"}),
        }
    }
    return {
        "data": {"values": [{**row, "at": order.index(row["part"])} for row in rows]},
        "width": WIDTH,
        "height": {"step": 28},
        "mark": {"type": "bar", "size": 18},
        "encoding": {
            "y": _names(rows),
            "x": {"field": "value", "type": "quantitative", "stack": "normalize" if share else "zero", **top},
            "order": {"field": "at", "type": "quantitative"},
            "color": {
                "field": "part",
                "type": "nominal",
                "scale": {"domain": list(order), "range": list(colours)},
                "legend": {"columns": 2 if len(order) == 4 else 3},
            },
        },
    }


def heat(rows: Sequence[Row]) -> Spec:
    """A grid of shares (``row``, ``column``, ``value``, ``text``): the stronger, the more."""
    place = {
        "y": _names(rows),
        "x": {
            "field": "column",
            "type": "nominal",
            "sort": None,
            "axis": _COLUMNS,
        },
    }
    strength = {"field": "value", "type": "quantitative", "scale": {"domain": [0, 1], "range": [0.05, 1]}}
    return {
        "data": {"values": list(rows)},
        "width": {"step": 66},
        "height": {"step": 26},
        "encoding": place,
        "layer": [
            {
                "mark": {"type": "rect", "color": "var(--cell)", "stroke": "var(--paper)", "strokeWidth": 2},
                "encoding": {"fillOpacity": {**strength, "legend": None}},
            },
            {"mark": {"type": "text"}, "encoding": {"text": {"field": "text"}}},
        ],
    }


def spread(rows: Sequence[Row], line: float | None, label: str) -> Spec:
    """Ranges of amounts (``row``, ``p10``, ``p25``, ``p50``, ``p75``, ``p90``, ``text``); a line to set them beside."""
    y = _names(rows)
    ends = [row["p90"] for row in rows] + ([line] if line else [])
    low = min([row["p10"] for row in rows] + ([line] if line else []))
    axis = {"title": None, "format": "~s", "tickCount": 5}
    scale = {"domain": [0.85 * low, 1.08 * max(ends)], "zero": False, "nice": True}
    x = {"type": "quantitative", "scale": scale, "axis": axis}
    layers: list[Spec] = [
        {"mark": {"type": "rule", "color": _SOFT, "strokeWidth": 2}, "encoding": _ends(x, "p10", "p90")},
        {"mark": {"type": "bar", "size": 14, "color": "var(--heat)"}, "encoding": _ends(x, "p25", "p75")},
        {
            "mark": {"type": "tick", "color": "var(--paper)", "thickness": 3, "size": 14},
            "encoding": {"x": {**x, "field": "p50"}},
        },
        {
            "mark": {"type": "text", "dy": -17, "fontWeight": "bold"},
            "encoding": {"x": {**x, "field": "p50"}, "text": {"field": "text"}},
        },
    ]
    shared = [
        {"data": {"values": list(rows)}, "encoding": {"y": y, **layer["encoding"]}, "mark": layer["mark"]}
        for layer in layers
    ]
    return {"width": WIDTH, "height": {"step": 46}, "layer": [*(_upright(x, line, label) if line else []), *shared]}


def _ends(x: Spec, low: str, high: str) -> Spec:
    return {"x": {**x, "field": low}, "x2": {"field": high}}


def _upright(x: Spec, line: float, label: str) -> list[Spec]:
    data = {"values": [{"at": line, "label": label}]}
    place = {"x": {**x, "field": "at"}}
    return [
        {
            "data": data,
            "mark": {"type": "rule", "color": "var(--mark)", "strokeWidth": 1.5, "strokeDash": [4, 3]},
            "encoding": place,
        },
        {
            "data": data,
            "mark": {"type": "text", "color": "var(--mark)", "align": "center", "baseline": "bottom", "y": -4},
            "encoding": {**place, "text": {"field": "label"}},
        },
    ]


def calibration(bins: Sequence[Row]) -> Spec:
    """Share right against the probability told (``probability``, ``right``): on the diagonal a model keeps its word."""
    low = min([0.3, *(bin_["probability"] for bin_ in bins), *(bin_["right"] for bin_ in bins)])
    scale = {"domain": [max(0.0, low - 0.05), 1], "nice": False}
    axis = {"format": "%", "tickCount": 4}
    x = {"type": "quantitative", "scale": scale, "axis": {**axis, "title": "said: this sure"}}
    y = {"type": "quantitative", "scale": scale, "axis": {**axis, "title": "was right this often"}}
    diagonal = [{"p": scale["domain"][0]}, {"p": 1}]  # type: ignore[index]
    return {
        "width": 250,
        "height": 250,
        "layer": [
            {
                "data": {"values": diagonal},
                "mark": {"type": "line", "color": _SOFT, "strokeDash": [4, 3], "strokeWidth": 1},
                "encoding": {"x": {**x, "field": "p"}, "y": {**y, "field": "p"}},
            },
            {
                "data": {"values": list(bins)},
                "mark": {"type": "line", "strokeWidth": 2, "color": "var(--heat)", "point": _POINT},
                "encoding": {"x": {**x, "field": "probability"}, "y": {**y, "field": "right"}},
            },
        ],
    }  # fmt: skip
