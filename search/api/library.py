"""Opening what is served: entries, index and the mark by which readers know whether anything has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from kb import load
from kb.stamps import fingerprint, kb_folders
from search.api.finder import IndexFinder, Library
from search.opening import open_search

_PROGRAMS: Final = Path(__file__).parents[1]


def open_library(root: Path, cache: Path | None = None, building: Callable[[], None] = lambda: None) -> Library:
    """The library of a knowledge base.

    Args:
        root: The knowledge base, as :func:`kb.files.find_root` gives it.
        cache: Folder for the index instead of the user's cache folder.
        building: Called before an index is built, which takes seconds.

    Raises:
        EvregError: when an entry cannot be read.
    """
    kb = load(root)
    searcher = open_search(root, cache=cache, building=building)
    # Vocabularies and programs change answers, too, and are not in the knowledge base's own fingerprint.
    return Library(kb, IndexFinder(searcher), f"{kb.fingerprint} {fingerprint(*kb_folders(root), _PROGRAMS)}")
