"""Values as the text of one cell, for formats that know no lists and may be opened in a spreadsheet."""

from __future__ import annotations

from typing import Any, Final

from publish.data.columns import Column
from publish.data.plain import compact_json

#: Between the items of a list in one cell.
SEPARATOR: Final = "; "
#: What makes spreadsheets take a cell for a formula (OWASP, «CSV Injection»), with the full-width forms that some of
#: them treat alike; the apostrophe, so that the mark below can be told from one that was there before.
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")  # fmt: skip
_MARK: Final = "'"


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


def neutralised(text: str) -> str:
    """``text`` that no spreadsheet takes for a formula: an apostrophe goes before a first character that could begin one.

    >>> neutralised("=1+1")
    "'=1+1"
    >>> restored(neutralised("'quoted'"))
    "'quoted'"
    """
    return f"{_MARK}{text}" if text.startswith(_RISKY) else text


def restored(text: str) -> str:
    """The inverse of :func:`neutralised`: one apostrophe at the beginning is taken away."""
    return text.removeprefix(_MARK)
