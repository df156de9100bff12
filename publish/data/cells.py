"""Values as the text of one cell, for formats that know no lists."""

from __future__ import annotations

from typing import Any, Final

from publish.data.columns import Column
from publish.data.plain import compact_json

#: Between the items of a list in one cell.
SEPARATOR: Final = "; "


def cell(column: Column, value: Any) -> str | int | float | bool | None:
    """A value for one cell: lists joined by ``; ``, records as JSON, scalars as they are; None when there is none."""
    if value is None or value == []:
        return None
    if column.type == "records":
        return compact_json(value)
    if column.type == "list":
        return SEPARATOR.join(str(item) for item in value)
    scalar: str | int | float | bool = value
    return scalar
