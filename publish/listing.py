"""The list page of a collection: its entries in groups, each a table that reads without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from kb.models.core import Entry
from publish.fields import kinds_of
from publish.places import Place
from publish.safe_text import html
from publish.site import Site
from publish.tables import Column, Columns, table
from publish.values import Values


class Group(NamedTuple):
    """Entries under one heading."""

    anchor: str
    heading: str
    entries: Sequence[Entry]
    #: Classes of its block, for style sheets that show some groups alone.
    style: str = ""


class Listing:
    """A collection on its list page, in one language."""

    def __init__(self, site: Site, collection: str) -> None:
        self.site, self.collection = site, collection
        self.place = Place(site.language, f"{collection}/")
        self.values = Values(site, self.place.root)
        self.entries: tuple[Entry, ...] = tuple(site.kb.collection(collection).values())

    def name_column(self, extra: Callable[[Any], Markup] | None = None) -> Column:
        """The column that links to the entries; ``extra`` writes a line below the title."""

        def cell(entry: Entry) -> Markup:
            more = extra(entry) if extra else None
            title = self.values.entry(entry, html(self.site.title(entry)))
            return title + Markup('<br><small class="ev-sub">{}</small>').format(more) if more else title

        return Column(self.site.labels.one(self.collection), cell, "ev-wide ev-name")

    def by_code(self, field: str, named: bool = False) -> list[Group]:
        """Groups by a field that holds a code, in the order of its vocabulary; ``named`` puts the field's label first."""
        if not self.entries:
            return []
        vocabulary = kinds_of(type(self.entries[0]))[field].vocabulary
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(getattr(entry, field), []).append(entry)
        lead = f"{self.site.labels.field(type(self.entries[0]), field)}: " if named else ""
        order = {code: place for place, code in enumerate(self.site.kb.vocabularies[vocabulary])}
        return [
            Group(
                f"{field.replace('_', '-')}-{code.lower()}", f"{lead}{self.site.label(vocabulary, code)}", found[code]
            )
            for code in sorted(found, key=lambda code: (order.get(code, len(order)), code))
        ]

    def one_group(self, key: Callable[[Any], Any] | None = None) -> list[Group]:
        """Every entry in one group."""
        entries = sorted(self.entries, key=key) if key else self.entries
        return [Group("all", self.site.labels.say("all_entries"), entries)] if entries else []

    def table(self, entries: Sequence[Entry], columns: Columns) -> Markup:
        """The table of one group."""
        return table(self.values, entries, columns)


def newest_first(groups: Iterable[Group], date: Callable[[Any], str]) -> list[Group]:
    """The groups with their entries by date, the latest first; entries without a date come last."""
    return [group._replace(entries=sorted(group.entries, key=date, reverse=True)) for group in groups]
