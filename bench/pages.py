"""What a reader's first view costs: bytes and the largest contentful paint, beside plain Material on the same pages."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from bench.figures import Figure
from bench.measure import median, run
from bench.plain_site import plain_site
from bench.slow_line import slow_line
from tests.chromium import ARGUMENTS, find_chromium

#: What is looked at -> path, and the most kilobytes over the wire that its first view may take.
_PAGES = {
    "the home page": ("", None),
    "an entry": ("guidelines/jp-pmd-act-1960/", 150),
    "an explorer": ("explore/guidelines/", 600),
}
#: The largest paint so far; it is final once the page has come to rest.
_LARGEST_PAINT = """() => new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({type: "largest-contentful-paint", buffered: true}))"""


class View(NamedTuple):
    """One first view: seconds to the largest contentful paint, kilobytes over the wire."""

    seconds: float
    kilobytes: float


def figures(root: Path, scratch: Path, rounds: int) -> list[Figure]:
    """The figures about pages as readers get them.

    Args:
        root: The checkout.
        scratch: An empty folder.
        rounds: First visits of each page.
    """
    program = find_chromium()
    if program is None:
        return [Figure("first views: no Chromium was found", "-")]
    started = time.perf_counter()
    failed = bool(run([sys.executable, "-m", "evreg", "site", "build"], cwd=root).exit_code)
    took = time.perf_counter() - started
    ours, theirs = root / "build" / "site", scratch / "plain"
    failed = failed or not all(plain_site(root, theirs, language) for language in ("en", "ja"))
    found = [Figure("pages built in a second, Pagefind's index included", f"{_count(ours) / took:.0f}", failed=failed)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        for name, (path, most) in _PAGES.items():
            pairs = [(_view(browser, ours, path), _view(browser, theirs, path)) for _ in range(rounds)]
            found += _compared(name, pairs, most)
        browser.close()
    return found


def _compared(name: str, pairs: list[tuple[View, View]], most: int | None) -> list[Figure]:
    seconds = median([a.seconds for a, _ in pairs]), median([b.seconds for _, b in pairs])
    size = median([a.kilobytes for a, _ in pairs]), median([b.kilobytes for _, b in pairs])
    return [
        Figure(
            f"first view of {name}, compressed; beside: plain Material",
            f"{size[0]:.0f} kB",
            f"{size[1]:.0f} kB",
            f"{size[0] / size[1]:.2f}",
            f"< {most} kB" if most else "",
        ),
        Figure(
            f"largest contentful paint of {name} (40 ms, 10 Mbit/s)",
            f"{seconds[0]:.2f} s",
            f"{seconds[1]:.2f} s",
            f"{seconds[0] / seconds[1]:.2f}",
        ),
    ]


def _view(browser: Browser, site: Path, path: str) -> View:
    """A reader without any cache opens one page."""
    with slow_line(site) as (address, sent):
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.goto(f"{address}{path}", wait_until="networkidle")
        seconds = page.evaluate(_LARGEST_PAINT) / 1000
        context.close()
        return View(seconds, sum(sent.values()) / 1000)


def _count(site: Path) -> int:
    return sum(1 for _ in site.rglob("*.html"))
