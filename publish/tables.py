"""Tables of records: one row for each, columns by field, empty columns left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from kb.models.base import Model

from publish.fields import kinds_of
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


def table(
    values: Values,
    records: Sequence[Model],
    columns: Columns = (),
    anchor: Callable[[Any], str | None] | None = None,
) -> Markup:
    """Records as a table.

    Args:
        values: Writes the cells.
        records: Records of one model, at least one.
        columns: What to show; every field except ``key`` when empty.
        anchor: Gives a row the id by which other pages point to it.
    """
    model = type(records[0])
    wanted = [_column(values, model, column) for column in columns or (name for name in kinds_of(model) if name != "key")]
    cells = [[column.cell(record) for column in wanted] for record in records]
    filled = [index for index in range(len(wanted)) if any(row[index] for row in cells)]
    shown = [wanted[index] for index in filled]
    return render(
        "table",
        columns=shown,
        rows=[
            (anchor(record) if anchor else None, [(column, row[index]) for column, index in zip(shown, filled, strict=True)])
            for record, row in zip(records, cells, strict=True)
        ],
    )


def _column(values: Values, model: type[Model], column: str | Column) -> Column:
    if isinstance(column, Column):
        return column
    kind = kinds_of(model)[column]
    style = "ev-narrow" if kind.kind in _NARROW else "ev-wide" if kind.kind in ("localized", "record") else ""
    return Column(values.site.labels.field(model, column), lambda record: values.field(record, column), style)
