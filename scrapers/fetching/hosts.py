"""Pace and concurrency per host, shared by all sessions of this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from pyrate_limiter import InMemoryBucket, Limiter, Rate
from pyrate_limiter.abstracts import AbstractBucket
from requests_ratelimiter.buckets import HostBucketFactory

#: Longest pace in seconds that a robots.txt can ask for; more would end no nightly run.
LONGEST_CRAWL_DELAY = 60.0


def _rates(seconds: float) -> list[Rate]:
    return [Rate(1, max(1, round(seconds * 1000)))]


class _PerHost(HostBucketFactory):
    """One request per pace for each host; the slowest pace that anyone declared counts."""

    def __init__(self) -> None:
        super().__init__(rates=_rates(0))
        self.paces: dict[str, float] = {}

    def _create_bucket(self, name: str) -> AbstractBucket:
        return InMemoryBucket(_rates(self.paces.get(name, 0.0)))


class Hosts:
    """The traffic rules of this process, by host and port."""

    def __init__(self) -> None:
        self._factory = _PerHost()
        self._lock = Lock()
        self._slots: dict[str, BoundedSemaphore] = {}
        #: For requests_ratelimiter; sleeps are rounded to milliseconds, so one is added.
        self.limiter = Limiter(self._factory, buffer_ms=1)

    def declare(self, netloc: str, pace: float) -> None:
        """At least ``pace`` seconds between two requests to ``netloc`` from now on."""
        with self._lock:
            if pace > self._factory.paces.get(netloc, 0.0):
                self._factory.paces[netloc] = pace
                if netloc in self._factory.buckets:
                    self._factory.buckets[netloc].rates = _rates(pace)

    @contextmanager
    def slot(self, netloc: str, concurrency: int) -> Iterator[None]:
        """Hold one of the places for requests under way to ``netloc``; the first caller says how many there are."""
        with self._lock:
            places = self._slots.setdefault(netloc, BoundedSemaphore(concurrency))
        with places:
            yield


#: Shared on purpose: two sources on one host must not double its load.
HOSTS = Hosts()
