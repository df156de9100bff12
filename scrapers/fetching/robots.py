"""robots.txt as RFC 9309 reads it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, get_ident
from typing import NamedTuple
from urllib.parse import urlsplit

from protego import Protego
from pydantic import TypeAdapter, ValidationError
from requests import Response
from requests.exceptions import TooManyRedirects

from kb.atomic import write_text
from scrapers import faults
from scrapers.fetching.agent import PRODUCT
from scrapers.fetching.hosts import HOSTS, LONGEST_CRAWL_DELAY

#: RFC 9309, 2.4: a cached file should not be used for longer than a day. Seconds.
LONGEST_MEMORY = 24 * 60 * 60
#: RFC 9309, 2.5: at least 500 kibibytes are read; more is not, so that no file occupies the parser. Bytes.
MOST_PARSED = 512_000
#: Characters of a file that is kept for the next run; a longer one is asked for again.
MOST_KEPT = 20_000


class _Given(NamedTuple):
    """What a host answered: seconds since 1970, and its file; None where it has none."""

    read: float
    text: str | None


_KEPT = TypeAdapter(dict[str, _Given])


@dataclass(frozen=True, slots=True)
class _Rules:
    given: _Given
    parsed: Protego | None
    unreachable: bool = False

    def allow(self, url: str) -> bool:
        if self.unreachable:
            return False
        return self.parsed is None or bool(self.parsed.can_fetch(url, PRODUCT))


class Robots:
    """The rules of all hosts that a source met, read once a day through the same session as everything else.

    Args:
        source: Name in the register.
        get: Asks for a file.
        clock: Seconds since 1970.
        file: Where the rules are kept between runs; one that cannot be read holds none.
    """

    def __init__(
        self,
        source: str,
        get: Callable[[str], Response],
        clock: Callable[[], float] = time.time,
        file: Path | None = None,
    ) -> None:
        self._source, self._get, self._clock, self._file = source, get, clock, file
        self._kept = _read(file)
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

    def keep(self) -> None:
        """Keep for the next run what hosts said; what could not be read is asked for again.

        Raises:
            OSError: the folder cannot be written.
        """
        new = {
            origin: rules.given
            for origin, rules in self._rules.items()
            if not rules.unreachable and len(rules.given.text or "") <= MOST_KEPT
        }
        after = {origin: given for origin, given in {**self._kept, **new}.items() if self._is_fresh(given)}
        if self._file is not None and after != self._kept:
            write_text(self._file, _KEPT.dump_json(after).decode() + "\n")
            self._kept = after

    def _rules_of(self, origin: str, netloc: str) -> _Rules:
        known = self._rules.get(origin)
        if known is not None and self._is_fresh(known.given):
            return known
        kept = self._kept.get(origin)
        usable = kept is not None and self._is_fresh(kept)
        rules = _parsed(kept, netloc) if kept is not None and usable else self._ask(origin, netloc)
        self._rules[origin] = rules
        return rules

    def _is_fresh(self, given: _Given) -> bool:
        return 0 <= self._clock() - given.read <= LONGEST_MEMORY

    def _ask(self, origin: str, netloc: str) -> _Rules:
        nothing = _Given(self._clock(), None)
        self._reader = get_ident()
        try:
            answer = self._get(f"{origin}/robots.txt")
        except faults.SourceFault as fault:
            if fault.kind == "not-public":
                raise
            return _Rules(nothing, None, unreachable=True)
        except TooManyRedirects:
            return _Rules(nothing, None)  # RFC 9309, 2.3.1.2: beyond five redirects it counts as not given.
        finally:
            self._reader = None
        status = answer.status_code
        # "Too many requests" is a client error by number only: the host asks to be left alone for a while.
        if status >= 500 or status == 429:
            return _Rules(nothing, None, unreachable=True)
        if status != 200:
            return _Rules(nothing, None)
        text = answer.content[:MOST_PARSED].decode("utf-8", "replace").removeprefix("\ufeff")
        return _parsed(nothing._replace(text=text), netloc)


def _parsed(given: _Given, netloc: str) -> _Rules:
    if given.text is None:
        return _Rules(given, None)
    parsed = Protego.parse(given.text)
    rate = parsed.request_rate(PRODUCT)
    delays = parsed.crawl_delay(PRODUCT), rate.seconds / rate.requests if rate else None
    slowest = max((float(delay) for delay in delays if delay), default=0.0)
    if slowest:
        HOSTS.declare(netloc, min(slowest, LONGEST_CRAWL_DELAY))
    return _Rules(given, parsed)


def _read(file: Path | None) -> dict[str, _Given]:
    try:
        return _KEPT.validate_json(file.read_bytes()) if file is not None else {}
    except (OSError, ValidationError):
        return {}
