"""On which day a text was changed alone: from the git history, as far as it reaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from kb.analysis.history import History
from kb.analysis.states import Stored
from kb.knowledge_base import Key, KnowledgeBase
from kb.problems import YamlProblem
from kb.translations.overview import all_states
from kb.translations.pairs import pairs_of_data
from kb.translations.standing import PairState
from kb.yaml12 import parse

#: Entry and field of a changed text.
Changed = tuple[Key, str]


def change_days(root: Path, stale: Mapping[Key, Sequence[PairState]]) -> dict[Changed, str]:
    """Entry and field -> day (``YYYY-MM-DD``, UTC) of the commit that brought the changed text.

    Only commits since the day of the record are looked at. A change that is not committed, or older than the stored
    history, has no day.

    Args:
        root: The knowledge base.
        stale: The pairs out of step of each entry.
    """
    wanted = {key: [item for item in items if item.state == "stale" and item.record] for key, items in stale.items()}
    since = min((item.record.day for items in wanted.values() for item in items if item.record), default="")
    history = History.around(root) if since else None
    if history is None or history.head() is None:
        return {}
    search = _Search(wanted)
    for state in history.states():
        if state.day < since or not search.open:
            break
        search.look(state.day, state.entries)
    return search.days


@lru_cache(maxsize=2)
def all_change_days(kb: KnowledgeBase) -> Mapping[Changed, str]:
    """:func:`change_days` for every pair out of step; the history is not opened when there is none."""
    stale = {key: [item for item in items if item.state == "stale"] for key, items in all_states(kb).items()}
    found = {key: items for key, items in stale.items() if items}
    return MappingProxyType(change_days(kb.root, found) if kb.root and found else {})


class _Search:
    """Looks at ever older states until the changed texts are not there yet."""

    def __init__(self, wanted: Mapping[Key, Sequence[PairState]]) -> None:
        self.days: dict[Changed, str] = {}
        self.open = {(key, item.pair.field): _hash(item) for key, items in wanted.items() for item in items}
        self._languages = {(key, item.pair.field): item.changed for key, items in wanted.items() for item in items}
        self._texts: dict[str, frozenset[tuple[str, str]]] = {}

    def look(self, day: str, entries: Mapping[Key, Stored]) -> None:
        """One state, older than those before."""
        for place, text in list(self.open.items()):
            stored = entries.get(place[0])
            if stored is not None and (str(self._languages[place]), text) in self._texts_of(stored):
                self.days[place] = day
            else:
                del self.open[place]

    def _texts_of(self, stored: Stored) -> frozenset[tuple[str, str]]:
        known = self._texts.get(stored.blob)
        if known is None:
            known = self._texts[stored.blob] = _texts_in(stored.read())
        return known


def _hash(item: PairState) -> str:
    en, ja = item.pair.hashes
    return ja if item.changed == "ja" else en


def _texts_in(content: bytes) -> frozenset[tuple[str, str]]:
    try:
        data, _ = parse(content)
    except YamlProblem:
        return frozenset()
    hashes = (pair.hashes for pair in pairs_of_data(data))
    return frozenset(item for en, ja in hashes for item in (("en", en), ("ja", ja)))
