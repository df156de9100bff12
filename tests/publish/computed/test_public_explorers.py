"""The explorers of official acts and of safety events."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import kb
from kb import KnowledgeBase
from kb.problems import Language
from publish.charts import Chart
from publish.computed import enforcement_explorer, safety_explorer, timeline
from publish.site import Site
from tests.entries import minimal
from tests.publish.computed.test_explorers import GONE, Rows, the_page
from tests.publish.hostile import PAYLOADS
from tests.samples import write_kb

COLLECTIONS = {enforcement_explorer: "enforcement", safety_explorer: "safety-events"}
BOTH = pytest.mark.parametrize("module", COLLECTIONS)


@pytest.fixture(scope="module")
def real() -> KnowledgeBase:
    return kb.load()


def small(folder: Path, **collections: list[dict[str, Any]]) -> KnowledgeBase:
    return kb.load(write_kb(folder, **{name.replace("_", "-"): entries for name, entries in collections.items()}))


def words(body: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", body).split())


class _Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag, *(f"@{name}" for name, _ in attrs)]


def unwanted(body: str) -> list[str]:
    """Elements and attributes that run or fetch something, or that no page of these has."""
    parser = _Markup()
    parser.feed(body)
    elements = {"script", "img", "iframe", "style", "b", "textarea"}
    return [name for name in parser.found if name in elements or name.startswith(("@on", "@style", "@src"))]


def numbers(charts: list[Chart]) -> dict[str, int]:
    return {chart.name: sum(int(row[-1]) for row in chart.rows) for chart in charts}


@pytest.mark.parametrize("language", ["en", "ja"])
@BOTH
def test_every_standing_entry_has_one_row_and_the_boxes_count_them(
    module: Any, real: KnowledgeBase, language: Language
) -> None:
    page = the_page(module, real, language)
    found, name = Rows(page), COLLECTIONS[module]
    standing = [entry.id for entry in real.collection(name).values() if not entry.withdrawn]
    # The first link of a row leads to its entry.
    rows = re.findall(rf'<tr data-[^>]*><td[^>]*><a href="../../{name}/([^/"]+)/"', page.body)
    assert Counter(rows) == Counter(standing)
    for facet, codes in found.boxes.items():
        for code, number in codes.items():
            assert int(number) == sum(code in row[facet].split() for row in found.marked), (facet, code)


def test_the_facets_that_readers_ask_for(real: KnowledgeBase) -> None:
    assert set(Rows(the_page(enforcement_explorer, real)).boxes) == {
        "jurisdiction", "authority", "year", "kind", "product", "named", "relation", "addressees",
    }  # fmt: skip
    assert set(Rows(the_page(safety_explorer, real)).boxes) == {
        "about", "kind", "year", "jurisdiction", "causality", "route", "product", "source",
    }  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ja"])
@BOTH
def test_every_chart_has_a_name_of_its_own_words_and_numbers(
    module: Any, real: KnowledgeBase, language: Language
) -> None:
    found = module.charts(Site(real, language))
    assert len({chart.name for chart in found}) == len(found)
    for chart in found:
        assert chart.rows, chart.name
        assert "{" not in chart.title + chart.caption + chart.alt, chart.name
        assert language == "ja" or not re.search("[ぁ-んァ-ヶ一-龠]", chart.title + chart.caption), chart.name


def test_counts_of_acts_add_up(real: KnowledgeBase) -> None:
    found = numbers(enforcement_explorer.charts(Site(real, "en")))
    acts = [entry for entry in real.enforcement.values() if not entry.withdrawn]
    for name in ("kind", "jurisdiction", "authority", "relation"):
        assert found[f"enforcement-by-{name}"] == len(acts), name
    assert found["enforcement-by-year"] == sum(act.date is not None for act in acts)
    assert found["enforcement-by-product"] == sum(len(act.product_types) or 1 for act in acts)


def test_charts_of_harm_count_ev_products_alone(real: KnowledgeBase) -> None:
    found = numbers(safety_explorer.charts(Site(real, "en")))
    rows = Rows(the_page(safety_explorer, real)).marked
    ours = [row for row in rows if row["about"] == "ev"]
    assert 0 < len(ours) < len(rows)
    for name in ("kind", "causality", "jurisdiction", "source"):
        assert found[f"safety-events-by-{name}"] == len(ours), name
    for name in ("route", "product"):
        assert found[f"safety-events-by-{name}"] == sum(len(row[name].split()) for row in ours), name
    assert found["safety-events-by-year"] == sum(row["year"] != "none" for row in rows)


@BOTH
def test_numbers_lead_to_the_rows_that_they_count(module: Any, real: KnowledgeBase) -> None:
    rows = Rows(the_page(module, real)).marked
    followed = 0
    for chart in module.charts(Site(real, "en")):
        for row in chart.rows:
            for link in re.findall(r'href="([^"]+)"', str(row[0])):
                address, _, query = link.partition("?")
                wanted = [pair.split("=") for pair in query.replace("&amp;", "&").split("&")]
                assert address == f"../../{module.PATH}"
                assert int(row[-1]) == sum(all(code in found[key].split() for key, code in wanted) for found in rows)
                followed += 1
    assert followed > 20


def test_figures_in_the_head_of_the_safety_page_are_counts_of_its_rows(real: KnowledgeBase) -> None:
    page = the_page(safety_explorer, real)
    rows = Rows(page).marked
    found = re.findall(r'<span class="ev-number">(\d+)</span> <a href="\?([^#"]+)#table"', page.body)
    assert len(found) == 5
    for number, query in found:
        wanted: dict[str, set[str]] = {}
        for key, code in (pair.split("=") for pair in query.replace("&amp;", "&").split("&")):
            wanted.setdefault(key, set()).add(code)
        assert int(number) == sum(all(wanted[key] & set(row[key].split()) for key in wanted) for row in rows), query


def test_the_timeline_holds_what_the_links_choose(real: KnowledgeBase) -> None:
    [page] = timeline.pages(Site(real, "en"))
    for module, collection in COLLECTIONS.items():
        assert f'href="../../timeline/?collection={collection}"' in the_page(module, real).body
        assert f'data-c="{collection}"' in page.body
    assert 'name="collection"' in page.body


def test_an_act_in_its_row(tmp_path: Path) -> None:
    base = small(
        tmp_path,
        enforcement=[
            minimal(
                "enforcement",
                "a",
                date="2024-05",
                addressee="Example Biologics, Inc.",
                addressees=["manufacturer"],
                authority={"en": "Food Office", "ja": "食品局", "original": "Amt"},
                product_types=["exosome", "cosmetic"],
                names_exosomes=True,
            ),
            minimal("enforcement", "b"),
            minimal("enforcement", "gone", withdrawn=GONE),
        ],
    )
    page = the_page(enforcement_explorer, base)
    first, last = Rows(page).marked
    assert first == {
        "jurisdiction": "US", "authority": "food-office", "year": "2024", "kind": "warning-letter",
        "product": "exosome cosmetic", "named": "yes", "relation": "names-exosome", "addressees": "manufacturer",
    }  # fmt: skip
    assert (last["named"], last["year"], last["product"]) == ("not-read", "none", "none")
    assert "Example Biologics, Inc. Manufacturer" in words(page.body)
    assert "Full text not read" in words(page.body)
    assert "enforcement/gone" not in page.body


def test_people_are_given_only_as_stated(tmp_path: Path) -> None:
    note = {"en": "Fewer than five.", "ja": "5名未満。"}
    base = small(
        tmp_path,
        safety_events=[
            minimal("safety-events", "counted", affected={"count": 1200, "note": note}),
            minimal("safety-events", "none-hurt", affected={"count": 0}),
            minimal("safety-events", "noted", affected={"note": note}),
            minimal("safety-events", "silent"),
        ],
    )
    cells = [words(cell) for cell in re.findall(r'data-label="People affected"[^>]*>(.*?)</td>', _body(base))]
    assert cells == ["1,200 Fewer than five.", "0", "Fewer than five.", "No number given"]


def _body(base: KnowledgeBase) -> str:
    return the_page(safety_explorer, base).body


def test_a_degree_of_causality_without_records_is_shown_as_zero(tmp_path: Path) -> None:
    base = small(tmp_path, safety_events=[minimal("safety-events", "a")])
    charts = {chart.name: chart for chart in safety_explorer.charts(Site(base, "en"))}
    assert charts["safety-events-by-causality"].rows[0] == ("Confirmed", 0)


def test_the_page_says_that_reports_are_no_rates(real: KnowledgeBase) -> None:
    text = words(_body(real))
    assert "not rates" in text
    assert "A record is not a person" in text
    assert "発生率ではありません" in the_page(safety_explorer, real, "ja").body


def test_events_with_other_products_alone_have_no_charts_of_evs(tmp_path: Path) -> None:
    other = minimal("safety-events", "a", date="2024", ev_relevance="cell-product-context")
    base = small(tmp_path, safety_events=[other])
    assert [chart.name for chart in safety_explorer.charts(Site(base, "en"))] == ["safety-events-by-year"]
    assert len(Rows(the_page(safety_explorer, base)).marked) == 1


@BOTH
def test_a_knowledge_base_without_entries_has_a_page_that_says_so(module: Any, tmp_path: Path) -> None:
    base = small(tmp_path)
    assert "No entries yet." in the_page(module, base).body
    assert module.files(Site(base, "ja")) == {}


@pytest.mark.parametrize("text", PAYLOADS)
def test_hostile_text_stays_text(tmp_path: Path, text: str) -> None:
    pair = {"en": text, "ja": text}
    base = small(
        tmp_path,
        enforcement=[minimal("enforcement", "a", title=pair, authority=pair, addressee=text)],
        safety_events=[
            minimal("safety-events", "a", title=pair, outcome=pair, affected={"note": pair}),
        ],
    )
    for module in COLLECTIONS:
        page = the_page(module, base)
        assert len(Rows(page).marked) == 1
        assert unwanted(page.body) == []
        assert all(line.startswith(("<div", "#")) or not line for line in page.body.splitlines())


@BOTH
def test_the_body_is_headings_and_opaque_blocks(module: Any, real: KnowledgeBase) -> None:
    body = the_page(module, real, "ja").body
    assert all(line.startswith(('<div class="ev', "## ")) for line in body.splitlines() if line)
    assert "style=" not in body
