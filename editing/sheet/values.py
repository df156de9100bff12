"""The value that a cell's content means for its field."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from typing import Any, Final, NoReturn

from editing.sheet.cells import CELL_LIMIT, Cells
from editing.sheet.columns import Column
from editing.sheet.habits import cleaned
from editing.sheet.problems import Unfit
from editing.sheet.reading import Cell
from kb.models.base import PARTIAL_DATE
from kb.problems import Message, near_miss, shorten

_TRUTHS: Final = {
    **dict.fromkeys(("true", "yes", "1", "はい", "真", "○"), True),
    **dict.fromkeys(("false", "no", "0", "いいえ", "偽", "×"), False),
}
_PLAIN_NUMBER: Final = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?\Z")
_THOUSANDS: Final = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z")
_WRITTEN_DATE: Final = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?\Z")
#: A number format that shows no day, such as ``mmm-yy`` or ``yyyy"年"m"月"``.
_DAY: Final = re.compile(r"d", re.IGNORECASE)
_IN_QUOTES: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
#: Whole numbers beyond this lose digits in a cell.
_EXACT: Final = 10**15


def value_of(column: Column, cell: Cell, cells: Cells) -> Any:
    """The value that a field takes from a cell; None for an empty one.

    Raises:
        Unfit: when the content is no value of the field.
    """
    if isinstance(cell.value, str) and not cleaned(cell.value):
        return None
    if isinstance(cell.value, str) and len(cell.value.encode("utf-16-le", "surrogatepass")) // 2 > CELL_LIMIT:
        _unfit(cell, Message(f"At most {CELL_LIMIT:,} characters.", f"{CELL_LIMIT:,}文字以下とする。"), _ENTER)
    if not column.many:
        return _one(column, cell, cells)
    if not isinstance(cell.value, str):
        return [_one(column, cell, cells)]
    lines = [line.strip() for line in cleaned(cell.value).split("\n")]
    return [_one(column, cell._replace(value=line), cells) for line in lines if line]


def _one(column: Column, cell: Cell, cells: Cells) -> Any:
    if column.kind == "truth":
        return _truth(cell)
    if column.kind in ("whole", "number"):
        return _number(cell, whole=column.kind == "whole")
    if column.kind == "date":
        return _partial_date(cell)
    text = _written(cell)
    if column.kind != "code":
        return text
    code = cells.codes(column.vocabulary).code_of(text)
    if code is None:
        _no_code(column, cell, cells, text)
    return code


def _truth(cell: Cell) -> bool:
    if isinstance(cell.value, bool):
        return cell.value
    found = _TRUTHS.get(str(cell.value).strip().casefold())
    if found is None:
        _unfit(cell, Message("TRUE or FALSE.", "TRUE又はFALSEとする。"), _ENTER)
    return found


def _number(cell: Cell, *, whole: bool) -> int | float:
    value = cell.value
    if isinstance(value, str):
        text = unicodedata.normalize("NFKC", cleaned(value)).replace("−", "-")
        if _THOUSANDS.match(text):
            text = text.replace(",", "")
        value = float(text) if _PLAIN_NUMBER.match(text) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        _unfit(cell, Message("A number.", "数値とする。"), _ENTER)
    if float(value).is_integer() and abs(value) < _EXACT:
        return int(value)
    if whole:
        _unfit(cell, Message("A whole number.", "整数とする。"), _ENTER)
    return value


def _partial_date(cell: Cell) -> str:
    if isinstance(cell.value, date):
        return _from_date(cell, cell.value)
    text = unicodedata.normalize("NFKC", _written(cell))
    found = _WRITTEN_DATE.match(text)
    if not found:
        _unfit(cell, _DATE, _AS_TEXT)
    written = "-".join(part.zfill(2) for part in found.groups() if part)
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        _unfit(cell, Message("A day of the calendar.", "暦にある日付とする。"), _ENTER)
    return written if PARTIAL_DATE.match(written) else _unfit(cell, _DATE, _AS_TEXT)


def _from_date(cell: Cell, value: date) -> str:
    """A day, or a month when the cell shows no day: a program has completed what was typed."""
    if isinstance(value, datetime) and value.time() != time():
        _unfit(cell, _DATE, _AS_TEXT)
    day = (value.date() if isinstance(value, datetime) else value).isoformat()
    shows_day = _DAY.search(_IN_QUOTES.sub("", cell.format))
    return day if shows_day or not day.endswith("-01") else day[:7]


def _written(cell: Cell) -> str:
    """The text of a cell; a number that was typed where text is meant keeps its digits."""
    value = cell.value
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        if float(value).is_integer() and abs(value) < _EXACT:
            return str(int(value))
        if abs(value) < _EXACT:
            return repr(value)
    return _unfit(cell, Message("Text.", "文字列とする。"), _AS_TEXT)


_ENTER = Message("Correct the cell.", "セルを訂正する。")
_AS_TEXT = Message("Format the cell as text and type it again.", "セルの書式を「文字列」にして、入力し直す。")
_DATE = Message(
    "2024, 2024-05 or 2024-05-01, as exact as the source.",
    "2024、2024-05、2024-05-01のいずれかとする(資料と同じ詳しさ)。",
)


def _no_code(column: Column, cell: Cell, cells: Cells, text: str) -> NoReturn:
    codes = cells.codes(column.vocabulary)
    near = near_miss(text, [*codes.shown, *codes.shown.values()])
    raise Unfit(
        Message(f"«{shorten(text)}» is no code.{near.en}", f"「{shorten(text)}」というコードはない。{near.ja}"),
        Message(f"A code of «{column.vocabulary}».", f"「{column.vocabulary}」のコードとする。"),
        Message("Choose one from the list.", "一覧から選ぶ。"),
    )


def _unfit(cell: Cell, expected: Message, remedy: Message) -> NoReturn:
    kind = {
        "d": Message("the date ", "日付"), "b": Message("the truth value ", "真偽値"), "n": Message("the number ", "数値"),
    }.get(cell.kind, Message("", ""))  # fmt: skip
    shown = shorten(cell.value)
    raise Unfit(
        Message(f"The cell holds {kind.en}«{shown}».", f"セルの内容は{kind.ja}「{shown}」である。"), expected, remedy
    )
