"""When a request is tried again, and how long it waits before."""

from __future__ import annotations

import random
from itertools import takewhile
from typing import Any, Self

from urllib3.exceptions import InvalidHeader
from urllib3.response import BaseHTTPResponse
from urllib3.util import Retry

from scrapers.fetching import exchange
from scrapers.fetching.limits import Limits

#: Too many requests and passing faults of servers; 403 is an answer and never asked again.
RETRIED = (429, 500, 502, 503, 504)


class PatientRetry(Retry):
    """urllib3's retries with a wait before the first new attempt, and deaf to a malformed Retry-After."""

    def get_backoff_time(self) -> float:
        """Seconds to wait: doubled with each failure in a row, from the first one on.

        urllib3 itself asks at once after the first failure, which would break the pace of the host.
        """
        failures = sum(1 for _ in takewhile(lambda item: item.redirect_location is None, reversed(self.history)))
        if not failures:
            return 0.0
        # Jitter spreads load; nothing secret depends on it.
        wait = self.backoff_factor * 2 ** (failures - 1) + random.random() * self.backoff_jitter  # noqa: S311
        return float(min(self.backoff_max, wait))

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        *args: Any,
        **options: Any,
    ) -> Self:
        """The policy after one more attempt; the refused answer is thrown away unread.

        urllib3 would read it to its end to use the connection again, however long it is.
        """
        policy = super().increment(method, url, response, *args, **options)
        if response is not None:
            response.close()
        return policy

    def sleep(self, response: BaseHTTPResponse | None = None) -> None:
        """Wait before the next attempt; the time limit of an attempt does not run meanwhile."""
        exchange.current().deadline.stop()
        super().sleep(response)

    def parse_retry_after(self, retry_after: str) -> float:
        """Seconds that the header asks for; 0, and so the usual wait, when it cannot be read (RFC 9110, 10.2.3)."""
        try:
            return super().parse_retry_after(retry_after)
        except (InvalidHeader, ValueError, OverflowError):
            return 0.0


def retry_policy(limits: Limits) -> PatientRetry:
    """The policy of one source; the last answer is handed on instead of an exception.

    POST is included: the sources that need it use it for searches that change nothing.
    """
    return PatientRetry(
        total=limits.retries,
        # A kept connection that the server closed meanwhile counts as a broken read.
        read=min(1, limits.retries),
        connect=min(2, limits.retries),
        redirect=0,
        status_forcelist=RETRIED,
        allowed_methods=frozenset(("GET", "HEAD", "POST")),
        backoff_factor=limits.backoff,
        backoff_jitter=limits.jitter,
        backoff_max=limits.longest_wait,
        retry_after_max=limits.longest_wait,
        raise_on_status=False,
        raise_on_redirect=False,
    )
