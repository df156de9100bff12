"""The reader's search in a real Chromium: Pagefind and our interface beside Material's lunr search on the same pages."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from bench.figures import Figure
from bench.measure import median, run
from bench.plain_site import plain_site
from bench.slow_line import slow_line
from tests.chromium import ARGUMENTS, find_chromium

_QUERIES = {"en": "potency assay", "ja": "力価試験"}


class Visit(NamedTuple):
    """What one reader's first search cost."""

    #: From the start of the page's loading to the first visible result.
    seconds: float
    #: Compressed, as they went over the line, without the page itself and what it loads in any case.
    bytes: int


def figures(root: Path, scratch: Path, rounds: int) -> list[Figure]:
    """The figures about the reader's search.

    Args:
        root: The checkout.
        scratch: An empty folder.
        rounds: First visits of each kind.
    """
    program = find_chromium()
    if program is None:
        return [Figure("the reader's search: no Chromium was found", "-")]
    built = run([sys.executable, "-m", "evreg", "site", "build"], cwd=root)
    ours, theirs = root / "build" / "site", scratch / "lunr"
    failed = bool(built.exit_code) or not all(plain_site(root, theirs, language) for language in _QUERIES)
    found = [*_indexing(ours, scratch)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        for language in _QUERIES:
            pairs = [
                (_visit(browser, ours, language, _pagefind), _visit(browser, theirs, language, _lunr))
                for _ in range(rounds)
            ]
            found += _compared(language, pairs, failed)
        browser.close()
    return found


def _compared(language: str, pairs: list[tuple[Visit, Visit]], failed: bool) -> list[Figure]:
    query = _QUERIES[language]
    seconds = median([a.seconds for a, _ in pairs]), median([b.seconds for _, b in pairs])
    size = median([a.bytes for a, _ in pairs]), median([b.bytes for _, b in pairs])
    return [
        Figure(
            f"first result of «{query}» after the page was asked for (40 ms, 10 Mbit/s); beside: Material's lunr",
            f"{seconds[0]:.2f} s",
            f"{seconds[1]:.2f} s",
            f"{seconds[0] / seconds[1]:.2f} of its time",
            "< 1",
            failed,
        ),
        Figure(
            "bytes fetched for it, compressed",
            f"{size[0] / 1000:.0f} kB",
            f"{size[1] / 1000:.0f} kB",
            f"{size[0] / size[1]:.2f} of its bytes",
            "<= 0.33",
        ),
    ]


def _indexing(site: Path, scratch: Path) -> Iterator[Figure]:
    """Pagefind once more over the built pages, both languages one after the other."""
    started, pages = time.perf_counter(), 0
    for language in ("en", "ja"):
        folder = site / "ja" if language == "ja" else site
        pages += sum(1 for _ in (folder / "pagefind" / "fragment").iterdir())
        copy = scratch / f"index-{language}"
        # Both languages lie in one folder by now; each is told apart by the glob.
        glob = "**/*.html" if language == "ja" else "{*.html,[!j]*/**/*.html,j[!a]*/**/*.html}"
        command = [sys.executable, "-m", "pagefind", "--silent", "--site", str(folder), "--output-path", str(copy)]
        run([*command, "--glob", glob])
    took = time.perf_counter() - started
    size = sum(path.stat().st_size for name in ("", "ja") for path in (site / name / "pagefind").rglob("*.*"))
    yield Figure(
        f"index {pages} pages with Pagefind ({size / 1e6:.1f} MB on disk)", f"{took:.1f} s", goal="<= 7 s / 1,000"
    )


def _pagefind(page: Page, query: str) -> None:
    page.keyboard.press("/")
    page.wait_for_selector(".ev-dialog[open]")
    page.keyboard.insert_text(query)
    page.wait_for_selector(".ev-dialog [role=option]")


def _lunr(page: Page, query: str) -> None:
    page.wait_for_selector("input.md-search__input", state="attached")
    page.keyboard.press("/")
    page.wait_for_selector("input.md-search__input:focus")
    page.keyboard.insert_text(query)
    page.wait_for_selector(".md-search-result__item .md-search-result__link")


def _visit(browser: Browser, site: Path, language: str, search: Callable[[Page, str], None]) -> Visit:
    """One reader without any cache opens a page and searches as soon as it is there."""
    with slow_line(site) as (address, sent):
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        path = f"{'' if language == 'en' else 'ja/'}about/"
        started = time.perf_counter()
        page.goto(f"{address}{path}")
        search(page, _QUERIES[language])
        took = time.perf_counter() - started
        context.close()
        return Visit(took, sum(size for name, size in sent.items() if _belongs_to_search(name)))


def _belongs_to_search(path: str) -> bool:
    return any(part in path for part in ("/search", "/pagefind/", "/lunr/", "/workers/"))
