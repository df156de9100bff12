"""The session: robots.txt before every hop, and an HTTP cache that asks the server each time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from requests import PreparedRequest, Session
from requests_cache import AnyResponse, CacheMixin

from scrapers.fetching.adapter import Conduct, GuardedAdapter
from scrapers.fetching.addresses import may_ask
from scrapers.fetching.bodies import ACCEPTED_CODINGS
from scrapers.fetching.kept_answers import KeptAnswers
from scrapers.fetching.robots import Robots
from scrapers.redaction import SECRET_PARAMETERS, guard_logs

#: A fixed moment, so that a 304 changes nothing in the cache.
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class PoliteSession(CacheMixin, Session):
    """A requests session for one source; use it through :class:`scrapers.fetching.fetcher.Fetcher`.

    Proxies, netrc and certificate files of the environment are not used: a proxy would hide the peer whose address is
    checked.
    """

    def __init__(self, conduct: Conduct, cache_file: Path, agent: str, *, obey_robots: bool) -> None:
        guard_logs()
        super().__init__(
            backend=KeptAnswers(cache_file),
            # Stale at once, so that every use is a conditional request; what has no validator is fetched again and
            # can still be compared with the stored body.
            expire_after=_LONG_AGO,
            always_revalidate=True,
            allowable_methods=("GET",),
            allowable_codes=(200,),
            match_headers=["Accept"],
            ignored_parameters=[*SECRET_PARAMETERS, "Authorization"],
        )
        self._conduct = conduct
        self.trust_env = False
        self.max_redirects = conduct.limits.redirects
        self.headers = {"User-Agent": agent, "Accept-Encoding": ACCEPTED_CODINGS, "Connection": "keep-alive"}
        adapter = GuardedAdapter(conduct)
        self.adapters.clear()
        self.mount("http://", adapter)
        self.mount("https://", adapter)
        rules = cache_file.with_suffix(".robots.json")
        self._robots = Robots(conduct.source, self.get, file=rules) if obey_robots else None

    def close(self) -> None:
        """Close connections and the cache, and keep what robots.txt said.

        Raises:
            OSError: the folder of the cache cannot be written.
        """
        super().close()  # type: ignore[no-untyped-call]
        if self._robots is not None:
            self._robots.keep()

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> AnyResponse:
        """Send one hop; requests calls this for every redirect as well.

        Raises:
            SourceFault: refused by robots.txt, or any fault of the transport.
        """
        url = request.url or ""
        # What may not be asked at all is refused by the adapter, with its own message.
        if self._robots is not None and may_ask(url, self._conduct.allowance):
            self._robots.check(url)
        return super().send(request, *args, **options)
