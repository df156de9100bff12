"""The tables of ``/data/``: what there is to download, with sizes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from kb.models import COLLECTIONS
from publish.data import bibtex, csl, ris
from publish.data.formats import DataFile
from publish.data.made import FOLDER, listed_files, made_files
from publish.data.references import sources_of
from publish.places import Place
from publish.safe_text import html
from publish.site import Site
from publish.tables import Column, table
from publish.values import Values

#: What several collections share in one file, and the bibliographies.
_WHOLE = ("sqlite", "xlsx", "datapackage")
_SOURCES = ("bibtex", "ris", "csl")
_KINDS = ("article", "trial", "document", "web", "news")


def whole_table(site: Site, place: Place) -> Markup:
    """The files that hold every collection."""
    return _files_table(site, place, _WHOLE)


def _link(site: Site, place: Place, file: DataFile, words: str | None = None) -> Markup:
    """A link to a file, with its size."""
    return Markup('<a href="{}{}/{}" download>{}</a> <span class="ev-size">{}</span>').format(
        place.site_root, FOLDER, file.name, words or file.name, size_words(len(made_files(site.kb)[file.name]))
    )


def size_words(size: int) -> str:
    """Bytes as people read them, in powers of ten."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"


def _files_table(site: Site, place: Place, formats: Sequence[str]) -> Markup:
    def say(key: str) -> str:
        return site.labels.phrase("data", key)

    found = [file for format_ in formats for file in listed_files(site.kb) if file.format == format_]
    columns = (
        Column(say("file"), lambda file: _link(site, place, file), "ev-name"),
        Column(say("contents"), lambda file: html(say(f"{file.format}_about")), "ev-wide"),
    )
    return table(Values(site, place.root), found, columns)


def collections_table(site: Site, place: Place) -> Markup:
    """The files of each collection, with the way to their field documentation."""

    def say(key: str) -> str:
        return site.labels.phrase("data", key)

    by_place = {(file.collection, file.format): file for file in listed_files(site.kb)}

    def name(collection: str) -> Markup:
        link = Markup('<a href="{}/">{}</a>').format(collection, say("field_documentation"))
        return Markup("{}<br><small>{}</small>").format(site.labels.collection(collection), link)

    def of(format_: str, words: str) -> Column:
        return Column(words, lambda collection: _link(site, place, by_place[collection, format_], words))

    columns = (
        Column(say("collection"), name, "ev-name"),
        Column(say("entries"), lambda collection: html(str(len(site.kb.collection(collection)))), "ev-narrow"),
        of("json", "JSON"),
        of("csv", "CSV"),
        of("parquet", "Parquet"),
    )
    return table(Values(site, place.root), COLLECTIONS, columns)


def sources_tables(site: Site, place: Place) -> Markup:
    """The bibliographies, and the type that each kind of source has in them."""

    def say(key: str) -> str:
        return site.labels.phrase("data", key)

    count = len(sources_of(site.kb, COLLECTIONS))
    mapping = (
        Column(say("kind"), lambda kind: html(say(f"kind_{kind}")), "ev-name"),
        Column("BibTeX", lambda kind: Markup("<code>@{}</code>").format(bibtex.TYPES[kind])),
        Column("RIS", lambda kind: Markup("<code>{}</code>").format(ris.TYPES[kind])),
        Column("CSL", lambda kind: Markup("<code>{}</code>").format(csl.TYPES[kind])),
    )
    words = Markup("<p>{}</p>").format(say("sources_words").format(n=f"{count:,}"))
    kinds: Sequence[Any] = _KINDS
    return _files_table(site, place, _SOURCES) + words + table(Values(site, place.root), kinds, mapping)
