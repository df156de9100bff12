"""The site in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kb.models import COLLECTIONS
from tests.browser.windows import Visit, until
from tests.page_kinds import page_kinds
from tests.publish.filled import IDS

_SAMPLES = (
    "",
    "ja/",
    "guidelines/",
    "ja/trials/",
    "glossary/",
    "challenges/",
    "ja/challenges/",
    "about/",
    "jurisdictions/jp/",
    "ja/products/jikei-airway-epithelial-ev/",
    "attributes/sterility/",
    "ja/claims/claim-whole-body-rejuvenation/",
)


def _overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return width


def test_pages_work_without_errors_other_hosts_or_sideways_scrolling(visit: Visit) -> None:
    for path in _SAMPLES:
        page = visit.go(path)
        assert _overflow(page) <= 0, path
        assert page.locator("h1").first.is_visible(), path
    assert visit.complaints == []


def test_the_header_names_the_site_or_the_page_also_after_scrolling(visit: Visit) -> None:
    page = visit.go("ja/claims/claim-whole-body-rejuvenation/")
    page.mouse.wheel(0, 900)
    expect(page.locator(".md-header__title")).to_have_class(re.compile("md-header__title--active"))
    shown = """() => [...document.querySelectorAll('.md-header__topic')].some(
        (topic) => getComputedStyle(topic).display !== 'none' && getComputedStyle(topic).opacity === '1')"""
    until(page, shown)


def test_the_language_switch_stays_on_the_page(visit: Visit) -> None:
    page = visit.go("attributes/sterility/")
    page.click(".ev-language")
    expect(page).to_have_url(f"{visit.address}ja/attributes/sterility/")
    assert page.locator("html").get_attribute("lang") == "ja"
    page.click(".ev-language")
    expect(page).to_have_url(f"{visit.address}attributes/sterility/")


def test_light_and_dark_are_kept_across_pages_and_languages(visit: Visit) -> None:
    page = visit.go("")
    before = page.locator("body").get_attribute("data-md-color-scheme")
    page.locator("label[for^=__palette]:not([hidden])").click()
    chosen = page.locator("body").get_attribute("data-md-color-scheme")
    assert chosen != before
    page = visit.go("ja/attributes/sterility/")
    assert page.locator("body").get_attribute("data-md-color-scheme") == chosen


def test_a_reference_leads_to_its_source(visit: Visit) -> None:
    page = visit.go("products/jikei-airway-epithelial-ev/")
    page.locator(".ev-refs a").first.click()
    assert page.locator(".ev-sources li:target").is_visible()


def test_the_report_page_names_the_entry(visit: Visit) -> None:
    page = visit.go("ja/attributes/sterility/")
    page.locator("a.ev-action").first.click()
    page.wait_for_selector("[data-ev-report]:not([hidden])")
    assert page.locator("[data-ev-report] code").inner_text() == "attributes/sterility"
    form, root = page.locator("[data-ev-edit] a"), page.url.partition("/ja/")[0]
    assert form.evaluate("link => link.href") == f"{root}/admin/#/collections/attributes/entries/sterility"
    page = visit.go("report/")
    assert page.locator("[data-ev-edit] a").evaluate("link => link.href") == f"{root}/admin/"
    page = visit.go("report/?entry=<img src=x onerror=alert(1)>")
    assert not page.locator("[data-ev-report]").is_visible()
    assert visit.complaints == []


def test_paper_is_black_on_white_in_either_scheme(visit: Visit) -> None:
    page = visit.go("attributes/sterility/")
    page.emulate_media(media="print")
    colour = "selector => getComputedStyle(document.querySelector(selector)).{}"
    assert page.evaluate(colour.format("color"), "h1") == "rgb(0, 0, 0)"
    assert page.evaluate(colour.format("backgroundColor"), "body") == "rgb(255, 255, 255)"
    assert not page.locator(".md-header").is_visible()
    assert page.locator(".ev-records thead").first.is_visible()
    printed = page.evaluate("getComputedStyle(document.querySelector('.ev-sources a.ev-out'), '::after').content")
    assert "http" in printed


def test_lists_read_without_javascript(unscripted: Visit) -> None:
    page = unscripted.go("guidelines/")
    assert page.locator("td a", has_text="MISEV2023").first.is_visible()


@pytest.mark.parametrize("language", ["", "ja/"])
@pytest.mark.parametrize("collection", COLLECTIONS)
def test_hostile_text_does_nothing(hostile: Visit, collection: str, language: str) -> None:
    for path in (
        f"{language}{collection}/hostile-{collection}/",
        f"{language}{collection}/",
        f"{language}{collection}/{IDS[collection]}/",
    ):
        page = hostile.go(path)
        assert page.evaluate("window.__hit") is None
        assert page.locator("h1").count() == 1
        assert "EVReg" in page.title()
    assert hostile.complaints == []


@pytest.mark.parametrize("language", ["", "ja/"])
def test_hostile_text_does_nothing_on_computed_pages(hostile: Visit, site: Path, language: str) -> None:
    """Lists, matrices, maps and explorers run scripts over texts and data files, so they are let run their course."""
    for path in page_kinds(site):
        if path.partition("/")[0] in COLLECTIONS:
            continue
        page = hostile.go(f"{language}{path}")
        hostile.settle()
        assert page.evaluate("window.__hit") is None, path
        assert page.locator("h1").count() == 1, path
        assert page.locator("article :is(iframe, object, embed, [onclick], [onerror], [onload])").count() == 0, path
        assert _overflow(page) <= 0, path
    assert hostile.complaints == []


def test_a_former_address_leads_on(hostile: Visit) -> None:
    page = hostile.go("ja/attributes/particles/")
    page.wait_for_url(f"{hostile.address}ja/attributes/count/")
    assert hostile.complaints == []


def test_an_injected_script_would_be_stopped_by_the_policy(hostile: Visit) -> None:
    page = hostile.go("")
    page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.__hit = 'inline'";
        document.body.append(script);
        const image = document.createElement("div");
        image.innerHTML = "<img src=x onerror=\\"window.__hit = 'handler'\\">";
        document.body.append(image);
    }""")
    page.wait_for_timeout(100)
    assert page.evaluate("window.__hit") is None
    assert any("Content Security Policy" in complaint for complaint in hostile.complaints)
