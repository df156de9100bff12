"""Which table a sheet holds and which field each of its columns, whatever was renamed, moved or added."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from editing.sheet.columns import Column
from editing.sheet.layout import MARK, NUMBER, OF, VERSION, Table, tables
from editing.sheet.problems import CellProblem, Place, Remark
from editing.sheet.reading import Row, Sheet
from editing.sheet.sheet_remarks import added, key_gone, lost, not_exported, twice
from editing.sheet.table_sheet import HEADING_ROWS, STALE
from editing.sheet.words import CODES_SHEET, HELP_SHEET, KEY_WORDS
from kb.models import COLLECTIONS

#: Rows among which headings are looked for, and the part of the headings that must be found when the mark is lost.
_TOP_ROWS, _ENOUGH = 12, 0.6
#: A version, or the number of a record: what a row of the export has and a row of headings has not.
_EXPORTED = re.compile(r"v[0-9a-f]{16}\Z|[0-9]+\Z")


class Matched(NamedTuple):
    """A sheet whose table is known.

    Attributes:
        table: What it holds.
        title: Its present name.
        keys: Key column -> column number from 1.
        columns: Field -> column number.
        rows: The rows below the headings.
    """

    table: Table
    title: str
    keys: Mapping[str, int]
    columns: Mapping[Column, int]
    rows: tuple[Row, ...]

    def place(self, row: int, column: int) -> Place:
        """A cell of the sheet."""
        return Place(self.title, f"{get_column_letter(column)}{row}")


class Matches(NamedTuple):
    """All sheets that are known, and what is to be said of the others."""

    sheets: tuple[Matched, ...]
    problems: tuple[CellProblem, ...]
    remarks: tuple[Remark, ...]


def match_sheets(sheets: Sequence[Sheet], entries: Collection[str]) -> Matches:
    """Find the table of each sheet by the mark in its hidden first row, else by its name or headings.

    Args:
        sheets: Of the workbook.
        entries: Collection and id of all entries that were exported.
    """
    exported = [name for name in COLLECTIONS if any(entry.startswith(f"{name}/") for entry in entries)]
    known = tables(exported)
    found: list[Matched] = []
    problems: list[CellProblem] = []
    remarks: list[Remark] = []
    for sheet in sheets:
        top = _heading(sheet, known)
        if top is None:
            if sheet.title not in (HELP_SHEET, CODES_SHEET) and sheet.rows:
                remarks.append(not_exported(sheet.title))
            continue
        matched = _matched(sheet, top, entries, problems, remarks)
        if matched is not None:
            if any(other.table.mark == matched.table.mark for other in found):
                problems.append(twice(Place(sheet.title), next(iter(top.table.words))))
            found.append(matched)
    return Matches(tuple(found), tuple(problems), tuple(remarks))


class _Top(NamedTuple):
    """The row that says what the columns are; its words are fields' names or, when these are lost, headings."""

    table: Table
    row: int
    names: Mapping[int, str]


def _heading(sheet: Sheet, known: Sequence[Table]) -> _Top | None:
    top = [row for row in sheet.rows if row.number <= _TOP_ROWS]
    for row in top:
        for cell in row.cells.values():
            table = _table_of(cell.value) if isinstance(cell.value, str) and cell.value.startswith(MARK) else None
            if table is not None:
                return _Top(table, row.number, _texts(row) | {_column_of(row, cell.value): table.keys[0]})
    named = [table for table in known if table.title.casefold() == sheet.title.casefold()]
    for table in (*named, *known):
        found = _by_headings(table, top)
        if found is not None:
            return found
    return None


def _column_of(row: Row, value: object) -> int:
    return next(number for number, cell in row.cells.items() if cell.value == value)


def _table_of(mark: str) -> Table | None:
    _, _, rest = mark.partition(MARK)
    collections = rest.rpartition(":")[2].split("+")
    if not all(name in COLLECTIONS for name in collections):
        return None
    return next((table for table in tables(collections) if table.mark == mark), None)


def _by_headings(table: Table, top: Sequence[Row]) -> _Top | None:
    for at in (0, 1):
        words = {_folded(KEY_WORDS[key].heading[at]): key for key in table.keys}
        words |= {_folded(column.words[at]): column.name for column in table.columns}
        for row in top:
            names = {number: words.get(_folded(text), text) for number, text in _texts(row).items()}
            names |= _in_other_language(
                table, top, row, {number for number in names if names[number] not in words.values()}
            )
            hits = sum(name in words.values() for name in names.values())
            if table.keys[0] in names.values() and hits >= _ENOUGH * len(words):
                return _Top(table, row.number, names)
    return None


def _in_other_language(table: Table, top: Sequence[Row], row: Row, unknown: Collection[int]) -> dict[int, str]:
    """What the headings in the next or the former row say of columns whose heading was renamed."""
    words = {_folded(text): column.name for column in table.columns for text in column.words}
    return {
        number: words[_folded(text)]
        for other in top
        if abs(other.number - row.number) == 1
        for number, text in _texts(other).items()
        if number in unknown and _folded(text) in words
    }


def _texts(row: Row) -> dict[int, str]:
    return {number: cell.value.strip() for number, cell in row.cells.items() if isinstance(cell.value, str)}


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _matched(
    sheet: Sheet, top: _Top, entries: Collection[str], problems: list[CellProblem], remarks: list[Remark]
) -> Matched | None:
    by_name = {column.name: column for column in top.table.columns}
    keys: dict[str, int] = {}
    columns: dict[Column, int] = {}
    for number, name in sorted(top.names.items()):
        place = Place(sheet.title, f"{get_column_letter(number)}{top.row}")
        if name in (keys | {column.name: 0 for column in columns}):
            problems.append(twice(place, name))
        elif name in top.table.keys:
            keys[name] = number
        elif name in by_name:
            columns[by_name[name]] = number
        elif name != STALE:
            remarks.append(added(place, name, by_name))
    gone = [column.name for column in top.table.columns if column not in columns]
    gone += [key for key in top.table.keys if key not in keys]
    if gone:
        remarks.append(lost(sheet.title, gone))
    needed = [key for key in top.table.keys if key not in keys and key in (OF, NUMBER)]
    if needed:
        problems.append(key_gone(Place(sheet.title), KEY_WORDS[needed[0]].heading))
        return None
    rows = tuple(_data_rows(sheet, top, keys, entries))
    return Matched(top.table, sheet.title, keys, columns, rows)


def _data_rows(sheet: Sheet, top: _Top, keys: Mapping[str, int], entries: Collection[str]) -> Iterator[Row]:
    """The rows below the headings; the two rows after the first one are headings unless they look like an export's."""
    first, told = (keys[top.table.keys[0]], keys.get(NUMBER if top.table.path else VERSION))
    prefix = "" if top.table.path else f"{top.table.collections[0]}/"
    for row in sheet.rows:
        if row.number <= top.row:
            continue
        named = first in row.cells and f"{prefix}{row.cells[first].value}" in entries
        exported = told is not None and told in row.cells and _EXPORTED.match(str(row.cells[told].value))
        if named or exported or row.number >= top.row + HEADING_ROWS:
            yield row
