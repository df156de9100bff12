"""Tables as CSV (RFC 4180) in which no spreadsheet finds a formula: the one way in which EVReg writes CSV for people."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

#: The encoding's name in Python, with the byte order mark that Excel needs.
ENCODING: Final = "utf-8-sig"
#: What makes spreadsheets take a cell for a formula (OWASP, «CSV Injection»), with the full-width forms that some of
#: them treat alike; the apostrophe, so that the mark below can be told from one that was there before.
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")  # fmt: skip
_MARK: Final = "'"

#: What one cell may hold; a number is never a formula.
Cell = str | int | float | bool | None


def safe_csv(headings: Iterable[str], rows: Iterable[Iterable[Cell]], *, with_mark: bool = True) -> bytes:
    """Rows under headings; None is an empty cell, a truth value ``true`` or ``false``.

    Every cell is quoted, so that programs that take semicolons for separators find the same cells.

    Args:
        headings: Of the columns.
        rows: As many cells in each as there are headings.
        with_mark: Begin with the byte order mark, for a file that a spreadsheet opens; pipes do without.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerow(map(_written, headings))
    writer.writerows(map(_written, row) for row in rows)
    return buffer.getvalue().encode(ENCODING if with_mark else "utf-8")


def _written(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return neutralised(value) if isinstance(value, str) else str(value)


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
