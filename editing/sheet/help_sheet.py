"""The first sheet: what may be edited and how, in both languages, what colours mean, and what each sheet holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xlsxwriter.worksheet import Worksheet

from editing.sheet import words
from editing.sheet.style import Style, cells_of
from editing.sheet.table_sheet import TableSheet
from kb.problems import Message

_WIDTHS = (70, 74, 9)
_LINE = 15.0
#: Heights in points of the title, of a heading and of a line of the list of sheets.
_TITLE, _SECTION, _LISTED = 28, 24, 18


def write_help(sheet: Worksheet, style: Style, sheets: Sequence[TableSheet], entries: int, today: date) -> None:
    """Write the help; English stands on the left, Japanese on the right."""
    for number, width in enumerate(_WIDTHS):
        sheet.set_column(number, number, width)
    sheet.hide_gridlines(2)
    row = _heading(sheet, style, 0, words.TITLE, "title")
    records = sum(len(item.rows) for item in sheets if item.table.path)
    figures = {"day": today.isoformat(), "entries": f"{entries:,}", "records": f"{records:,}"}
    row = _line(sheet, style, row, Message(*(text.format(**figures) for text in words.EXPORTED)))
    for message in words.HOW:
        row = _line(sheet, style, row, message)
    for name, message in words.LEGEND.items():
        for column, text in enumerate(message):
            sheet.write_string(row, column, text, style.legend(name))
        row += 1
    row = _heading(sheet, style, row + 1, words.CONTENTS, "section")
    for item in sheets:
        sheet.write_url(row, 0, f"internal:'{item.table.title}'!A1", style["link"], item.table.title)
        words_of = " / ".join((item.table.words.ja.rstrip("。"), item.table.words.en.rstrip(".")))
        sheet.write_string(row, 1, words_of, style["prose"])
        sheet.set_row(row, _LISTED)
        sheet.write_number(row, 2, len(item.rows), style["prose"])
        row += 1
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _heading(sheet: Worksheet, style: Style, row: int, message: Message, name: str) -> int:
    for column, text in enumerate(message):
        sheet.write_string(row, column, text, style[name])
    if name in ("title", "section"):
        sheet.set_row(row, _TITLE if name == "title" else _SECTION)
    return row + 1


def _line(sheet: Worksheet, style: Style, row: int, message: Message) -> int:
    lines = max(-(-cells_of(text) // _WIDTHS[column]) for column, text in enumerate(message))
    sheet.set_row(row, _LINE * lines + 4)
    return _heading(sheet, style, row, message, "prose")
