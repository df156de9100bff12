"""How long, how large and how often: the limits of one source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one fetcher; the defaults are for unattended nightly runs, tests use shorter ones."""

    #: Seconds until a connection stands.
    connect: float = 10.0
    #: Seconds without a single byte.
    read: float = 30.0
    #: Seconds from the first byte sent until the last one received, for each attempt.
    total: float = 120.0
    #: Bytes of one body after decompression.
    max_bytes: int = 32_000_000
    #: Redirects followed for one answer (RFC 9309, 2.3.1.2, asks for at least five for robots.txt).
    redirects: int = 5
    #: Attempts after the first one on 429, 500, 502, 503, 504 and on broken connections.
    retries: int = 4
    #: Seconds before the first new attempt; doubled each time.
    backoff: float = 2.0
    #: Seconds of random addition to each wait, so that two machines do not knock in step.
    jitter: float = 1.0
    #: Longest wait in seconds between two attempts, also when Retry-After asks for more.
    longest_wait: int = 120
