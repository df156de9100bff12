"""Edits of a workbook put into the present entries, cell by cell; what others changed meanwhile stays."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from editing.sheet.aligning import Aligned
from editing.sheet.base import BaseEntry
from editing.sheet.edits import CellEdit, RowEdit
from editing.sheet.problems import Place
from editing.sheet.records import inside, put, same
from kb.merging import merge

#: Whose value stands where both sides changed one cell: ``stop`` writes nothing until somebody has chosen.
Choice = Literal["stop", "mine", "theirs"]


class Conflict(NamedTuple):
    """A cell, or a whole record, that the workbook and somebody else changed, and not alike.

    Attributes:
        place: The cell.
        entry: Collection and id.
        field: Dotted field without places in lists: ``requirements.statement.en``.
        base: What was exported.
        mine: What the workbook says.
        theirs: What stands in the entry now; None also when the record is gone.
    """

    place: Place
    entry: str
    field: str
    base: Any
    mine: Any
    theirs: Any


class Applied(NamedTuple):
    """An entry after the workbook's edits.

    Attributes:
        data: Its plain data.
        conflicts: What could not be put together.
        rows: Identity of each record of ``data`` that a row shows -> that row.
    """

    data: dict[str, Any]
    conflicts: tuple[Conflict, ...]
    rows: dict[int, RowEdit]


def applied(base: BaseEntry, present: dict[str, Any], rows: Iterable[RowEdit], choice: Choice) -> Applied:
    """Put the edits of the rows of one entry into its present data.

    Args:
        base: The entry as exported.
        present: Its plain data now.
        rows: Every row of the workbook about it, also those without edits.
        choice: Whose value stands in a conflict.
    """
    work = _Work(Aligned(base.data, copy.deepcopy(present)), choice)
    listed = list(rows)
    # Records are found by comparing the lists as they are: all of them before any of them is changed.
    found = [(row, work.find(row)) for row in listed]
    for row, record in found:
        work.edit(row, record)
    for row, record in found:
        if row.delete:
            work.delete(row, record, present)
    for row in listed:
        if row.new is not None:
            work.add(row)
    return Applied(work.aligned.target, tuple(work.conflicts), work.rows)


class _Work:
    def __init__(self, aligned: Aligned, choice: Choice) -> None:
        self.aligned, self._choice = aligned, choice
        self.conflicts: list[Conflict] = []
        self.rows: dict[int, RowEdit] = {}

    def find(self, row: RowEdit) -> dict[str, Any] | None:
        """The present record of a row."""
        if row.new is not None:
            return None
        record = self.aligned.record(row.sheet.table.path, row.of, row.number)
        if record is not None:
            self.rows[id(record)] = row
        return record

    def edit(self, row: RowEdit, record: dict[str, Any] | None) -> None:
        """Put the cells of a row into its record."""
        if row.new is not None:
            return
        for edit in row.edits:
            if record is None:
                # Whoever edits a record that others removed has to look at it, whatever is chosen for cells.
                self.conflicts.append(_conflict(row, edit, None))
            else:
                self._cell(row, edit, record)

    def _cell(self, row: RowEdit, edit: CellEdit, record: dict[str, Any]) -> None:
        now = inside(record, edit.column.path)
        if same(now, edit.after):
            return
        if same(now, edit.before):
            put(record, edit.column.path, copy.deepcopy(edit.after))
            return
        if edit.column.many:
            sides = ({"v": side or []} for side in (edit.before, edit.after, now))
            together = merge(*sides)
            if not together.conflicts:
                put(record, edit.column.path, together.data["v"] or None)
                return
        if self._choice == "mine":
            put(record, edit.column.path, copy.deepcopy(edit.after))
        elif self._choice == "stop":
            self.conflicts.append(_conflict(row, edit, now))

    def delete(self, row: RowEdit, record: dict[str, Any] | None, present: dict[str, Any]) -> None:
        """Take a record out, unless others changed it."""
        if record is None:
            return
        path = row.sheet.table.path
        exported = Aligned(self.aligned.base, self.aligned.base).record(path, row.of, row.number)
        if record != exported and self._choice != "mine":
            if self._choice == "stop":
                self.conflicts.append(Conflict(row.place, row.entry, _name(row), exported, None, record))
            return
        self.aligned.remove(path, row.of, record)

    def add(self, row: RowEdit) -> None:
        """Add a new record at the end of its list."""
        record = copy.deepcopy(row.new or {})
        self.rows[id(record)] = row
        if not self.aligned.append(row.sheet.table.path, row.of, record):
            self.conflicts.append(Conflict(row.place, row.entry, _name(row), None, row.new, None))


def _conflict(row: RowEdit, edit: CellEdit, now: Any) -> Conflict:
    field = ".".join(part for part in (_name(row), edit.column.name) if part)
    return Conflict(edit.place, row.entry, field, edit.before, edit.after, now)


def _name(row: RowEdit) -> str:
    return ".".join(part for part in row.sheet.table.path if part)
