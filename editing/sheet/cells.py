"""What a cell shows for a value, and which values a cell cannot show."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from editing.sheet.codes import Codes
from editing.sheet.columns import Column
from kb.problems import Message
from kb.vocabulary import Vocabularies

CellValue = str | int | float | bool | None
#: Excel's limit for a cell (Excel specifications and limits), which counts UTF-16 units.
CELL_LIMIT = 32_767
#: The largest whole number that a cell keeps exactly: Excel shows 15 digits.
_LARGEST_WHOLE = 10**15 - 1
_DIGITS = 15
#: Characters that spreadsheets change or drop: control characters, carriage returns, the escapes of the file format.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
#: What stands in a cell whose value cannot be edited there.
NOT_EDITABLE = Message("(cannot be edited here)", "(この表では編集できない)")
NOT_EDITABLE_TEXT = f"{NOT_EDITABLE.en} {NOT_EDITABLE.ja}"


class Shown(NamedTuple):
    """A cell's content.

    Attributes:
        value: What stands in the cell.
        locked: True when the value cannot be shown exactly and must stay as it is.
    """

    value: CellValue
    locked: bool = False


class Cells:
    """Shows values of the columns' kinds, with the labels of one knowledge base."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._vocabularies = vocabularies
        self._codes: dict[str, Codes] = {}

    def codes(self, name: str) -> Codes:
        """The codes of a vocabulary."""
        if name not in self._codes:
            self._codes[name] = Codes(name, self._vocabularies)
        return self._codes[name]

    def shown(self, column: Column, value: Any) -> Shown:
        """What a cell of a column shows for a value of an entry; nothing for a value that is absent or empty."""
        if value is None or value in ("", []):
            return Shown(None)
        if not column.many:
            return self._one(column, value)
        if not isinstance(value, list):
            return _LOCKED
        items = [self._one(column, item) for item in value]
        texts = [item.value for item in items]
        if any(item.locked or not isinstance(item.value, str) or _breaks(item.value) for item in items):
            return _LOCKED
        return _text("\n".join(str(text) for text in texts))

    def _one(self, column: Column, value: Any) -> Shown:
        if column.kind == "truth":
            return Shown(value) if isinstance(value, bool) else _LOCKED
        if column.kind in ("whole", "number"):
            return _number(value)
        if not isinstance(value, str) or value == "":
            return _LOCKED
        return _text(self.codes(column.vocabulary).text_of(value) if column.kind == "code" else value)


_LOCKED = Shown(NOT_EDITABLE_TEXT, locked=True)


def _breaks(text: str) -> bool:
    """Whether a text cannot be one line of a cell."""
    return "\n" in text or text != text.strip() or not text


def _text(text: str) -> Shown:
    too_long = len(text.encode("utf-16-le", "surrogatepass")) // 2 > CELL_LIMIT
    return _LOCKED if too_long or _UNSAFE.search(text) else Shown(text)


def _number(value: Any) -> Shown:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _LOCKED
    plain = int(value) if isinstance(value, int) else float(value)
    exact = abs(plain) <= _LARGEST_WHOLE and float(f"{plain:.{_DIGITS}g}") == plain
    return Shown(plain) if exact else _LOCKED
