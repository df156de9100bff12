"""At which cell a problem of an entry stands in the workbook."""

from __future__ import annotations

import re
from typing import Any

from editing.sheet.applying import Applied
from editing.sheet.edits import RowEdit
from editing.sheet.problems import CellProblem, Place
from kb.problems import Problem

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def located(problem: Problem, entry: str, after: Applied) -> CellProblem:
    """A problem of an entry's file, said of the cell that it is about; of the entry when no row shows it."""
    place = _place(problem.field, after) or Place(f"{entry} {problem.field}".strip())
    return CellProblem(place, problem.found, problem.expected, problem.remedy)


def _place(field: str, after: Applied) -> Place | None:
    value: Any = after.data
    row, rest = after.rows.get(id(value)), ""
    for name, number in _STEP.findall(field):
        if isinstance(value, dict):
            value, rest = value.get(name), f"{rest}.{name}" if rest else name
        elif isinstance(value, list) and number:
            value = value[int(number)] if int(number) < len(value) else None
        if isinstance(value, dict) and id(value) in after.rows:
            row, rest = after.rows[id(value)], ""
    return _cell(row, rest) if row is not None else None


def _cell(row: RowEdit, rest: str) -> Place:
    """The cell of a field of the row; of a mapping the first one that is edited, else its first column."""
    fitting = [
        row.sheet.place(row.row, number)
        for column, number in row.sheet.columns.items()
        if rest and (column.name == rest or column.name.startswith(f"{rest}.") or rest.startswith(f"{column.name}."))
    ]
    edited = [edit.place for edit in row.edits if edit.place in fitting]
    return next(iter([*edited, *fitting]), row.place)
