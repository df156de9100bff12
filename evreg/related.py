"""The related entries that pages show: the search finds them, the site is handed them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from kb.knowledge_base import Key

#: Neighbours asked for; pages leave out those that they link to anyway.
_NEIGHBOURS: Final = 16


def related_entries(root: Path, building: Callable[[], None] = lambda: None) -> Mapping[Key, Sequence[Key]]:
    """Collection and id -> the nearest entries, the nearest first.

    Args:
        root: The knowledge base.
        building: Called when the search index must be built first.
    """
    from search.opening import open_search

    searcher = open_search(root, building=building)
    try:
        return searcher.neighbours(_NEIGHBOURS)
    finally:
        searcher.close()
