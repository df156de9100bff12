"""Charts in a real browser: the still picture, and the interactive one under the site's security policy."""

from __future__ import annotations

from tests.browser.windows import Visit, Windows

PATH = "trials/dashboard/"
FIGURE = "#chart-trials-by-year"


def test_the_picture_takes_the_colours_of_the_scheme(visit: Visit) -> None:
    page = visit.go(f"ja/{PATH}")
    colour = page.eval_on_selector(
        f"{FIGURE} svg path[fill='var(--ev-chart-1)']", "(path) => getComputedStyle(path).fill"
    )
    dark = page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    assert colour == ("rgb(88, 194, 213)" if dark else "rgb(11, 95, 115)")
    assert page.locator(f"{FIGURE} svg").bounding_box()["width"] > 250  # type: ignore[index]
    assert visit.complaints == []


def test_nothing_of_vega_is_loaded_before_the_reader_asks(visit: Visit) -> None:
    requested: list[str] = []
    visit.page.on("request", lambda request: requested.append(request.url))
    page = visit.go(PATH)
    assert not [url for url in requested if url.endswith(("vega.js", ".en.json"))]
    page.click(f"{FIGURE} .ev-chart-run")
    page.locator(f"{FIGURE} .ev-chart-live svg").wait_for()
    assert [url for url in requested if url.endswith("vega.js")]


def test_the_interactive_chart_answers_and_the_still_one_comes_back(visit: Visit) -> None:
    page = visit.go(f"ja/{PATH}")
    button = page.locator(f"{FIGURE} .ev-chart-run")
    button.focus()
    page.keyboard.press("Enter")
    live = page.locator(f"{FIGURE} .ev-chart-live")
    live.locator("svg").wait_for()
    assert not page.locator(f"{FIGURE} .ev-chart-picture > svg").is_visible()
    assert live.get_attribute("aria-label")
    bar = live.locator(".mark-rect path").last
    bar.hover()
    page.locator(".ev-chart-tip dt").first.wait_for()
    page.keyboard.press("Enter")
    assert page.locator(f"{FIGURE} .ev-chart-picture > svg").is_visible()
    assert not live.is_visible()
    assert visit.complaints == []


def test_without_scripts_picture_numbers_and_files_are_there(windows: Windows, real_address: str) -> None:
    with windows.reading(real_address, 320, scripts=False) as visit:
        page = visit.go(PATH)
        assert page.locator(f"{FIGURE} svg").is_visible()
        assert not page.locator(f"{FIGURE} .ev-chart-run").is_visible()
        page.click(f"{FIGURE} summary")
        assert page.locator(f"{FIGURE} tbody tr").count() > 5
        for kind in ("csv", "svg", "png"):
            address = page.locator(f"{FIGURE} a[href$='.{kind}']").evaluate("(link) => link.href")
            assert page.request.get(address).ok, address
