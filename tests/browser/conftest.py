"""A real Chromium for the tests in this folder; without one they are left out, and in CI that is a failure."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.serving import served
from tests.browser.windows import Scheme, Visit, Windows
from tests.chromium import ARGUMENTS, HOW_TO_GET_CHROMIUM, find_chromium
from tests.publish.conftest import checkout, full_kb, full_kb_root, real_site, site

__all__ = ["checkout", "full_kb", "full_kb_root", "real_site", "site"]

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests of this folder, and leave them out with a hint where there is no browser."""
    ours = [item for item in items if _HERE in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.browser)
    if not ours or find_chromium() is not None or os.environ.get("CI"):
        return
    items[:] = [item for item in items if item not in ours]
    config.hook.pytest_deselected(items=ours)
    config.stash[_MISSING] = True


_MISSING = pytest.StashKey[bool]()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say how to get a browser, once, where the reader looks."""
    if config.stash.get(_MISSING, False):
        terminalreporter.write_line(HOW_TO_GET_CHROMIUM)


@pytest.fixture(scope="session")
def below_a_path(site: Path) -> Iterator[str]:
    """Address of the hostile site, served below a sub-path as on a project page."""
    with served(site.parent) as address:
        yield f"{address}{site.name}/"


@pytest.fixture(scope="session")
def real_address(real_site: Path) -> Iterator[str]:
    """Address of the site of the first edition."""
    with served(real_site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = find_chromium()
    if program is None:
        pytest.fail(HOW_TO_GET_CHROMIUM)
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield made
        made.close()


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    """The windows of this process, for readers of a test's own making."""
    return Windows(browser)


@pytest.fixture
def hostile(windows: Windows, below_a_path: str) -> Iterator[Visit]:
    """The site whose entries try to break out."""
    with windows.reading(below_a_path) as visit:
        yield visit


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=["desktop-light", "phone-dark"])
def device(request: pytest.FixtureRequest) -> tuple[int, Scheme]:
    """Width of the window and scheme of colours: a desktop and a phone."""
    found: tuple[int, Scheme] = request.param
    return found


@pytest.fixture
def visit(windows: Windows, real_address: str, device: tuple[int, Scheme]) -> Iterator[Visit]:
    """The first edition on a desktop and on a phone."""
    with windows.reading(real_address, *device) as visit:
        yield visit


@pytest.fixture
def unscripted(windows: Windows, real_address: str, device: tuple[int, Scheme]) -> Iterator[Visit]:
    """The first edition on a desktop and on a phone whose browsers run no scripts."""
    with windows.reading(real_address, *device, scripts=False) as visit:
        yield visit
