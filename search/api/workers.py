"""Work that must not hold up the server: a few threads, a queue that ends, and a time after which nobody waits.

A thread cannot be stopped from outside. What was given up therefore keeps its place until it really ends (which
:mod:`search.api.deadline` makes soon), so that slow requests never pile up: at most ``waiting`` of them exist, and the
next are sent away at once.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

from search.api.deadline import check, until
from search.api.limits import Limits
from search.api.problems import too_busy, too_slow

T = TypeVar("T")


class Workers:
    """The threads that search."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pool = ThreadPoolExecutor(limits.threads, thread_name_prefix="search")
        self._held = 0
        self._lock = Lock()

    @property
    def held(self) -> int:
        """Pieces of work that run or wait."""
        return self._held

    async def run(self, work: Callable[[], T]) -> T:
        """Do ``work`` in a thread.

        Raises:
            ApiProblem: 503 when too much is waiting, or the time is over.
        """
        with self._lock:
            if self._held >= self._limits.waiting:
                raise too_busy()
            self._held += 1
        ends = time.monotonic() + self._limits.seconds

        def timed() -> T:
            with until(ends, self._limits.seconds):
                check()
                return work()

        future = self._pool.submit(timed)
        future.add_done_callback(self._release)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), self._limits.seconds)
        except TimeoutError:
            raise too_slow(self._limits.seconds) from None

    def close(self) -> None:
        """Drop what waits and let go of the threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _release(self, _future: Future[T]) -> None:
        with self._lock:
            self._held -= 1
