"""The requirement matrix in a real browser: dialog, filters, address, keyboard, and without JavaScript."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.windows import Visit

_CELLS = "[data-mx-grid] a[data-says]"
#: The statements of the first cell that holds several levels and is not graded «mentioned».
_MIXED = """() => [...document.querySelectorAll("[data-mx-grid] a[data-says]")].find((link) => {
  const levels = link.dataset.says.split(" ").map((id) => document.getElementById(id).dataset.level);
  return levels[0] !== "mentioned" && levels.includes("mentioned");
}).dataset.says"""


def _visible_cells(page: Page) -> int:
    return page.locator(f"{_CELLS}:visible").count()


def test_a_cell_opens_its_statements_with_sources(visit: Visit) -> None:
    page = visit.go("matrix/")
    cell = page.locator(_CELLS).first
    cell.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog.ev-mx-dialog")
    expect(dialog).to_be_visible()
    assert dialog.locator(".ev-said-words").first.inner_text()
    assert dialog.locator(".ev-said-sources a").first.get_attribute("href")
    assert len((cell.get_attribute("data-says") or "").split()) == dialog.locator(".ev-said").count()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert page.evaluate("document.activeElement.matches('[data-says]')")
    page.keyboard.press("Space")
    expect(dialog).to_be_visible()
    dialog.locator(".ev-said-body > .ev-said-from a[href^='#']").first.click()
    expect(dialog).to_be_hidden()
    expect(page.locator("li.ev-said:target")).to_be_visible()
    assert visit.complaints == []


def test_filters_stand_in_the_address_and_are_read_from_it(visit: Visit) -> None:
    page = visit.go("matrix/?where=KR&level=recommended")
    rows = page.locator("[data-mx-grid] tr[data-row]:visible").count()
    assert 0 < _visible_cells(page) < page.locator(_CELLS).count()
    assert rows < page.locator("[data-mx-grid] tr[data-row]").count()
    assert page.locator("th[data-column]:visible").evaluate_all("all => all.every(th => th.dataset.where === 'KR')")
    shown = page.locator("ul.ev-said-list > li.ev-said:visible")
    assert shown.evaluate_all("all => all.every(li => li.dataset.where === 'KR' && li.dataset.level === 'recommended')")
    expect(page.locator("[data-mx-status]")).to_contain_text(str(shown.count()))
    page.locator("select[name=level]").select_option("mentioned")
    expect(page).to_have_url(re.compile(r"\?where=KR&level=mentioned$"))
    page.locator("[data-mx-filter] button[type=reset]").click()
    expect(page.locator("select[name=where]")).to_have_value("")
    expect(page).to_have_url(re.compile(r"/matrix/$"))
    assert _visible_cells(page) == page.locator(_CELLS).count()
    assert visit.complaints == []


def test_a_filtered_cell_is_graded_by_what_is_left(visit: Visit) -> None:
    page = visit.go("ja/matrix/topics/")
    says = page.evaluate(_MIXED)
    cell = page.locator(f'a[data-says="{says}"]')
    mark = cell.locator(".ev-mx-mark")
    assert "ev-mx-mentioned" not in (mark.get_attribute("class") or "")
    page.locator("select[name=level]").select_option("mentioned")
    assert "ev-mx-mentioned" in (mark.get_attribute("class") or "")
    page.locator("select[name=level]").select_option("")
    assert "ev-mx-mentioned" not in (mark.get_attribute("class") or "")
    assert visit.complaints == []


def test_drafts_and_past_documents_can_be_left_out(visit: Visit) -> None:
    page = visit.go("matrix/?today=1&explicit=1")
    assert page.locator("[data-mx-filter] input[name=today]").is_checked()
    left = page.locator("ul.ev-said-list > li.ev-said:visible")
    assert left.count() > 0
    assert left.evaluate_all(
        "all => all.every(li => li.dataset.counted === 'today' && li.dataset.applies === 'explicit')"
    )


def test_nonsense_in_the_address_changes_nothing(visit: Visit) -> None:
    page = visit.go("matrix/?where=<img src=x onerror=alert(1)>&level=&basis=__proto__")
    assert _visible_cells(page) == page.locator(_CELLS).count()
    assert visit.complaints == []


def test_only_the_tables_scroll_sideways(visit: Visit) -> None:
    for path in ("matrix/", "ja/matrix/topics/", "harmonisation/", "gaps/", "ja/gaps/rion-pep/"):
        page = visit.go(path)
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, path
    assert visit.complaints == []


def test_cells_lead_to_the_statements_without_javascript(unscripted: Visit) -> None:
    page = unscripted.go("matrix/")
    assert not page.locator("[data-mx-filter]").is_visible()
    page.locator(_CELLS).first.click()
    expect(page.locator("li.ev-said:target")).to_be_visible()
