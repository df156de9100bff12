"""The explorers of official acts and of safety events, and the surveys in figures, in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.windows import Visit, Windows

ENFORCEMENT = "explore/enforcement/"
SAFETY = "explore/safety-events/"
SURVEYS = "explore/surveys/"
ROWS = ".ev-explorer-table tbody tr[data-year]"


def test_a_number_of_a_chart_leads_to_the_records_that_it_counts(visit: Visit) -> None:
    page = visit.go(SAFETY)
    numbers = page.locator("#chart-safety-events-by-kind .ev-chart-numbers")
    numbers.locator("summary").click()
    row = numbers.locator("tbody tr").first
    number = row.locator("td").last.inner_text()
    row.locator("a").click()
    expect(page.locator(ROWS)).to_have_count(int(number))
    marks = page.eval_on_selector_all(ROWS, "(rows) => rows.map((row) => row.dataset.about)")
    assert set(marks) == {"ev"}
    assert visit.complaints == []


def test_an_authority_is_chosen_by_its_name(visit: Visit) -> None:
    page = visit.go(f"ja/{ENFORCEMENT}")
    page.click("[data-facet=authority] summary")
    box = page.locator("[data-facet=authority] li", has_text="兵庫県警察")
    number = int(box.locator(".ev-count").inner_text())
    box.locator("input").check()
    expect(page.locator(ROWS)).to_have_count(number)
    expect(page).to_have_url(re.compile(r"\?authority=[\w-]+$"))


def test_long_words_stay_in_lines_in_the_interactive_chart(visit: Visit) -> None:
    page = visit.go(ENFORCEMENT)
    figure = page.locator("#chart-enforcement-by-authority")
    still = figure.locator("svg").first.locator("tspan").all_text_contents()
    figure.locator(".ev-chart-run").click()
    figure.locator(".ev-chart-live svg").wait_for()
    assert len(still) > 3
    assert figure.locator(".ev-chart-live tspan").all_text_contents() == still
    assert visit.complaints == []


def test_without_scripts_every_record_and_every_picture_is_there(windows: Windows, real_address: str) -> None:
    with windows.reading(real_address, 320, scripts=False) as visit:
        for path in (ENFORCEMENT, SAFETY, SURVEYS):
            page = visit.go(path)
            assert page.locator(".ev-chart-svg").first.is_visible()
            assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert visit.go(SAFETY).locator(ROWS).last.is_visible()
