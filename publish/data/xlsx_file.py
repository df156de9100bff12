"""One workbook for Excel: a sheet for each collection, both languages side by side, filters on, first row frozen."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kb import KnowledgeBase
from kb.models import model_of
from kb.partial_dates import first_day
from publish.data import edition
from publish.data.cells import cell
from publish.data.columns import Column, columns_of, flat
from publish.data.plain import plain

#: Excel's limit for a cell (specifications and limits of Excel); a longer one would make the file unreadable.
CELL_LIMIT: Final = 32_767
CUT: Final = " … [cut: see the JSON file]"
#: Nothing may become a formula, a link or a number by its looks.
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
#: Column widths in characters.
_WIDTHS: Final = {"text": 28, "date": 12, "integer": 9, "number": 9, "boolean": 9, "list": 28, "records": 28}
_WIDE: Final = 60


def xlsx_file(kb: KnowledgeBase, collections: tuple[str, ...]) -> bytes:
    """The collections as a workbook; dates are text, so that Excel does not complete «2024-05» to a day."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    _describe(book, kb)
    head = book.add_format({"bold": True, "bg_color": "#E0F0F2", "bottom": 1, "valign": "top"})
    body = book.add_format({"valign": "top"})
    for collection in collections:
        _fill(book.add_worksheet(collection), columns_of(model_of(collection)), plain(kb, collection), head, body)
    book.close()
    return buffer.getvalue()


def _describe(book: Workbook, kb: KnowledgeBase) -> None:
    found = edition.edition_of(kb)
    day = first_day(found.as_of) if found.as_of else datetime(2026, 1, 1, tzinfo=UTC)
    book.set_properties(
        {
            "title": f"{edition.TITLE_EN} / {edition.TITLE_JA}",
            "author": edition.AUTHOR_EN,
            "comments": f"{found.name}. {edition.LICENCE} {edition.LICENCE_URL}",
            # Constant for a state of the entries, so that builds can be repeated.
            "created": datetime(day.year, day.month, day.day, tzinfo=UTC),
        }
    )


def _fill(
    sheet: Worksheet, columns: tuple[Column, ...], records: list[dict[str, Any]], head: Format, body: Format
) -> None:
    for number, column in enumerate(columns):
        sheet.set_column(number, number, _width(column), body)
        sheet.write_string(0, number, column.name, head)
        sheet.write_comment(0, number, f"{column.en}\n{column.ja}", {"x_scale": 2, "author": edition.NAME})
    for row, record in enumerate(records, 1):
        for number, (column, value) in enumerate(zip(columns, flat(record, columns), strict=True)):
            _write(sheet, row, number, cell(column, value))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(records), 1), len(columns) - 1)


def _width(column: Column) -> int:
    return _WIDE if column.path[0] in ("summary", "title") else max(_WIDTHS[column.type], len(column.name) + 3)


def _write(sheet: Worksheet, row: int, number: int, value: str | float | bool | None) -> None:
    if isinstance(value, str):
        sheet.write_string(row, number, value if len(value) <= CELL_LIMIT else value[: CELL_LIMIT - len(CUT)] + CUT)
    elif isinstance(value, bool):
        sheet.write_boolean(row, number, value)
    elif value is not None:
        sheet.write_number(row, number, value)
