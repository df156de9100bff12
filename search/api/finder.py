"""What the HTTP interface needs of a search, and the search that has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from kb import KnowledgeBase
from kb.problems import Language
from search.api.deadline import TimedIndex
from search.conditions import filter_of
from search.results import Request
from search.searcher import Searcher


class Question(NamedTuple):
    """A search as it was asked.

    Attributes:
        text: The query.
        language: The reader's language.
        where: Facets and values, as typed, that results must have.
        limit: Number of results.
        offset: Results to skip.
        exact: True when only literal matches are wanted.
    """

    text: str
    language: Language = "en"
    where: tuple[tuple[str, str], ...] = ()
    limit: int = 10
    offset: int = 0
    exact: bool = False


class Finder(Protocol):
    """Answers questions; any number of threads may ask at once."""

    def search(self, question: Question) -> Mapping[str, Any]:
        """The record of ``evreg search --format json``.

        Raises:
            EvregError: when a facet or a value is unknown.
        """

    def suggest(self, text: str, language: Language, limit: int) -> Sequence[str]:
        """Words that begin like ``text`` or are spelled nearly so."""


class IndexFinder:
    """The search over an index, which from now on answers only as long as a request has time."""

    def __init__(self, searcher: Searcher) -> None:
        """Args: searcher: used by nobody else."""
        self._searcher = searcher
        searcher.index = TimedIndex(searcher.index)

    def search(self, question: Question) -> Mapping[str, Any]:
        """As :class:`Finder` says."""
        catalogue = self._searcher.catalogue
        filters = tuple(filter_of(catalogue, name, value) for name, value in question.where)
        request = Request(question.text, question.language, filters, question.limit, question.offset, question.exact)
        return self._searcher.search(request).as_json(question.language)

    def suggest(self, text: str, language: Language, limit: int) -> Sequence[str]:
        """As :class:`Finder` says."""
        return self._searcher.suggest(text, language, limit)


@dataclass(frozen=True, slots=True)
class Library:
    """What is served.

    Attributes:
        kb: The entries.
        finder: The search over them.
        revision: Changes when an answer may change; part of every ETag.
    """

    kb: KnowledgeBase
    finder: Finder
    revision: str
