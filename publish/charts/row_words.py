"""The words beside the rows of a chart: broken into lines that fit, and set beside the middle of their rows."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

#: Units of height of a row with one line of words.
_ROW: Final = 24
#: Units of height of a line of the words beside a row (Vega's default for 12 units of type), and between two rows of them.
_LINE: Final = 14
_GAP: Final = 4
#: Units of width for the words beside a row.
LABELS: Final = 170
#: Units of width of a character at 12 units of type: a full-width one, and in a sans-serif Latin face a wide capital and
#: a mean small letter.
_FULL_WIDTH: Final = 12.0
_CAPITAL_WIDTH: Final = 8.7
_MEAN_WIDTH: Final = 6.4
_MOST_LINES: Final = 3
#: Where the words beside a row are broken; printable, because charts spell out control characters.
BREAK: Final = "␤"
#: What is never broken: a Latin word with the space behind it, or a full-width character with closing marks.
_PIECE: Final = re.compile(r"[^\s\u2e80-\uffef]+\s*|[\u2e80-\uffef][、。」)}・ー]*|\s+")


def height_of_row(most: int) -> int:
    """Units of height of every row when the longest words take ``most`` lines."""
    return max(_ROW, _LINE * most + _GAP)


def axis_of_lines(most: int) -> dict[str, Any]:
    """What an axis needs to show words of up to ``most`` lines beside the middle of their rows."""
    if most == 1:
        return {}
    parts = f"split(datum.label, '{BREAK}')"
    # Vega sets the first line beside the middle.
    moved = [{"test": f"length({parts}) == {lines}", "value": -_LINE * (lines - 1) / 2} for lines in range(2, most + 1)]
    return {"labelExpr": parts, "labelOffset": {"condition": moved, "value": 0}}


def lines_of(label: str) -> list[str]:
    """The words beside a row in lines that fit; what does not fit into the last line is cut off by the chart."""
    lines, room = [""], float(LABELS)
    for piece in _PIECE.findall(label.replace(BREAK, " ")):
        width = _width(piece.rstrip())
        if width > room and lines[-1] and len(lines) < _MOST_LINES:
            lines.append("")
            room = LABELS
        lines[-1] += piece
        room -= _width(piece)
    return [line.rstrip() for line in lines]


def _width(text: str) -> float:
    return sum(map(_width_of_sign, text))


def _width_of_sign(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in "WF":
        return _FULL_WIDTH
    return _CAPITAL_WIDTH if sign.isupper() else _MEAN_WIDTH
