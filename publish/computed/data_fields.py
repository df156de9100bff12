"""``/data/<collection>/``: every column of a collection's files, from the models."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from kb.models import model_of
from kb.models.base import Model
from publish.data.columns import Column as DataColumn
from publish.data.columns import columns_of
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.places import Place
from publish.safe_text import html
from publish.site import Site
from publish.tables import Column, table
from publish.values import NOTHING, Values

STYLES = ("assets/styles/data.css",)


def fields_page(site: Site, collection: str) -> Page:
    """The field documentation of a collection."""
    place = Place(site.language, f"data/{collection}/")
    say, name = site.labels, site.labels.collection(collection)
    title = say.phrase("data", "title_of").format(name=name)
    about = say.phrase("data", "about_of")
    parts = [
        page_head(site, place.root, title, about, crumbs=[(say.phrase("data", "title"), "../")]),
        heading(say.phrase("data", "columns"), "columns"),
        _table(site, place, model_of(collection), ""),
    ]
    for path, model in _records(model_of(collection), ""):
        words = say.phrase("data", "fields_of").format(name=path)
        parts += [heading(words, _anchor(path)), _table(site, place, model, path)]
    return Page(
        path=place.path,
        title=title,
        description=about,
        body="\n\n".join(parts) + "\n",
        styles=STYLES,
        meta={"hide": ["navigation"]},
    )


def _records(model: type[Model], path: str) -> Iterator[tuple[str, type[Model]]]:
    """Every list of records within a model, at any depth: its path and the model of its items."""
    for column in columns_of(model):
        if column.model:
            yield _joined(path, column), column.model
            yield from _records(column.model, _joined(path, column))


def _joined(path: str, column: DataColumn) -> str:
    return f"{path}.{column.name}" if path else column.name


def _anchor(path: str) -> str:
    return f"fields-{path.replace('_', '-').replace('.', '--')}"


def _table(site: Site, place: Place, model: type[Model], path: str) -> str:
    def say(key: str) -> str:
        return site.labels.phrase("data", key)

    columns = (
        Column(say("column"), lambda column: Markup("<code>{}</code>").format(column.name), "ev-name"),
        Column(say("type"), lambda column: _type(site, column)),
        Column(say("meaning"), lambda column: html(column.ja if site.language == "ja" else column.en), "ev-meaning"),
        Column(say("values"), lambda column: _values(site, place, column, path)),
    )
    return block(table(Values(site, place.root), columns_of(model), columns), "ev-data ev-list")


def _type(site: Site, column: DataColumn) -> Markup:
    words = html(site.labels.phrase("data", f"type_{column.type}"))
    if not column.required:
        return words
    return Markup("{} <small>{}</small>").format(words, site.labels.phrase("data", "required"))


def _values(site: Site, place: Place, column: DataColumn, path: str) -> Markup:
    """Where a value's meaning stands: the vocabulary of a code, the collection of a reference, the fields of a record."""
    labels = site.labels
    if column.vocabulary:
        address = f"{place.site_root}api/v1/vocabularies/{column.vocabulary}.json"
        words = labels.phrase("data", "codes").format(name=column.vocabulary)
        return Markup('<a href="{}">{}</a>').format(address, words)
    if column.collections:
        links = (
            Markup('<a href="{}{}/">{}</a>').format(place.root, name, labels.collection(name))
            for name in column.collections
        )
        first, _, last = labels.phrase("data", "refers").partition("{name}")
        return html(first) + html("、" if site.language == "ja" else ", ").join(links) + html(last)
    if column.model:
        words = labels.phrase("data", "records")
        return Markup('<a href="#{}">{}</a>').format(_anchor(_joined(path, column)), words)
    return NOTHING
