"""The leaflet: one A4 page, readable and tagged, always the same bytes, with every question on it."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

import kb
from kb import KnowledgeBase
from kb.analysis.before_paying import ten_questions, warning_signs
from kb.problems import Language
from publish import leaflets
from publish.computed.before_you_pay import files
from publish.labels import LANGUAGES
from publish.leaflets.content import leaflet_content
from publish.site import Site
from tests.entries import minimal
from tests.samples import write_kb

A4 = (595, 842)


@pytest.fixture(scope="module")
def real() -> KnowledgeBase:
    return kb.load()


def _read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def _text(content: bytes) -> str:
    """Without spaces and line breaks, which no reader of a PDF agrees on."""
    return re.sub(r"\s", "", "".join(page.extract_text() for page in _read(content).pages))


def _asking(folder: Path, question: str) -> Site:
    claim = minimal("claims", "c", category="safety-claim", questions=[{"en": question, "ja": "何か。"}])
    return Site(kb.load(write_kb(folder, claims=[claim])), "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_a4_page_with_all_questions_and_signs(real: KnowledgeBase, language: Language) -> None:
    site = Site(real, language)
    (path, content), *more = files(site).items()
    assert (path, more) == (f"before-you-pay/leaflet-{language}.pdf", [])
    assert isinstance(content, bytes)
    (page,) = _read(content).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == A4
    text = _text(content)
    for words in (
        *(site.text(found.question) for found in ten_questions(real)),
        *(site.title(sign.claim) for sign in warning_signs(real)),
        *leaflet_content(site)["help"]["items"],
        leaflet_content(site)["foot"],
    ):
        assert re.sub(r"\s", "", words) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_aloud_get_title_language_and_structure(real: KnowledgeBase, language: Language) -> None:
    reader = _read(leaflets.leaflet(Site(real, language)))
    root = reader.root_object
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == leaflet_content(Site(real, language))["title"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_fonts_are_embedded_as_subsets_and_no_clock_plays_a_part(real: KnowledgeBase, language: Language) -> None:
    content = leaflets.leaflet(Site(real, language))
    fonts = _read(content).pages[0]["/Resources"]["/Font"].values()  # type: ignore[index]
    for font in fonts:
        descendant = font.get_object()["/DescendantFonts"][0].get_object()
        assert re.fullmatch(r"/[A-Z]{6}\+NotoSansCJKjp-(?:Regular|Bold)(?:-.*)?", descendant["/BaseFont"])
        assert descendant["/FontDescriptor"].keys() & {"/FontFile2", "/FontFile3"}
    assert len(content) < 150_000
    assert b"/CreationDate" not in content
    leaflets._drawn.cache_clear()
    leaflets._compiler.cache_clear()
    assert leaflets.leaflet(Site(real, language)) == content


def test_markup_in_an_entry_stays_text(tmp_path: Path) -> None:
    question = "#panic() *bold* $x$ @ref <label> = heading \\ ?"
    assert "#panic()*bold*$x$@ref<label>=heading\\?" in _text(leaflets.leaflet(_asking(tmp_path, question)))


def test_hidden_characters_are_spelled_out_and_long_texts_cut(tmp_path: Path) -> None:
    (shown,) = leaflet_content(_asking(tmp_path, f"\u202eeman {'long ' * 200}?"))["questions"]["items"]
    assert shown.startswith("⟨U+202E⟩eman")
    assert shown.endswith("…")
    assert len(shown) <= 160


def test_a_character_that_the_font_lacks_costs_only_the_claim_of_a_standard(tmp_path: Path) -> None:
    content = leaflets.leaflet(_asking(tmp_path, "Is ยา a medicine?"))
    root = _read(content).root_object
    assert "amedicine?" in _text(content)
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" not in root["/Metadata"].get_data()


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_and_empty_entries_make_a_page_too(full_kb: KnowledgeBase, tmp_path: Path, language: Language) -> None:
    for base in (full_kb, kb.load(write_kb(tmp_path, glossary=[]))):
        assert len(_read(leaflets.leaflet(Site(base, language))).pages) == 1


def test_the_address_of_the_site_is_printed_when_it_is_known(real: KnowledgeBase) -> None:
    assert (
        "https://example.org/atlas/" in leaflet_content(Site(real, "en", site_url="https://example.org/atlas/"))["foot"]
    )
    assert "http" not in leaflet_content(Site(real, "en"))["foot"]
