"""Opening the search of a knowledge base: the index from the shelf, or a new one."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from kb.problems import Message
from search.catalogue import read_catalogue
from search.engine import Engine, IndexDamaged
from search.messages import NOT_KEPT, REBUILT
from search.searcher import Searcher
from search.shelf import Shelf

DEFAULT_ENGINE: Final = "whoosh"


def engine_named(name: str) -> Engine:
    """The engine of that name, ``whoosh`` or ``fts5``; its libraries are imported only now.

    Raises:
        KeyError: when there is none.
    """
    if name == "whoosh":
        from search.whoosh_engine import WhooshEngine

        return WhooshEngine()
    if name == "fts5":
        from search.fts5_engine import Fts5Engine

        return Fts5Engine()
    raise KeyError(name)


def open_search(
    root: Path,
    engine: str = DEFAULT_ENGINE,
    cache: Path | None = None,
    building: Callable[[], None] = lambda: None,
) -> Searcher:
    """The search of a knowledge base; its index is built when there is none that fits.

    Args:
        root: The knowledge base, as :func:`kb.files.find_root` gives it.
        engine: ``whoosh`` or ``fts5``.
        cache: Folder for indexes instead of the user's cache folder.
        building: Called before an index is built, which takes seconds.

    Raises:
        EvregError: when an index must be built and an entry cannot be read.
    """
    chosen, shelf = engine_named(engine), Shelf(root, engine, cache)
    try:
        current = shelf.current()
        if current is not None:
            return _opened(chosen, current)
        notices: tuple[Message, ...] = ()
    except IndexDamaged:
        shelf.discard()
        notices = (REBUILT,)
    building()
    return _built(chosen, shelf, root, notices)


def _built(engine: Engine, shelf: Shelf, root: Path, notices: Sequence[Message]) -> Searcher:
    # Imported here, so that a search with a finished index need not wait for the models.
    from kb.loading import load
    from search.building import build_index

    kb = load(root)
    try:
        return _opened(engine, shelf.add(lambda folder: build_index(engine, kb, folder)), notices)
    except (OSError, IndexDamaged):
        # A cache folder that cannot be written, a full or failing disk: the index lives as long as this process.
        folder = Path(tempfile.mkdtemp(prefix="evreg-search-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        build_index(engine, kb, folder)
        return _opened(engine, folder, (*notices, NOT_KEPT))


def _opened(engine: Engine, folder: Path, notices: Sequence[Message] = ()) -> Searcher:
    try:
        catalogue = read_catalogue(folder)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise IndexDamaged(str(problem)) from problem
    return Searcher(engine.open(folder), catalogue, notices)
