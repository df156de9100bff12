"""The pages of the requirement matrix and their data files."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import kb
from kb import KnowledgeBase
from kb.problems import Language
from publish.computed.matrix import files, pages
from publish.labels import LANGUAGES
from publish.page import Page
from publish.site import Site
from tests.asked import asked_kb, document, requirement

_CELL = re.compile(r'<td><a href="#([^"]+)" data-says="([^"]+)">(.*?)</td>')


def _pages(base: KnowledgeBase, language: Language = "en") -> dict[str, Page]:
    return {page.path: page for page in pages(Site(base, language))}


def _files(base: KnowledgeBase, language: Language = "en") -> dict[str, bytes]:
    found = files(Site(base, language))
    return {name: text.encode() if isinstance(text, str) else text for name, text in found.items()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["matrix/", "matrix/topics/"])
def test_every_cell_leads_to_its_statements_on_the_page(language: Language, path: str) -> None:
    body = _pages(kb.load(), language)[path].body
    listed = re.findall(r'<li class="ev-said" id="([^"]+)"', body)
    assert len(listed) == len(set(listed))
    said = [says.split(" ") for _, says, _ in _CELL.findall(body)]
    assert sorted(id_ for ids in said for id_ in ids) == sorted(listed)
    assert all(target == says.split(" ")[0] for target, says, _ in _CELL.findall(body))


def test_a_mark_says_its_grade_in_words_and_by_more_than_colour(tmp_path: Path) -> None:
    base = asked_kb(
        tmp_path, document("a", "JP", requirement("count", "required", "heading"), legal_force="administrative")
    )
    ((_, _, mark),) = _CELL.findall(_pages(base)["matrix/"].body)
    assert "Required; Heading or contents page only; Administrative" in mark
    assert 'href="#mx-required"' in mark
    assert 'href="#mx-force-administrative"' in mark
    assert "ev-mx-unseen" in mark
    assert ">H</b>" in mark
    ((_, _, japanese),) = _CELL.findall(_pages(base, "ja")["matrix/"].body)
    assert "要求; 見出し・目次のみによる; 行政上の取扱い" in japanese


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": "draft"}, "draft"),
        ({"status": "superseded"}, "past"),
        ({"applies_to_ev": "unknown"}, "EVs?"),
        ({"applies_to_ev": "excluded"}, "not EVs"),
    ],
)
def test_what_is_not_asked_today_is_marked(tmp_path: Path, changes: dict[str, Any], words: str) -> None:
    body = _pages(asked_kb(tmp_path, document("a", "JP", requirement("count"), **changes)))["matrix/"].body
    ((_, _, mark),) = _CELL.findall(body)
    assert f'<span class="ev-mx-standing">{words}</span>' in mark


def test_attributes_that_nobody_names_keep_their_row_and_only_asking_documents_a_column(tmp_path: Path) -> None:
    base = asked_kb(tmp_path, document("a", "JP", requirement("count")), document("b", "JP", requirement(None)))
    body = _pages(base)["matrix/"].body
    assert {'<tr data-row="count">', '<tr data-row="sterility">'} <= set(re.findall(r'<tr data-row="[^"]+">', body))
    assert len(re.findall(r'<th scope="col" data-column="\d+"', body)) == 1


def test_the_files_hold_the_data_of_the_pages_once_for_both_languages() -> None:
    base = kb.load()
    found = _files(base)
    assert files(Site(base, "ja")) == {}
    assert set(found) == {f"matrix/{name}.{kind}" for name in ("attributes", "topics") for kind in ("csv", "json")}
    page = _pages(base)["matrix/topics/"].body
    rows = list(csv.DictReader(io.StringIO(found["matrix/topics.csv"].decode("utf-8-sig"))))
    data = json.loads(found["matrix/topics.json"])
    assert len(rows) == page.count('<li class="ev-said"') == sum(len(cell["statements"]) for cell in data["cells"])
    assert len(data["cells"]) == len(_CELL.findall(page))


def test_csv_holds_no_formulas(tmp_path: Path) -> None:
    words = {"en": '=HYPERLINK("https://x.example")', "ja": "@SUM(1)"}
    base = asked_kb(tmp_path, document("a", "JP", requirement("count", statement=words)))
    (row,) = csv.DictReader(io.StringIO(_files(base)["matrix/attributes.csv"].decode("utf-8-sig")))
    assert row["statement_en"] == f"'{words['en']}"
    assert row["statement_ja"] == f"'{words['ja']}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_entries_stay_text(full_kb: KnowledgeBase, language: Language) -> None:
    for page in _pages(full_kb, language).values():
        assert "<script" not in page.body.lower()
        assert not re.search(r"<[a-z][^>]* on[a-z]+=", page.body)
        assert 'href="javascript:' not in unescape(page.body).replace("&quot;", "")
