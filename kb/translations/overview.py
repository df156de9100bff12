"""The translations of a whole knowledge base: every pair with its state, and counts by collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from kb.knowledge_base import Key, KnowledgeBase, key_of
from kb.models import COLLECTIONS
from kb.models.core import Entry
from kb.translations.harm import entry_is_about_harm
from kb.translations.pairs import pairs_of_entry
from kb.translations.records import read_records
from kb.translations.standing import PairState, State, pair_states


class Parity(NamedTuple):
    """How far the two languages of one collection say the same; withdrawn entries do not count.

    Attributes:
        collection: Its name.
        entries: Entries.
        pairs: Texts that stand in both languages.
        states: State -> pairs.
        harm: Pairs about harm.
        harm_stale: Those of them that are out of step.
        stale_entries: Entries with at least one pair out of step.
    """

    collection: str
    entries: int
    pairs: int
    states: Counter[State]
    harm: int
    harm_stale: int
    stale_entries: int

    @property
    def in_step(self) -> int:
        """Pairs that are as they were recorded together, examined or not."""
        return self.states["examined"] + self.states["recorded"]


def entry_states(kb: KnowledgeBase, entry: Entry) -> tuple[PairState, ...]:
    """The pairs of one entry with their states; all unrecorded when the knowledge base was made in memory.

    Raises:
        EvregError: when its file of records cannot be read.
    """
    records = read_records(kb.root, key_of(entry)) if kb.root else ()
    return pair_states(pairs_of_entry(entry), records)


@lru_cache(maxsize=2)
def all_states(kb: KnowledgeBase) -> Mapping[Key, tuple[PairState, ...]]:
    """Every entry's pairs with their states.

    Raises:
        EvregError: when a file of records cannot be read.
    """
    return MappingProxyType({key_of(entry): entry_states(kb, entry) for entry in kb})


def parity(kb: KnowledgeBase) -> tuple[Parity, ...]:
    """The counts of every collection, in the order of the collections.

    Raises:
        EvregError: when a file of records cannot be read.
    """
    states = all_states(kb)
    return tuple(
        _parity(name, [(entry, states[key_of(entry)]) for entry in kb.collection(name).values() if not entry.withdrawn])
        for name in COLLECTIONS
    )


def _parity(collection: str, entries: Iterable[tuple[Entry, tuple[PairState, ...]]]) -> Parity:
    counted: Counter[State] = Counter()
    number = harm = harm_stale = stale_entries = 0
    for entry, states in entries:
        number += 1
        counted.update(item.state for item in states)
        warning = [item for item in states if entry_is_about_harm(entry, item.pair.field)]
        harm += len(warning)
        harm_stale += sum(item.state == "stale" for item in warning)
        stale_entries += any(item.state == "stale" for item in states)
    return Parity(collection, number, counted.total(), counted, harm, harm_stale, stale_entries)
