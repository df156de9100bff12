"""Choosing jurisdictions to compare in a real browser, and the map as a reader meets it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.windows import Visit


def _columns(page: Page) -> list[str]:
    return page.locator("table.ev-cmp thead a").all_inner_texts()


def test_the_address_says_what_is_compared(visit: Visit) -> None:
    page = visit.go("compare/?with=kr,JP")
    expect(page.locator("table.ev-cmp thead a")).to_have_text(["South Korea", "Japan"])
    assert "rows differ" in page.locator(".ev-cmp-status").inner_text()
    page.locator("input[name=with][value=us]").check()
    expect(page.locator("table.ev-cmp thead a")).to_have_text(["South Korea", "Japan", "United States"])
    expect(page).to_have_url(re.compile(r"\?with=kr,jp,us$"))
    assert visit.complaints == []


def test_no_fewer_than_two_and_no_more_than_four(visit: Visit) -> None:
    page = visit.go("compare/?with=jp,kr")
    expect(page.locator("table.ev-cmp thead a")).to_have_count(2)
    page.locator("input[name=with][value=jp]").uncheck()
    assert page.locator(".ev-cmp-status").inner_text() == "Choose at least two."
    for id_ in ("jp", "us", "eu"):
        page.locator(f"input[name=with][value={id_}]").check()
    expect(page.locator("table.ev-cmp thead a")).to_have_count(4)
    page.locator("input[name=with][value=cn]").click()
    assert page.locator(".ev-cmp-status").inner_text().startswith("Four at most")
    assert not page.locator("input[name=with][value=cn]").is_checked()
    assert visit.complaints == []


def test_only_differences_are_left(visit: Visit) -> None:
    page = visit.go("ja/compare/?with=jp,kr&only=differences")
    expect(page.locator("table.ev-cmp thead a")).to_have_text(["日本", "韓国"])
    assert page.locator("tr[data-agreement=differs]").first.is_visible()
    assert page.locator("tr[data-agreement=words]:visible").count() == 0
    assert page.locator("tr[data-agreement=same]:visible").count() == 0
    page.locator("[data-only]").uncheck()
    assert page.locator("tr[data-agreement=words]").first.is_visible()
    expect(page).not_to_have_url(re.compile("only"))


def test_nonsense_in_the_address_changes_nothing(visit: Visit) -> None:
    page = visit.go("compare/?with=<img src=x onerror=alert(1)>,jp")
    assert _columns(page)[0] == "Japan"
    expect(page.locator(".ev-cmp-status")).to_contain_text("No profile: <img")
    assert visit.complaints == []


def test_the_table_scrolls_inside_its_own_frame(visit: Visit) -> None:
    page = visit.go("compare/")
    page.locator("table.ev-cmp").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    page.locator(".ev-cmp-scroll").evaluate("frame => { frame.scrollLeft = 200; }")
    left = page.locator("table.ev-cmp th[scope=row]").first.bounding_box()
    assert left is not None
    assert 0 <= left["x"] < 40


def test_the_comparison_and_the_map_read_without_javascript(unscripted: Visit) -> None:
    page = unscripted.go("compare/")
    assert not page.locator("[data-ev-compare]").is_visible()
    assert page.locator("tr[data-agreement=differs]").first.is_visible()
    page = unscripted.go("ja/map/")
    assert page.locator(".ev-map-drawing").is_visible()
    assert page.locator(".ev-map-legend a", has_text="韓国").is_visible()


@pytest.mark.parametrize("path", ["", "ja/", "map/"])
def test_a_country_on_the_map_leads_to_its_page(visit: Visit, path: str) -> None:
    page = visit.go(path)
    place = page.locator(".ev-map-drawing a[href$='jurisdictions/au/']")
    assert place.get_attribute("aria-label")
    place.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/jurisdictions/au/")
    assert visit.complaints == []
