from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.texts import html_text, markdown_text, one_line, plain


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("Exosomes in <i>vivo</i>", "Exosomes in vivo"),
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("CO<sub>2</sub>", "CO2"),
        ("one<br>two<br />three", "one\ntwo\nthree"),
        ("<p>one</p><p> two\n words </p>", "one\ntwo words"),
        ("<script>alert(1)</script><style>p{}</style>safe<!-- hidden -->", "safe"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("a &amp; b\nc", "a & b\nc"),
        ("<jats:p>Abstract</jats:p>", "Abstract"),
        ("5 < 6 and 7 > 2", "5 < 6 and 7 > 2"),
        ("a\u202eb\u200bc\x00d", "abcd"),
        ("", ""),
    ],
)
def test_html(markup: str, text: str) -> None:
    assert html_text(markup) == text


@given(st.text())
def test_any_markup_gives_clean_text_and_stays_as_it_is(markup: str) -> None:
    text = html_text(markup)
    assert plain(text) == text
    assert "\x00" not in text
    assert one_line(text).count("\n") == 0


def test_pages_that_nest_without_end_take_no_longer_than_others() -> None:
    began = time.monotonic()
    assert len(html_text("<div>x" * 100_000).split("\n")) == 100_000
    assert len(html_text("<p>x</p>" * 100_000).split("\n")) == 100_000
    assert time.monotonic() - began < 5


def test_markdown_of_the_registry() -> None:
    assert markdown_text("Age \\> 18 \\[years\\]\n\n* one\n* C:\\\\x") == "Age > 18 [years]\n* one\n* C:\\x"
