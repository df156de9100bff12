"""The pages of the gap analysis and its reports as Markdown and Word files."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

import kb
from kb import KnowledgeBase
from kb.analysis.gaps import gap_report
from kb.problems import Language
from publish.computed.gaps import files, pages
from publish.gap_report.content import Part, Table, content
from publish.gap_report.docx_file import as_docx
from publish.gap_report.markdown import as_markdown
from publish.gap_report.words import MOST, GapWords
from publish.labels import LANGUAGES
from publish.site import Site
from tests.asked import asked_kb, document, requirement
from tests.entries import PAIR, minimal

_TEST = {"attribute": "count", "criterion": {"en": "a | b <i>", "ja": "甲|乙"}, "method": PAIR, "sources": ["s1"]}


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    product = minimal("products", "p", release_tests=[_TEST], critical_attributes=["sterility"])
    return asked_kb(
        tmp_path,
        document("a", "KR", requirement("count", "required"), requirement("sterility")),
        document("b", "KR", requirement("potency-x"), status="draft"),
        products=[product, minimal("products", "silent")],
    )


def _content(base: KnowledgeBase, language: Language) -> list[Part]:
    return content(Site(base, language), gap_report(base, base.products["p"]))


def _word(base: KnowledgeBase, language: Language) -> Any:
    return Document(io.BytesIO(as_docx(_content(base, language), language, "2026-06-01")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_products_without_attributes_have_no_page(base: KnowledgeBase, language: Language) -> None:
    found = {page.path: page for page in pages(Site(base, language))}
    assert set(found) == {"gaps/", "gaps/p/"}
    assert 'href="p/#kr"' in found["gaps/"].body


def test_a_page_says_what_is_reported_and_never_that_something_is_met(base: KnowledgeBase) -> None:
    body = {page.path: page for page in pages(Site(base, "en"))}["gaps/p/"].body
    for words in ("Test or criterion reported", "Nothing reported in the sources", "Named as critical by the editors"):
        assert words in body
    assert "does not say whether a product complies" in body
    assert 'href="../../products/p/#release-tests"' in body
    assert 'href="../../matrix/#s-a.1"' in body
    assert not re.search(r"\b(met|compliant|fulfilled|passes)\b", re.sub("<[^>]+>", " ", body))


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_tables_are_cut_say_so_and_leave_all_to_the_record(tmp_path: Path, language: Language) -> None:
    base = asked_kb(
        tmp_path,
        document("a", "KR", *[requirement("count")] * (MOST + 7), requirement("sterility")),
        document("b", "KR", *[requirement("count")] * MOST, status="draft"),
        products=[minimal("products", "p", release_tests=[_TEST])],
    )
    site = Site(base, language)
    body = {page.path: page for page in pages(site)}["gaps/p/"].body
    said = GapWords(site).cut(MOST, MOST + 8)
    made = files(site)
    written = str(made["gaps/p/gap.md" if language == "en" else "ja/gaps/p/gap.md"])
    # Of both tables, the drafts' one is just short enough.
    assert body.count("<tbody><tr>") == 2
    assert body.count("<tr><td") == written.count("\n| ") - 4 == 2 * MOST
    assert body.count(said) == 1
    assert str(MOST + 8) in said
    assert "gap.json" in said
    assert f"../../matrix/#s-a.{MOST + 8}" in body
    (korea,) = json.loads(files(Site(base, "en"))["gaps/p/gap.json"])["jurisdictions"]
    assert len(korea["today"]) == MOST + 8
    whole = [part for part in content(site, gap_report(base, base.products["p"])) if isinstance(part, Table)]
    assert [len(part.rows) for part in whole] == [MOST + 8, MOST]


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_to_statements_and_records_lead_somewhere(language: Language) -> None:
    from publish.computed.matrix import pages as matrix_pages
    from publish.entry_page import entry_page

    site = Site(kb.load(), language)
    page = {page.path: page for page in pages(site)}["gaps/nebulised-huc-msc-ev-pf-china/"]
    listed = set(re.findall(r'id="(s-[^"]+)"', next(iter(matrix_pages(site))).body))
    assert set(re.findall(r'matrix/#([^"]+)"', page.body)) <= listed
    records = set(re.findall(r'href="\.\./\.\./(products|attributes)/([^/]+)/#([^"]+)"', page.body))
    assert len(records) > 5
    for collection, id_, anchor in records:
        assert f"{{#{anchor}}}" in entry_page(site, site.kb.collection(collection)[id_]).body


def test_the_files_are_markdown_in_each_language_and_json_in_both(base: KnowledgeBase) -> None:
    english, japanese = files(Site(base, "en")), files(Site(base, "ja"))
    assert set(english) == {"gaps/p/gap.md", "gaps/p/gap.json"}
    assert set(japanese) == {"ja/gaps/p/gap.md"}
    (korea,) = json.loads(english["gaps/p/gap.json"])["jurisdictions"]
    assert [(gap["attribute"], gap["status"]) for gap in korea["today"]] == [
        ("count", "criterion"),
        ("sterility", "nothing"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_markdown_keeps_its_tables_whatever_a_text_holds(base: KnowledgeBase, language: Language) -> None:
    text = as_markdown(_content(base, language))
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert rows
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {7}
    assert "\\|" in text
    assert "<i>" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_file_reads_back_with_headings_and_repeated_header_rows(
    base: KnowledgeBase, language: Language
) -> None:
    word = _word(base, language)
    styles = [paragraph.style.name for paragraph in word.paragraphs]
    assert styles[0] == "Title"
    assert {"Heading 1", "Heading 2", "List Bullet"} <= set(styles)
    tables = [part for part in _content(base, language) if isinstance(part, Table)]
    assert len(word.tables) == len(tables) == 2
    for table, part in zip(word.tables, tables, strict=True):
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        read = [tuple(cell.text for cell in row.cells) for row in table.rows]
        assert read == [part.headings, *part.rows]


def test_the_word_file_names_its_language_and_a_japanese_font(base: KnowledgeBase) -> None:
    for language, code in (("en", "en-GB"), ("ja", "ja-JP")):
        word = _word(base, language)
        properties = word.styles["Normal"].element.rPr
        assert properties.find(qn("w:lang")).get(qn("w:val")) == code
        assert properties.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "Yu Gothic"
        assert word.core_properties.language == code
        assert word.core_properties.modified.isoformat().startswith("2026-06-01")
    assert word.paragraphs[0].text == "ギャップ分析:エントリーp"


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_entries_stay_text(full_kb: KnowledgeBase, language: Language) -> None:
    for page in pages(Site(full_kb, language)):
        assert "<script" not in page.body.lower()
        assert not re.search(r"<[a-z][^>]* on[a-z]+=", page.body)
    for product in full_kb.products.values():
        parts = content(Site(full_kb, language), gap_report(full_kb, product))
        assert Document(io.BytesIO(as_docx(parts, language, "2026-06"))).paragraphs
        assert "<script" not in as_markdown(parts).replace("\\<", "")
