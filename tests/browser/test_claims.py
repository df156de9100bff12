"""The catalogue of claims in a real browser that runs no scripts: the filter, what is folded, the way between pages."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.windows import Visit


def test_the_filter_works_without_scripts(unscripted: Visit) -> None:
    page = unscripted.go("claims/")
    rows = page.locator(".ev-list tbody tr")
    every = rows.count()
    link = page.locator("a[href='#only-false']")
    counted = int(link.locator(".ev-count").inner_text())
    link.focus()
    page.keyboard.press("Enter")
    expect(rows.filter(visible=True)).to_have_count(counted)
    assert 0 < counted < every
    assert set(rows.filter(visible=True).locator(".ev-claim-assessments").all_inner_texts()) == {"False"}
    shown = page.locator("h2").filter(visible=True).count()
    assert shown == page.locator(".ev-list").filter(visible=True).count() < page.locator("h2").count()
    expect(page.locator("#only-false")).to_contain_text(f"{counted} of {every}")
    page.locator("#only-false a").click()
    expect(rows.filter(visible=True)).to_have_count(every)
    expect(page.locator("#only-false")).to_be_hidden()


def test_a_reader_goes_from_a_claim_to_its_use_and_to_a_trial_and_back(unscripted: Visit) -> None:
    page = unscripted.go("ja/claims/claim-hair-regrowth/")
    page.locator(".ev-facts a[href='../../uses/#use-androgenetic-alopecia']").click()
    row = page.locator("#use-androgenetic-alopecia")
    row.locator("summary").click()
    row.locator("details a").first.click()
    page.locator("#claims ~ .ev a[href='../../claims/claim-hair-regrowth/']").first.click()
    page.wait_for_url("**/ja/claims/claim-hair-regrowth/")


def test_the_patterns_of_the_checker_open(unscripted: Visit) -> None:
    page = unscripted.go("claims/claim-hair-regrowth/")
    pattern = page.locator(".ev-pattern").first
    expect(pattern).to_be_hidden()
    page.locator("summary", has_text="Show the patterns").click()
    expect(pattern).to_be_visible()
    assert not set("@*#") & set(pattern.inner_text())
