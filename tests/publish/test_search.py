"""What the reader's search is given: attributes, hidden words, facets, the form and the index."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

import kb
from kb import EvregError, KnowledgeBase
from kb.models import COLLECTIONS
from kb.problems import Language
from publish.computed import computed_pages
from publish.glossary_words import GlossaryWords
from publish.labels import Labels
from publish.search_facets import FACETS, facets_of
from publish.search_index import Indexing
from publish.search_words import folded_kana, identifiers, spellings, token
from publish.site import Site
from tests.publish.filled import IDS
from tests.publish.pages_of import PageOf
from tests.samples import attribute, guideline, term, write_kb


def _indexed(site: Path, language: str) -> dict[str, dict[str, Any]]:
    """Address -> what Pagefind keeps of the page."""
    folder = site / ("ja" if language == "ja" else "") / "pagefind" / "fragment"
    pages = [json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")) for path in folder.iterdir()]
    return {page["url"]: page for page in pages}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_entries_and_written_pages_are_indexed_and_nothing_else(
    site: Path, full_kb: KnowledgeBase, language: Language
) -> None:
    entries = {f"/{entry.COLLECTION}/{entry.id}/" for entry in full_kb}
    found = _indexed(site, language)
    computed = {f"/{page.path}" for page in computed_pages(Site(full_kb, language))}
    written = ("about", "challenges", "editorial-policy", "methodology", "reply", "report", "sources")
    assert set(found) == entries | computed | {f"/{name}/" for name in written}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_of_computed_pages_only_the_head_is_indexed(site: Path, full_kb: KnowledgeBase, language: Language) -> None:
    found = _indexed(site, language)
    for page in computed_pages(Site(full_kb, language)):
        kept = found[f"/{page.path}"]
        assert kept["filters"]["collection"] == ["pages"]
        assert len(kept["content"]) < 3_000, page.path


def test_what_is_kept_of_an_entry(site: Path, full_kb: KnowledgeBase) -> None:
    page = _indexed(site, "ja")[f"/trials/{IDS['trials']}/"]
    entry = full_kb.trials[IDS["trials"]]
    assert page["meta"]["title"] == entry.title.ja
    assert page["meta"]["collection"] == Labels("ja").one("trials")
    assert {facet: tuple(codes) for facet, codes in page["filters"].items()} == facets_of(entry)
    content = page["content"].replace("\u200b", "")
    assert f"{entry.id}-old" in content
    assert entry.title.en in content
    # Chrome is left out: the way back, the review panel, headings of tables.
    assert Labels("ja").say("report") not in content
    assert Labels("ja").say("home") not in content


def test_hostile_text_stays_out_of_facets_and_markup(site: Path) -> None:
    for collection in COLLECTIONS:
        page = PageOf(site / collection / f"hostile-{collection}" / "index.html")
        hidden = [tag for tag in page.tags if tag.attributes.get("id") == "found-by"]
        assert [tag.attributes for tag in hidden] == [{"class": "ev-found-by", "id": "found-by", "hidden": ""}]
        filters = [
            tag.attributes["data-pagefind-filter"] for tag in page.tags if "data-pagefind-filter" in tag.attributes
        ]
        assert filters
        assert all(re.fullmatch(r"[a-z_]+:[\w.-]+", value) for value in filters), filters


def test_numbers_are_indexed_as_people_type_them() -> None:
    trial = kb.load().trials["nct04276987"]
    assert {"NCT04276987", "nct04276987", "04276987"} <= set(identifiers(trial))


def test_synonyms_of_terms_in_the_title(tmp_path: Path) -> None:
    exosome = term(
        "exosome",
        title={"en": "exosome", "ja": "エクソソーム"},
        synonyms={"en": ["exosomes"], "ja": []},
        avoid={"ja": ["エキソソーム"]},
    )
    named = guideline("g", title={"en": "Guide to exosomes", "ja": "エクソソームの手引き"})
    other = attribute("count", title={"en": "Exosomelike count", "ja": "粒子数"})
    base = kb.load(write_kb(tmp_path, glossary=[exosome], guidelines=[named], attributes=[other]))
    words = GlossaryWords(base.glossary.values())
    assert "エキソソーム" in set(words.around(base.guidelines["g"]))
    assert "エクソソーム" not in set(words.around(base.guidelines["g"]))  # stands in the title already
    assert list(words.around(base.attributes["count"])) == []
    assert list(words.around(base.glossary["exosome"])) == []  # its own words are on its page
    assert json.loads(spellings(base))[folded_kana("エキソソーム")] == "エクソソーム"


def test_variants_of_kana_fold_together() -> None:
    assert folded_kana("ウェスタンブロット") == folded_kana("ウエスタンブロット")
    assert folded_kana("サーバー") == folded_kana("サーバ")
    assert folded_kana("マイクロヴェシクル") == folded_kana("マイクロベシクル")


def test_names_that_differ_in_form_only_have_one_token() -> None:
    assert token("Potency assay") == token("POTENCY-ASSAY") == token("potency assay")
    assert token("ウェスタンブロット") == token("ウエスタンブロット")
    assert token("力価試験") != token("力価")
    assert re.fullmatch("evx[b-z]{7}", token(""))


@pytest.mark.parametrize("language", ["", "ja/"])
def test_the_search_page(site: Path, language: str) -> None:
    page = PageOf(site / language / "search" / "index.html")
    facets = {tag.attributes["data-facet"] for tag in page.tags if "data-facet" in tag.attributes}
    assert facets == set(FACETS)
    (form,) = [tag for tag in page.tags if "data-ev-search" in tag.attributes]
    assert "hidden" in form.attributes  # until its script runs; before that, the lists are named
    text = (site / language / "search" / "index.html").read_text(encoding="utf-8")
    without = text[text.index("<noscript>") : text.index("</noscript>")]
    assert without.count("<li>") == len(COLLECTIONS)
    words = json.loads((site / language / "search" / "phrases.json").read_text(encoding="utf-8"))
    assert "{n}" in words["count"]


def test_every_page_opens_the_search(site: Path) -> None:
    for path in (
        site / "trials" / "index.html",
        site / "ja" / "attributes" / "count" / "index.html",
        site / "404.html",
    ):
        (link,) = [tag for tag in PageOf(path).tags if tag.attributes.get("class") == "ev-search-open"]
        assert link.attributes["href"].endswith("search/")


def test_a_failing_pagefind_is_an_error_for_people(tmp_path: Path) -> None:
    with pytest.raises(EvregError, match="pagefind"):
        Indexing(tmp_path / "nowhere").wait()
