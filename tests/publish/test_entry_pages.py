"""What stands on the pages of entries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import kb
from kb import KnowledgeBase
from kb.models import COLLECTIONS
from kb.models.base import Model
from kb.problems import Language
from publish.entry_page import entry_page
from publish.list_page import list_page
from publish.site import Site
from tests.entries import minimal
from tests.publish.filled import IDS
from tests.samples import attribute, guideline, write_kb


def _page(base: KnowledgeBase, collection: str, id_: str, language: Language = "en", **options: Any) -> str:
    return entry_page(Site(base, language, **options), base.collection(collection)[id_]).source()


def _text(page: str) -> str:
    """What a reader sees."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def _texts(record: Model, language: Language, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of an entry in one language, with its path."""
    for name in type(record).model_fields:
        for item in _items(getattr(record, name)):
            if isinstance(item, Model):
                yield from _texts(item, language, f"{path}.{name}")
            elif isinstance(item, str) and item.startswith("Text of") and name != {"en": "ja", "ja": "en"}[language]:
                yield f"{path}.{name}", item


def _items(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_text_of_an_entry_is_on_its_page(full_kb: KnowledgeBase, collection: str, language: Language) -> None:
    entry = full_kb.collection(collection)[IDS[collection]]
    shown = _text(_page(full_kb, collection, entry.id, language))
    missing = [path for path, text in _texts(entry, language) if text not in shown]
    assert not missing


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_page_is_one_line_for_each_block(full_kb: KnowledgeBase, collection: str) -> None:
    for id_ in (IDS[collection], f"hostile-{collection}"):
        body = _page(full_kb, collection, id_).split("---\n", 2)[2]
        for line in filter(None, body.split("\n")):
            assert re.fullmatch(r'<div class="ev[ "].*</div>|## .* \{#[a-z0-9-]+\}', line), line[:200]


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_the_smallest_entry_has_a_page(tmp_path: Path, collection: str) -> None:
    base = kb.load(write_kb(tmp_path, **{collection.replace("-", "_"): [minimal(collection)]}))
    for language in ("en", "ja"):
        assert "source-s1" in _page(base, collection, "e", language)  # type: ignore[arg-type]
        assert "e/" in list_page(Site(base, language), collection).source()  # type: ignore[arg-type]


def test_statements_lead_to_their_sources(full_kb: KnowledgeBase) -> None:
    page = _page(full_kb, "guidelines", "g")
    assert '<a href="#source-s1">1</a>' in page
    assert '<li id="source-s1">' in page


def test_a_source_tells_what_it_supports_and_how_it_was_read(full_kb: KnowledgeBase) -> None:
    shown = _text(_page(full_kb, "guidelines", "g"))
    assert "Excerpt read" in shown
    assert "Journal article" in shown
    assert "Supports Summary" in shown
    assert "10 Jan 2026" in shown


def test_japanese_dates_and_labels(full_kb: KnowledgeBase) -> None:
    shown = _text(_page(full_kb, "guidelines", "g", "ja"))
    assert "2026年1月10日" in shown
    assert "裏付ける項目 要約" in shown


def test_an_attribute_lists_the_requirements_that_name_it(full_kb: KnowledgeBase) -> None:
    page = _page(full_kb, "attributes", "count")
    part = page.split("{#from-guidelines-requirements-attribute}")[1].split("\n## ")[0]
    shown = _text(part)
    for word in ("guideline g", "Japan", "Recommended", "Count the particles.", "Text read"):
        assert word in shown
    assert 'href="../../guidelines/g/"' in part


def test_a_claim_shows_the_requirement_that_it_touches(tmp_path: Path) -> None:
    asked = guideline("law")["requirements"][0] | {"key": "no-injection"}
    rule = {"guideline": "law", "requirement": "no-injection", "basis": "text"}
    base = kb.load(
        write_kb(
            tmp_path,
            attributes=[attribute("count")],
            guidelines=[guideline("law", requirements=[asked])],
            claims=[minimal("claims", "c", rules=[rule])],
        )
    )
    page = _page(base, "claims", "c")
    assert "Count the particles." in page
    assert 'href="../../guidelines/law/#requirement-no-injection"' in page
    assert '<tr id="requirement-no-injection">' in _page(base, "guidelines", "law")
    assert 'href="../../claims/c/"' in _page(base, "guidelines", "law")


def test_conflicting_values_stand_side_by_side(full_kb: KnowledgeBase) -> None:
    page = _page(full_kb, "trials", IDS["trials"])
    assert page.count('<div class="ev-side">') == 2


def test_a_withdrawn_entry_says_so(full_kb: KnowledgeBase) -> None:
    page = _page(full_kb, "glossary", "withdrawn-term")
    assert "ev-withdrawn" in page
    assert "2 Jan 2026" in _text(page)
    assert "A duplicate." in page


def test_a_jurisdiction_lists_what_is_on_record_for_it(full_kb: KnowledgeBase) -> None:
    page = _page(full_kb, "jurisdictions", IDS["jurisdictions"])
    assert "{#record-guidelines}" in page
    assert f'href="../../guidelines/{IDS["guidelines"]}/"' in page


def test_mistakes_are_reported_to_the_page_or_to_the_given_address(full_kb: KnowledgeBase) -> None:
    assert 'href="../../report/?entry=guidelines/g"' in _page(full_kb, "guidelines", "g")
    address = "https://forms.example/new?about={collection}%2F{id}&lang={language}"
    page = _page(full_kb, "guidelines", "g", "ja", report_url=address)
    assert (
        'href="https://forms.example/new?about=guidelines%2Fg&amp;lang=ja" rel="noopener noreferrer nofollow"' in page
    )


def test_title_and_description_are_escaped_for_mkdocs(full_kb: KnowledgeBase) -> None:
    front = _page(full_kb, "guidelines", "hostile-guidelines").split("---\n")[1]
    assert "<" not in front
    assert "\\u" not in front


def test_links_out_carry_no_referrer_and_bad_addresses_are_no_links(tmp_path: Path) -> None:
    sources = [
        minimal("surveys")["sources"][0],
        minimal("surveys")["sources"][0] | {"key": "s2", "url": "javascript:alert(1)"},
    ]
    base = kb.load(write_kb(tmp_path, surveys=[minimal("surveys", "e", sources=sources)]))
    page = _page(base, "surveys", "e")
    assert '<a class="ev-out" href="https://example.org/paper" rel="noopener noreferrer nofollow">' in page
    assert 'href="javascript' not in page
    assert "javascript:alert(1)" in _text(page)


def test_lists_hold_every_entry_once(full_kb: KnowledgeBase) -> None:
    for collection in COLLECTIONS:
        page = list_page(Site(full_kb, "en"), collection).source()
        for id_ in full_kb.collection(collection):
            assert page.count(f'href="../{collection}/{id_}/"') == 1, (collection, id_)


def test_an_empty_collection_has_a_list_page(tmp_path: Path) -> None:
    base = kb.load(write_kb(tmp_path, glossary=[]))
    assert "No entries yet." in list_page(Site(base, "en"), "glossary").source()
