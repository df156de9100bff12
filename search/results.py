"""What a reader asks of the search, and what comes back: plain records."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from kb.problems import Language, Message
from search.query import Field
from search.snippets import Snippet

#: Results on a page at most, and how many may be passed over.
MAX_LIMIT: Final = 100
MAX_OFFSET: Final = 10_000


class Request(NamedTuple):
    """What a reader asks.

    Attributes:
        text: The query as typed.
        language: The reader's language.
        filters: Facets that must hold besides the query; several values of one facet are alternatives.
        limit: Results wanted, from 0 to :data:`MAX_LIMIT`.
        offset: Results passed over, from 0 to :data:`MAX_OFFSET`.
        exact: True to look for the words as typed only.
        explain: True to be told what each word added to each result.
    """

    text: str
    language: Language = "en"
    filters: tuple[Field, ...] = ()
    limit: int = 10
    offset: int = 0
    exact: bool = False
    explain: bool = False


class Result(NamedTuple):
    """One entry that was found.

    Attributes:
        id: The entry's id.
        collection: Its collection.
        title: Its title in ``language``.
        url: Address of its page below the root of the site.
        score: Greater is better; comparable within one response only.
        snippet: The passage that matched.
        language: The reader's language when the entry matched in it, else the other.
        explanation: Words of the query and what they added to the score, when asked for.
    """

    id: str
    collection: str
    title: str
    url: str
    score: float
    snippet: Snippet
    language: Language
    explanation: tuple[tuple[str, float], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The record of ``evreg search --format json``; the snippet is HTML."""
        record = {**self._asdict(), "snippet": self.snippet.html()}
        explanation = record.pop("explanation")
        return record | ({"explain": dict(explanation)} if explanation else {})


class Response(NamedTuple):
    """The answer to a request.

    Attributes:
        query: The query as typed.
        corrected: The query in another spelling, when one is offered or was used.
        total: Number of entries found.
        took_ms: Milliseconds of searching.
        facets: Facet -> code -> number of entries found.
        results: One page of them.
        notices: What else the reader should know.
    """

    query: str
    corrected: str | None
    total: int
    took_ms: float
    facets: dict[str, dict[str, int]]
    results: tuple[Result, ...]
    notices: tuple[Message, ...] = ()

    def as_json(self, language: Language) -> dict[str, Any]:
        """The record of ``evreg search --format json`` and of the HTTP interface; ``notice`` only when there is one."""
        record = {**self._asdict(), "results": [result.as_json() for result in self.results]}
        notices = record.pop("notices")
        separator = " " if language == "en" else ""
        told = separator.join(getattr(notice, language) for notice in notices)
        return record | ({"notice": told} if told else {})
