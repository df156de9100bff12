"""Every cell of a workbook compared with the state from which it was exported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from editing.sheet import row_problems as wrong
from editing.sheet.base import BaseEntry
from editing.sheet.cells import Cells
from editing.sheet.columns import Column
from editing.sheet.edits import CellEdit, RowEdit
from editing.sheet.habits import only_habits
from editing.sheet.layout import ACTION, ENTRY, ID, NUMBER, OF, VERSION, Table
from editing.sheet.matching import Matched
from editing.sheet.problems import CellProblem, Place, Remark, Unfit
from editing.sheet.reading import Cell, Row
from editing.sheet.records import inside, put, records_at, same
from editing.sheet.values import value_of
from editing.sheet.words import DELETE_WORDS
from kb.problems import Message


class Collected(NamedTuple):
    """All rows, what is wrong with them, and what is worth knowing."""

    rows: tuple[RowEdit, ...]
    problems: tuple[CellProblem, ...]
    remarks: tuple[Remark, ...]


_Key = tuple[str, tuple[int, ...], int | None]


def collect(sheets: tuple[Matched, ...], base: Mapping[str, BaseEntry], cells: Cells) -> Collected:
    """Compare every cell with what was exported."""
    reader = _Reader(base, cells)
    rows = [row for sheet in sheets for row in reader.sheet(sheet)]
    return Collected(tuple(rows), tuple(reader.problems), tuple(reader.remarks))


class _Reader:
    def __init__(self, base: Mapping[str, BaseEntry], cells: Cells) -> None:
        self._base, self._cells = base, cells
        self.problems: list[CellProblem] = []
        self.remarks: list[Remark] = []

    def sheet(self, sheet: Matched) -> Iterator[RowEdit]:
        """The rows of one sheet; each entry or record is taken from one row only."""
        records = self._records(sheet.table)
        seen: dict[_Key, RowEdit] = {}
        for row in sheet.rows:
            edit = self._row(sheet, row, records)
            if edit is None:
                continue
            key = (edit.entry, edit.of, edit.number)
            first = seen.get(key) if edit.new is None else None
            if first is None:
                seen[key] = edit
                yield edit
            elif first.meant != edit.meant:
                self.problems.append(wrong.number_twice(edit.place, first.place, entries=not sheet.table.path))

    def _records(self, table: Table) -> Mapping[_Key, dict[str, Any]]:
        chosen = [entry for entry in self._base.values() if entry.name.split("/")[0] in table.collections]
        if not table.path:
            return {(entry.name, (), None): entry.data for entry in chosen}
        return {
            (entry.name, record.of, record.number): record.data
            for entry in chosen
            for record in records_at(entry.data, table.path)
        }

    def _row(self, sheet: Matched, row: Row, records: Mapping[_Key, dict[str, Any]]) -> RowEdit | None:
        if not any(number in row.cells for number in (*sheet.keys.values(), *sheet.columns.values())):
            return None
        try:
            entry = self._entry(sheet, row)
            if not sheet.table.path:
                self._check_version(sheet, row, entry)
                key: _Key = (entry, (), None)
            else:
                key = (entry, _numbers(sheet, row, OF), _number(sheet, row))
                if key[2] is None:
                    return self._new(sheet, row, key)
            if key not in records:
                raise wrong.no_such_record()
            return self._known(sheet, row, key, records[key])
        except Unfit as unfit:
            place = sheet.place(row.number, sheet.keys[sheet.table.keys[0]])
            self.problems.append(CellProblem(place, unfit.found, unfit.expected, unfit.remedy))
            return None

    def _entry(self, sheet: Matched, row: Row) -> str:
        text = _text(row, sheet.keys[ENTRY if sheet.table.path else ID])
        name = text if sheet.table.path else f"{sheet.table.collections[0]}/{text}"
        if name not in self._base or name.split("/")[0] not in sheet.table.collections:
            raise wrong.no_such_entry(text, self._base, records=bool(sheet.table.path))
        return name

    def _check_version(self, sheet: Matched, row: Row, entry: str) -> None:
        at = sheet.keys.get(VERSION)
        if at is not None and at in row.cells and _text(row, at) != self._base[entry].version:
            raise wrong.altered_version()

    def _known(self, sheet: Matched, row: Row, key: _Key, record: dict[str, Any]) -> RowEdit:
        edits = tuple(self._edits(sheet, row, record))
        delete = self._delete(sheet, row)
        if delete and edits:
            raise wrong.deleted_and_edited()
        filled = any(number in row.cells for number in sheet.columns.values())
        if edits and not filled and not delete:
            raise wrong.emptied(records=bool(sheet.table.path))
        return RowEdit(sheet, row.number, *key, edits, delete)

    def _new(self, sheet: Matched, row: Row, key: _Key) -> RowEdit | None:
        if len(key[1]) != sheet.table.path.count(None):
            raise wrong.no_parent()
        record: dict[str, Any] = {}
        edits = tuple(self._edits(sheet, row, {}))
        for edit in edits:
            put(record, edit.column.path, edit.after)
        return RowEdit(sheet, row.number, *key, edits, new=record) if record else None

    @staticmethod
    def _delete(sheet: Matched, row: Row) -> bool:
        at = sheet.keys.get(ACTION)
        text = _text(row, at) if at is not None else ""
        if text and text.casefold() not in DELETE_WORDS:
            raise wrong.odd_action(text)
        return bool(text)

    def _edits(self, sheet: Matched, row: Row, record: dict[str, Any]) -> Iterator[CellEdit]:
        for column, number in sheet.columns.items():
            place = sheet.place(row.number, number)
            before = inside(record, column.path)
            try:
                after, changed = self._after(column, row.cells.get(number), before, place)
            except Unfit as unfit:
                self.problems.append(CellProblem(place, unfit.found, unfit.expected, unfit.remedy))
                continue
            if changed and not same(before, after):
                yield CellEdit(place, column, before, after)

    def _after(self, column: Column, cell: Cell | None, before: Any, place: Place) -> tuple[Any, bool]:
        """The value that the cell gives its field, and whether the cell was edited at all."""
        shown = self._cells.shown(column, before)
        if cell is None:
            if shown.locked:
                raise wrong.not_editable()
            return None, shown.value is not None
        if cell.kind in ("e", "f"):
            return before, False  # Named when the workbook was read.
        if shown.value is not None and only_habits(cell, shown.value):
            if cell.value != shown.value:
                self.remarks.append(Remark(place, _HABIT))
            return before, False
        if shown.locked:
            raise wrong.not_editable()
        after = value_of(column, cell, self._cells)
        if cell.kind == "d" and column.kind == "date":
            self.remarks.append(Remark(place, Message(*(text.format(value=after) for text in _DATE))))
        return after, True


_HABIT = Message(
    "Differs from the export only as spreadsheets change values by themselves; left as it was.",
    "表計算ソフトによる自動変換のみの違いであるため、元の値のままとした。",
)
_DATE = Message(
    "The date was read as {value}. Where the source says less, write 2024-05 or 2024 as text.",
    "日付を{value}と読み取った。資料がそれより大まかな場合は、文字列で2024-05又は2024と書く。",
)


def _text(row: Row, at: int) -> str:
    cell = row.cells.get(at)
    value = cell.value if cell is not None else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() if value is not None else ""


def _number(sheet: Matched, row: Row) -> int | None:
    found = _numbers(sheet, row, NUMBER)
    return found[0] if found else None


def _numbers(sheet: Matched, row: Row, key: str) -> tuple[int, ...]:
    at = sheet.keys.get(key)
    text = _text(row, at) if at is not None else ""
    if not text:
        return ()
    parts = text.split(".")
    if not all(part.isdecimal() for part in parts):
        raise wrong.no_such_record()
    return tuple(int(part) for part in parts)
