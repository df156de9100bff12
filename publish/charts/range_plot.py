"""The range plot: values and ranges of one unit on a logarithmic axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from publish.charts.palette import INK, MUTED, PAPER, SERIES
from publish.charts.row_words import LABELS
from publish.charts.stones import WIDTH, Spec

#: Units of height for one row.
_ROW: Final = 22
_SUPERSCRIPT: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Dose(NamedTuple):
    """A value or range on a logarithmic axis; both ends above zero and in the same unit."""

    label: str
    low: float
    high: float


def ranges(doses: Sequence[Dose], axis: str, row: str, ends: tuple[str, str]) -> Spec:
    """Doses on one logarithmic axis, a row for each label: a dot for a value, a bar between dots for a range.

    Args:
        doses: Of one unit.
        axis: The unit with what it measures.
        row: What the rows are («Trial»).
        ends: Words for the lowest and the highest value.
    """
    order = list(dict.fromkeys(dose.label for dose in doses))
    powers = _powers(doses)
    x = {
        "field": "low",
        "type": "quantitative",
        "scale": {"type": "log", "domain": [10.0 ** powers[0] * 0.75, 10.0 ** powers[-1] * 1.3], "nice": False},
        "axis": {
            "title": axis,
            "orient": "top",
            "values": [10.0**power for power in powers],
            "labelExpr": _spelled(powers),
            "labelOverlap": True,
        },
    }
    y = {
        "field": "label",
        "type": "nominal",
        "sort": order,
        "title": None,
        "axis": {"grid": True, "domain": False, "ticks": False, "labelLimit": LABELS, "labelColor": INK},
    }
    tooltip = [
        {"field": "label", "title": row, "type": "nominal"},
        {"field": "low", "title": ends[0], "type": "quantitative", "format": "~g"},
        {"field": "high", "title": ends[1], "type": "quantitative", "format": "~g"},
    ]
    dot = {"type": "point", "filled": True, "size": 55, "color": SERIES[0], "opacity": 1, "stroke": PAPER}
    return {
        "data": {"values": [dose._asdict() for dose in doses]},
        "width": WIDTH,
        "height": _ROW * max(len(order), 1),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "encoding": {"y": y, "tooltip": tooltip},
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 2, "color": MUTED},
                "encoding": {"x": x, "x2": {"field": "high"}},
            },
            {"mark": dot, "encoding": {"x": x}},
            {"mark": dot, "encoding": {"x": {**x, "field": "high"}}},
        ],
    }


def _powers(doses: Sequence[Dose]) -> list[int]:
    """The powers of ten around all values, two at least."""
    first = math.floor(math.log10(min((dose.low for dose in doses), default=1)))
    last = math.ceil(math.log10(max((dose.high for dose in doses), default=10)))
    return list(range(first, max(last, first + 1) + 1))


def _spelled(powers: Sequence[int]) -> str:
    """An expression that writes 0.1, 1, 10 … 10,000 in full and larger or smaller powers as 10⁶."""
    words = [(power, f"{10.0**power:,.10g}" if -3 <= power <= 4 else f"10{_raised(power)}") for power in powers]
    return "".join(f"datum.value < {2 * 10.0**power:g} ? '{word}' : " for power, word in words) + "''"


def _raised(power: int) -> str:
    return str(power).translate(_SUPERSCRIPT)
