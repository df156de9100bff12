"""Writing the workbook."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

import xlsxwriter
from xlsxwriter.workbook import Workbook

from editing.sheet.base import BASE_MARK, BASE_SHEET, BaseEntry, base_rows, version_of
from editing.sheet.cells import Cells
from editing.sheet.code_sheet import CodeSheet
from editing.sheet.help_sheet import write_help
from editing.sheet.layout import Table, tables
from editing.sheet.style import Style
from editing.sheet.table_sheet import TableSheet
from editing.sheet.words import CODES_SHEET, HELP_SHEET
from kb.canonical import ordered, shape_of
from kb.files import EntryFile, entry_files
from kb.models import COLLECTIONS, model_of
from kb.problems import EvregError, YamlProblem
from kb.vocabulary import vocabularies_of
from kb.yaml12 import parse

#: Called with the number of rows written and of all rows.
Progress = Callable[[int, int], None]
#: Collection/id and plain data -> dotted fields whose translation is out of date (``summary.ja``, ``notes.0.ja``).
Stale = Callable[[str, Mapping[str, Any]], Iterable[str]]
#: Nothing may become a formula, a link or a number by its looks.
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(
    root: Path,
    files: Sequence[EntryFile],
    today: date,
    collections: Sequence[str] = (),
    stale: Stale | None = None,
    progress: Progress | None = None,
) -> bytes:
    """A workbook with all fields of some entries.

    Args:
        root: The knowledge base.
        files: The entries.
        today: The day to be named as that of the export.
        collections: Which have sheets; by default those of the entries.
        stale: Says which translations are out of date; they are coloured.
        progress: Called while rows are written.

    Returns:
        The ``.xlsx`` file.

    Raises:
        EvregError: when an entry cannot be read.
    """
    entries = [read_entry(file) for file in files]
    wanted = set(collections) or {file.collection for file in files}
    old = {entry.name: frozenset(stale(entry.name, entry.data)) for entry in entries} if stale else {}
    found, cells = tables([name for name in COLLECTIONS if name in wanted]), Cells(vocabularies_of(root))
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    book.set_properties({"title": "EVReg", "author": "EVReg", "comments": today.isoformat()})
    _fill(book, _Filling(entries, found, cells, _ids(root), old, today), progress or (lambda done, total: None))
    book.close()
    return buffer.getvalue()


def read_entry(file: EntryFile) -> BaseEntry:
    """An entry as plain data, with the version of its file.

    Raises:
        EvregError: when it cannot be read.
    """
    return parsed_entry(file, file.path.read_bytes())


def parsed_entry(file: EntryFile, content: bytes) -> BaseEntry:
    """The entry that the bytes of a file are.

    Raises:
        EvregError: when they cannot be read.
    """
    try:
        data, _ = parse(content)
    except YamlProblem as problem:
        where = f"{file.name}:{problem.line}:{problem.column}"
        raise EvregError(where, problem.found, problem.expected, problem.remedy) from None
    plain = ordered(data, shape_of(model_of(file.collection)))
    return BaseEntry(f"{file.collection}/{file.stem}", version_of(content), plain)


def _ids(root: Path) -> dict[str, list[str]]:
    ids: dict[str, list[str]] = {name: [] for name in COLLECTIONS}
    for file in entry_files(root):
        ids[file.collection].append(file.stem)
    return ids


class _Filling(NamedTuple):
    """What a workbook is filled from."""

    entries: list[BaseEntry]
    tables: tuple[Table, ...]
    cells: Cells
    ids: Mapping[str, list[str]]
    stale: Mapping[str, frozenset[str]]
    today: date


def _fill(book: Workbook, given: _Filling, progress: Progress) -> None:
    style, codes = Style(book), CodeSheet(given.cells, given.ids)
    help_sheet = book.add_worksheet(HELP_SHEET)
    sheets = [TableSheet(table, given.entries, given.cells, given.stale) for table in given.tables]
    total, done = sum(len(sheet.rows) for sheet in sheets), 0
    for sheet in sheets:
        sheet.write(book.add_worksheet(sheet.table.title), style, codes)
        done += len(sheet.rows)
        progress(done, total)
    codes.write(book.add_worksheet(CODES_SHEET), style)
    write_help(help_sheet, style, sheets, len(given.entries), given.today)
    _write_base(book, given.entries)


def _write_base(book: Workbook, entries: list[BaseEntry]) -> None:
    sheet = book.add_worksheet(BASE_SHEET)
    sheet.very_hidden()
    sheet.write_string(0, 0, BASE_MARK)
    for number, row in enumerate(base_rows(entries), 1):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text)
