"""What a reader sees of an entry's page, line by line, to compare the page before and after a change."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from bs4 import BeautifulSoup

from kb.models.core import Entry
from publish.entry_page import entry_page
from publish.page import BLOCK_START
from publish.site import Site

_HEADING = re.compile(r"(?P<level>#+) (?P<words>.*?) \{#(?P<anchor>[^}]*)\}")
#: The citation names the state of the whole knowledge base, which every change changes.
_LEFT_OUT: Final = frozenset(("cite",))
_UNSEEN: Final = "script, style, [hidden], .ev-actions, .ev-crumbs"
_LINES: Final = "p, li, dd, tr, h1, h2, h3, h4, div, caption"


def page_words(site: Site, entry: Entry) -> list[str]:
    """The lines of an entry's page: headings, sentences, facts («Status: In force»), rows of tables."""
    lines: list[str] = []
    left_out = False
    for line in entry_page(site, entry).body.split("\n"):
        if heading := _HEADING.fullmatch(line):
            left_out = heading["anchor"] in _LEFT_OUT
            lines += [] if left_out else [f"{heading['level']} {html.unescape(heading['words'])}"]
        elif line.startswith(BLOCK_START) and not left_out:
            lines += _block_lines(line)
    return lines


def _block_lines(markup: str) -> Iterator[str]:
    soup = BeautifulSoup(markup, "html.parser")
    for element in soup.select(_UNSEEN):
        element.decompose()
    for element in soup.select("dt"):
        element.append(": ")
    for element in soup.select("th, td"):
        element.append(" | ")
    for element in soup.select(_LINES):
        element.append("\n")
    for line in soup.get_text().split("\n"):
        if text := " ".join(line.split()).strip("| "):
            yield text
