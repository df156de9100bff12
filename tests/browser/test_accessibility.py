"""WCAG 2.2 AA by axe-core on every kind of page, and what axe cannot see: reflow, keyboard, errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.browser.windows import Scheme, Visit, Windows
from tests.page_kinds import page_kinds

_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
_WHOLE = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_CONTRAST = {"type": "rule", "values": ["color-contrast"]}
#: Of long tables and lists the first rows and columns stand for the others; the whole matrix takes axe minutes.
_SHORTEN = """() => {
    const long = "tbody, tr, article, article :is(ol, ul, dl, div, section), select";
    for (const many of document.querySelectorAll(long)) {
        for (const item of [...many.children].slice(many.matches("article") ? 16 : 5)) item.remove();
    }
}"""
_RUN = """async (rules) => {
    const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
    return found.violations.map((rule) => [rule.id, rule.nodes.length, String(rule.nodes[0].target), rule.nodes[0].html]);
}"""
#: A third of the time of the rule for contrast is spent on reading the same few colours; each is read once.
_REMEMBER_COLOURS = """() => {
    const { prototype } = axe.commons.color.Color;
    const parse = prototype.parseString;
    const known = new Map();
    prototype.parseString = function (text) {
        if (!known.has(text)) {
            parse.call(this, text);
            known.set(text, [this.r, this.g, this.b, this.alpha]);
        }
        [this.r, this.g, this.b, this.alpha] = known.get(text);
        return this;
    };
}"""
#: Asks for a scheme as a reader does.
_CHOOSE = """(scheme) => {
    if (document.body.dataset.mdColorScheme !== scheme) document.querySelector("label[for^=__palette]:not([hidden])").click();
    if (document.body.dataset.mdColorScheme !== scheme) throw new Error(`the scheme is not ${scheme}`);
}"""
#: WCAG 1.4.10: nothing has to be scrolled sideways at the width of 320 CSS pixels.
_REFLOW = 320
_DESKTOP: tuple[int, Scheme] = (1280, "light")
_NARROW: tuple[int, Scheme] = (_REFLOW, "dark")


@pytest.fixture(params=[_DESKTOP, _NARROW], ids=["desktop-light", "narrow-dark"])
def reader(request: pytest.FixtureRequest, windows: Windows, real_address: str) -> Iterator[Visit]:
    with windows.reading(real_address, *request.param, height=800, reduced_motion="reduce") as found:
        yield found


def violations(page: Page, rules: Mapping[str, Any] = _WHOLE) -> list[Any]:
    """Rule, number of places, first place and its HTML.

    The script is put in by the debugger, which the page's security policy does not concern; nothing else is changed.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
        page.evaluate(_REMEMBER_COLOURS)
    found: list[Any] = page.evaluate(_RUN, rules)
    return found


def overflow(page: Page, width: int) -> list[str]:
    """What is wrong with the page in a window of that width: nothing, or words for it."""
    page.set_viewport_size({"width": width, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"{wide} px wider than a window of {width} px"] if wide > 0 else []


def choose(page: Page, scheme: Scheme) -> None:
    """Have the page in that scheme."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate(_CHOOSE, {"light": "default", "dark": "slate"}[scheme])


#: Each language is examined whole at one width and in one scheme; in the other scheme, contrast is what can differ.
_ROUNDS: dict[str, tuple[str, tuple[int, Scheme], tuple[int, Scheme]]] = {
    "en": ("", _DESKTOP, _NARROW),
    "ja": ("ja/", _NARROW, _DESKTOP),
}


@pytest.mark.parametrize("language", _ROUNDS)
def test_every_kind_of_page_is_accessible(windows: Windows, real_address: str, real_site: Path, language: str) -> None:
    folder, (width, scheme), (second_width, second_scheme) = _ROUNDS[language]
    wrong: dict[str, list[Any]] = {}
    with windows.reading(real_address, width, scheme, height=800, reduced_motion="reduce") as reader:
        for name in (*page_kinds(real_site), "404.html"):
            page = reader.go(f"{folder}{name}")
            reader.settle()  # what a script still looks for must not be taken away
            found: list[Any] = [*overflow(page, width), *overflow(page, second_width)]
            page.evaluate(_SHORTEN)  # before the scheme, for what is left changes sooner
            choose(page, second_scheme)
            found += violations(page, _CONTRAST)
            page.set_viewport_size({"width": width, "height": 800})
            choose(page, scheme)
            reader.settle()  # the theme gives its side bars their height when it draws
            found += violations(page)
            if found:
                wrong[name] = found
        assert wrong == {}
        assert reader.complaints == []


def test_axe_would_find_something(reader: Visit) -> None:
    page = reader.go("about/")
    page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"../assets/mark.svg\">')")
    assert [rule for rule, *_ in violations(page)] == ["image-alt"]


def test_the_keyboard_reaches_the_content_first_and_everything_in_order(visit: Visit) -> None:
    page = visit.go("jurisdictions/jp/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.md-skip')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('article')")


_FOCUS = """() => {
    const active = document.activeElement;
    // The theme's switch of schemes is a hidden radio button whose label is what one sees.
    const place = active.matches(".md-option") ? active.nextElementSibling : active;
    const box = place.getBoundingClientRect();
    // A page may mark the label around a field or the shape inside a link instead.
    const marked = (one) => {
        const style = getComputedStyle(one);
        const ringed = style.outlineStyle !== "none" || style.boxShadow !== "none";
        return ringed || (one !== place && parseFloat(style.strokeWidth) >= 3);
    };
    const around = [place, place.closest("label"), ...place.querySelectorAll("path, circle")];
    return {
        name: place.outerHTML.slice(0, 120),
        shown: place.checkVisibility() && box.width > 0,
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        marked: around.some((one) => one && marked(one)),
    };
}"""


@pytest.mark.parametrize("path", ["", "ja/guidelines/", "pathways/", "ja/compare/", "matrix/", "attributes/sterility/"])
def test_the_keyboard_alone_always_sees_where_it_is(visit: Visit, path: str) -> None:
    page = visit.go(path)
    seen = []
    for _ in range(45):
        page.keyboard.press("Tab")
        focus = page.evaluate(_FOCUS)
        assert focus["shown"], focus
        assert focus["inside"], focus
        assert focus["marked"], focus
        seen.append(focus["name"])
    assert len(set(seen)) > 20, "the focus is caught"
    assert visit.complaints == []


def test_the_menu_of_phones_opens_by_the_keyboard(reader: Visit) -> None:
    page = reader.go("ja/attributes/sterility/")
    button, link = page.locator(".md-header__button[for=__drawer]"), page.locator(".md-sidebar--primary a").first
    if not button.is_visible():  # a desktop has tabs instead
        assert page.locator(".md-tabs__link").first.is_visible()
        return
    assert not link.is_visible()
    button.focus()
    page.keyboard.press("Enter")
    link.wait_for(state="visible")
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    link.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "メニュー"
