from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import kb
from kb import KnowledgeBase
from kb.problems import Language
from publish import browser_libraries
from publish.computed import guidelines_explorer, trials_explorer
from publish.page import Page
from publish.site import Site
from tests.entries import minimal
from tests.publish.hostile import PAYLOADS
from tests.samples import attribute, guideline, write_kb

GONE = {"on": "2026-01-02", "reason": {"en": "x", "ja": "x"}}


class Rows(HTMLParser):
    """Rows of the explorer's table with their marks, and the boxes of its form."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.rows: list[dict[str, str]] = []
        self.boxes: dict[str, dict[str, str]] = {}
        self.headings: list[str] = []
        self._box: tuple[str, str] | None = None
        self.feed(page.body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "tr":
            self.rows.append({name.removeprefix("data-"): value for name, value in given.items()})
        if tag == "th" and "data-key" in given:
            self.headings.append(given["data-key"])
        if tag == "input" and given["type"] == "checkbox":
            self._box = (given["name"], given["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._box = None

    def handle_data(self, data: str) -> None:
        if self._box and data.strip().isdigit():
            facet, code = self._box
            self.boxes.setdefault(facet, {})[code] = data.strip()

    @property
    def marked(self) -> list[dict[str, str]]:
        return [row for row in self.rows if row]


@pytest.fixture(scope="module")
def real() -> KnowledgeBase:
    return kb.load()


def the_page(module: Any, base: KnowledgeBase, language: Language = "en") -> Page:
    [page] = module.pages(Site(base, language))
    assert isinstance(page, Page)
    return page


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("module", [trials_explorer, guidelines_explorer])
def test_every_entry_has_a_row_and_the_boxes_count_them(module: Any, real: KnowledgeBase, language: Language) -> None:
    found = Rows(the_page(module, real, language))
    collection = real.collection("trials" if module is trials_explorer else "guidelines")
    assert len(found.marked) == sum(entry.withdrawn is None for entry in collection.values())
    for facet, codes in found.boxes.items():
        for code, number in codes.items():
            assert int(number) == sum(code in row[facet].split() for row in found.marked), (facet, code)
    single = "phase" if module is trials_explorer else "jurisdiction"
    assert sum(map(int, found.boxes[single].values())) == len(found.marked)


def test_the_facets_that_researchers_ask_for(real: KnowledgeBase) -> None:
    assert set(Rows(the_page(guidelines_explorer, real)).boxes) == {
        "jurisdiction", "type", "force", "status", "ev", "topic", "addressee", "year",
    }  # fmt: skip
    assert {"phase", "status", "area", "cell", "route", "country", "unit", "result", "year"} <= set(
        Rows(the_page(trials_explorer, real)).boxes
    )


def test_a_document_in_its_row(tmp_path: Path) -> None:
    base = kb.load(
        write_kb(
            tmp_path,
            guidelines=[
                guideline("g", topics=["potency", "safety"], addressees=["clinic"]),
                guideline("old", dates={}, applies_to_ev="excluded", requirements=[]),
                guideline("gone", withdrawn=GONE),
            ],
            attributes=[attribute("count")],
        )
    )
    page = the_page(guidelines_explorer, base)
    first, last = Rows(page).marked
    assert (first["topic"], first["addressee"], first["year"]) == ("potency safety", "clinic", "2024")
    assert (last["topic"], last["year"], last["ev"]) == ("none", "none", "excluded")
    assert 'data-order="2024-05-01"' in page.body
    assert 'href="../../guidelines/g/#requirements"' in page.body
    assert "guidelines/gone/" not in page.body


def test_a_trial_says_how_old_its_status_is_and_that_no_report_is_here(tmp_path: Path) -> None:
    base = kb.load(
        write_kb(tmp_path, trials=[minimal("trials", "a"), minimal("trials", "b", status="unknown", status_as_of=None)])
    )
    page = the_page(trials_explorer, base)
    assert "0 months old" in page.body
    assert "day unknown" in page.body
    assert {row["result"] for row in Rows(page).marked} == {"no-report"}


def test_consultations_tell_open_undated_and_past_apart(tmp_path: Path) -> None:
    base = kb.load(
        write_kb(
            tmp_path,
            guidelines=[
                guideline("ahead", dates={"comment_until": "2026-07-01"}),
                guideline("undated", status="consultation"),
                guideline("past", dates={"comment_until": "2026-05-01"}),
            ],
            attributes=[attribute("count")],
        )
    )
    text = re.sub("<[^>]+>", "", the_page(guidelines_explorer, base).body.rpartition("consultations}")[2])
    words = [
        text.index(part) for part in ("Deadlines on or after 1 Jun 2026", "until 1 Jul 2026", "no deadline", "passed")
    ]
    assert words == sorted(words)


def test_an_empty_knowledge_base_has_empty_explorers(tmp_path: Path) -> None:
    base = kb.load(write_kb(tmp_path))
    assert Rows(the_page(trials_explorer, base)).marked == []
    assert guidelines_explorer.charts(Site(base, "ja")) == []


@pytest.mark.parametrize("text", PAYLOADS)
def test_hostile_text_stays_in_its_cell(tmp_path: Path, text: str) -> None:
    pair = {"en": text, "ja": text}
    base = kb.load(write_kb(tmp_path, trials=[minimal("trials", "a", title=pair, indication=pair)]))
    body = the_page(trials_explorer, base).body
    assert len(Rows(the_page(trials_explorer, base)).marked) == 1
    assert not re.search(r"<(script|img|svg|iframe|b)\b", body)
    assert all(line.startswith(("<div", "#")) or not line for line in body.splitlines())


def test_the_timeline_counts_every_document_once(real: KnowledgeBase) -> None:
    [chart] = guidelines_explorer.charts(Site(real, "en"))
    shown = sum(int(row[-1]) for row in chart.rows)
    left_out = [
        int(number.replace(",", "")) for number in re.findall(r"(\d[\d,]*) (?:documents before|without)", chart.caption)
    ]
    assert shown + sum(left_out) == sum(entry.withdrawn is None for entry in real.guidelines.values())


def test_the_words_of_the_script_are_data(real: KnowledgeBase) -> None:
    match = re.search(r'data-words="([^"]+)"', the_page(trials_explorer, real, "ja").body)
    assert match
    words = json.loads(html.unescape(match[1]))
    assert set(words) == {"shown", "none", "chosen"}
    assert words["shown"] == "{m}件中{n}件を表示"


def test_libraries_come_once_and_with_their_licence(real: KnowledgeBase) -> None:
    files = browser_libraries.files(Site(real, "en"))
    names = ("datatables", "vega")
    assert set(files) == {f"assets/lib/{name}.{ending}" for name in names for ending in ("js", "LICENSE.txt")}
    for name in names:
        assert "Copyright" in str(files[f"assets/lib/{name}.LICENSE.txt"])
        assert re.search(r"export\s*\{[^{}]+\}", str(files[f"assets/lib/{name}.js"])[-9000:])
    assert browser_libraries.files(Site(real, "ja")) == {}
