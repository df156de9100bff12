"""The filters of the timeline, by mouse and by keyboard, with their state in the address."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.windows import Visit


def _shown(page: Page) -> Locator:
    return page.locator(".ev-tl > li:visible")


def _status(page: Page) -> Locator:
    return page.locator("[data-ev-timeline] [role=status]")


@pytest.mark.parametrize("path", ["timeline/", "ja/timeline/"])
def test_narrowing_by_jurisdiction_and_kind(visit: Visit, path: str) -> None:
    page = visit.go(path)
    total = page.locator(".ev-tl > li").count()
    expect(_status(page)).to_contain_text(str(total))
    page.select_option("select[name=jurisdiction]", "JP")
    page.select_option("select[name=kind]", "effective")
    expect(page).to_have_url(re.compile(r"\?jurisdiction=JP&kind=effective$"))
    rows = _shown(page)
    assert 0 < rows.count() < total
    for row in rows.all():
        assert row.get_attribute("data-k") == "effective"
        assert "JP" in (row.get_attribute("data-j") or "").split()
    expect(_status(page)).to_contain_text(str(rows.count()))
    assert visit.complaints == []


def test_headings_count_what_is_left_and_empty_years_disappear(visit: Visit) -> None:
    page = visit.go("timeline/?jurisdiction=JP&collection=guidelines")
    left = 0
    for heading in page.locator("h2:visible").all():
        match = re.search(r"\((\d+)\)", heading.inner_text())
        assert match is not None
        assert int(match[1]) > 0
        left += int(match[1])
    assert left == _shown(page).count()
    assert page.locator("h2[hidden]").count() > 0


def test_an_address_that_was_sent_on_shows_the_same(visit: Visit) -> None:
    page = visit.go("timeline/?year=2024&collection=enforcement")
    expect(page.locator("select[name=year]")).to_have_value("2024")
    assert {row.get_attribute("data-y") for row in _shown(page).all()} == {"2024"}


def test_clearing_shows_everything_again(visit: Visit) -> None:
    page = visit.go("timeline/?jurisdiction=JP")
    page.locator("[data-ev-timeline] button[type=reset]").click()
    expect(_shown(page)).to_have_count(page.locator(".ev-tl > li").count())
    expect(page).to_have_url(re.compile("/timeline/$"))


@pytest.mark.parametrize("query", ["?jurisdiction=<script>", "?kind=nonsense&year=", "?%00=%ff", "?year=2024;DROP"])
def test_a_choice_that_does_not_exist_is_ignored(visit: Visit, query: str) -> None:
    page = visit.go(f"timeline/{query}")
    expect(_shown(page)).to_have_count(page.locator(".ev-tl > li").count())
    assert visit.complaints == []


def test_nothing_left_is_said(visit: Visit) -> None:
    page = visit.go("timeline/?collection=trials&kind=effective")
    expect(_shown(page)).to_have_count(0)
    expect(_status(page)).to_contain_text("No event fits")


def test_the_keyboard_alone(visit: Visit) -> None:
    page = visit.go("timeline/")
    page.locator("select[name=jurisdiction]").focus()
    page.keyboard.type("Jap")
    page.keyboard.press("Tab")
    expect(page.locator("select[name=collection]")).to_be_focused()
    expect(page).to_have_url(re.compile(r"\?jurisdiction=JP$"))


def test_without_javascript_every_row_is_there_and_no_filter(unscripted: Visit) -> None:
    page = unscripted.go("timeline/")
    expect(page.locator("[data-ev-timeline]")).to_be_hidden()
    assert _shown(page).count() == page.locator(".ev-tl > li").count() > 100
