"""The reader's search in a real browser, on the first edition."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.windows import Visit

_TRIAL = "trials/nct04276987/"


def _open(visit: Visit, path: str = "") -> Page:
    page = visit.go(path)
    page.keyboard.press("/")
    page.wait_for_selector(".ev-dialog[open]")
    return page


def _results(page: Page) -> Locator:
    return page.locator(".ev-dialog [role=listbox] > [role=option]")


def _type(page: Page, text: str) -> None:
    """Type as a reader does, key by key."""
    page.locator(".ev-dialog input").fill("")
    page.keyboard.type(text)


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("potency assay", "glossary/potency-assay/"),
        ("Exosomes", "glossary/exosome/"),
        ("NCT 0427-6987", _TRIAL),
        ("力価試験", "glossary/potency-assay/"),  # the other language's word
    ],
)
def test_english(visit: Visit, typed: str, path: str) -> None:
    page = _open(visit, "about/")
    _type(page, typed)
    expect(_results(page).first).to_have_attribute("href", f"/{path}")
    assert visit.complaints == []


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("力価試験", "glossary/potency-assay/"),
        ("ｴｷｿｿｰﾑ", "glossary/exosome/"),
        ("エクソゾーム", "glossary/exosome/"),
        ("ウェスタンブロット", "glossary/western-blot/"),
        ("ＮＣＴ 0427 6987", _TRIAL),
        ("potency assay", "glossary/potency-assay/"),
    ],
)
def test_japanese(visit: Visit, typed: str, path: str) -> None:
    page = _open(visit, "ja/trials/")
    _type(page, typed)
    expect(_results(page).first).to_have_attribute("href", f"/ja/{path}")
    assert visit.complaints == []


def test_a_word_inside_a_compound_is_found_and_marked(visit: Visit) -> None:
    page = _open(visit, "ja/")
    _type(page, "小胞")
    expect(_results(page).first).to_contain_text("小胞")
    expect(page.locator(".ev-dialog mark", has_text="小胞").first).to_be_visible()
    assert _results(page).first.locator(".ev-kind svg").count() == 1


def test_the_keyboard_alone(visit: Visit) -> None:
    page = _open(visit)
    field = page.locator(".ev-dialog input")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("role", "combobox")
    _type(page, "sterility")
    expect(_results(page).first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    second = _results(page).nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", second.get_attribute("id") or "?")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    expect(page.locator(".ev-dialog")).to_be_hidden()
    page.keyboard.press("/")
    expect(field).to_be_focused()
    expect(_results(page).first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{visit.address}attributes/sterility/")
    assert visit.complaints == []


def test_a_slash_in_a_field_is_a_slash(visit: Visit) -> None:
    page = visit.go("search/")
    page.locator("#ev-q").click()
    page.keyboard.type("GMP/GCP")
    expect(page.locator("#ev-q")).to_have_value("GMP/GCP")
    assert page.locator(".ev-dialog[open]").count() == 0


def test_the_dialog_fits_the_window(visit: Visit) -> None:
    page = visit.go("ja/guidelines/")
    page.click(".ev-search-open")
    page.wait_for_selector(".ev-dialog[open]")
    page.keyboard.type("安全性")
    expect(_results(page).first).to_be_visible()
    box = page.locator(".ev-dialog").bounding_box()
    assert box is not None
    window = page.viewport_size
    assert window is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= window["width"]
    assert box["y"] + box["height"] <= window["height"]
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_the_other_language_is_offered_below(visit: Visit) -> None:
    page = _open(visit, "ja/")
    _type(page, "マイクロベシクル")
    other = page.locator(".ev-dialog [data-language=en] [role=option]")
    expect(other.first).to_be_visible()
    assert not (other.first.get_attribute("href") or "").startswith("/ja/")
    assert other.first.get_attribute("lang") == "en"
    expect(_results(page).first).to_have_attribute("href", "/ja/glossary/microvesicle/")


def test_nothing_found_is_said(visit: Visit) -> None:
    page = _open(visit)
    _type(page, "<img src=x onerror=alert(1)> qqqqxxyyzz")
    expect(page.locator(".ev-dialog .ev-search-status")).to_contain_text("qqqqxxyyzz")
    assert page.locator(".ev-dialog img").count() == 0
    assert visit.complaints == []


def test_facets_narrow_and_stand_in_the_address(visit: Visit) -> None:
    page = visit.go("search/?q=potency&jurisdiction=JP")
    status, japan = page.locator(".ev-search-status"), page.locator("input[name=jurisdiction][value=JP]")
    expect(status).to_have_text(re.compile(r"^[1-9]\d* results$"))
    expect(japan).to_be_checked()
    only_japan = f"{page.locator('li', has=japan).locator('.ev-count').text_content()} results"
    expect(status).to_have_text(only_japan)
    if not page.locator(".ev-search-facets").get_attribute("open"):
        page.evaluate("document.querySelector('.ev-search-facets').open = true")
    page.locator("input[name=jurisdiction][value=US]").check()
    expect(status).not_to_have_text(only_japan)
    expect(page).to_have_url(re.compile(r"\?q=potency&jurisdiction=JP&jurisdiction=US$"))
    page.go_back()
    expect(status).to_have_text(only_japan)
    expect(page.locator("input[name=jurisdiction][value=US]")).not_to_be_checked()
    page.go_forward()
    expect(page.locator("input[name=jurisdiction][value=US]")).to_be_checked()
    page.locator(".ev-search-clear").click()
    expect(page.locator(".ev-search-clear")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"\?q=potency$"))
    assert visit.complaints == []


def test_facets_without_words(visit: Visit) -> None:
    page = visit.go("ja/search/?collection=trials&phase=2&status=recruiting")
    expect(page.locator(".ev-search-found > .ev-results .ev-result").first).to_be_visible()
    hrefs = page.locator(".ev-search-found > .ev-results .ev-result").evaluate_all("all => all.map(a => a.pathname)")
    assert all(href.startswith("/ja/trials/") for href in hrefs)
    expect(page.locator("[data-facet=phase] li", has=page.locator("input[value='2']"))).to_contain_text("II")
    assert visit.complaints == []


def test_typing_on_the_page_and_showing_more(visit: Visit) -> None:
    page = visit.go("search/")
    page.locator("#ev-q").fill("exosome")
    results = page.locator(".ev-search-found > .ev-results .ev-result")
    expect(results).to_have_count(10)
    page.locator(".ev-search-more").click()
    expect(results).to_have_count(20)
    expect(page).to_have_url(re.compile(r"\?q=exosome$"))


def test_without_javascript_the_lists_are_named(unscripted: Visit) -> None:
    page = unscripted.go("ja/about/")
    page.locator(".ev-search-open").click()
    page.wait_for_url("**/ja/search/")
    assert page.locator(".ev-lists a").count() == 11
    assert not page.locator("[data-ev-search]").is_visible()


def test_it_works_below_a_path_and_shows_hostile_text_literally(hostile: Visit) -> None:
    page = _open(hostile, "ja/about/")
    _type(page, "hostile-trials")
    expect(_results(page).first).to_be_visible()
    assert (_results(page).first.get_attribute("href") or "").startswith(f"{urlsplit(hostile.address).path}ja/")
    assert page.evaluate("window.__hit") is None
    assert page.locator(".ev-dialog script, .ev-dialog img").count() == 0
    assert hostile.complaints == []
