"""The tables of entries in a real browser: filters, order, the address, the keyboard; and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.windows import Visit, Windows

GUIDELINES = "explore/guidelines/"
TRIALS = "explore/trials/"
ROWS = ".ev-explorer-table tbody tr[data-year]"


def _count(page: Page) -> tuple[int, ...]:
    """The numbers of «47 of 208 shown»."""
    return tuple(map(int, re.findall(r"\d+", page.locator(".ev-explorer-count").inner_text())))


def test_filters_narrow_the_table_and_stand_in_the_address(visit: Visit) -> None:
    page = visit.go(GUIDELINES)
    shown, total = _count(page)
    assert shown == total == page.locator(ROWS).count()
    page.click("[data-facet=jurisdiction] summary")
    page.check("[name=jurisdiction][value=JP]")
    page.check("[name=jurisdiction][value=US]")
    page.click("[data-facet=force] summary")
    page.check("[name=force][value=binding]")
    marks = page.eval_on_selector_all(
        ROWS, "(rows) => rows.map((row) => [row.dataset.jurisdiction, row.dataset.force])"
    )
    assert {tuple(mark) for mark in marks} == {("JP", "binding"), ("US", "binding")}
    assert _count(page) == (len(marks), total)
    expect(page).to_have_url(re.compile(r"\?jurisdiction=JP&jurisdiction=US&force=binding$"))
    page.reload()
    assert _count(page) == (len(marks), total)
    assert page.is_checked("[name=jurisdiction][value=US]")
    page.click(".ev-explorer-reset")
    expect(page.locator(".ev-explorer-count")).to_have_text(re.compile(rf"^{total} of {total}"))
    expect(page).not_to_have_url(re.compile(r"\?"))
    assert visit.complaints == []


def test_counts_beside_boxes_follow_the_other_filters(visit: Visit) -> None:
    page = visit.go(f"{GUIDELINES}?jurisdiction=JP")
    page.click("[data-facet=force] summary")
    item = page.locator("li", has=page.locator("[name=force][value=binding]"))
    before = int(item.locator(".ev-count").inner_text())
    page.check("[name=force][value=binding]")
    assert _count(page)[0] == before


def test_words_are_found_in_any_spelling(visit: Visit) -> None:
    page = visit.go(f"ja/{TRIALS}")
    page.fill("[name=q]", "ＮＣＴ０４２７６９８７")
    expect(page.locator(ROWS)).to_have_count(1)
    written = "%EF%BC%AE%EF%BC%A3%EF%BC%B4%EF%BC%90%EF%BC%94%EF%BC%92%EF%BC%97%EF%BC%96%EF%BC%99%EF%BC%98%EF%BC%97"
    expect(page).to_have_url(re.compile(f"q={written}$"))
    page.fill("[name=q]", "zzzz")
    expect(page.locator(ROWS)).to_have_count(0)
    assert "条件を減らす" in page.locator(".ev-explorer-count").inner_text()
    assert visit.complaints == []


@pytest.mark.parametrize(("sort", "backwards"), [("date", False), ("-date", True)])
def test_order_keeps_unknown_dates_last(visit: Visit, sort: str, backwards: bool) -> None:
    page = visit.go(f"{GUIDELINES}?sort={sort}")
    dates = page.eval_on_selector_all(f"{ROWS} td:nth-child(7)", "(cells) => cells.map((cell) => cell.dataset.order)")
    known = [date for date in dates if date]
    assert dates == known + [""] * (len(dates) - len(known))
    years = [date[:4] for date in known]
    assert years == sorted(years, reverse=backwards)
    assert page.input_value("[name=sort]") == sort


def test_a_heading_sorts_by_keyboard_and_says_so(windows: Windows, real_address: str) -> None:
    with windows.reading(real_address) as visit:
        page = visit.go(TRIALS)
        heading = page.locator("th[data-key=people]")
        heading.locator("[role=button]").focus()
        page.keyboard.press("Enter")
        expect(heading).to_have_attribute("aria-sort", "ascending")
        expect(page).to_have_url(re.compile(r"\?sort=people$"))
        assert page.input_value("[name=sort]") == "people"
        people = page.eval_on_selector_all(
            f"{ROWS} td:nth-child(9)", "(cells) => cells.map((cell) => cell.dataset.order)"
        )
        known = [int(number) for number in people if number]
        assert known == sorted(known)
        assert len(known) > 50
        assert visit.complaints == []


def test_everything_is_there_without_scripts(unscripted: Visit) -> None:
    page = unscripted.go(f"ja/{TRIALS}")
    assert not page.locator(".ev-explorer-form").is_visible()
    assert page.locator(ROWS).count() > 200
    assert page.locator(ROWS).last.is_visible()


def test_the_first_view_is_light(browser: Browser, real_site: object, real_address: str) -> None:
    """600 KB compressed, scripts included."""
    import gzip

    context = browser.new_context()
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - the driver wants a Python function
    page.goto(f"{real_address}{TRIALS}")
    page.locator(".ev-explorer-ready, .dt-container, [data-ev-explorer].dataTable").first.wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    sizes = {answer.url: len(gzip.compress(answer.body())) for answer in answers if answer.ok}
    assert any(url.endswith("datatables.js") for url in sizes)
    assert sum(sizes.values()) < 600_000, sizes
    context.close()
