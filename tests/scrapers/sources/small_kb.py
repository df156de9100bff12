"""A knowledge base made in memory, and visits to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from kb import KnowledgeBase
from kb.models import model_of
from kb.models.core import Entry
from kb.observed import Observation
from kb.proposals import Proposal
from kb.searches import Search
from kb.vocabulary import packaged_vocabularies
from scrapers.fetching.fetcher import Fetcher
from scrapers.source import SourceModule, Visit
from tests.scrapers.conftest import MakeFetcher

TODAY = date(2026, 11, 23)


def knowledge_base(entries: Mapping[str, Iterable[dict[str, Any]]], seen: Iterable[Any] = ()) -> KnowledgeBase:
    """Collections of plain entries, and what an earlier run yielded (proposals among it do not count)."""
    made: dict[str, dict[str, Entry]] = {}
    for collection, items in entries.items():
        models = [model_of(collection).model_validate(item) for item in items]
        made[collection] = {entry.id: entry for entry in models}
    kept = {item.entry: (item,) for item in seen if isinstance(item, Observation)}
    return KnowledgeBase(made, {}, packaged_vocabularies(), "", observed=lambda: kept)


def visit(fetcher: Fetcher, kb: KnowledgeBase, **changes: Any) -> Visit:
    """A visit on the day of the tests."""
    return Visit(**{"source": fetcher.source, "fetch": fetcher, "kb": kb, "today": TODAY, **changes})


class Ask:
    """Lets the module of a registry look at trials; what it yields comes sorted into observations and proposals."""

    def __init__(self, make_fetcher: MakeFetcher, module: SourceModule) -> None:
        self._make_fetcher, self._module = make_fetcher, module
        self.searches: list[Search] = []

    def __call__(
        self, *entries: dict[str, Any], discover: bool = False, **changes: Any
    ) -> tuple[list[Observation], list[Proposal]]:
        fetcher = self._make_fetcher(self._module.name, source={"expected": changes.pop("expected", {})})
        there = visit(fetcher, knowledge_base({"trials": entries}), **changes)
        work = self._module.discover if discover else self._module.observe
        assert work is not None
        items = list(work(there))
        self.searches = there.searches
        return (
            [item for item in items if isinstance(item, Observation)],
            [item for item in items if isinstance(item, Proposal)],
        )
