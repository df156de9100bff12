"""The comparison's pages and its data file."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

import kb
from kb import KnowledgeBase
from kb.problems import Language
from publish.comparisons import prepared
from publish.computed.compare import files, pages
from publish.labels import LANGUAGES
from publish.page import Page
from publish.site import Site
from tests.entries import PAIR, minimal
from tests.samples import write_kb


@pytest.fixture(scope="module")
def real() -> KnowledgeBase:
    return kb.load()


def _small(folder: Path, **changes: Any) -> KnowledgeBase:
    entries = [
        minimal("jurisdictions", "jp", **changes),
        minimal(
            "jurisdictions", "us", code="US", regulates_ev="by-analogy", name={"en": "United States", "ja": "米国"}
        ),
    ]
    return kb.load(write_kb(folder, jurisdictions=entries))


def _pages(base: KnowledgeBase, language: Language = "en") -> dict[str, Page]:
    return {page.path: page for page in pages(Site(base, language))}


def test_the_first_comparison_stands_on_the_page_and_the_others_are_linked(real: KnowledgeBase) -> None:
    found = _pages(real)
    assert "compare/jp-kr-tw-cn/" in found
    main = found["compare/"].body
    for path in found:
        assert f'href="../{path}"' in main
    assert main.count('<th scope="col">') == 5
    assert 'href="../jurisdictions/jp/"' in main


def test_rows_say_in_words_how_far_they_agree(tmp_path: Path) -> None:
    same = _pages(_small(tmp_path / "a"))["compare/"].body
    assert re.search(r'data-agreement="same"><th scope="row">Regulates EVs <span[^>]*>same</span>', same)
    other = _pages(_small(tmp_path / "b", regulates_ev="silent"), "ja")["compare/"].body
    assert re.search(r'data-agreement="differs"><th scope="row">EVの規制 <span[^>]*>相違</span>', other)


def test_a_missing_record_is_said_not_left_blank(tmp_path: Path) -> None:
    asked = {"product": PAIR, "legal_class": "cosmetic", "statement": PAIR, "sources": ["s1"]}
    body = _pages(_small(tmp_path, classification=[asked]))["compare/"].body
    assert '<td><span class="ev-cmp-none">not on record</span></td>' in body
    assert 'data-agreement="partial"' in body


def test_too_few_profiles_give_a_page_without_a_table(tmp_path: Path) -> None:
    base = kb.load(write_kb(tmp_path, jurisdictions=[minimal("jurisdictions", "jp")]))
    assert "<table" not in _pages(base)["compare/"].body
    assert prepared(Site(base, "en")) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_file_says_the_same_as_the_prepared_table(real: KnowledgeBase, language: Language) -> None:
    path, text = next(iter(files(Site(real, language)).items()))
    assert path == ("compare/data.json" if language == "en" else "ja/compare/data.json")
    data = json.loads(str(text))
    assert set(data["columns"]) == set(real.jurisdictions)
    body = _pages(real, language)["compare/"].body
    for _, html in data["columns"]["jp"]["cells"].values():
        assert f"<td>{html}</td>" in body
    assert len(gzip.compress(str(text).encode())) < 60_000


def test_hostile_words_do_not_become_markup(tmp_path: Path) -> None:
    evil = {"en": "<script>hit()</script>", "ja": '"><img src=x onerror=hit()>'}
    base = _small(tmp_path, name=evil, position=evil, regulatory_questions=[evil])
    for language in LANGUAGES:
        data = json.loads(str(next(iter(files(Site(base, language)).values()))))
        # The script puts names on the page as text; cells and dates are HTML.
        html = [cell[1] for cell in data["columns"]["jp"]["cells"].values()] + [data["columns"]["jp"]["head"][2]]
        for text in (*html, *(page.body for page in _pages(base, language).values())):
            assert "<script" not in text
            assert "<img" not in text


def test_only_the_page_with_the_choice_has_the_script(real: KnowledgeBase) -> None:
    found = _pages(real)
    assert found["compare/"].scripts
    assert [path for path, page in found.items() if page.scripts] == ["compare/"]
