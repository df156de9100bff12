"""The page of changes: days, words, counts for imports, and honesty without history."""

from __future__ import annotations

from pathlib import Path

import kb
from kb.analysis.recent_changes import MOST_LISTED
from kb.problems import Language
from publish.computed.changes import pages
from publish.page import Page
from publish.site import Site
from tests.publish.hostile import PAYLOADS
from tests.repository import Repository
from tests.samples import guideline, term, write_kb


def _page(folder: Path, language: Language = "en") -> Page:
    return next(iter(pages(Site(kb.load(folder), language, None, None, folder))))


def test_days_latest_first_with_fields_in_words(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit("2026-01-02", guidelines=[guideline("g")])
    repository.commit("2026-01-05", guidelines=[guideline("g", confidence="high")])
    body = _page(tmp_path).body
    assert body.index("## 5 Jan 2026 {#d2026-01-05}") < body.index("## 2 Jan 2026 {#d2026-01-02}")
    assert '<a href="../guidelines/g/">guideline g</a>' in body
    assert "<del>Medium</del>" in body
    assert "<ins>High</ins>" in body
    assert '<time datetime="2026-01-05">' in body
    assert "## 2026年1月5日 {#d2026-01-05}" in _page(tmp_path, "ja").body


def test_an_import_is_counted(tmp_path: Path) -> None:
    Repository(tmp_path).commit("2026-01-02", glossary=[term(f"t{number}") for number in range(MOST_LISTED + 1)])
    body = _page(tmp_path).body
    assert f"begins on this day with {MOST_LISTED + 1} entries" in body
    assert f"Added {MOST_LISTED + 1}" in body
    assert "term t1" not in body


def test_without_history_the_page_says_so(tmp_path: Path) -> None:
    write_kb(tmp_path, glossary=[term("a")])
    page = _page(tmp_path)
    assert "built without the history of the repository" in page.body
    assert "##" not in page.body


def test_uncommitted_edits_are_not_part_of_it(tmp_path: Path) -> None:
    Repository(tmp_path).commit("2026-01-02", glossary=[term("a")])
    before = _page(tmp_path).body
    write_kb(tmp_path, glossary=[term("a", confidence="high"), term("b")])
    assert _page(tmp_path).body == before


def test_entries_of_another_knowledge_base_are_not_shown(tmp_path: Path) -> None:
    Repository(tmp_path / "checkout").commit("2026-01-02", glossary=[term("a")])
    other = kb.load(write_kb(tmp_path / "other", glossary=[term("b")]))
    body = next(iter(pages(Site(other, "en", None, None, tmp_path / "checkout")))).body
    assert "No entry changed in this time" in body
    assert "term a" not in body


def test_hostile_words_are_text(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit("2026-01-02", glossary=[term("a")])
    for number, payload in enumerate(PAYLOADS):
        day = f"2026-01-{number + 3:02d}"
        repository.commit(day, glossary=[term("a", summary={"en": f"{number} {payload}", "ja": f"{payload}{number}"})])
    body = _page(tmp_path).body
    for mark in ("<script", "<img", "<svg", "<iframe", "<b "):
        assert mark not in body
    assert all(line.startswith(("##", "<div", "", " ")) for line in body.splitlines())
