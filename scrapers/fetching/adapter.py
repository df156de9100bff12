"""The transport of every request: address, pace, keys, limits and whole bodies, for each hop of a redirect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import urlencode, urlsplit

from requests import PreparedRequest, Response
from requests.cookies import RequestsCookieJar
from requests.exceptions import RequestException, Timeout
from requests.structures import CaseInsensitiveDict
from requests_ratelimiter import LimiterAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse
from urllib3.exceptions import HTTPError, ReadTimeoutError

from scrapers import faults
from scrapers.fetching.addresses import HostPort, host_and_port, may_ask
from scrapers.fetching.bodies import read_body
from scrapers.fetching.connections import GuardedPool, GuardedTlsPool
from scrapers.fetching.exchange import Deadline, Exchange, conducted
from scrapers.fetching.hosts import HOSTS
from scrapers.fetching.limits import Limits
from scrapers.fetching.patience import retry_policy

#: Headers that describe the body on the wire, which is decoded here, and cookies, which are never kept.
_DROPPED = ("Content-Encoding", "Content-Length", "Transfer-Encoding", "Set-Cookie", "Set-Cookie2")

_VALIDATORS = ("Etag", "Last-Modified")


@dataclass(frozen=True, slots=True)
class Conduct:
    """How one source is asked."""

    source: str
    limits: Limits
    pace: float
    concurrency: int
    allowance: frozenset[HostPort] = frozenset()
    #: Query parameters that only the wire sees, and only towards ``secrets_for``.
    secrets: Mapping[str, str] = field(default_factory=dict)
    secrets_for: HostPort | None = None
    #: Called whenever a request has left.
    sent: Callable[[], None] = lambda: None


class GuardedAdapter(LimiterAdapter):
    """Sends one request and returns its whole, decoded body, or raises a :class:`scrapers.faults.SourceFault`."""

    def __init__(self, conduct: Conduct) -> None:
        self._conduct = conduct
        super().__init__(
            limiter=HOSTS.limiter,
            # A 429 is answered by waiting as Retry-After says; the pace of the host needs no correction.
            limit_statuses=(),
            max_retries=retry_policy(conduct.limits),
            pool_maxsize=conduct.concurrency,
            pool_block=True,
        )

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Make the pools with guarded connections."""
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": GuardedPool, "https": GuardedTlsPool}

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:
        """Send ``request``; environment proxies, cookies and time limits given by callers do not count.

        Raises:
            SourceFault: no complete answer of an acceptable size from a public address in time.
        """
        url, conduct = request.url or "", self._conduct
        if not may_ask(url, conduct.allowance):
            raise faults.not_public(conduct.source, url, urlsplit(url).netloc or url)
        netloc = urlsplit(url).netloc
        HOSTS.declare(netloc, conduct.pace)
        deadline = Deadline(conduct.limits.total)
        exchange = Exchange(conduct.source, url, conduct.limits, conduct.allowance, deadline, conduct.sent)
        with HOSTS.slot(netloc, conduct.concurrency), conducted(exchange) as now:
            try:
                response = self._ask(request)
            except RequestException as error:
                raise _fault(error, now) from None
            return _whole(response, request, now)

    def _ask(self, request: PreparedRequest) -> Response:
        limits = self._conduct.limits
        return super().send(
            self._with_secrets(request), stream=True, timeout=(limits.connect, limits.read), verify=True, proxies={}
        )

    def _with_secrets(self, request: PreparedRequest) -> PreparedRequest:
        url, conduct = request.url or "", self._conduct
        if not conduct.secrets or host_and_port(url) != conduct.secrets_for or urlsplit(url).path == "/robots.txt":
            return request
        copy = request.copy()
        copy.url = f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(conduct.secrets)}"
        return copy


def _whole(response: Response, request: PreparedRequest, now: Exchange) -> Response:
    try:
        body = read_body(response.raw, now, now.limits.max_bytes)
        response.raw.release_conn()
    except BaseException:
        # A half-read connection is of no further use; its place in the pool is, or the next request waits for ever.
        response.raw.close()
        response.raw.release_conn()
        raise
    headers = HTTPHeaderDict(
        (name, value) for name, value in response.raw.headers.items() if name.title() not in _DROPPED
    )
    for name in _DROPPED:
        response.headers.pop(name, None)
    if response.status_code == 304:
        # Dates and request numbers would have the stored answer written anew each time.
        response.headers = CaseInsensitiveDict(
            (name, value) for name, value in headers.items() if name.title() in _VALIDATORS
        )
    response.raw = HTTPResponse(
        BytesIO(body),
        headers,
        response.status_code,
        reason=response.reason,
        preload_content=False,
        decode_content=False,
        request_url=request.url,
    )
    # Cookies, and the address with its keys, end here.
    response.cookies = RequestsCookieJar()
    response.request, response.url = request, request.url or ""
    return response


def _fault(error: RequestException, now: Exchange) -> faults.SourceFault:
    now.check_time()
    cause = error.args[0] if error.args else error
    reason = getattr(cause, "reason", cause)
    if isinstance(error, Timeout):
        return faults.too_slow(now.source, now.url, now.limits.connect)
    if isinstance(reason, ReadTimeoutError):
        return faults.too_slow(now.source, now.url, now.limits.read)
    return faults.unreachable(now.source, now.url, _innermost(reason))


def _innermost(reason: BaseException | object) -> str:
    # urllib3 wraps the system's words in its own, and those in the names of its objects.
    while isinstance(reason, BaseException) and reason.args and isinstance(reason.args[-1], BaseException):
        reason = reason.args[-1]
    if isinstance(reason, OSError) and reason.strerror:
        return reason.strerror
    return str(reason).rpartition(": ")[2] if isinstance(reason, HTTPError) else str(reason)
