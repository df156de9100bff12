"""What an index can be asked: names of ideas, ideas typed together, filters and logic."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alternative:
    """One name of a concept.

    Attributes:
        terms: Its index terms.
        weight: 1 as typed, less for other names.
        whole: True when every term must be there.
        name: The name itself, for marking it in texts; empty for what stands in no text.
    """

    terms: tuple[str, ...]
    weight: float = 1.0
    whole: bool = True
    name: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """One idea of a query under all its names.

    Attributes:
        text: What was typed, for explanations.
        alternatives: Its names, the one that was typed first.
        parts: The ideas of which the name consists.
        bonus: True when the concept only raises documents and is not missed where it is absent.
        term: True when the glossary explains it.
        identifier: True when it is the number or id of an entry.
    """

    text: str
    alternatives: tuple[Alternative, ...]
    parts: tuple[Concept, ...] = ()
    bonus: bool = False
    term: bool = False
    identifier: bool = False


@dataclass(frozen=True, slots=True)
class Together:
    """Concepts typed one after another: any of them finds a document, more of them raise it."""

    concepts: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class Every:
    """All parts must hold (AND)."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part must hold (OR)."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The part must not hold (NOT)."""

    part: Node


@dataclass(frozen=True, slots=True)
class Filter:
    """One of the terms must be there; it adds nothing to the score."""

    terms: tuple[str, ...]


Node = Together | Every | Either | Without | Filter
