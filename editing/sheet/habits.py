"""What spreadsheet programs make of values by themselves, so that it is not taken for an edit.

A cell that differs from what was exported only by such a habit counts as unchanged; nothing else is smoothed over.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from editing.sheet.cells import CellValue
from editing.sheet.reading import Cell

#: Quotes, dashes, dots and spaces that autocorrection changes -> what was typed.
_TYPOGRAPHY: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛´`", "'"),
        **dict.fromkeys("“”„‟", '"'),
        **dict.fromkeys("\u00a0\u2007\u202f\u3000", " "),
        **dict.fromkeys("‐‑–—", "-"),
        **dict.fromkeys("\u200b\ufeff", ""),
        "…": "...",
    }
)
#: A carriage return as the file format escapes it (ECMA-376, part 1, 22.9.2.19 «ST_Xstring»).
_ESCAPED_RETURN: Final = "_x000D_"
_NUMBER: Final = re.compile(r"[-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?\Z")
_MONTH_OR_YEAR: Final = re.compile(r"(\d{4})(?:-(\d{2}))?\Z")
_TWO_NUMBERS: Final = re.compile(r"(\d{1,4})[-/.](\d{1,2})\Z")
#: Digits that a spreadsheet keeps of a number.
_DIGITS: Final = 15
#: What makes a program take a text for a formula; a quote before it is the usual protection (OWASP, CSV injection).
_FORMULA_SIGNS: Final = ("=", "+", "-", "@")


def cleaned(text: str) -> str:
    """A typed text with plain line breaks, without spaces at its ends and without a protecting apostrophe."""
    lines = text.replace(_ESCAPED_RETURN, "\n" if "\n" not in text else "").replace("\r\n", "\n").replace("\r", "\n")
    stripped = "\n".join(line.rstrip() for line in lines.split("\n")).strip()
    return stripped[1:] if stripped[:1] == "'" and stripped[1:2] in _FORMULA_SIGNS else stripped


def only_habits(cell: Cell, shown: CellValue) -> bool:
    """True when a cell means what was exported, apart from what programs change by themselves."""
    value = cell.value
    if isinstance(value, bool) or isinstance(shown, bool):
        return str(value).casefold() == str(shown).casefold()
    if isinstance(value, date):
        return isinstance(shown, str) and _date_of(value, shown)
    if isinstance(value, int | float):
        return _same_number(value, shown)
    if isinstance(value, str) and isinstance(shown, str):
        return value == shown or _folded(value) == _folded(shown)
    return isinstance(value, str) and isinstance(shown, int | float) and _same_number(shown, cleaned(value))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFC", cleaned(text)).translate(_TYPOGRAPHY).replace("--", "-")
    return "\n".join(" ".join(line.split(" ")).rstrip() for line in plain.split("\n")).strip()


def _same_number(value: float, shown: CellValue) -> bool:
    """``7`` for ``007``, ``1.5`` for ``1.50``, ``1.2E+14`` for all its digits; beyond 15 digits rounded as cells are."""
    if isinstance(shown, str):
        if not _NUMBER.match(shown):
            return False
        try:
            exact = Decimal(shown)
        except InvalidOperation:
            return False
    elif isinstance(shown, int | float):
        exact = Decimal(str(shown))
    else:
        return False
    return f"{float(exact):.{_DIGITS - 1}e}" == f"{float(value):.{_DIGITS - 1}e}"


def _date_of(value: date, shown: str) -> bool:
    """True when a date is what a program makes of a text: of ``2024-05`` the first of May, of ``3-4`` a day of a year."""
    day = value.date() if isinstance(value, datetime) else value
    if shown == day.isoformat():
        return True
    whole = _MONTH_OR_YEAR.match(shown)
    if whole:
        return day.year == int(whole[1]) and day.day == 1 and day.month == int(whole[2] or 1)
    parts = _TWO_NUMBERS.match(shown)
    if parts is None:
        return False
    return {int(parts[1]), int(parts[2])} in ({day.month, day.day}, {day.month, day.year % 100})
