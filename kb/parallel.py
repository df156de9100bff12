"""Applying a function to many items on all cores, where processes can be started cheaply."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

#: Below this number the start of the processes (some 30 ms) costs more than it saves.
_WORTHWHILE = 200
#: What the forked processes work on; they inherit it, so neither function nor items need to be pickled.
_job: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


def mapped(function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """``function`` of each item, in the order of the items.

    Linux forks one process a core; elsewhere, and for few items, it runs here. Results are pickled.
    """
    cores = os.cpu_count() or 1
    # Forking is safe only while no other thread runs (a progress bar is drawn by one).
    alone = threading.active_count() == 1
    if sys.platform != "linux" or cores == 1 or not alone or len(items) < _WORTHWHILE:
        yield from map(function, items)
        return
    global _job  # noqa: PLW0603 - the one way to hand something to forked processes without pickling
    _job = (function, items)
    try:
        with multiprocessing.get_context("fork").Pool(cores) as pool:
            yield from pool.imap(_apply, range(len(items)), chunksize=32)
    finally:
        _job = None


def _apply(index: int) -> Any:
    if _job is None:
        raise RuntimeError("called outside of a forked process")
    function, items = _job
    return function(items[index])
