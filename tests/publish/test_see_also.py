"""Related entries on pages: near, not linked anyway, not withdrawn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

import kb
from evreg.related import related_entries
from kb import KnowledgeBase
from kb.knowledge_base import Key
from kb.problems import Language
from publish.entry_page import entry_page
from publish.site import Site
from tests.samples import attribute, guideline, term, write_kb


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    gone = {"on": "2026-01-02", "reason": {"en": "A duplicate.", "ja": "重複のため。"}}
    asks = {
        "topic": "potency",
        "attribute": "potency",
        "level": "required",
        "statement": {"en": "Measure it.", "ja": "測定する。"},
        "basis": "text",
    }
    return write_kb(
        tmp_path_factory.mktemp("see-also"),
        attributes=[attribute("potency"), *(attribute(f"a{number}") for number in range(7))],
        guidelines=[guideline("asks", requirements=[asks]), guideline("silent")],
        glossary=[term("potency"), term("old", withdrawn=gone)],
    )


@pytest.fixture(scope="module")
def base(root: Path) -> KnowledgeBase:
    return kb.load(root)


def shown(base: KnowledgeBase, nearest: Sequence[Key], language: Language = "en") -> list[str]:
    """The entries below «see also» on the page of an attribute."""
    site = Site(base, language, related={("attributes", "potency"): nearest})
    page = entry_page(site, base.attributes["potency"]).source()
    _, heading, section = page.partition("{#see-also}")
    return re.findall(r'<li><a href="\.\./\.\./([^"]+)/"', section.split("\n## ")[0]) if heading else []


def test_the_nearest_come_first_and_five_are_enough(base: KnowledgeBase) -> None:
    nearest = [("attributes", f"a{number}") for number in (6, 2, 4, 0, 1, 3, 5)]
    assert shown(base, nearest) == ["attributes/a6", "attributes/a2", "attributes/a4", "attributes/a0", "attributes/a1"]


def test_what_the_page_links_to_anyway_is_left_out(base: KnowledgeBase) -> None:
    assert shown(base, [("guidelines", "asks"), ("guidelines", "silent")]) == ["guidelines/silent"]


def test_entries_of_the_same_id_in_another_collection_are_others(base: KnowledgeBase) -> None:
    assert shown(base, [("glossary", "potency")]) == ["glossary/potency"]


def test_withdrawn_and_vanished_entries_are_left_out(base: KnowledgeBase) -> None:
    assert shown(base, [("glossary", "old"), ("glossary", "never-was")]) == []


def test_without_neighbours_there_is_no_section(base: KnowledgeBase) -> None:
    assert "see-also" not in entry_page(Site(base, "ja"), base.attributes["potency"]).source()


def test_the_heading_is_in_the_language_of_the_page(base: KnowledgeBase) -> None:
    site = Site(base, "ja", related={("attributes", "potency"): [("guidelines", "silent")]})
    assert "## 関連するエントリー {#see-also}" in entry_page(site, base.attributes["potency"]).source()


def test_the_search_finds_neighbours_of_every_entry(
    root: Path, base: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    built: list[bool] = []
    found = related_entries(root, lambda: built.append(True))
    assert built == [True]
    assert found.keys() == {(entry.COLLECTION, entry.id) for entry in base}
    assert ("guidelines", "asks") in found["attributes", "potency"]
    monkeypatch.setattr("search.searcher.Searcher.neighbours", _never)
    assert {key: tuple(nearest) for key, nearest in related_entries(root).items()} == found
    for kept in tmp_path.rglob("neighbours.json"):
        kept.write_text("{", encoding="utf-8")
    with pytest.raises(AssertionError, match="asked again"):
        related_entries(root)


def _never(*_: object) -> None:
    raise AssertionError("asked again")
