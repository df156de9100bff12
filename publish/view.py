"""One entry on its page: the parts from which the collections' renderers compose it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from markupsafe import Markup

from kb.models.base import Localized, Model
from kb.models.core import Entry, Event
from publish.fields import kinds_of
from publish.out_of_step import OutOfStep
from publish.places import Place, path_of
from publish.safe_text import html
from publish.site import Site
from publish.stated_words import StatedWords
from publish.tables import Column, Columns, column_of, table
from publish.templating import render
from publish.values import NOTHING, Values


class Section(NamedTuple):
    """A part of a page: an anchor, a heading in plain text and its HTML."""

    anchor: str
    heading: str
    html: Markup


class View:
    """An entry in one language; remembers which fields were shown, so that none is forgotten."""

    def __init__(self, site: Site, entry: Entry) -> None:
        self.site, self.entry = site, entry
        self.place = Place(site.language, path_of(entry))
        numbers = {source.key: number for number, source in enumerate(entry.sources, 1)}
        self.values = Values(site, self.place.root, numbers)
        #: What live sources state of the entry.
        self.stated = StatedWords(self.values, entry)
        #: Its texts of which one language was changed alone.
        self.out_of_step = OutOfStep(self.values, entry)
        if self.out_of_step.stale:
            self.values.remark = self.out_of_step.note
        self._shown: set[str] = set()

    def label(self, name: str) -> str:
        """The label of one of the entry's fields."""
        return self.site.labels.field(type(self.entry), name)

    def unshown(self) -> list[str]:
        """The collection's own fields that no part of the page has shown so far."""
        own = (name for name in type(self.entry).model_fields if name not in Entry.model_fields)
        return [name for name in own if name not in self._shown]

    def take(self, name: str) -> Any:
        """A field's value, noted as shown."""
        self._shown.add(name)
        return getattr(self.entry, name)

    def facts(self, names: Iterable[str]) -> list[tuple[str, Markup]]:
        """Label and value of those fields that have one, with what live sources say beside it."""
        names = tuple(names)
        self._shown.update(names)
        found = ((self.label(name), self.values.field(self.entry, name) + self.stated.notes(name)) for name in names)
        return [(label, value) for label, value in found if value]

    def section(self, name: str, content: Markup, heading: str | None = None) -> Section | None:
        """A section for a field, with what live sources say beside it; nothing when there is no content."""
        self._shown.add(name)
        content += self.stated.notes(name)
        return Section(name.replace("_", "-"), heading or self.label(name), content) if content else None

    def prose(self, name: str) -> Section | None:
        """A field's statement as paragraphs."""
        value: Localized | None = self.take(name)
        return self.section(name, self.values.prose(value) if value else NOTHING)

    def bullets(self, name: str) -> Section | None:
        """A field's statements as a list, each with its sources."""
        items = [self._bullet(item) for item in self.take(name)]
        return self.section(name, self.values.items(items) if items else NOTHING)

    def _bullet(self, item: Any) -> Markup:
        if isinstance(item, Localized):
            return self.values.record(item) if type(item) is not Localized else self.values.name(item)
        return html(item)

    def field(self, name: str) -> Section | None:
        """A field as it is, in a section of its own."""
        return self.section(name, self.values.field(self.entry, name))

    def records(
        self, name: str, columns: Columns = (), anchor: Callable[[Any], str | None] | None = None
    ) -> Section | None:
        """A field's records as a table; see :func:`publish.tables.table`."""
        rows = self.take(name)
        return self.section(name, table(self.values, rows, columns, anchor)) if rows else None

    def cards(self, name: str, lead: str, badge: str = "", text: str = "", more: Columns = ()) -> Section | None:
        """A field's records as cards, for records with more to say than a row of a table holds.

        Args:
            name: The field.
            lead: Field of the record that names the card.
            badge: Field shown beside the name.
            text: Field with running text.
            more: Further columns, shown as a list of label and value; by default every other field but the sources.
        """
        records = self.take(name)
        if not records:
            return None
        model: type[Model] = type(records[0])
        values = self.values
        own = (lead, badge, text, "key", "sources")
        columns = [
            column_of(values, model, column) for column in more or (key for key in kinds_of(model) if key not in own)
        ]
        shown = [
            {
                "lead": values.field(record, lead),
                "badge": values.field(record, badge) if badge else NOTHING,
                "text": values.field(record, text) if text else NOTHING,
                "refs": values.sources(getattr(record, "sources", ())),
                "more": [(column.heading, value) for column in columns if (value := column.cell(record))],
            }
            for record in records
        ]
        return self.section(name, render("cards", cards=shown))

    def timeline(self, name: str = "events") -> Section | None:
        """The entry's events in the order of their dates."""
        events: tuple[Event, ...] = tuple(sorted(self.take(name), key=lambda event: event.date))
        values = self.values
        happened = Column(
            values.site.labels.field(Event, "title"),
            lambda event: values.name(event.title) + values.sources(event.sources),
            "ev-wide",
        )
        columns: Columns = ("date", "kind", happened, "document", "confidence")
        return self.section(name, table(values, events, columns)) if events else None
