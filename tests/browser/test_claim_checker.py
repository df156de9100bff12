"""/check/ in a real browser: reads what is pasted, explains it, and sends nothing anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import violations
from tests.browser.windows import Visit, Windows, held_back

_JAPANESE = (
    "変形性膝関節症でお悩みの方へ🦵\n当院のエクソソーム注射で、すり減った膝の\n軟骨が再生し、痛みが改善します。\n"
    "副作用は一切ありません。\n・認知症に効きますか?\n"
)
_ENGLISH = (
    "Our clinic's exosome injection regenerates worn knee cartilage and relieves joint pain.\n"
    "No side effects. Our exosomes are FDA approved.\nExosomes have not been shown to treat autism.\n"
)
_WARNING = (
    "FDA warns consumers: clinics claim that exosomes treat knee arthritis and COVID-19. According to the agency, no exosome "
    "product is approved. Patients were hospitalised after treatment with unapproved products. Report adverse events to FDA.\n"
)
_HOSTILE = (
    '<img src=x onerror="window.__hit=1"><script>window.__hit=2</script> Our exosomes <b onclick=alert(1)>cure</b> knee pain '
    "</textarea></article><svg/onload=window.__hit=3> \u202eevil\u202c {{7*7}} javascript:window.__hit=4 No side effects. It is what "
    "our patients say of it, and we have been told that this is the best of all that they have had for years."
)


@pytest.fixture
def reader(windows: Windows, real_address: str) -> Iterator[Visit]:
    """The first edition in one window, for what does not depend on it."""
    with windows.reading(real_address) as found:
        yield found


def _checked(visit: Visit, path: str, text: str) -> Page:
    page = visit.go(path)
    page.locator(".ev-ck-check:enabled").wait_for()
    page.fill("#ck-text", text)
    page.click(".ev-ck-check")
    return page


def _claims(page: Page) -> list[str]:
    return [card.inner_text() for card in page.locator(".ev-ck-claim h4").all()]


def _reflows(page: Page) -> bool:
    page.set_viewport_size({"width": 320, "height": 800})
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_japanese_advertisement(visit: Visit) -> None:
    page = _checked(visit, "ja/check/", _JAPANESE)
    expect(page.get_by_role("status")).to_contain_text("主張が2件見つかりました")
    assert _claims(page) == ["1. 膝軟骨の再生・手術回避", "2. 副作用がない"]
    assert "".join(page.locator(".ev-ck-text mark").all_inner_texts())
    shown = page.locator(".ev-ck-text").evaluate(
        "(box) => { const copy = box.cloneNode(true); copy.querySelectorAll('a').forEach((a) => a.remove()); return copy.textContent }"
    )
    assert shown == _JAPANESE
    expect(page.locator("#ck-claim-1 .ev-ck-rules")).to_have_count(1)
    expect(page.locator("#ck-claim-1 .ev-ck-where")).to_have_text("日本")
    expect(page.locator("[data-part=aside]")).to_contain_text("たずねている文です")
    expect(page.locator("[data-part=missing] li").first).to_be_visible()
    expect(page.locator("[data-part=reporting] li").first).to_be_visible()
    assert _reflows(page)
    assert visit.complaints == []


def test_an_english_advertisement(visit: Visit) -> None:
    page = _checked(visit, "check/", _ENGLISH)
    assert len(_claims(page)) == 3
    expect(page.get_by_role("status")).to_contain_text("3 claims found")
    assert page.locator("#ck-claim-1 .ev-ck-rules").count() > 1
    expect(page.locator("[data-part=missing]")).to_be_hidden()
    expect(page.locator("[data-part=aside]")).to_contain_text("The text denies it.")
    assert "approved" in page.locator(".ev-ck-text mark").all_inner_texts()
    assert _reflows(page)
    assert visit.complaints == []


def test_a_place_stays_in_the_address_and_goes_into_the_other_language(reader: Visit) -> None:
    page = _checked(reader, "check/?place=GB", _ENGLISH)
    expect(page.locator("#ck-place")).to_have_value("GB")
    expect(page.locator(".ev-ck-where").first).to_have_text("United Kingdom")
    page.select_option("#ck-place", "JP")
    expect(page).to_have_url(re.compile(r"check/\?place=JP$"))
    assert set(page.locator(".ev-ck-where").all_inner_texts()) == {"Japan"}
    expect(page.locator("[data-part=missing] li").first).to_be_visible()
    page.select_option("#ck-place", "CH")
    expect(page.locator("#ck-claim-1 .ev-ck-no-rule")).to_contain_text("No rule of Switzerland is on record")
    href = page.locator("a.ev-language").get_attribute("href") or ""
    assert href.endswith("place=CH")
    page.goto(f"{reader.address}ja/check/?place=")
    expect(page.locator("#ck-place")).to_have_value("")
    page.goto(f'{reader.address}ja/check/?place="]<b>')
    expect(page.locator("#ck-place")).to_have_value("JP")
    assert reader.complaints == []


def test_nothing_is_asked_of_any_host_once_the_page_is_there(reader: Visit) -> None:
    page = reader.go("ja/check/")
    page.locator(".ev-ck-check:enabled").wait_for()
    reader.settle()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.set_offline(True)
    try:
        page.fill("#ck-text", _JAPANESE + _ENGLISH)
        page.click(".ev-ck-check")
        expect(page.locator(".ev-ck-claim").first).to_be_visible()
        reader.settle()
        assert asked == []
        page.select_option("#ck-place", "US")
        reader.settle()
    finally:
        page.context.set_offline(False)
    # A changed address makes browsers look for the page's icon again.
    assert [url for url in asked if not url.endswith("/mark.svg")] == []
    assert _JAPANESE[:5] not in page.url


def test_hostile_text_stays_text(visit: Visit) -> None:
    page = _checked(visit, "check/", _HOSTILE)
    expect(page.locator(".ev-ck-claim").first).to_be_visible()
    visit.settle()
    assert page.evaluate("window.__hit") is None
    assert page.locator(":is(.ev-ck-text, .ev-ck-quotes, .ev-ck-aside) :is(img, script, svg, b)").count() == 0
    assert "<img src=x onerror=" in page.locator(".ev-ck-text").inner_text()
    assert visit.complaints == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no text yet"),
        (" \n　", "no text yet"),
        ("🦵🦵 123 !!", "no letters"),
        ("Экзосомы лечат артрит коленного сустава и омолаживают кожу.", "in neither Japanese nor English"),
        ("The weather in Kyoto is fine today, and we went for a walk.", "No claim of our list"),
    ],
)
def test_what_cannot_be_read_is_said(reader: Visit, text: str, said: str) -> None:
    page = _checked(reader, "check/", text)
    expect(page.get_by_role("status")).to_contain_text(said)
    assert page.locator(".ev-ck-claim").count() == 0
    assert reader.complaints == []


def test_a_report_is_no_advertisement(reader: Visit) -> None:
    page = _checked(reader, "check/", _WARNING * 2)
    expect(page.get_by_role("status")).to_contain_text("No claim of our list")
    expect(page.locator("[data-part=aside] li").first).to_be_visible()
    expect(page.locator("[data-part=missing]")).to_be_hidden()


def test_a_very_long_text_is_read_in_part_and_another_product_is_said(reader: Visit) -> None:
    page = _checked(reader, "check/", "We like our garden a lot. " * 4_000 + "Our exosomes are FDA approved.")
    notices = page.locator(".ev-ck-notices")
    expect(notices).to_contain_text("Only the first 100,000 characters")
    expect(notices).to_contain_text("does not name exosomes")
    assert page.locator(".ev-ck-claim").count() == 0


def test_clearing(reader: Visit) -> None:
    page = _checked(reader, "check/", _ENGLISH)
    page.click(".ev-ck-clear")
    expect(page.locator("#ck-text")).to_have_value("")
    expect(page.locator("#ck-text")).to_be_focused()
    expect(page.locator(".ev-ck-result")).to_be_hidden()


def test_the_keyboard_alone(visit: Visit) -> None:
    page = visit.go("check/")
    page.locator(".ev-ck-check:enabled").wait_for()
    page.locator("#ck-text").focus()
    page.keyboard.insert_text(_ENGLISH)
    page.keyboard.press("Tab")
    expect(page.locator("#ck-place")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("3 claims found")
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.locator(".ev-ck-text")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#ck-mark-1-1")).to_be_focused()
    expect(page.locator("#ck-mark-1-1")).to_have_accessible_name(re.compile(r"^Claim 1: \S"))
    page.keyboard.press("Enter")
    expect(page.locator("#ck-claim-1")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.locator("#ck-claim-1 .ev-ck-back")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#ck-mark-1-1$"))


def test_a_place_that_is_chosen_while_the_rules_load_counts(visit: Visit) -> None:
    with held_back(visit.page, "**/specification*.json"):
        page = visit.go("check/")
        page.fill("#ck-text", "cleared")
        page.click(".ev-ck-clear")
        expect(page.locator("#ck-text")).to_have_value("")
        page.select_option("#ck-place", "JP")
        expect(page).to_have_url(re.compile(r"check/\?place=JP$"))
        expect(page.locator(".ev-ck-check")).to_be_disabled()
    page.locator(".ev-ck-check:enabled").wait_for()
    page.fill("#ck-text", _ENGLISH)
    page.click(".ev-ck-check")
    expect(page.locator(".ev-ck-where").first).to_have_text("Japan")
    assert visit.complaints == []


def test_the_result_is_accessible(visit: Visit) -> None:
    page = _checked(visit, "ja/check/", _JAPANESE + _ENGLISH)
    assert violations(page) == []


def test_on_paper_the_result_stands_without_the_form(reader: Visit) -> None:
    page = _checked(reader, "check/?place=US", _ENGLISH)
    page.emulate_media(media="print")
    for gone in ("#ck-text", ".ev-ck-check", ".ev-ck-print", ".ev-ck-back >> nth=0"):
        expect(page.locator(gone)).to_be_hidden()
    for there in (".ev-ck-status", ".ev-ck-text", ".ev-ck-rules li li >> nth=0"):
        expect(page.locator(there)).to_be_visible()


def test_without_scripts_the_page_says_so(unscripted: Visit) -> None:
    page = unscripted.go("check/")
    expect(page.locator("form.ev-ck")).to_be_hidden()
    expect(page.get_by_text("This page needs JavaScript")).to_be_visible()
    page.get_by_role("link", name="All claims in this atlas").last.click()
    expect(page).to_have_url(re.compile(r"/claims/$"))
