"""Text of sources without its markup: plain lines, safe to compare, to quote and to escape on a page."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

_BLOCKS = (
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul",
)  # fmt: skip
_UNSEEN = ("script", "style", "noscript", "template", "iframe", "svg")
#: Backslash before ASCII punctuation (CommonMark 0.31, 2.4), as ClinicalTrials.gov writes ``\>`` and ``\[``.
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
#: Controls, and marks that turn or hide text (Unicode categories Cc and Cf), except line break and tab.
_KEPT = "\n\t"
_BLANKS = re.compile(r"\s+")


def plain(text: str) -> str:
    """``text`` in NFC without control and invisible characters; runs of blanks become one, blank lines go."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = "".join(sign for sign in text if sign in _KEPT or unicodedata.category(sign) not in ("Cc", "Cf"))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def one_line(text: str) -> str:
    """:func:`plain` text on one line."""
    return " ".join(plain(text).split("\n"))


def html_text(markup: str) -> str:
    """What a reader sees of ``markup``: scripts, styles and comments gone, one line for each block.

    For text that may or may not hold HTML; without a tag its own line breaks stay.
    """
    if "<" not in markup and "&" not in markup:
        return plain(markup)
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return plain(reader.text())


class _Reader(HTMLParser):
    """Collects text in one pass: a tree would take quadratic time on pages that nest thousands deep."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._breaks: set[int] = set()
        self._hidden = self._preformatted = 0
        self._tagged = False

    def text(self) -> str:
        """All pieces; outside of pre, line breaks of the source are blanks once there is any tag."""
        if not self._tagged:
            return "".join(self._pieces)
        return "".join(
            piece if number in self._breaks else _BLANKS.sub(" ", piece) for number, piece in enumerate(self._pieces)
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tagged = True
        self._hidden += tag in _UNSEEN
        self._preformatted += tag == "pre"
        self._separate(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tagged = True
        self._separate(tag)

    def handle_endtag(self, tag: str) -> None:
        self._tagged = True
        self._hidden = max(0, self._hidden - (tag in _UNSEEN))
        self._preformatted = max(0, self._preformatted - (tag == "pre"))
        self._separate(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._add(data, kept=bool(self._preformatted))

    def _separate(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._add("\n", kept=True)
        elif tag in ("td", "th"):
            self._add(" ", kept=True)

    def _add(self, piece: str, *, kept: bool) -> None:
        if kept:
            self._breaks.add(len(self._pieces))
        self._pieces.append(piece)


def markdown_text(text: str) -> str:
    """Text of ClinicalTrials.gov (``markupFormat=markdown``) without its backslash escapes; list marks stay."""
    return plain(_ESCAPE.sub(r"\1", text))
