"""The related entries that pages show: the search finds them, the site is handed them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from kb.atomic import write_text
from kb.knowledge_base import Key

#: Neighbours asked for; pages leave out those that they link to anyway.
_NEIGHBOURS: Final = 16
#: Beside the indexes: finding the neighbours of 900 entries takes 2.3 s, reading them 10 ms.
_KEPT: Final = "neighbours.json"


def related_entries(root: Path, building: Callable[[], None] = lambda: None) -> Mapping[Key, Sequence[Key]]:
    """Collection and id -> the nearest entries, the nearest first.

    Args:
        root: The knowledge base.
        building: Called when the search index must be built first.
    """
    from search.engine import IndexDamaged
    from search.opening import DEFAULT_ENGINE, open_search
    from search.shelf import Shelf

    shelf = Shelf(root, DEFAULT_ENGINE)
    try:
        current = shelf.current()
    except IndexDamaged:
        current = None
    kept = _read(shelf.folder / _KEPT, current.name) if current else None
    if kept is not None:
        return kept
    searcher = open_search(root, building=building)
    try:
        found = searcher.neighbours(_NEIGHBOURS)
    finally:
        searcher.close()
    current = shelf.current()
    if current is not None:
        _keep(shelf.folder / _KEPT, current.name, found)
    return found


def _read(path: Path, index: str) -> Mapping[Key, Sequence[Key]] | None:
    """What was kept for an index; None when nothing was, or for another one."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        data: Any = json.loads(path.read_text(encoding="utf-8"))
        if data["index"] == index:
            return {tuple(key): [tuple(other) for other in nearest] for key, nearest in data["nearest"]}
    return None


def _keep(path: Path, index: str, found: Mapping[Key, Sequence[Key]]) -> None:
    with suppress(OSError):
        write_text(path, json.dumps({"index": index, "nearest": list(found.items())}, ensure_ascii=False))
