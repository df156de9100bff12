"""All entries, out and back: nothing changes, whoever saved the workbook, and every value stands in a cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from editing.sheet.base import BaseEntry
from editing.sheet.cells import Cells
from editing.sheet.exporting import read_entry, workbook
from editing.sheet.layout import NUMBER, OF, VERSION, tables
from editing.sheet.matching import match_sheets
from editing.sheet.reading import Book as ReadBook
from editing.sheet.reading import Row, read_book
from editing.sheet.records import put
from editing.sheet.staleness import stale_texts
from editing.sheet.values import value_of
from kb.files import entry_files, find_root
from kb.models import COLLECTIONS
from kb.translations.pairs import pairs_of_data
from kb.translations.records import PairRecord, state_file, written_records
from kb.vocabulary import vocabularies_of
from tests.editing.sheet_books import TODAY, Book, exported, planned, resaved_by_libreoffice
from tests.samples import small_kb


@pytest.fixture(scope="module")
def root() -> Path:
    return find_root(None)


@pytest.fixture(scope="module")
def everything(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(root, tmp_path_factory.mktemp("all"))


def assert_nothing_changes(root: Path, path: Path) -> None:
    plan = planned(root, path)
    assert plan.entries == sum(1 for _ in entry_files(root)) >= 900
    assert not plan.problems
    assert not plan.conflicts
    assert not plan.remarks
    assert not plan.drafts


def test_as_it_was_written(root: Path, everything: Path) -> None:
    assert_nothing_changes(root, everything)
    assert everything.stat().st_size < 4_000_000


def test_saved_by_openpyxl(root: Path, everything: Path, tmp_path: Path) -> None:
    book = Book(everything)
    book.path = tmp_path / "again.xlsx"
    assert_nothing_changes(root, book.save())


def test_saved_by_libreoffice(root: Path, everything: Path, tmp_path: Path) -> None:
    assert_nothing_changes(root, resaved_by_libreoffice(everything, tmp_path))


def test_every_value_of_every_entry_stands_in_a_cell(root: Path, everything: Path) -> None:
    book = read_book(everything)
    rebuilt = _rebuilt(book, Cells(vocabularies_of(root)))
    for file in entry_files(root):
        entry = read_entry(file)
        assert rebuilt[entry.name] == _without_empty(entry.data), entry.name


def _rebuilt(book: ReadBook, cells: Cells) -> dict[str, dict[str, Any]]:
    """The entries from the cells alone, without the exported state."""
    entries: dict[str, dict[str, Any]] = {}
    lists: dict[tuple[Any, ...], list[Any]] = {}
    # Outer lists come before those inside their records.
    for sheet in sorted(match_sheets(book.sheets, book.base).sheets, key=lambda sheet: len(sheet.table.path)):
        path = sheet.table.path
        for row in sheet.rows:
            record: dict[str, Any] = {}
            for column, number in sheet.columns.items():
                if number in row.cells:
                    put(record, column.path, value_of(column, row.cells[number], cells))
            key = _value(row, 1)
            if not path:
                entries[f"{sheet.table.collections[0]}/{key}"] = {"id": key} | record
                continue
            of = _value(row, sheet.keys[OF]) if OF in sheet.keys else ""
            holder = lists[(key, *path[: path.index(None)])][int(of) - 1] if of else entries[key]
            steps = tuple(part for part in path[path.index(None) + 1 :] if part) if of else path
            items = lists.setdefault((key, of, *path) if of else (key, *path), [])
            assert _value(row, sheet.keys[NUMBER]) == str(len(items) + 1)
            items.append(record)
            put(holder, steps, items)  # type: ignore[arg-type] # no None is left in it
    return entries


def _value(row: Row, at: int) -> str:
    return str(row.cells[at].value) if at in row.cells else ""


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_empty(item) for name, item in value.items() if item not in (None, [], {})}
    return [_without_empty(item) for item in value] if isinstance(value, list) else value


def test_headings_of_a_sheet_differ_in_both_languages() -> None:
    for table in tables(COLLECTIONS):
        for at in (0, 1):
            headings = [column.words[at] for column in table.columns]
            assert len(set(headings)) == len(headings), table.title
            assert all(headings)


def test_names_of_sheets_are_such_as_excel_takes() -> None:
    titles = [table.title for table in tables(COLLECTIONS)]
    assert len({title.casefold() for title in titles}) == len(titles)
    assert all(0 < len(title) <= 31 and not set(title) & set("[]:*?/\\'") for title in titles)


def test_locked_are_id_and_version_alone(everything: Path) -> None:
    book = Book(everything)
    sheet = book.sheet("guidelines")
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert sheet.freeze_panes == "B4"
    assert sheet.auto_filter.ref
    locked = {sheet.cell(1, cell.column).value for cell in sheet[4] if cell.protection.locked and cell.value}
    assert locked == {sheet.cell(1, 1).value, VERSION}


def test_notes_lists_and_colours(everything: Path) -> None:
    sheet = Book(everything).sheet("guidelines")
    notes = {sheet.cell(1, cell.column).value: cell.comment.text for cell in sheet[2] if cell.comment}
    assert "Present status." in notes["status"]
    assert "現在の状態。" in notes["status"]
    assert "in-force – " in notes["status"]
    ranges = {str(item.sqref).split(":")[0]: item.formula1 for item in sheet.data_validations.dataValidation}
    at = next(cell.column_letter for cell in sheet[1] if cell.value == "status")
    assert ranges[f"{at}4"].startswith("'codes")
    formulas = [rule.formula[0] for rules in sheet.conditional_formatting for rule in rules.rules]
    assert any("LEN(" in formula for formula in formulas)


def test_a_translation_is_stale_when_the_other_language_changed_alone(tmp_path: Path) -> None:
    root = small_kb(tmp_path)
    file = next(iter(entry_files(root)))
    entry = read_entry(file)
    key = (file.collection, file.stem)
    records = [PairRecord(pair.field, *pair.hashes, "2026-01-01") for pair in pairs_of_data(entry.data)]
    state = state_file(root, key)
    state.parent.mkdir(parents=True)
    state.write_text(written_records(records), encoding="utf-8")
    stale = stale_texts(root)
    assert not set(stale(entry.name, entry.data))
    changed = entry.data | {"summary": entry.data["summary"] | {"en": "Something else."}}
    assert set(stale(entry.name, changed)) == {"summary.ja"}


def test_stale_texts_are_marked_by_their_length(root: Path, tmp_path: Path) -> None:
    files = [file for file in entry_files(root) if file.collection == "products"][:3]
    entry: BaseEntry = read_entry(files[0])
    path = tmp_path / "stale.xlsx"
    path.write_bytes(workbook(root, files, TODAY, stale=lambda name, _: ["summary.ja"] * (name == entry.name)))
    sheet = Book(path).sheet("products")
    at = next(cell.column for cell in sheet[1] if cell.value == "@stale")
    assert sheet.cell(4, at).value == f"|summary.ja={len(entry.data['summary']['ja'])}|"
    assert sheet.cell(5, at).value is None
    assert not planned(root, path).remarks
