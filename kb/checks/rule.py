"""What a rule is: one file, one name, one level, one check."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from kb.checks.texts import FoundText, texts_of
from kb.facts import Facts
from kb.files import EntryFile
from kb.models.core import Entry
from kb.problems import FieldPath, Finding, Level, Message
from kb.vocabulary import Vocabularies


@dataclass(frozen=True)
class Subject:
    """One entry under examination: its file, its model and the plain data it was read from.

    What several rules read is made once: together they have about a millisecond for an entry.
    """

    file: EntryFile
    entry: Entry
    data: dict[str, Any]

    @cached_property
    def texts(self) -> tuple[FoundText, ...]:
        """Every text and number with its path and language."""
        return tuple(texts_of(self.data))

    @cached_property
    def pairs(self) -> tuple[tuple[FieldPath, dict[str, Any]], ...]:
        """Every ``{en, ja}`` object with its path."""
        return tuple(bilingual_texts(self.data))

    @cached_property
    def whole(self) -> str:
        """All texts one after another, to see quickly that an entry lacks something altogether."""
        return "\n".join(found.text for found in self.texts)

    def named(self, *names: str) -> Iterator[FoundText]:
        """The texts of the fields with these names, at any depth; for lists, their items."""
        for found in self.texts:
            if found.field in names:
                yield found


class FactsIndex:
    """The facts of all entries, looked up by id and alias.

    Attributes:
        all: Every entry.
        examined: The entries on which a run reports; a rule may spare itself findings about the others.
    """

    def __init__(self, facts: Iterable[Facts], examined: Container[str] | None = None) -> None:
        self.all = tuple(facts)
        self.examined = self.all if examined is None else tuple(item for item in self.all if item.file in examined)

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str], Facts]:
        index = {(item.collection, alias): item for item in self.all for alias in item.aliases}
        return index | {item.key: item for item in self.all}

    @cached_property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Collection -> every id and alias in it."""
        names: dict[str, list[str]] = {}
        for collection, name in self._by_name:
            names.setdefault(collection, []).append(name)
        return {collection: tuple(found) for collection, found in names.items()}

    def find(self, id_: str, *collections: str) -> Facts | None:
        """The entry with that id or alias in the first of ``collections`` that has it."""
        return next((found for name in collections if (found := self._by_name.get((name, id_)))), None)


class Context(NamedTuple):
    """What a rule may ask besides the entry itself."""

    vocabularies: Vocabularies
    #: Language, variant and preferred term, from the glossary.
    avoided: tuple[tuple[str, str, str], ...]
    today: date
    #: The knowledge base; by default the one that ships with the package.
    root: Path = Path(__file__).parent.parent
    #: English term, preferred Japanese term and another Japanese word for it, from the glossary.
    renderings: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class EntryRule:
    """A rule that looks at one entry.

    Attributes:
        name: How exceptions and reports call it.
        level: error, warning or info.
        description: What it demands.
        check: Yields a finding for each violation.
        collections: Where it applies; everywhere when empty.
    """

    name: str
    level: Level
    description: Message
    check: Callable[[Subject, Context], Iterator[Finding]]
    collections: tuple[str, ...] = ()

    @property
    def scope(self) -> str:
        """``entry``: one entry at a time."""
        return "entry"


@dataclass(frozen=True)
class WholeRule:
    """A rule that compares entries with each other; it yields the facts concerned with each finding."""

    name: str
    level: Level
    description: Message
    check: Callable[[FactsIndex], Iterator[tuple[Facts, Finding]]]

    @property
    def scope(self) -> str:
        """``knowledge-base``: all entries together."""
        return "knowledge-base"


Rule = EntryRule | WholeRule


def bilingual_texts(data: Any, path: FieldPath = ()) -> Iterator[tuple[FieldPath, dict[str, Any]]]:
    """Every ``{en, ja}`` object of plain data with its path, whatever further keys it has."""
    if isinstance(data, dict):
        if isinstance(data.get("en"), str) and isinstance(data.get("ja"), str):
            yield path, data
        for key, value in data.items():
            yield from bilingual_texts(value, (*path, key))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from bilingual_texts(item, (*path, index))
