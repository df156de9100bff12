"""A query that was read, as a small tree; :mod:`search.parsing` says what can be typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

#: Limits that keep any query cheap. The longest title of an entry has some 300 characters and 50 words.
MAX_CHARACTERS: Final = 1_000
MAX_CLAUSES: Final = 64
MAX_DEPTH: Final = 8
#: ``e*`` would mean half of the dictionary.
SHORTEST_PREFIX: Final = 2


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after another."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of a word."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A facet and the value that was typed."""

    facet: str
    value: str


@dataclass(frozen=True, slots=True)
class Group:
    """Parts joined by AND or OR; ``operator`` is empty where they only stand one after another."""

    operator: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    part: Part


Part = Words | Phrase | Prefix | Field | Group | Not


class Note(NamedTuple):
    """What the reader should know about how the query was read: a kind and the words concerned."""

    kind: str
    detail: str = ""


class Parsed(NamedTuple):
    """A query that was read.

    Attributes:
        part: The tree; None when nothing was typed.
        text: The query after normalisation, within the limits.
        notes: What was read differently from how it was typed.
    """

    part: Part | None
    text: str
    notes: tuple[Note, ...]


#: Facet that a typed field name and value mean; None when there is no such field, a note when the value is unknown.
Resolve = Callable[[str, str], Field | Note | None]
