from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import kb
from kb import KnowledgeBase
from kb.analysis import surveys
from kb.problems import Language
from publish.computed import survey_figures
from publish.site import Site
from tests.entries import minimal
from tests.publish.computed.test_explorers import GONE, the_page
from tests.publish.computed.test_public_explorers import unwanted
from tests.publish.hostile import PAYLOADS
from tests.samples import write_kb


@pytest.fixture(scope="module")
def real() -> KnowledgeBase:
    return kb.load()


def figure(label: str, value: float | None, unit: str = "institutions") -> dict[str, Any]:
    given = {"label": {"en": label, "ja": label}, "value": value, "unit": unit}
    return {key: item for key, item in given.items() if item is not None}


def load(folder: Path, *entries: dict[str, Any]) -> KnowledgeBase:
    return kb.load(write_kb(folder, surveys=list(entries)))


def words(body: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", body).split())


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_survey_and_every_figure_appears_once(real: KnowledgeBase, language: Language) -> None:
    site, body = Site(real, language), the_page(survey_figures, real, language).body
    for survey in real.surveys.values():
        assert body.count(f'href="../../surveys/{survey.id}/"') == (survey.withdrawn is None), survey.id
    tables = re.findall(r"<tbody>(.*?)</tbody>", re.sub(r"<figure.*?</figure>", "", body))
    assert sum(rows.count("<tr") for rows in tables) == sum(len(survey.key_figures) for survey in surveys.current(real))
    assert "{" not in "".join(
        chart.title + chart.caption + chart.alt
        for survey in surveys.current(real)
        for chart in survey_figures.charts(site, survey)
    )


def test_no_chart_mixes_surveys_or_units(real: KnowledgeBase) -> None:
    site = Site(real, "en")
    drawn = {survey.id: survey_figures.charts(site, survey) for survey in surveys.current(real)}
    names = [chart.name for charts in drawn.values() for chart in charts]
    assert len(names) == len(set(names)) >= 5
    for survey in surveys.current(real):
        stated = {(item.label.en, item.value) for item in survey.key_figures}
        for chart in drawn[survey.id]:
            assert {(row[0], row[1]) for row in chart.rows} <= stated, chart.name
            units = {
                item.unit
                for item in survey.key_figures
                if (item.label.en, item.value) in {row[:2] for row in chart.rows}
            }
            assert len(units) == 1, chart.name
            assert chart.caption.startswith("Counted: "), chart.name


def test_titles_tell_charts_apart_for_those_who_hear_them(real: KnowledgeBase) -> None:
    site = Site(real, "en")
    titles = [chart.title for survey in surveys.current(real) for chart in survey_figures.charts(site, survey)]
    assert sorted(titles) == sorted(set(titles))


def test_figures_with_their_denominators(tmp_path: Path) -> None:
    entry = minimal(
        "surveys",
        "a",
        year=2023,
        sample={"count": 2669, "unit": {"en": "institutions", "ja": "医療機関"}},
        key_figures=[
            figure("All", 2669),
            figure("Hair", 488),
            figure("Share of hair", 18.3, "percent"),
            figure("Odd share", 54, "percent"),
            figure("Posts", 2700029, "posts"),
            figure("Unseen", None, "salons"),
        ],
    )
    base = load(tmp_path, entry, minimal("surveys", "gone", withdrawn=GONE))
    text = words(the_page(survey_figures, base).body)
    for said in (
        "2,669 institutions", "488 of 2,669 institutions", "54 percent not on record", "2,700,029 posts",
        "Unseen exact figure not seen", "Counted: 2,669 institutions.",
    ):  # fmt: skip
        assert said in text, said
    assert "Entry gone" not in text
    counts, shares = survey_figures.charts(Site(base, "en"), base.surveys["a"])
    assert [row[1] for row in counts.rows] == [2669, 488]
    assert shares.rows[0][2] == "488 of 2,669 institutions"
    assert shares.spec["encoding"]["x"]["scale"]["domain"][1] == pytest.approx(112)


def test_a_single_figure_is_no_chart_and_an_unknown_sample_is_said(tmp_path: Path) -> None:
    unit = {"en": "products", "ja": "製品"}
    base = load(tmp_path, minimal("surveys", "a", sample={"unit": unit}, key_figures=[figure("Share", 40, "percent")]))
    page = the_page(survey_figures, base)
    assert "<figure" not in page.body
    assert "products (number not on record)" in words(page.body)
    assert "year not on record" in words(page.body)
    assert survey_figures.files(Site(base, "en")) == {}


def test_without_surveys_the_page_says_so(tmp_path: Path) -> None:
    base = kb.load(write_kb(tmp_path))
    assert "No entries yet." in the_page(survey_figures, base).body


@pytest.mark.parametrize("text", PAYLOADS)
def test_hostile_text_stays_text(tmp_path: Path, text: str) -> None:
    pair = {"en": text, "ja": text}
    figures = [{"label": pair, "value": 3, "unit": "salons", "note": pair}, figure("Other", 1, "salons")]
    entry = minimal("surveys", "a", title=pair, limits=pair, sample={"unit": pair}, key_figures=figures)
    body = the_page(survey_figures, load(tmp_path, entry)).body
    assert unwanted(body) == []
    assert all(line.startswith(('<div class="ev', "#")) for line in body.splitlines() if line)
