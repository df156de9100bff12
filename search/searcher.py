"""Searching an open index: what the command line and the HTTP interface call."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

from kb.problems import Language, Message
from search.asking import Concept, Either, Every, Node
from search.catalogue import Catalogue
from search.correction import outcome
from search.document import page_url
from search.engine import OpenIndex
from search.lexicon import Name
from search.messages import note_message
from search.names import IDENTIFIER, TITLE, identifier_key, name_key
from search.parsing import parse
from search.plan import Planner, Vocabulary
from search.query import Field, Parsed, Part
from search.ranking import TIERS, Ranked, contributions, ranked
from search.results import MAX_LIMIT, MAX_OFFSET, Request, Response, Result
from search.scoring import Match, Scores
from search.snippets import Snippet, snippet
from search.storing import Stored, read_stored

#: Names that a snippet is looked for with; those typed come first.
_MARKED_NAMES: Final = 24
#: Documents looked at for each of the wanted similar entries: the same entry comes in two languages.
_SIMILAR_DOCUMENTS: Final = 4


class Searcher:
    """An open index; any number of threads may search it."""

    def __init__(self, index: OpenIndex, catalogue: Catalogue, notices: Sequence[Message] = ()) -> None:
        """Args: index: the engine's index; catalogue: of the same entries; notices: told with every response."""
        self.index, self.catalogue, self._notices = index, catalogue, tuple(notices)

    def search(self, request: Request) -> Response:
        """Answer a request; no query raises an error."""
        started = time.perf_counter()
        parsed = self._parse(request.text)
        planner = Planner(self.catalogue.lexicon, self._vocabulary, request.exact)

        def run(part: Part | None) -> Match:
            parts = ([planner.node(part)] if part else []) + _filters(planner, request.filters)
            return self.index.search(Every(tuple(parts))) if parts else Match({})

        found = outcome(parsed, run, self._parse, self.index.suggest, request.exact)
        order = ranked(found.match, self.catalogue, request.language, self._tiers(parsed.text))
        first = min(max(request.offset, 0), MAX_OFFSET)
        page = order[first : first + min(max(request.limit, 0), MAX_LIMIT)]
        names = _names(concept for concept, _ in found.match.concepts)
        results = tuple(self._result(item, found.match, names, request.explain) for item in page)
        facets = self.catalogue.counts(item.place for item in order)
        notices = (*self._notices, *map(note_message, parsed.notes), *found.messages)
        took = round((time.perf_counter() - started) * 1000, 1)
        return Response(request.text, found.corrected, len(order), took, facets, results, notices)

    def suggest(self, text: str, language: Language, limit: int = 8) -> list[str]:
        """Words and terms that begin like ``text``, then those spelled nearly so."""
        return self.index.suggest(text, language, limit)

    def similar(self, collection: str, id_: str, language: Language, limit: int = 10) -> list[Result]:
        """The entries nearest to an entry, without a snippet; the entry itself would have a score of 100.

        Raises:
            KeyError: when there is no such entry.
        """
        nearest = self._nearest(self.catalogue.place_of[collection, id_], language, limit)
        shown = (item._replace(language=language) for item in nearest)
        return [self._shown(item, self._stored(item.document), Snippet("")) for item in shown]

    def neighbours(self, limit: int) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
        """The nearest entries of every entry, as collection and id, the nearest first."""
        keys = [(entry.collection, entry.id) for entry in self.catalogue.entries]
        return {
            key: tuple(keys[item.place] for item in self._nearest(place, "en", limit)) for place, key in enumerate(keys)
        }

    def _nearest(self, place: int, language: Language, limit: int) -> list[Ranked]:
        scores: dict[int, float] = defaultdict(float)
        for number in (2 * place, 2 * place + 1):
            for other, score in self.index.similar(self._stored(number).key_terms, _SIMILAR_DOCUMENTS * (limit + 1)):
                scores[2 * (other // 2)] += score
        whole = scores.pop(2 * place, 0.0) or 1.0
        match = Match({number: 100 * score / whole for number, score in scores.items()})
        return ranked(match, self.catalogue, language, {})[:limit]

    def close(self) -> None:
        """Release the index's files."""
        self.index.close()

    def _parse(self, text: str) -> Parsed:
        return parse(text, self.catalogue.resolve)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        def begins(text: str, limit: int) -> list[str]:
            found = self.index.suggest(text, "en" if text.isascii() else "ja", limit)
            return [word for word in found if word.startswith(text.casefold())]

        return Vocabulary(lambda term: bool(self.index.having(term)), begins, self.catalogue.years)

    def _tiers(self, text: str) -> dict[int, int]:
        """The entries that a query names outright."""
        titled = self.index.having(f"{TITLE}{name_key(text)}")
        identified = self.index.having(f"{IDENTIFIER}{identifier_key(text)}")
        return _tier(titled, TIERS.title) | _tier(identified, TIERS.identifier)

    def _result(self, item: Ranked, match: Match, names: Sequence[Name], explain: bool) -> Result:
        stored = self._stored(item.document)
        result = self._shown(item, stored, snippet(stored.texts, stored.asides, names, stored.title))
        return result._replace(explanation=tuple(contributions(match, item))) if explain else result

    def _shown(self, item: Ranked, stored: Stored, passage: Snippet) -> Result:
        entry = self.catalogue.entries[item.place]
        url = page_url(entry.collection, entry.id, item.language)
        return Result(entry.id, entry.collection, stored.title, url, round(item.score, 3), passage, item.language)

    def _stored(self, number: int) -> Stored:
        return read_stored(self.index.stored(number))


def _filters(planner: Planner, wanted: Iterable[Field]) -> list[Node]:
    """One node for each facet; several values of one facet are alternatives."""
    by_facet: dict[str, list[Node]] = defaultdict(list)
    for item in wanted:
        by_facet[item.facet].append(planner.filter(item))
    return [Either(tuple(nodes)) for nodes in by_facet.values()]


def _tier(found: Scores, tier: int) -> dict[int, int]:
    return dict.fromkeys((number // 2 for number in found), tier)


def _names(concepts: Iterable[Concept]) -> list[Name]:
    """The names under which the concepts may stand in an entry, those that were typed first."""
    alternatives = [alternative for concept in concepts for alternative in concept.alternatives]
    ordered = sorted(alternatives, key=lambda alternative: -alternative.weight)
    whole = [alternative.name for alternative in ordered if alternative.name]
    pieces = [tuple(term) for alternative in ordered if not alternative.whole for term in alternative.terms]
    return [*whole[:_MARKED_NAMES], *(piece for piece in pieces if len(piece) == 2)]
