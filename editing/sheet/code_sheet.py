"""The sheet of all codes with their labels, from which drop-downs take their choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from editing.sheet.cells import Cells
from editing.sheet.columns import Column
from editing.sheet.style import Style, cells_of
from editing.sheet.words import CODES_SHEET

_WIDEST = 60


class CodeSheet:
    """Collects the lists that columns ask for; each stands in a column of its own below its name."""

    def __init__(self, cells: Cells, ids: Mapping[str, Sequence[str]]) -> None:
        self._cells, self._ids = cells, ids
        self._lists: dict[str, list[str]] = {}

    def choices(self, column: Column) -> str | None:
        """The range of cells with what may stand in a column; None when nothing is listed.

        The text is a formula such as ``='codes'!$B$2:$B$9``.
        """
        name = column.vocabulary or " / ".join(column.targets)
        if not name:
            return None
        if name not in self._lists:
            self._lists[name] = self._items(column)
        letter = xl_col_to_name(list(self._lists).index(name))
        last = len(self._lists[name]) + 1
        return f"='{CODES_SHEET}'!${letter}$2:${letter}${last}" if last > 1 else None

    def write(self, sheet: Worksheet, style: Style) -> None:
        """Write the lists."""
        for number, (name, items) in enumerate(self._lists.items()):
            longest = max((cells_of(text) for text in (name, *items)), default=10)
            sheet.set_column(number, number, min(longest + 2, _WIDEST))
            sheet.write_string(0, number, name, style["head_en"])
            for row, text in enumerate(items, 1):
                sheet.write_string(row, number, text, style["locked"])
        sheet.freeze_panes(1, 0)
        sheet.protect("", {"format_columns": True, "autofilter": True})

    def _items(self, column: Column) -> list[str]:
        if column.vocabulary:
            return list(self._cells.codes(column.vocabulary).shown.values())
        return sorted(id_ for target in column.targets for id_ in self._ids.get(target, ()))
