"""Formats, widths and heights of a workbook."""

from __future__ import annotations

import math
from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from editing.sheet.cells import CellValue
from editing.sheet.columns import Column, Kind

_FONT: Final = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
_BORDER: Final = {"border": 1, "border_color": "#D5DCDD"}
_GREY: Final = "#ECEFEF"
#: Fills that mean something; dark text keeps a contrast of more than 7:1 on each.
FILLS: Final = {"locked": _GREY, "missing": "#FFD9A8", "stale": "#FFF3B0"}
_FORMATS: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True, "font_size": 16, "font_color": "#0B4F55"},
    "section": {"bold": True, "font_size": 12, "font_color": "#0B4F55", "bottom": 1},
    "prose": {"text_wrap": True, "font_size": 11},
    "link": {"font_color": "#0B4F55", "underline": 1, "font_size": 11},
    "machine": {"font_size": 8, "font_color": "#6B7778", "bg_color": _GREY},
    "head_en": {"bold": True, "bg_color": "#0B4F55", "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter"},
    "head_ja": {"bold": True, "bg_color": "#DCEFF0", "text_wrap": True, "valign": "vcenter", "bottom": 2},
    "text": {"text_wrap": True, "num_format": "@", "locked": False},
    "number": {"num_format": "General", "locked": False, "align": "right"},
    "locked": {"text_wrap": True, "num_format": "@", "bg_color": _GREY, "font_color": "#4A5657"},
    "count": {"bg_color": _GREY, "font_color": "#4A5657", "align": "center"},
}
#: Tabs of entries, and of lists of their records.
TAB_COLOURS: Final = ("#0B4F55", "#9CC7CA")
#: Widths in characters: of short values, and of texts by how long the longest is.
_WIDTHS: Final[dict[Kind, int]] = {"code": 38, "reference": 34, "date": 12, "whole": 11, "number": 11, "truth": 11}
_TEXT_WIDTHS: Final = ((12, 18), (40, 24), (100, 36), (math.inf, 54))
#: Lines that a heading has, and how wide a column of short values becomes for a long one.
_HEADING_LINES, _WIDEST_FOR_HEADING = 3, 34
_LINE, _MOST_LINES = 13.5, 9


class Style:
    """The formats of one workbook by name."""

    def __init__(self, book: Workbook) -> None:
        self._formats = {name: book.add_format(_FONT | _edges(name) | options) for name, options in _FORMATS.items()}
        self._fills = {name: book.add_format({"bg_color": colour}) for name, colour in FILLS.items()}
        self._legend = {name: book.add_format({"bg_color": colour, "border": 1}) for name, colour in FILLS.items()}

    def __getitem__(self, name: str) -> Format:
        return self._formats[name]

    def fill(self, name: str) -> Format:
        """A fill that a condition lays over a cell."""
        return self._fills[name]

    def legend(self, name: str) -> Format:
        """The same fill as a sample."""
        return self._legend[name]

    def of(self, column: Column) -> Format:
        """The format of a column's cells: numbers and truths as such, everything else as text."""
        return self["number" if column.kind in ("whole", "number", "truth") and not column.many else "text"]


def _edges(name: str) -> dict[str, Any]:
    return {} if name in ("title", "section", "prose", "link") else _BORDER


def width_of(column: Column, longest: int) -> int:
    """Width in characters of a column whose longest line takes ``longest`` character cells."""
    heading = max(cells_of(words) for words in column.words)
    needed = min(math.ceil(heading / _HEADING_LINES) + 3, _WIDEST_FOR_HEADING)
    if column.kind != "text":
        return max(_WIDTHS[column.kind], needed)
    return max(next(width for limit, width in _TEXT_WIDTHS if longest <= limit), needed)


def cells_of(text: str) -> int:
    """How many character cells a text takes: Japanese characters take two."""
    return len(text) + sum(character > "\u2e7f" for character in text)


def height_of(values: list[tuple[CellValue, int]]) -> float:
    """Height in points of a row of values, each with the width of its column; at most nine lines."""
    lines = 1
    for value, width in values:
        if isinstance(value, str):
            lines = max(lines, sum(math.ceil(max(cells_of(line), 1) / width) for line in value.split("\n")))
    return _LINE * min(lines, _MOST_LINES) + 3
