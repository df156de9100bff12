"""Reading a checked workbook row by row, without formulas, styles or links being followed."""

from __future__ import annotations

import io
import re
import warnings
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from editing.sheet.base import BASE_MARK, BaseEntry, damaged, read_base
from editing.sheet.guard import LIMITS, Limits, checked
from editing.sheet.problems import CellProblem, Place
from editing.sheet.refusals import too_many, unreadable
from kb.problems import Message

Read = str | int | float | bool | date | datetime | time | timedelta | None
#: What openpyxl raises on damaged files, found by damaging files.
_DAMAGED = (
    ParseError, SyntaxError, DefusedXmlException, BadZipFile, InvalidFileException, zlib.error, EOFError,
    KeyError, IndexError, ValueError, TypeError, AttributeError, OverflowError, NotImplementedError,
)  # fmt: skip
_PREFIX = rb"(?:[^\s<>/:!?]+:)?"
#: LibreOffice writes a truth value as one of two formulas.
_TRUTHS = {"=TRUE()": True, "=FALSE()": False}
_F = rb"<" + _PREFIX + rb"f(?![^<>]*>(?:TRUE|FALSE)\(\)</)[\s/>]"
_FORMULA = re.compile(rb"<" + _PREFIX + rb"c\b[^<>]*?\br=\"([A-Z]+\d+)\"[^<>]*>\s*" + _F)
_ANY_FORMULA = re.compile(_F)
_MERGED = re.compile(rb"<" + _PREFIX + rb"mergeCell\b[^<>]*?\bref=[\"']([A-Z0-9:]+)[\"']")
_MOST_NAMED = 20


class Cell(NamedTuple):
    """A filled cell.

    Attributes:
        value: What it holds.
        kind: openpyxl's letter: ``s`` text, ``n`` number, ``b`` truth, ``d`` date, ``e`` error.
        format: Its number format.
        place: Where it stands.
    """

    value: Read
    kind: str
    format: str
    place: Place


class Row(NamedTuple):
    """The filled cells of a row, by column number from 1."""

    number: int
    cells: Mapping[int, Cell]


class Sheet(NamedTuple):
    """A sheet of values."""

    title: str
    rows: tuple[Row, ...]


class Book(NamedTuple):
    """A workbook.

    Attributes:
        sheets: Those with values, without the hidden one that keeps the base.
        base: The entries from which it was exported.
        problems: Formulas, merged cells and errors in cells.
    """

    sheets: tuple[Sheet, ...]
    base: Mapping[str, BaseEntry]
    problems: tuple[CellProblem, ...]


def read_book(path: Path, limits: Limits = LIMITS) -> Book:
    """Read a workbook of :func:`editing.sheet.exporting.workbook`, whatever program saved it since.

    Args:
        path: The file.
        limits: What it may have.

    Raises:
        EvregError: when it is no such workbook, damaged, too large, or holds macros or links.
        OSError: when it cannot be read.
    """
    content = checked(path, limits)
    problems: list[CellProblem] = []
    with warnings.catch_warnings():
        # openpyxl warns of styles and extensions that it leaves out; only values are wanted here.
        warnings.simplefilter("ignore")
        try:
            found = list(_sheets(path.name, content, limits, problems))
        except _DAMAGED as error:
            raise unreadable(path.name, error) from None
    kept = [sheet for sheet in found if _is_base(sheet)]
    if len(kept) != 1:
        raise damaged(path.name)
    base = read_base(path.name, _base_rows(kept[0]))
    return Book(tuple(sheet for sheet in found if sheet is not kept[0]), base, tuple(problems))


def _is_base(sheet: Sheet) -> bool:
    first = sheet.rows[0].cells.get(1) if sheet.rows else None
    return first is not None and first.value == BASE_MARK


def _base_rows(sheet: Sheet) -> Iterator[tuple[str, str, str, str]]:
    for row in sheet.rows[1:]:
        name, version, checksum, part = (str(row.cells[at].value) if at in row.cells else "" for at in range(1, 5))
        yield name, version, checksum, part


def _sheets(where: str, content: bytes, limits: Limits, problems: list[CellProblem]) -> Iterator[Sheet]:
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    filled = 0
    for sheet in book.worksheets:
        _find_refused(sheet, problems)
        sheet.reset_dimensions()
        rows = tuple(_rows(where, sheet, limits, problems))
        filled += sum(len(row.cells) for row in rows)
        if filled > limits.cells:
            raise too_many(
                where, Message(f"{filled:,} filled cells.", f"入力のあるセルが{filled:,}個ある。"), limits.cells
            )
        yield Sheet(sheet.title, rows)
    book.close()


def _rows(where: str, sheet: Any, limits: Limits, problems: list[CellProblem]) -> Iterator[Row]:
    for number, cells in enumerate(sheet.iter_rows(), 1):
        found: dict[int, Cell] = {}
        for cell in cells:
            if cell.value is None or cell.value == "":
                continue
            place = Place(sheet.title, cell.coordinate)
            if cell.data_type == "e":
                problems.append(_error_value(place, str(cell.value)))
            truth = _TRUTHS.get(cell.value) if cell.data_type == "f" and isinstance(cell.value, str) else None
            value, kind = (cell.value, cell.data_type) if truth is None else (truth, "b")
            found[cell.column] = Cell(value, kind, str(cell.number_format), place)
        if not found:
            continue
        if number > limits.rows:
            what = Message(f"«{sheet.title}» has more than {limits.rows:,} rows.", f"「{sheet.title}」の行が多過ぎる。")
            raise too_many(where, what, limits.rows)
        if max(found) > limits.columns:
            what = Message(f"«{sheet.title}» has {max(found):,} columns.", f"「{sheet.title}」に{max(found):,}列ある。")
            raise too_many(where, what, limits.columns)
        yield Row(number, found)


def _find_refused(sheet: Any, problems: list[CellProblem]) -> None:
    """Formulas and merged cells, found in the text of the sheet: reading it row by row does not show the latter."""
    with sheet._get_source() as source:  # noqa: SLF001 - openpyxl offers no other way to the part of a sheet
        text: bytes = source.read()
    cells = [match.decode() for match in _FORMULA.findall(text)]
    if not cells and _ANY_FORMULA.search(text):
        cells = [""]
    problems += [_formula(Place(sheet.title, cell)) for cell in cells[:_MOST_NAMED]]
    problems += [_merged(Place(sheet.title, match.decode())) for match in _MERGED.findall(text)[:_MOST_NAMED]]


def _formula(place: Place) -> CellProblem:
    return CellProblem(
        place,
        Message("The cell holds a formula; it was not calculated.", "数式が入っている(計算は行っていない)。"),
        Message("A value.", "値を入力する。"),
        Message(
            "Copy the cell and paste it as values, or delete it.", "コピーして「値」として貼り付けるか、削除する。"
        ),
    )


def _merged(place: Place) -> CellProblem:
    return CellProblem(
        place,
        Message("Cells are merged, which empties all but the first.", "セルが結合され、先頭以外が空になっている。"),
        Message("Each value in its own cell.", "値はそれぞれのセルに入力する。"),
        Message("Unmerge them and enter the values again.", "結合を解除し、値を入れ直す。"),
    )


def _error_value(place: Place, value: str) -> CellProblem:
    return CellProblem(
        place,
        Message(f"The cell shows the error {value}.", f"エラー値{value}が入っている。"),
        Message("A value, or nothing.", "値を入力するか、空欄とする。"),
        Message("Enter the value again.", "値を入力し直す。"),
    )
