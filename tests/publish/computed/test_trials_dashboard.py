from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import kb
from kb import KnowledgeBase
from kb.analysis import trials as figures
from kb.problems import Language
from publish.charts import Chart
from publish.computed import doses, guidelines_explorer, trials_dashboard, trials_explorer
from publish.computed.trials_charts import Charts
from publish.page import Page
from publish.site import Site
from tests.entries import PAIR, minimal
from tests.samples import write_kb


@pytest.fixture(scope="module")
def real() -> KnowledgeBase:
    return kb.load()


def the_page(base: KnowledgeBase, language: Language = "en") -> Page:
    [page] = trials_dashboard.pages(Site(base, language))
    return page


def all_charts(site: Site) -> list[Chart]:
    charts = Charts(site)
    return [
        *charts.overview(), charts.outcomes(), charts.ages(), *doses.charts(site), *guidelines_explorer.charts(site),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_chart_has_a_name_of_its_own_words_and_numbers(real: KnowledgeBase, language: Language) -> None:
    found = all_charts(Site(real, language))
    assert [name for name, number in Counter(chart.name for chart in found).items() if number > 1] == []
    for chart in found:
        assert chart.title, chart.name
        assert chart.rows, chart.name
        assert "{" not in chart.title + chart.caption + chart.alt, chart.name


def test_charts_are_in_one_language(real: KnowledgeBase) -> None:
    english, japanese = all_charts(Site(real, "en")), all_charts(Site(real, "ja"))
    assert [chart.name for chart in english] == [chart.name for chart in japanese]
    assert not re.search("[ぁ-んァ-ヶ一-龠]", "".join(chart.title + chart.caption + chart.alt for chart in english))


def test_figures_add_up(real: KnowledgeBase) -> None:
    charts = {chart.name: chart for chart in all_charts(Site(real, "en"))}
    total = len(figures.current(real))
    for name in ("phase", "status", "area", "cell", "status-age"):
        assert sum(int(row[-1]) for row in charts[f"trials-by-{name}"].rows) == total, name
    shown = sum(int(row[-1]) for row in charts["trials-by-year"].rows)
    assert shown + figures.starts(figures.current(real))[1] == total


def test_numbers_lead_to_the_trials_that_they_count(real: KnowledgeBase) -> None:
    site = Site(real, "en")
    [explorer] = trials_explorer.pages(site)
    boxes = set(re.findall(r'name="([\w-]+)" value="([\w-]+)"', explorer.body))
    links = [
        link
        for chart in Charts(site).overview()
        for row in chart.rows
        for link in re.findall(r'href="([^"]+)"', str(row[0]))
    ]
    assert len(links) > 50
    for link in links:
        address, _, query = link.partition("?")
        assert address == "../../explore/trials/"
        assert tuple(query.split("=")) in boxes, link


def test_negative_and_stopped_results_are_shown_and_silence_is_not_called_unpublished(tmp_path: Path) -> None:
    result = {
        "kind": "publication",
        "year": 2024,
        "outcome": "not-met",
        "summary": {"en": "It failed.", "ja": "未達である。"},
    }
    base = kb.load(
        write_kb(
            tmp_path,
            trials=[
                minimal("trials", "bad", results=[result]),
                minimal(
                    "trials", "halted", status="terminated", programme_status={"en": "No money.", "ja": "資金不足。"}
                ),
                minimal("trials", "silent"),
                minimal("trials", "gone", withdrawn={"on": "2026", "reason": PAIR}),
            ],
        )
    )
    text = re.sub("<[^>]+>", " ", the_page(base).body)
    assert "Primary outcome not met" in text
    assert "It failed." in text
    assert "No money." in text
    assert "1 completed trials have none here" in text
    assert "not that none was published" in text
    assert "Entry silent" in text
    assert "Entry gone" not in text


def test_doses_of_one_unit_share_a_picture_and_others_do_not(tmp_path: Path) -> None:
    def arm(value: float, unit: str) -> dict[str, object]:
        return {"value_min": value, "value_max": value, "unit": unit}

    arms = [arm(1e9, "particles"), arm(0, "particles"), arm(1e10, "particles"), arm(1e11, "particles"), arm(5, "ug")]
    words = minimal("trials", "w", arms=[{"as_registered": "a thin layer"}])
    base = kb.load(write_kb(tmp_path, trials=[minimal("trials", "a", arms=arms), words]))
    [chart] = doses.charts(Site(base, "en"))
    drawn = [row["low"] for row in chart.spec["data"]["values"]]
    assert drawn == [1e9, 1e10, 1e11]
    assert [row[1] for row in chart.rows] == [0, 1e9, 1e10, 1e11]
    assert "zero" in chart.caption
    body = the_page(base).body
    assert "a thin layer" in body
    assert "5 µg" in body


def test_a_dashboard_without_trials_says_so(tmp_path: Path) -> None:
    site = Site(kb.load(write_kb(tmp_path)), "en")
    [page] = trials_dashboard.pages(site)
    assert (page.path, "No entries yet." in page.body) == ("trials/dashboard/", True)
    assert trials_dashboard.files(site) == {}


def test_trials_without_doses_dates_or_results_still_make_a_page(tmp_path: Path) -> None:
    base = kb.load(write_kb(tmp_path, trials=[minimal("trials", "a", status_as_of=None)]))
    for language in ("en", "ja"):
        [page] = trials_dashboard.pages(Site(base, language))
        assert "trials-by-phase" in page.body
        assert "trials-by-year" not in page.body


def test_every_line_of_the_page_is_a_heading_or_an_opaque_block(real: KnowledgeBase) -> None:
    body = the_page(real, "ja").body
    assert all(line.startswith(('<div class="ev', "## ")) for line in body.splitlines() if line)
    assert "style=" not in body


def test_the_page_of_a_trial_has_one_timeline(tmp_path: Path) -> None:
    from publish.entry_page import entry_page

    trial = minimal(
        "trials",
        "a",
        dates={"registered": "2020-01", "start": "2020-03-01", "completion": "2022"},
        results=[{"kind": "publication", "year": 2023, "outcome": "met", "summary": PAIR}],
        events=[{"date": "2021-05", "kind": "trial", "title": {"en": "First dose", "ja": "初回投与"}}],
    )
    base = kb.load(write_kb(tmp_path, trials=[trial]))
    text = re.sub("<[^>]+>", " ", entry_page(Site(base, "en"), base.trials["a"]).body)
    text = text[text.index("Timeline {#events}") :]
    order = [text.index(word) for word in ("Registered", "Start", "First dose", "Completion", "Publication", "Status:")]
    assert order == sorted(order)
