"""Every page of a built site as lxml reads it: what it links to, loads and can be linked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

#: Where the site is imagined to stand: below a sub-path, as on a project page.
BASE = "https://site.example/below/"
_LOADING = frozenset(
    {"src", "srcset", "poster", "data", "action", "formaction", "background", "manifest", "xlink:href"}
)
_PARSER = etree.HTMLParser(remove_comments=True, encoding="utf-8")


class Address(NamedTuple):
    """One address on a page: the element and attribute that hold it."""

    tag: str
    attribute: str
    value: str

    @property
    def loads(self) -> bool:
        """Whether a browser fetches it by itself or sends something there."""
        return self.attribute in _LOADING or self.tag in ("link", "use", "image", "base")


class BuiltPage(NamedTuple):
    """One HTML file."""

    #: From the root of the site.
    name: str
    addresses: tuple[Address, ...]
    #: Every ``id`` in order, repeated ones too.
    ids: tuple[str, ...]
    #: Name or property of each ``meta`` -> its contents.
    meta: dict[str, list[str]]
    #: Target of the ``meta`` that leads elsewhere; former addresses of entries have one.
    refresh: str | None

    @property
    def url(self) -> str:
        """Where it is served."""
        return urljoin(BASE, self.name.removesuffix("index.html"))

    @property
    def repeated_ids(self) -> list[str]:
        """Ids that stand on the page more than once."""
        return [id_ for id_, count in Counter(self.ids).items() if count > 1]


def read_page(site: Path, path: Path) -> BuiltPage:
    """Read one file; forgiving as a browser is."""
    addresses: list[Address] = []
    ids: list[str] = []
    meta: dict[str, list[str]] = {}
    for element in etree.parse(str(path), _PARSER).iter("*"):
        given = element.attrib
        if "id" in given:
            ids.append(given["id"])
        if element.tag == "meta":
            key = given.get("name") or given.get("property") or given.get("http-equiv", "").lower()
            meta.setdefault(key, []).append(given.get("content", ""))
        addresses += [
            Address(element.tag, name, part)
            for name in given
            if name == "href" or name in _LOADING
            for part in _parts(name, given[name])
        ]
    refresh = meta.get("refresh", [""])[0].partition("url=")[2] or None
    return BuiltPage(path.relative_to(site).as_posix(), tuple(addresses), tuple(ids), meta, refresh)


def _parts(name: str, value: str) -> list[str]:
    return [part.split()[0] for part in value.split(",")] if name == "srcset" else [value]


class BuiltSite:
    """All pages and files of a built site."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        #: Names exactly as on disk, so that a link in other capitals fails here as it would on a server.
        self.files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        self.pages = {
            name: read_page(folder, folder / name)
            for name in sorted(self.files)
            if name.endswith(".html") and not name.startswith(("pagefind/", "ja/pagefind/"))
        }
        self._anchors = {name: frozenset(page.ids) for name, page in self.pages.items()}

    @property
    def real_pages(self) -> Iterator[BuiltPage]:
        """Pages to be read: neither redirects nor the one for unknown addresses."""
        return (page for page in self.pages.values() if not page.refresh and not page.name.endswith("404.html"))

    def leads_somewhere(self, page: BuiltPage, value: str) -> bool:
        """Whether an address on ``page`` is another host's, or a file and anchor of this site."""
        target = urljoin(page.url, value)
        parts = urlsplit(target)
        if parts.scheme in ("http", "https") and parts.netloc != urlsplit(BASE).netloc:
            return True
        if not target.startswith(BASE):
            return parts.scheme in ("data", "mailto")
        name = unquote(parts.path.removeprefix(urlsplit(BASE).path))
        name = f"{name}index.html" if not name or name.endswith("/") else name
        if name not in self.files:
            return False
        return not parts.fragment or unquote(parts.fragment) in self._anchors.get(name, ())

    def loads_from_elsewhere(self, page: BuiltPage, address: Address) -> bool:
        """Whether opening ``page`` asks another host for something."""
        target = urlsplit(urljoin(page.url, address.value))
        return address.loads and target.netloc not in ("", urlsplit(BASE).netloc)
