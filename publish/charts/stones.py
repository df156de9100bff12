"""Building stones: specifications for bars and columns.

All are some 360 units wide, a phone's width, so that their text keeps its size there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from publish.charts.palette import INK, SERIES, UNKNOWN
from publish.charts.row_words import BREAK, LABELS, axis_of_lines, height_of_row, lines_of

WIDTH: Final = 360
#: Units of height of a bar.
_BAR_HEIGHT: Final = 17

Spec = dict[str, Any]


class Bar(NamedTuple):
    """A category with its count."""

    label: str
    number: float
    #: Not an answer: «unknown», «not stated»; drawn in grey.
    unknown: bool = False


class Share(NamedTuple):
    """A part of a stacked column."""

    label: str
    unknown: bool = False


def bars(rows: Sequence[Bar], category: str, count: str, whole: float | None = None) -> Spec:
    """Horizontal bars with their numbers at the end, in the order given; long words beside them take several lines.

    Args:
        rows: What is drawn.
        category: What the rows are («Phase»).
        count: What is counted («Trials»).
        whole: Where the axis ends, when that is not the longest bar: 100 for percentages.
    """
    longest = whole or max((row.number for row in rows), default=1)
    broken = [BREAK.join(lines_of(row.label)) for row in rows]
    most = max((label.count(BREAK) + 1 for label in broken), default=1)
    tooltip = [
        {"field": "label", "title": category, "type": "nominal"},
        {"field": "number", "title": count, "type": "quantitative"},
    ]
    y = {
        "field": "words",
        "type": "nominal",
        "sort": broken,
        "title": None,
        "axis": {"domain": False, "ticks": False, "labelLimit": LABELS, "labelColor": INK} | axis_of_lines(most),
    }
    # The longest bar leaves room for its own number.
    x = {
        "field": "number",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, longest * 1.12], "nice": False},
    }
    return {
        "data": {"values": [row._asdict() | {"words": words} for row, words in zip(rows, broken, strict=True)]},
        "width": WIDTH,
        "height": height_of_row(most) * max(len(rows), 1),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "encoding": {"y": y, "x": x, "tooltip": tooltip},
        "layer": [
            {
                "mark": {"type": "bar", "height": _BAR_HEIGHT},
                "encoding": {
                    "color": {
                        "field": "unknown",
                        "type": "nominal",
                        "scale": {"domain": [False, True], "range": [SERIES[0], UNKNOWN]},
                        "legend": None,
                    }
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 4},
                "encoding": {"text": {"field": "number", "type": "quantitative", "format": ","}},
            },
        ],
    }


def columns(
    years: Sequence[int], shares: Sequence[Share], counts: Mapping[tuple[int, str], int], words: tuple[str, str, str]
) -> Spec:
    """Columns by year, stacked in the order of the legend, with the sum of each on top.

    Args:
        years: First and last; the years between are shown even when they are empty.
        shares: The parts, from the bottom up; at most six that are an answer.
        counts: (year, label of a share) -> count; absent ones are zero.
        words: What stands below the axis («Year of start»), what the shares are («Status») and what is counted.
    """
    year, share, count = words
    span = list(range(min(years), max(years) + 1)) if years else []
    values = [
        {"year": when, "share": part.label, "place": place, "count": counts[when, part.label]}
        for when in span
        for place, part in enumerate(shares)
        if counts.get((when, part.label))
    ]
    sums = [{"year": when, "sum": sum(counts.get((when, part.label), 0) for part in shares)} for when in span]
    colours = iter(SERIES)
    scale = {
        "domain": [part.label for part in shares],
        "range": [UNKNOWN if part.unknown else next(colours) for part in shares],
    }
    x = {
        "field": "year",
        "type": "ordinal",
        "scale": {"domain": span},
        "title": year,
        "axis": {"labelAngle": 0, "labelOverlap": True, "ticks": False},
    }
    tooltip = [
        {"field": "year", "title": year, "type": "ordinal"},
        {"field": "share", "title": share, "type": "nominal"},
        {"field": "count", "title": count, "type": "quantitative"},
    ]
    stacked = {
        "data": {"values": values},
        "mark": {"type": "bar", "width": {"band": 0.86}},
        "params": [{"name": "chosen", "select": {"type": "point", "fields": ["share"]}, "bind": "legend"}],
        "encoding": {
            "x": x,
            "y": {
                "field": "count",
                "type": "quantitative",
                "title": count,
                "axis": {"tickMinStep": 1, "tickCount": 5, "domain": False, "ticks": False},
            },
            "color": {"field": "share", "type": "nominal", "scale": scale},
            "order": {"field": "place", "type": "ordinal"},
            "opacity": {"condition": {"param": "chosen", "value": 1}, "value": 0.15},
            "tooltip": tooltip,
        },
    }
    total = {
        "data": {"values": [row for row in sums if row["sum"]]},
        "mark": {"type": "text", "baseline": "bottom", "dy": -3, "fontSize": 11},
        "encoding": {
            "x": x,
            "y": {"field": "sum", "type": "quantitative"},
            "text": {"field": "sum", "type": "quantitative"},
        },
    }
    return {
        "width": WIDTH,
        "height": 190,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": [stacked, total],
    }
