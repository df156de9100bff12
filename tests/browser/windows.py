"""Windows of the browser that test after test looks through: opening one costs four times as much as a visit."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from playwright.sync_api import Browser, Page, Request, Route

#: Resolves when the page has drawn what was asked of it and has nothing to do; the theme measures itself while drawing.
#: After a change of the window's size Chromium without a screen may not draw again until it is asked for more, and until it
#: has drawn it does not call itself idle: waiting ends after a while.
_IDLE = """() => new Promise((done) => {
    const drawn = () => requestIdleCallback(() => done(), { timeout: 500 });
    requestAnimationFrame(() => requestAnimationFrame(drawn));
    setTimeout(drawn, 250);
})"""
_FORGET = "() => { try { localStorage.clear(); sessionStorage.clear(); } catch { /* no page of a site */ } }"
#: Seconds; what a page fetches comes from this machine.
_PATIENCE = 30
#: Milliseconds between two looks at the page.
_AGAIN = 20

Scheme = Literal["light", "dark"]


def until(page: Page, condition: str, argument: object = None) -> None:
    """Wait until something is so on a page whose security policy forbids scripts to compile text.

    Playwright's own ``wait_for_function`` compiles the condition in the page each time it looks; the policy lets it do so
    the first time only, as part of what the debugger asked for. Here every look is one question of the debugger's.

    Args:
        page: The page.
        condition: A JavaScript function of ``argument`` that answers whether it is so.
        argument: What it is given.

    Raises:
        TimeoutError: If it is not so after half a minute.
    """
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if page.evaluate(condition, argument):
            return
        page.wait_for_timeout(_AGAIN)
    raise TimeoutError(f"{page.url}: not so in {_PATIENCE} s: {condition}")


class Visit:
    """A page of the browser that remembers what went wrong."""

    def __init__(self, page: Page) -> None:
        self.page, self.address = page, ""
        self.complaints: list[str] = []
        self._under_way: set[Request] = set()
        page.on("console", lambda message: self._note(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self._note(str(error)))
        page.on("dialog", lambda dialog: (self._note(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", self._begun)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._ended)

    def _note(self, text: str) -> None:
        self.complaints.append(f"{self.page.url}: {text}")

    def _begun(self, request: Request) -> None:
        if request.url.startswith("data:"):
            return
        self._under_way.add(request)
        if not request.url.startswith(self.address):
            self._note(f"request to {request.url}")

    def _ended(self, request: Request) -> None:
        self._under_way.discard(request)

    def go(self, path: str) -> Page:
        """Open a page of the site and let its scripts run."""
        self.page.goto(f"{self.address}{path}")
        return self.page

    def settle(self) -> None:
        """Let the page's scripts, what they fetch and what they do with it come to an end.

        Raises:
            TimeoutError: If that takes half a minute.
        """
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            quiet = not self._under_way
            self.page.evaluate(_IDLE)
            if quiet and not self._under_way:
                return
        raise TimeoutError(f"{self.page.url} still fetches {[request.url for request in self._under_way]}")

    def begin(self, address: str, width: int, height: int, scheme: Scheme, **media: Any) -> None:
        """Look at an empty page through a window of that size, as a new reader of the site at ``address``."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme=scheme, **{"media": "null", "reduced_motion": "null", **media})
        self._under_way.clear()
        self.complaints.clear()
        self.address = address

    def end(self) -> None:
        """Take back what the reader has chosen, kept and was allowed."""
        self.page.evaluate(_FORGET)
        self.page.context.clear_permissions()
        self.page.mouse.move(0, 0)
        self.page.goto("about:blank")


@contextmanager
def held_back(page: Page, address: str) -> Iterator[None]:
    """Keep what the page fetches from ``address`` (a pattern) under way until the end, as on a slow line."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route(address, hold)
    try:
        yield
    finally:
        for route in waiting:
            route.continue_()
        page.unroute(address, hold)


class Windows:
    """One window with scripts and one without, opened when first needed."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._kept: dict[bool, Visit] = {}

    @contextmanager
    def reading(
        self,
        address: str,
        width: int = 1280,
        scheme: Scheme = "light",
        *,
        height: int = 844,
        scripts: bool = True,
        **media: Any,
    ) -> Iterator[Visit]:
        """A reader of the site at ``address``, whose window is as if it were new.

        Args:
            address: Of the site; requests to other addresses are complaints.
            width: Of the window, in CSS pixels.
            scheme: The colours that the reader prefers.
            height: Of the window, in CSS pixels.
            scripts: Whether scripts run.
            media: Other media features, as of Playwright's ``emulate_media``.
        """
        visit = self._kept.pop(scripts, None)
        if visit is None:
            visit = Visit(self._browser.new_context(java_script_enabled=scripts).new_page())
        visit.begin(address, width, height, scheme, **media)
        yield visit
        visit.end()
        self._kept[scripts] = visit
