"""How an entry is cited."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import rispy
from pybtex.database import parse_string

from kb import KnowledgeBase, load
from kb.models import COLLECTIONS
from kb.problems import Language
from publish.citation import citation, cite_box
from publish.data.edition import edition_of_entry
from publish.entry_page import entry_page
from publish.site import Site
from publish.view import View
from tests.publish.filled import IDS
from tests.samples import attribute, guideline, write_kb

ADDRESS = "https://evreg.example/"


def _box(base: KnowledgeBase, collection: str, id_: str, language: Language = "en", url: str | None = ADDRESS) -> str:
    site = Site(base, language, site_url=url)
    return str(cite_box(View(site, base.collection(collection)[id_])).html)


def _formats(box: str) -> dict[str, str]:
    found = re.findall(r'<pre[^>]*data-ending="(\w+)">(.*?)</pre>', box)
    return {ending: unescape(text) for ending, text in found}


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    return load(write_kb(tmp_path, attributes=[attribute("count")], guidelines=[guideline("g")]))


def test_citations_name_version_day_and_permalink_in_both_languages(base: KnowledgeBase) -> None:
    entry = base.guidelines["g"]
    site, state = Site(base, "en", site_url=ADDRESS), edition_of_entry(base.guidelines["g"])
    assert citation(site, entry, state, "en") == (
        f"The EVReg contributors. guideline g. In: EVReg: the open atlas of exosome regulation. Version {state.name}; "
        "verified 2026-06-01. Available from: https://evreg.example/guidelines/g/"
    )
    assert citation(site, entry, state, "ja") == (
        f"EVReg貢献者一同. “指針g”. EVReg: エクソソーム規制アトラス. 版{state.name}, "
        "2026-06-01照合. https://evreg.example/ja/guidelines/g/"
    )


def test_the_readers_language_comes_first(base: KnowledgeBase) -> None:
    for language, other in (("en", "ja"), ("ja", "en")):
        box = _box(base, "guidelines", "g", language)  # type: ignore[arg-type]
        assert re.findall(r'class="ev-cite-text" lang="(\w+)"', box) == [language, other]


def test_without_an_address_the_path_is_given_and_the_page_says_so(base: KnowledgeBase) -> None:
    box = _box(base, "guidelines", "g", url=None)
    assert "No public address is set" in box
    assert 'data-path="/guidelines/g/"' in box
    assert "Available from: /guidelines/g/" in box
    known = _box(base, "guidelines", "g")
    assert "No public address" not in known
    assert "data-path" not in known


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_reference_managers_read_every_entry(full_kb: KnowledgeBase, collection: str, language: Language) -> None:
    for id_ in (IDS[collection], f"hostile-{collection}"):
        found = _formats(_box(full_kb, collection, id_, language))
        bib = parse_string(found["bib"], "bibtex").entries
        (record,) = rispy.loads(found["ris"])
        (item,) = json.loads(found["json"])
        key = f"evreg-{collection}-{id_}"
        assert (list(bib), record["id"], item["id"]) == ([key], key, key)
        address = f"{ADDRESS}{'ja/' if language == 'ja' else ''}{collection}/{id_}/"
        assert (bib[key].fields["url"], record["urls"], item["URL"]) == (address, [address], address)
        assert item["issued"] == {"date-parts": [[2024, 5, 6]]}


def test_the_version_changes_with_the_entry_and_only_with_it(tmp_path: Path) -> None:
    def state(name: str, **changes: Any) -> str:
        entries = [guideline("g", **changes), guideline(f"other-{name}")]
        found = load(write_kb(tmp_path / name, attributes=[attribute("count")], guidelines=entries))
        return edition_of_entry(found.guidelines["g"]).name

    assert state("a") == state("b")
    assert state("a") != state("c", document_numbers=["1"])


def test_the_box_is_on_the_page_with_its_script(base: KnowledgeBase) -> None:
    page = entry_page(Site(base, "ja"), base.guidelines["g"]).source()
    assert "{#cite}" in page
    assert "assets/cite/cite.js" in page
    assert "コピー" in page
