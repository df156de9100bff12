"""robots.txt as RFC 9309 reads it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, get_ident
from urllib.parse import urlsplit

from protego import Protego
from requests import Response
from requests.exceptions import TooManyRedirects

from scrapers import faults
from scrapers.fetching.agent import PRODUCT
from scrapers.fetching.hosts import HOSTS, LONGEST_CRAWL_DELAY

#: RFC 9309, 2.4: a cached file should not be used for longer than a day. Seconds.
LONGEST_MEMORY = 24 * 60 * 60
#: RFC 9309, 2.5: at least 500 kibibytes are read; more is not, so that no file occupies the parser. Bytes.
MOST_PARSED = 512_000


@dataclass(frozen=True, slots=True)
class _Rules:
    read: float
    parsed: Protego | None
    unreachable: bool = False

    def allow(self, url: str) -> bool:
        if self.unreachable:
            return False
        return self.parsed is None or bool(self.parsed.can_fetch(url, PRODUCT))


class Robots:
    """The rules of all hosts met in a run, read once a day through the same session as everything else."""

    def __init__(
        self, source: str, get: Callable[[str], Response], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._source, self._get, self._clock = source, get, clock
        self._rules: dict[str, _Rules] = {}
        self._lock = Lock()
        self._reader: int | None = None

    def check(self, url: str) -> None:
        """Raise unless ``url`` may be read; ``/robots.txt`` itself always may (RFC 9309, 2.2.2).

        Raises:
            SourceFault: refused by robots.txt, or robots.txt could not be read (RFC 9309, 2.3.1.4).
        """
        parts = urlsplit(url)
        if (
            parts.path == "/robots.txt" or self._reader == get_ident()
        ):  # The latter: where a robots.txt is redirected to.
            return
        with self._lock:
            rules = self._rules_of(f"{parts.scheme}://{parts.netloc}", parts.netloc)
        if not rules.allow(url):
            raise faults.refused_by_robots(self._source, url, unreachable=rules.unreachable)

    def _rules_of(self, origin: str, netloc: str) -> _Rules:
        known = self._rules.get(origin)
        if known is None or self._clock() - known.read > LONGEST_MEMORY:
            known = self._rules[origin] = self._read(origin, netloc)
        return known

    def _read(self, origin: str, netloc: str) -> _Rules:
        now = self._clock()
        self._reader = get_ident()
        try:
            answer = self._get(f"{origin}/robots.txt")
        except faults.SourceFault as fault:
            if fault.kind == "not-public":
                raise
            return _Rules(now, None, unreachable=True)
        except TooManyRedirects:
            return _Rules(now, None)  # RFC 9309, 2.3.1.2: beyond five redirects it counts as not given.
        finally:
            self._reader = None
        status = answer.status_code
        # "Too many requests" is a client error by number only: the host asks to be left alone for a while.
        if status >= 500 or status == 429:
            return _Rules(now, None, unreachable=True)
        if status != 200:
            return _Rules(now, None)
        parsed = Protego.parse(answer.content[:MOST_PARSED].decode("utf-8", "replace").removeprefix("\ufeff"))
        delay = parsed.crawl_delay(PRODUCT)
        if delay:
            HOSTS.declare(netloc, min(float(delay), LONGEST_CRAWL_DELAY))
        return _Rules(now, parsed)
