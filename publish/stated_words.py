"""What live sources state of an entry, in words: near the field, among the conflicts and in a section of its own.

The entry's own value is never replaced: what a source states always stands beside it and names the source.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from markupsafe import Markup

from kb.analysis.stated import StatedFact, Statement, statements
from kb.models.base import Localized, Model
from kb.models.core import Entry
from kb.observed import Observation
from publish.phrases import Phrases
from publish.safe_text import html
from publish.templating import render
from publish.values import NOTHING, Values

ANCHOR = "stated"
STYLES = ("assets/styles/folded.css", "assets/styles/stated.css")


class StatedWords:
    """The statements about one entry on one page."""

    def __init__(self, values: Values, entry: Entry) -> None:
        self.values, self._entry = values, entry
        self.say = Phrases(values.site, "stated")

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """What each source states; empty for most entries."""
        return statements(self.values.site.kb, self._entry)

    def notes(self, name: str) -> Markup:
        """For a field of the entry: what sources add to it or say against it, each with its source."""
        if not self.statements:
            return NOTHING
        label = self.values.site.labels.field(type(self._entry), name)
        shown = (
            render(
                "stated_note",
                relation=fact.relation,
                mark=self.say(f"mark_{fact.relation}"),
                field=self.field(fact).removeprefix(f"{label} › ") if fact.field != name else "",
                value=self.stated(statement, fact),
                source=self.title(statement.observation),
                anchor=ANCHOR,
            )
            for statement, fact in self._telling(name)
        )
        return Markup("").join(shown)

    def mark(self, name: str) -> Markup:
        """For a badge: a link to what a source says against it."""
        differs = any(fact.relation == "differs" for _, fact in self._telling(name))
        link = Markup('<a class="ev-badge ev-differs" href="#{}">{}</a>')
        return link.format(ANCHOR, self.say("mark_differs")) if differs else NOTHING

    def _telling(self, name: str) -> Iterator[tuple[Statement, StatedFact]]:
        for statement in self.statements:
            for fact in statement.related("differs", "adds"):
                if fact.field.partition(".")[0] == name:
                    yield statement, fact

    def field(self, fact: StatedFact) -> str:
        """The label of a field and of those around it."""
        return self.values.site.labels.field_path(self._entry.COLLECTION, fact.field)

    def stated(self, statement: Statement, fact: StatedFact) -> Markup:
        """The value that the source gives."""
        return _at(self.values, statement.as_stated, fact.field)

    def own(self, fact: StatedFact) -> Markup:
        """The value that the entry has; empty when it has none."""
        return _at(self.values, self._entry, fact.field)

    def title(self, observation: Observation) -> str:
        """The source as the register calls it."""
        source = self.values.site.register.get(observation.source)
        return self.values.site.text(source.title) if source else observation.source

    def link(self, observation: Observation) -> Markup:
        """The source with a link to where it states the facts."""
        return self.values.outside(observation.url, self.title(observation))

    def attribution(self, observation: Observation) -> Localized | None:
        """How the source wants to be named."""
        source = self.values.site.register.get(observation.source)
        return source.attribution if source else None


def _at(values: Values, entry: Entry, field: str) -> Markup:
    """The value at a dotted field in words; empty when the way to it ends early."""
    *way, last = field.split(".")
    holder: Any = entry
    for part in way:
        holder = _inside(holder, part)
    if isinstance(holder, Model):
        return values.field(holder, last)
    item = _inside(holder, last)
    return values.record(item) if isinstance(item, Model) else html("" if item is None else str(item))


def _inside(holder: Any, part: str) -> Any:
    if isinstance(holder, tuple):
        return holder[int(part)] if part.isdecimal() and int(part) < len(holder) else None
    return getattr(holder, part, None)
