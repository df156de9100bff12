from __future__ import annotations

from html import unescape

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from publish.safe_text import finalized, html, paragraphs, visible, web_address
from publish.safe_text import markdown as markdown_text
from publish.templating import environment
from tests.publish.hostile import PAYLOADS

#: Any text, with a bias towards characters that mean something to HTML, Markdown, Jinja2 or a terminal.
_TEXTS = st.text(max_size=60) | st.text(alphabet="<>&\"'`*_[](){}#!|\\:-+.~^$%/=\n\r\t \u202e\u2028ab界", max_size=60)


@given(_TEXTS)
def test_html_has_no_markup_and_loses_nothing(text: str) -> None:
    shown = html(text)
    assert not set("<>\"'") & set(shown)
    assert "\n" not in shown
    assert unescape(shown) == visible(text)


@given(_TEXTS)
def test_nothing_unseen_is_left(text: str) -> None:
    assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\x00\x1b") & set(visible(text))


def test_control_characters_are_spelled_out() -> None:
    assert visible("a\u202eb\x1bc") == "a⟨U+202E⟩b⟨U+001B⟩c"
    assert visible("two\nlines") == "two lines"
    assert visible("家族👩\u200d👧") == "家族👩\u200d👧"


@given(_TEXTS.filter(lambda text: bool(visible(text).strip())))
def test_a_heading_shows_the_text_and_nothing_else(text: str) -> None:
    made = markdown.markdown(f"## {markdown_text(text)} {{#anchor}}", extensions=["attr_list", "toc", "md_in_html"])
    assert made.startswith('<h2 id="anchor">')
    inside = made.removeprefix('<h2 id="anchor">').removesuffix("</h2>")
    assert "<" not in inside
    assert unescape(inside).split() == visible(text).split()


@given(_TEXTS)
def test_templates_escape_whatever_they_print(text: str) -> None:
    made = environment().from_string('<a title="{{ text }}">{{ text }}</a>').render(text=text)
    assert made == f'<a title="{html(text)}">{html(text)}</a>'


def test_markup_is_printed_as_it_is() -> None:
    assert finalized(Markup("<b>x</b>")) == "<b>x</b>"
    assert finalized(None) == ""


def test_paragraphs_and_line_breaks_are_kept() -> None:
    assert paragraphs("a\nb\n\nc <d>") == "<p>a<br>b</p><p>c &lt;d&gt;</p>"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org/x",
        "https://",
        "https:///x",
        "https://known.example@other.example/",
        "https://example.org/a b",
        'https://example.org/"onmouseover="x',
        "https://example.org/<script>",
        "https://exam\u202eple.org/",
        "https://example.org/\\x",
        " https://example.org/",
        "https://[::1",
        "",
        None,
    ],
)
def test_what_is_no_plain_web_address_is_no_link(address: str | None) -> None:
    assert web_address(address) is None


@pytest.mark.parametrize(
    "address", ["https://example.org/", "http://例え.jp/資料?x=1&y=(2)#第1条", "https://e.org:8443/%E8"]
)
def test_web_addresses_are_links(address: str) -> None:
    assert web_address(address) == address


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_stay_text(payload: str) -> None:
    assert "<" not in html(payload)
    assert unescape(html(payload)) == visible(payload)
