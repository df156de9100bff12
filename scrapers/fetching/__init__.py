"""Polite, guarded and cached fetching: every request of every source goes through :class:`Fetcher`.

Fetcher -> PoliteSession (robots.txt, HTTP cache) -> GuardedAdapter (pace, limits, keys, whole bodies)
-> guarded connections (public peers only, deadline)
"""

from scrapers.fetching.answer import Answer
from scrapers.fetching.fetcher import Fetcher
from scrapers.fetching.limits import Limits

__all__ = ["Answer", "Fetcher", "Limits"]
