"""Edits of a workbook arrive in the entries, and only they do; what cannot be meant is refused by cell."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from editing.sheet.importing import carry_out
from editing.sheet.problems import CellProblem
from editing.sheet.report import report
from kb.vocabulary import packaged_vocabularies
from kb.yaml12 import read_yaml
from tests.editing.sheet_books import TODAY, Book, exported, planned, resaved_by_libreoffice
from tests.samples import attribute, guideline, term, write_kb

G = "guidelines/g"
PAIRS = [{"en": "First.", "ja": "第一。"}, {"en": "Second.", "ja": "第二。"}, {"en": "Third.", "ja": "第三。"}]
ASSAY = {"method": "nta", "measures": [{"en": "Number.", "ja": "個数。"}, {"en": "Size.", "ja": "粒径。"}]}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write_kb(
        tmp_path,
        glossary=[term("exosome"), term("vesicle")],
        attributes=[attribute("count", assays=[ASSAY])],
        guidelines=[
            guideline("g", topics=["quality-attributes", "safety"], notes=PAIRS, document_numbers=["007", "12"]),
            guideline("h"),
        ],
    )
    path = file(root, G)
    path.write_text(path.read_text(encoding="utf-8").replace("status: ", "# seen\nstatus: ", 1), encoding="utf-8")
    return root


@pytest.fixture
def book(root: Path, tmp_path: Path) -> Book:
    return Book(exported(root, tmp_path))


def file(root: Path, name: str) -> Path:
    return root / "entries" / f"{name}.yaml"


def lines(root: Path, name: str) -> list[str]:
    return file(root, name).read_text(encoding="utf-8").splitlines()


def only_problem(root: Path, book: Book) -> CellProblem:
    plan = planned(root, book.save())
    assert len(plan.problems) == 1, [problem.text("en") for problem in plan.problems]
    assert not plan.ready
    assert not plan.problems[0].text("ja").isascii()
    return plan.problems[0]


def test_edits_in_both_languages_arrive_and_only_they(root: Path, book: Book) -> None:
    before = {name: lines(root, name) for name in (G, "guidelines/h", "glossary/exosome", "attributes/count")}
    book.cell("guidelines", "title.en", "g").value = "A better title"
    book.cell("glossary", "summary.ja", "exosome").value = "より良い要約である。"
    plan = planned(root, book.save())
    assert plan.ready
    assert [change.name for change in plan.changes] == [G, "glossary/exosome"]
    assert len(carry_out(root, plan, TODAY)) == 2
    changed = {
        name: [pair for pair in zip(before[name], lines(root, name), strict=True) if pair[0] != pair[1]]
        for name in before
    }
    assert changed == {
        G: [("  en: guideline g", "  en: A better title")],
        "guidelines/h": [],
        "glossary/exosome": [("  ja: 細胞が放出する粒子である。", "  ja: より良い要約である。")],
        "attributes/count": [],
    }
    assert "# seen" in lines(root, G)


def test_edits_that_libreoffice_saved(root: Path, book: Book, tmp_path: Path) -> None:
    book.cell("guidelines", "title.ja", "g").value = "=1+1"
    book.cell("guidelines", "title.ja", "g").data_type = "s"
    book.cell("guidelines", "dates.effective", "g").value = "2025-04"
    book.cell("notes", "en", G, 2).value = "Two\nlines."
    plan = planned(root, resaved_by_libreoffice(book.save(), tmp_path))
    assert plan.ready
    carry_out(root, plan, TODAY)
    data = read_yaml(file(root, G))
    assert data["title"]["ja"] == "=1+1"
    assert data["dates"] == {"issued": "2024-05-01", "effective": "2025-04"}
    assert data["notes"][1] == {"en": "Two\nlines.", "ja": "第二。"}
    assert data["document_numbers"] == ["007", "12"]


def test_the_preview_speaks_the_readers_language(root: Path, book: Book) -> None:
    book.cell("guidelines", "status", "g").value = "withdrawn"
    plan = planned(root, book.save())
    english, japanese = ("\n".join(report(plan, packaged_vocabularies(), language)) for language in ("en", "ja"))
    assert "1 change in 1 of the 5 entries" in english
    assert "Present status: In force" in english
    assert "現在の状態: " in japanese
    assert "1件に変更1件" in japanese


def test_codes_are_understood_as_code_with_label_or_label(root: Path, book: Book) -> None:
    shown = book.cell("guidelines", "status", "g").value
    assert shown == "in-force – In force or current / 有効・現行"
    for written in ("withdrawn", "Withdrawn", "withdrawn – whatever", "WITHDRAWN - x"):
        book.cell("guidelines", "status", "g").value = written
        plan = planned(root, book.save())
        assert [change.changes[0].after for change in plan.changes] == ["withdrawn"], written
    book.cell("guidelines", "topics", "g").value = "safety\n\nadvertising – x\n"
    carry_out(root, planned(root, book.save()), TODAY)
    assert read_yaml(file(root, G))["topics"] == ["safety", "advertising"]


def test_records_are_added_changed_and_taken_out(root: Path, book: Book) -> None:
    book.cell("notes", "ja", G, 1).value = "第一の注記。"
    book.cell("notes", "@action", G, 2).value = "delete"
    book.add("notes", entry=G, en="Fourth.", ja="第四。")
    book.add("assays.*.measures", entry="attributes/count", **{"@of": 1}, en="Charge.", ja="電荷。")
    plan = planned(root, book.save())
    assert plan.ready, [problem.text("en") for problem in plan.problems]
    carry_out(root, plan, TODAY)
    assert read_yaml(file(root, G))["notes"] == [
        {"en": "First.", "ja": "第一の注記。"}, PAIRS[2], {"en": "Fourth.", "ja": "第四。"},
    ]  # fmt: skip
    measures = read_yaml(file(root, "attributes/count"))["assays"][0]["measures"]
    assert measures == [*ASSAY["measures"], {"en": "Charge.", "ja": "電荷。"}]


def test_rows_that_are_gone_hidden_or_moved_change_nothing(root: Path, book: Book) -> None:
    notes, guidelines = book.sheet("notes"), book.sheet("guidelines")
    notes.delete_rows(book.row(notes, G, 2))
    guidelines.delete_rows(book.row(guidelines, "h"))
    guidelines.row_dimensions[4].hidden = True
    guidelines.move_range("A4:BZ4", rows=20)
    plan = planned(root, book.save())
    assert not plan.drafts
    assert not plan.problems


def test_columns_may_be_moved_renamed_added_or_removed(root: Path, book: Book) -> None:
    sheet = book.sheet("guidelines")
    at = book.column(sheet, "title.en")
    sheet.cell(2, at).value, sheet.cell(3, at).value = "Titel", "タイトル"
    sheet.delete_cols(book.column(sheet, "summary.ja"))
    sheet.insert_cols(1)
    sheet.cell(1, 1).value, sheet.cell(2, 1).value, sheet.cell(4, 1).value = "", "To do", "ask her"
    sheet.cell(book.row(sheet, None, "g") if sheet.cell(4, 2).value != "g" else 4, at + 1).value = "New title"
    plan = planned(root, book.save())
    assert [change.name for change in plan.changes] == [G]
    assert [item.name for item in plan.changes[0].changes] == ["title"]
    assert any("summary.ja" in remark.message.en for remark in plan.remarks)


def test_a_lost_first_row_is_replaced_by_the_headings(root: Path, book: Book) -> None:
    book.cell("guidelines", "title.en", "g").value = "New title"
    book.cell("guidelines", "summary.en", "g").value = "New summary."
    sheet = book.sheet("guidelines")
    renamed, unknown = book.column(sheet, "summary.en"), book.column(sheet, "summary.ja")
    sheet.cell(2, renamed).value = "Abstract"
    sheet.cell(2, unknown).value = sheet.cell(3, unknown).value = "One paragraf in own words (Japanese)"
    sheet.delete_rows(1)
    plan = planned(root, book.save())
    assert [item.name for item in plan.changes[0].changes] == ["title", "summary"]
    assert any("Did you mean" in remark.message.en for remark in plan.remarks)


def test_headings_in_another_language_do_no_harm(root: Path, book: Book) -> None:
    book.cell("notes", "en", G, 1).value = "First note."
    for sheet in book.file.worksheets[1:-2]:
        for row in (2, 3):
            for cell in sheet[row]:
                cell.value = f"표제 {cell.column}"
    plan = planned(root, book.save())
    assert [change.name for change in plan.changes] == [G]
    assert not plan.problems


def test_a_misspelt_id_below_a_single_row_of_headings_is_no_heading(root: Path, book: Book) -> None:
    sheet = book.sheet("guidelines")
    sheet.delete_rows(3)
    sheet.cell(3, 1).value = "gg"
    assert "No entry «gg»" in only_problem(root, book).text("en")


@pytest.mark.parametrize(("mark", "field"), [("notes", "@number"), ("assays.*.measures", "@of")])
def test_without_its_numbers_a_list_cannot_be_compared(root: Path, book: Book, mark: str, field: str) -> None:
    sheet = book.sheet(mark)
    sheet.delete_cols(book.column(sheet, field))
    assert "is gone" in only_problem(root, book).text("en")


def test_a_sheet_of_somebodys_own_is_left_out(root: Path, book: Book) -> None:
    book.file.create_sheet("mine").cell(1, 1).value = "remember"
    plan = planned(root, book.save())
    assert not plan.problems
    assert [remark.place.sheet for remark in plan.remarks] == ["mine"]


def test_an_emptied_cell_takes_the_value_out(root: Path, book: Book) -> None:
    book.cell("guidelines", "dates.issued", "g").value = None
    plan = planned(root, book.save())
    carry_out(root, plan, TODAY)
    assert "dates" not in read_yaml(file(root, G))


def test_problems_of_validation_are_said_of_their_cells(root: Path, book: Book) -> None:
    book.cell("guidelines", "title.ja", "g").value = None
    row = book.add("requirements", entry=G, topic="safety", statement__en="x", statement__ja="x", level="required")
    book.cell("requirements", "attribute", "guidelines/h", 1).value = "no-such-attribute"
    plan = planned(root, book.save())
    places = {str(problem.place) for problem in plan.problems}
    sheet = book.sheet("requirements")
    assert str(book.sheet("guidelines").title) + "!D4" in places
    assert any(place.startswith(sheet.title) and place.endswith(str(row)) for place in places)
    assert f"{sheet.title}!{book.cell('requirements', 'attribute', 'guidelines/h', 1).coordinate}" in places
    assert not plan.ready


@pytest.mark.parametrize(
    ("mark", "field", "keys", "value", "said"),
    [
        ("guidelines", "status", ("g",), "in-forse", "Did you mean «in-force»?"),
        ("guidelines", "title.en", ("g",), "=1+1", "formula"),
        ("guidelines", "title.en", ("g",), "#N/A", "error #N/A"),
        ("guidelines", "dates.issued", ("g",), "spring 2024", "2024-05"),
        ("guidelines", "dates.issued", ("g",), "2024-13", "calendar"),
        ("notes", "@action", (G, 1), "remove", "no action"),
        ("notes", "@number", (G, 1), 17, "no record of this number"),
    ],
)
def test_a_cell_that_cannot_be_meant(
    root: Path, book: Book, mark: str, field: str, keys: tuple[object, ...], value: object, said: str
) -> None:
    cell = book.cell(mark, field, *keys)
    cell.value = value
    problem = only_problem(root, book)
    assert said in problem.text("en")
    assert problem.place.sheet == book.sheet(mark).title
    if field != "@number":
        assert problem.place.cell in (cell.coordinate, f"A{cell.row}")


def test_a_new_id_is_refused_with_the_near_miss(root: Path, book: Book) -> None:
    sheet = book.sheet("glossary")
    sheet.cell(book.row(sheet, "exosome"), 1).value = "exosomes"
    text = only_problem(root, book).text("en")
    assert "Did you mean «exosome»?" in text
    assert "evreg new" in text


def test_a_row_that_was_copied_and_edited_keeps_its_number_by_mistake(root: Path, book: Book) -> None:
    book.add("notes", entry=G, **{"@number": 1}, en="Copied and edited.", ja="写して直した。")
    assert "empty its number" in only_problem(root, book).text("en")


def test_a_deletion_is_not_lost_in_a_copy_of_the_row(root: Path, book: Book) -> None:
    book.add("notes", entry=G, **{"@number": 1, "@action": "delete"}, **PAIRS[0])
    assert "differs" in only_problem(root, book).text("en")


def test_readings_and_bold_words_of_excel_are_no_edits(root: Path, book: Book) -> None:
    """Excel keeps the reading of Japanese that was typed, and the format of single words, inside the text."""
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(book.path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strings = parts["xl/sharedStrings.xml"]
    plain = "<si><t>細胞が放出する粒子である。</t></si>".encode()
    assert strings.count(plain) == 1
    rich = (
        '<si><r><t>細胞が</t></r><r><rPr><b/></rPr><t xml:space="preserve">放出する粒子である。</t></r>'
        '<rPh sb="0" eb="2"><t>サイボウ</t></rPh><phoneticPr fontId="1"/></si>'
    )
    parts["xl/sharedStrings.xml"] = strings.replace(plain, rich.encode())
    assert space in strings
    with zipfile.ZipFile(book.path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    plan = planned(root, book.path)
    assert not plan.drafts
    assert not plan.problems


def test_a_row_whose_values_are_all_gone_is_no_deletion(root: Path, book: Book) -> None:
    for field in ("en", "ja"):
        book.cell("notes", field, G, 1).value = None
    assert "«delete»" in only_problem(root, book).text("en")


def test_merged_cells_are_refused(root: Path, book: Book) -> None:
    book.sheet("guidelines").merge_cells("C4:C5")
    plan = planned(root, book.save())
    assert any("merged" in problem.text("en") and problem.place.cell == "C4:C5" for problem in plan.problems)


def test_a_row_of_another_export_is_refused(root: Path, book: Book) -> None:
    book.cell("guidelines", "@version", "g").value = "v0000000000000000"
    assert "not that of this export" in only_problem(root, book).text("en")


def test_a_doubled_column_or_sheet_is_refused(root: Path, book: Book) -> None:
    sheet = book.sheet("guidelines")
    sheet.cell(1, sheet.max_column + 1).value = "title.en"
    assert "stands twice" in only_problem(root, book).text("en")


def test_without_the_hidden_sheet_nothing_can_be_compared(root: Path, book: Book) -> None:
    from kb.problems import EvregError

    del book.file["_evreg"]
    with pytest.raises(EvregError, match="exported state"):
        planned(root, book.save())


def test_an_altered_exported_state_is_noticed(root: Path, book: Book) -> None:
    from kb.problems import EvregError

    cell = book.file["_evreg"].cell(2, 4)
    cell.value = str(cell.value).replace("guideline", "guide")
    with pytest.raises(EvregError, match="altered"):
        planned(root, book.save())


def test_a_value_too_long_for_a_cell_stays_untouched(root: Path, tmp_path: Path) -> None:
    path = file(root, "glossary/exosome")
    path.write_text(path.read_text(encoding="utf-8").replace("A particle", "A" * 40_000), encoding="utf-8")
    book = Book(exported(root, tmp_path))
    assert "cannot be edited here" in str(book.cell("glossary", "summary.en", "exosome").value)
    book.cell("glossary", "title.en", "exosome").value = "Exosome"
    plan = planned(root, book.save())
    assert [item.name for item in plan.changes[0].changes] == ["title"]
    book.cell("glossary", "summary.en", "exosome").value = "short"
    assert "does not fit a cell" in only_problem(root, book).text("en")
