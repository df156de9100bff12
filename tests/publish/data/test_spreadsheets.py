"""CSV and XLSX: nothing is executed, nothing is lost."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from kb import KnowledgeBase, load
from kb.models import COLLECTIONS, model_of
from publish.csv_text import neutralised, restored, safe_csv
from publish.data.columns import columns_of
from publish.data.csv_file import csv_file
from publish.data.xlsx_file import CELL_LIMIT, CUT, xlsx_file
from tests.samples import term, write_kb

FORMULAS = ("=1+1", "+1", "-1", "@SUM(1)", "\tx", "\rx", "＝1", "－2", "=cmd|' /C calc'!A0", "'=1", "'quoted'")


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _attacked(folder: Path) -> KnowledgeBase:
    terms = [term(f"t{n}", title={"en": text, "ja": f"{text}語"}) for n, text in enumerate(FORMULAS)]
    return load(write_kb(folder, glossary=terms))


@pytest.mark.parametrize("text", [*FORMULAS, "plain", "力価", "a=b", ""])
def test_neutralising_can_be_undone(text: str) -> None:
    assert restored(neutralised(text)) == text
    assert not neutralised(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


def test_every_kind_of_cell_and_the_headings_are_written_by_one_rule() -> None:
    content = safe_csv(["=a", "b"], [["＠x", -1], [None, True], ['say "x"', 0.5]])
    assert content == b'\xef\xbb\xbf"\'=a","b"\r\n"\'\xef\xbc\xa0x","-1"\r\n"","true"\r\n"say ""x""","0.5"\r\n'
    assert safe_csv(["a"], [], with_mark=False) == b'"a"\r\n'


def test_csv_begins_with_the_mark_that_excel_needs_and_keeps_its_rows(any_kb: KnowledgeBase) -> None:
    for collection in COLLECTIONS:
        content = csv_file(any_kb, collection)
        assert content.startswith(b"\xef\xbb\xbf")
        rows = _rows(content)
        assert [row["id"] for row in rows] == list(any_kb.collection(collection))
        for row, entry in zip(rows, any_kb.collection(collection).values(), strict=True):
            assert restored(row["title_ja"]) == entry.title.ja
            assert row["review_verified"] == entry.review.verified
            assert not [text for text in row.values() if text.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_csv_holds_no_formula(tmp_path: Path) -> None:
    rows = _rows(csv_file(_attacked(tmp_path), "glossary"))
    found = {row["id"]: row["title_en"] for row in rows}
    for number, text in enumerate(FORMULAS):
        assert found[f"t{number}"] == f"'{text}"


def test_workbook_has_a_sheet_for_each_collection_with_filters_and_both_languages(any_kb: KnowledgeBase) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file(any_kb, COLLECTIONS)))
    assert book.sheetnames == list(COLLECTIONS)
    for sheet in book:
        heads = [cell.value for cell in sheet[1]]
        assert heads == [column.name for column in columns_of(model_of(sheet.title))]
        assert {"title_en", "title_ja"} <= set(heads)
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet["A1"].comment.text.count("\n") >= 1
        ids = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True) if row[0]]
        assert ids == list(any_kb.collection(sheet.title))


def test_workbook_holds_texts_only(full_kb: KnowledgeBase, tmp_path: Path) -> None:
    for base in (full_kb, _attacked(tmp_path)):
        content = xlsx_file(base, COLLECTIONS)
        book = openpyxl.load_workbook(io.BytesIO(content))
        assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f" or cell.hyperlink]
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            assert not [name for name in parts.namelist() if "external" in name.lower() or "vba" in name.lower()]
    cells = [row[1] for row in book["glossary"].iter_rows(min_row=2, values_only=True)]
    assert "=1+1" in cells


def test_a_text_too_long_for_excel_is_cut_and_says_so(tmp_path: Path) -> None:
    long = "x" * (CELL_LIMIT + 1)
    base = load(write_kb(tmp_path, glossary=[term("t", summary={"en": long, "ja": "短い。"})]))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_file(base, ("glossary",))))["glossary"]
    column = [cell.value for cell in sheet[1]].index("summary_en") + 1
    text = sheet.cell(2, column).value
    assert len(text) == CELL_LIMIT
    assert text.endswith(CUT)
    assert long in csv_file(base, "glossary").decode("utf-8-sig")


def test_partial_dates_stay_text(tmp_path: Path) -> None:
    base = load(write_kb(tmp_path, glossary=[term("t", review={"status": "draft", "verified": "2026-06"})]))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_file(base, ("glossary",))))["glossary"]
    cell = next(cell for head, cell in zip(sheet[1], sheet[2], strict=True) if head.value == "review_verified")
    assert (cell.value, cell.data_type) == ("2026-06", "s")
