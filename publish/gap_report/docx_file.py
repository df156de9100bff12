"""A gap report as a Word file: real headings and lists, header rows that repeat, the language set for spell-checkers."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from kb.problems import Language
from publish.gap_report.content import Bullets, Heading, Paragraph, Part, Table
from publish.safe_text import visible

#: Fonts that Word brings on Windows and macOS; others substitute by the language.
_LATIN_FONT, _JAPANESE_FONT = "Calibri", "Yu Gothic"
_LANGUAGES = {"en": "en-GB", "ja": "ja-JP"}
#: Widths of the six columns in millimetres; together what A4 landscape leaves between margins of 15 mm.
_WIDTHS = (34, 19, 39, 62, 62, 51)


def as_docx(parts: Iterable[Part], language: Language, as_of: str) -> bytes:
    """The file.

    Args:
        parts: The report.
        language: Of its text.
        as_of: The day to which the report refers, ``YYYY-MM-DD``; stands in the properties in place of the time of writing,
            so that equal reports differ in nothing.
    """
    document = Document()
    _page(document)
    _fonts(document, language)
    for part in parts:
        _add(document, part)
    _properties(document, language, as_of)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(15)


def _fonts(document: Any, language: Language) -> None:
    """Name both fonts and the language in every style in use; theme fonts would override the names."""
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet"):
        style = document.styles[name]
        style.font.name = _LATIN_FONT
        properties = style.element.get_or_add_rPr()
        fonts = properties.find(qn("w:rFonts"))
        for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{attribute}"), None)
        fonts.set(qn("w:hAnsi"), _LATIN_FONT)
        fonts.set(qn("w:eastAsia"), _JAPANESE_FONT)
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), _LANGUAGES[language])
        spoken.set(qn("w:eastAsia"), "ja-JP")
        properties.append(spoken)
    document.styles["Normal"].font.size = Pt(9.5)


def _add(document: Any, part: Part) -> None:
    match part:
        case Heading(level, text):
            document.add_heading(visible(text), level - 1)  # level 0 is the style «Title»
        case Paragraph(text):
            document.add_paragraph(visible(text))
        case Bullets(items):
            for item in items:
                document.add_paragraph(visible(item), style="List Bullet")
        case Table():
            _add_table(document, part)


def _add_table(document: Any, part: Table) -> None:
    table = document.add_table(rows=1, cols=len(part.headings), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    _fill(table.rows[0], part.headings, bold=True)
    _set(table.rows[0], "w:cantSplit", "w:tblHeader")
    for cells in part.rows:
        row = table.add_row()
        _set(row, "w:cantSplit")
        _fill(row, cells)
    document.add_paragraph()


def _set(row: Any, *properties: str) -> None:
    """Turn properties of a row on; python-docx has no other way to them."""
    found = row._tr.get_or_add_trPr()  # noqa: SLF001
    for name in properties:
        found.append(OxmlElement(name))


def _fill(row: Any, texts: Iterable[str], bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, _WIDTHS, strict=True):
        cell.width = Mm(width)
        first, *rest = text.split("\n")
        paragraphs = [cell.paragraphs[0], *(cell.add_paragraph() for _ in rest)]
        for paragraph, line in zip(paragraphs, (first, *rest), strict=True):
            run = paragraph.add_run(visible(line))
            run.font.size = Pt(8)
            run.bold = bold
            paragraph.paragraph_format.space_after = Pt(1)


def _properties(document: Any, language: Language, as_of: str) -> None:
    properties = document.core_properties
    properties.title = next((item.text for item in document.paragraphs if item.style.name == "Title"), "")[:255]
    properties.author = "EVReg"
    properties.comments = ""
    properties.language = _LANGUAGES[language]
    year, month, day = (int(text) for text in f"{as_of}-01-01".split("-")[:3])
    properties.created = properties.modified = datetime(year, month, day)
