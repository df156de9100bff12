"""Tables of records: one row for each, columns by field, empty columns left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from kb.models.base import Model
from publish.fields import kinds_of
from publish.safe_text import html, trusted
from publish.templating import render
from publish.values import Values


class Column(NamedTuple):
    """A column that is not simply a field."""

    heading: str
    cell: Callable[[Any], Markup]
    #: Extra class of the cells: ``ev-wide`` for running text, ``ev-narrow`` for numbers and dates.
    style: str = ""


#: A field by its name, or a column of its own.
Columns = Sequence[str | Column]
_NARROW = frozenset({"date", "number", "year", "source", "truth", "code"})
_WIDE = frozenset({"localized", "record", "reference"})


def table(
    values: Values,
    records: Sequence[Any],
    columns: Columns = (),
    anchor: Callable[[Any], str | None] | None = None,
) -> Markup:
    """Records as a table.

    Args:
        values: Writes the cells.
        records: Records of one model, at least one; anything when every column is one of its own.
        columns: What to show; every field except ``key`` when empty.
        anchor: Gives a row the id by which other pages point to it.
    """
    model: type[Model] = type(records[0])
    wanted = [
        column_of(values, model, column) for column in columns or (name for name in kinds_of(model) if name != "key")
    ]
    cells = [[column.cell(record) for column in wanted] for record in records]
    filled = [index for index in range(len(wanted)) if any(row[index] for row in cells)]
    shown = [wanted[index] for index in filled]
    starts = [_cell_start(column) for column in shown]
    rows = (
        _row(anchor(record) if anchor else None, starts, [row[index] for index in filled])
        for record, row in zip(records, cells, strict=True)
    )
    return render("table", columns=shown, rows=trusted("".join(rows)))


def _row(anchor: str | None, starts: Sequence[str], cells: Sequence[Markup]) -> str:
    """A row; put together here because a template would escape the label of every cell anew, a third of all the work."""
    opened = f'<tr id="{html(anchor)}">' if anchor else "<tr>"
    shown = (cell if type(cell) is Markup else html(cell) for cell in cells)
    return opened + "".join(f"{start}{cell}</td>" for start, cell in zip(starts, shown, strict=True)) + "</tr>"


def _cell_start(column: Column) -> str:
    style = f' class="{column.style}"' if column.style else ""
    return f'<td data-label="{html(column.heading)}"{style}>'


def column_of(values: Values, model: type[Model], column: str | Column) -> Column:
    """The column for a field."""
    if isinstance(column, Column):
        return column
    kind = kinds_of(model)[column]
    style = "ev-narrow" if kind.kind in _NARROW else "ev-wide" if kind.kind in _WIDE else ""
    return Column(values.site.labels.field(model, column), lambda record: values.telling(record, column), style)
