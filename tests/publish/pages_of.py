"""Reads a built site as a browser would: links, anchors, what is loaded."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

_ADDRESS = re.compile(r' (?:href|src)="([^"]*)"')
_ANCHOR = re.compile(r' id="([^"]*)"')
#: Where the site is imagined to stand: below a sub-path, as on a project page.
BASE = "https://site.example/below/"


class Tag(NamedTuple):
    """A start tag."""

    name: str
    attributes: dict[str, str]


class PageOf(HTMLParser):
    """The tags of one page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(Tag(tag, {name: value or "" for name, value in attrs}))

    @property
    def anchors(self) -> set[str]:
        return {tag.attributes["id"] for tag in self.tags if "id" in tag.attributes}

    def addresses(self) -> list[tuple[Tag, str]]:
        """Every ``href`` and ``src``."""
        return [(tag, tag.attributes[name]) for tag in self.tags for name in ("href", "src") if name in tag.attributes]


def pages_of(site: Path) -> dict[str, PageOf]:
    """Path from the root of the site -> page."""
    return {path.relative_to(site).as_posix(): PageOf(path) for path in sorted(site.rglob("*.html"))}


def url_of(name: str) -> str:
    """The address of a file of the site."""
    return urljoin(BASE, name.removesuffix("index.html"))


def dead_links(site: Path) -> list[str]:
    """Every link inside the site that leads nowhere, with its page.

    Reads with regular expressions, ten times as fast as a parser; what the pages consist of is checked elsewhere.
    """
    pages = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    anchors = {name: set(_ANCHOR.findall(text)) for name, text in pages.items()}
    return [
        f"{name}: {address}"
        for name, text in pages.items()
        if not name.endswith("404.html")  # its links are absolute: it answers at any depth
        for address in set(_ADDRESS.findall(text))
        if not _leads_somewhere(site, urljoin(url_of(name), unescape(address)), anchors)
    ]


def _leads_somewhere(site: Path, target: str, anchors: dict[str, set[str]]) -> bool:
    if not target.startswith(BASE):
        return urlsplit(target).netloc != urlsplit(BASE).netloc  # within the host but outside the site's folder
    parts = urlsplit(target)
    file = unquote(parts.path.removeprefix(urlsplit(BASE).path))
    file = f"{file}index.html" if not file or file.endswith("/") else file
    if not (site / file).is_file():
        return False
    return not parts.fragment or parts.fragment in anchors.get(file, set())
