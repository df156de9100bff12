"""What spreadsheet programs do to values by themselves changes nothing, and what people type is understood."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editing.sheet.cells import Cells
from editing.sheet.columns import Column, columns_of
from editing.sheet.exporting import workbook
from editing.sheet.habits import only_habits
from editing.sheet.layout import tables
from editing.sheet.problems import Place, Unfit
from editing.sheet.reading import Cell, Read
from editing.sheet.values import value_of
from kb.files import entry_files
from kb.models import COLLECTIONS, model_of
from kb.vocabulary import packaged_vocabularies
from tests.editing.sheet_books import TODAY, Book, planned
from tests.entries import minimal
from tests.samples import write_kb

CELLS = Cells(packaged_vocabularies())


def cell(value: Read, format_: str = "General") -> Cell:
    kinds = {bool: "b", int: "n", float: "n", str: "s"}
    kind = "d" if isinstance(value, date) else kinds[type(value)]
    return Cell(value, kind, format_, Place("sheet", "C4"))


def column(collection: str, name: str) -> Column:
    return next(item for item in columns_of(model_of(collection)) if item.name == name)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (7, "007"),
        (7.0, "007"),
        (1.5, "1.50"),
        (1.23456789012345e19, "12345678901234500001"),
        (1, "1"),
        ("1", 1),
        (5.0, 5),
        (0.1 + 0.2, 0.3),
        (datetime(2024, 5, 1), "2024-05"),
        (datetime(2024, 5, 17), "2024-05-17"),
        (datetime(2024, 1, 1), "2024"),
        (datetime(2026, 3, 4), "3-4"),
        (datetime(2026, 4, 3), "3/4"),
        (2024, "2024"),
        ("“Exosomes” aren’t drugs…", "\"Exosomes\" aren't drugs..."),
        ("a\u00a0b – c", "a b - c"),
        ("one\r\ntwo ", "one\ntwo"),
        ("one_x000D_\ntwo", "one\ntwo"),
        ("'=SUM(A1)", "=SUM(A1)"),
        (" text\n", "text"),
        (True, "TRUE"),
        ("true", True),
    ],
)  # fmt: skip
def test_habits(value: Read, shown: str | int | float | bool) -> None:
    assert only_habits(cell(value), shown)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (8, "007"),
        (7, "7a"),
        (True, 1),
        (1, True),
        (datetime(2024, 5, 2), "2024-05"),
        (datetime(2024, 6, 1), "2024-05"),
        (datetime(2024, 5, 1), "spring"),
        ("Exosome", "exosome"),
        ("一つ", "一つ。"),
        ("a  b", "a b c"),
        ("one\ntwo", "one two"),
    ],
)  # fmt: skip
def test_edits_are_no_habits(value: Read, shown: str | int | float | bool) -> None:
    assert not only_habits(cell(value), shown)


@pytest.mark.parametrize(
    ("written", "format_", "meant"),
    [
        ("2024", "@", "2024"),
        (2024, "General", "2024"),
        ("2024/5/1", "@", "2024-05-01"),
        ("2024年5月", "@", "2024-05"),
        ("2024年5月1日", "@", "2024-05-01"),
        ("２０２４－０５", "@", "2024-05"),
        (datetime(2024, 5, 17), "yyyy-mm-dd", "2024-05-17"),
        (datetime(2024, 5, 1), "yyyy-mm-dd", "2024-05-01"),
        (datetime(2024, 5, 1), "mmm-yy", "2024-05"),
        (datetime(2024, 5, 1), 'yyyy"年"m"月"', "2024-05"),
        (datetime(2024, 5, 1), '[$-411]yyyy"年"m"月"d"日"', "2024-05-01"),
    ],
)
def test_dates_are_read_no_more_exact_than_they_look(written: Read, format_: str, meant: str) -> None:
    assert value_of(column("guidelines", "dates.issued"), cell(written, format_), CELLS) == meant


@pytest.mark.parametrize(
    ("collection", "field", "written", "meant"),
    [
        ("trials", "enrolment.count", "1,200", 1200),
        ("trials", "enrolment.count", "３０", 30),
        ("trials", "enrolment.count", 12.0, 12),
        ("trials", "first_in_human", "はい", True),
        ("trials", "first_in_human", "偽", False),
        ("trials", "first_in_human", False, False),
        ("trials", "phase", 1, "1"),
        ("trials", "phase", "1-2", "1-2"),
        ("trials", "countries", "JP – Japan / 日本\n韓国\n", ["JP", "KR"]),
        ("trials", "acronym", 7, "7"),
        ("trials", "acronym", "'+plus", "+plus"),
        ("trials", "acronym", "=not a formula", "=not a formula"),
        ("trials", "acronym", " \u00a0 ", None),
        ("guidelines", "document_numbers", "12\r\n 007 ", ["12", "007"]),
    ],
)
def test_what_people_type(collection: str, field: str, written: Read, meant: Any) -> None:
    assert value_of(column(collection, field), cell(written), CELLS) == meant


@pytest.mark.parametrize(
    ("collection", "field", "written"),
    [
        ("trials", "enrolment.count", "about 30"),
        ("trials", "enrolment.count", 1.5),
        ("trials", "enrolment.count", True),
        ("trials", "first_in_human", "perhaps"),
        ("trials", "phase", datetime(2026, 1, 2)),
        ("trials", "acronym", datetime(2026, 1, 2)),
        ("trials", "acronym", 1.2345678901234567e17),
        ("trials", "status_as_of", datetime(2026, 1, 2, 13, 45)),
        ("trials", "status_as_of", "02/03/2026"),
        ("trials", "acronym", "x" * 40_000),
    ],
)
def test_what_cannot_be_meant(collection: str, field: str, written: Read) -> None:
    with pytest.raises(Unfit):
        value_of(column(collection, field), cell(written), CELLS)


def _values(item: Column) -> st.SearchStrategy[Any]:
    """Values such as an entry may hold in a column."""
    # Line separators of Unicode other than the line feed, and characters that XML has not, are no text of an entry.
    texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=60)
    texts = st.one_of(
        texts,
        st.from_regex(re.compile(r"[=+@'-]?[0-9]{1,18}(\.[0-9]{1,3})?(\n[a-z_x0-9]{1,9})?", re.ASCII), fullmatch=True),
    )
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "text": texts,
        "reference": st.from_regex(re.compile(r"[a-z0-9]{1,9}(-[a-z0-9]{1,5})?"), fullmatch=True),
        "date": st.one_of(
            st.dates(date(1980, 1, 1)).map(lambda day: day.isoformat()),
            st.dates(date(1980, 1, 1)).map(lambda day: day.isoformat()[:7]),
            st.integers(1980, 2090).map(str),
        ),
        "whole": st.integers(-(10**17), 10**17),
        "number": st.one_of(st.integers(-100, 10**6), st.floats(allow_nan=False, allow_infinity=False)),
        "truth": st.booleans(),
    }
    one = st.sampled_from(list(packaged_vocabularies()[item.vocabulary])) if item.vocabulary else kinds[item.kind]
    return st.lists(one, min_size=1, max_size=4) if item.many else one


COLUMNS = [item for table in tables(COLLECTIONS) for item in table.columns]


@given(st.data())
@settings(max_examples=600, deadline=None)
def test_a_shown_value_means_itself(data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(COLUMNS))
    value = data.draw(_values(item))
    shown = CELLS.shown(item, value)
    if shown.locked:
        return
    assert shown.value is not None
    assert only_habits(cell(shown.value), shown.value)
    meant = value_of(item, cell(shown.value), CELLS)
    texts = value if item.many else [value]
    if all(text == str(text).strip().lstrip("'") for text in texts if isinstance(text, str)):
        assert meant == value


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=80), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_any_text_survives_a_workbook(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("texts")
    root = write_kb(
        folder,
        glossary=[minimal("glossary", f"t{at}", usage={"en": text, "ja": text}) for at, text in enumerate(texts)],
    )
    path = folder / "texts.xlsx"
    path.write_bytes(workbook(root, list(entry_files(root)), TODAY))
    for again in (path, Book(path).save()):
        plan = planned(root, again)
        assert not plan.drafts
        assert not plan.problems
