"""The door of a source module to the network."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Self

from requests import PreparedRequest, Request, Response
from requests.exceptions import RequestException, TooManyRedirects

from kb.problems import Message
from scrapers import faults
from scrapers.fetching.adapter import Conduct
from scrapers.fetching.addresses import HostPort, host_and_port
from scrapers.fetching.agent import user_agent
from scrapers.fetching.answer import Answer
from scrapers.fetching.content import Kind, accept_header, check_kind
from scrapers.fetching.kept_answers import is_repeated
from scrapers.fetching.limits import Limits
from scrapers.fetching.session import PoliteSession
from scrapers.redaction import without_secrets
from scrapers.register import Source, refuse_unattended

#: Query values as requests takes them: a list repeats the name.
Params = Mapping[str, str | int | Collection[str]]


@dataclass(slots=True)
class Tally:
    """What a fetcher did: answers, those unchanged, and bytes of bodies that came over the network."""

    answers: int = 0
    unchanged: int = 0
    downloaded_bytes: int = 0


class Fetcher:
    """Asks one source, politely and within limits; safe to share between threads.

    Args:
        source: The source as the register describes it.
        cache_folder: Where answers are kept between runs (one SQLite file per source); made when missing.
        limits: Times, sizes, retries; by default the usual ones with the source's own size limit.
        allowance: Host and port pairs that may be reached although they are not public; for tests.
        secrets: Query parameters such as ``api_key``, sent to the source's own host only and kept nowhere; by default
            what the environment holds under the names in the register.
        attended: A person is present, so a source marked permission or manual may be asked.
        offline: Answer from the cache only.
        sent: Called whenever a request has left; a thread that it starts has the time of waiting.

    Raises:
        SourceFault: ``by-hand``, for a permission or manual source in an unattended run.
    """

    def __init__(
        self,
        source: Source,
        cache_folder: Path,
        *,
        limits: Limits | None = None,
        allowance: Collection[HostPort] = (),
        secrets: Mapping[str, str] | None = None,
        attended: bool = False,
        offline: bool = False,
        sent: Callable[[], None] = lambda: None,
    ) -> None:
        if not attended:
            refuse_unattended(source)
        self.source, self.tally = source, Tally()
        self._limits = limits or Limits(max_bytes=round(source.max_megabytes * 1_000_000))
        self._offline, self._lock = offline, Lock()
        cache_folder.mkdir(parents=True, exist_ok=True)
        self._cache_file = cache_folder / f"{source.name}.sqlite"
        conduct = Conduct(
            source.name,
            self._limits,
            source.pace,
            source.concurrency,
            frozenset(allowance),
            dict(source.secrets(os.environ) if secrets is None else secrets),
            host_and_port(source.base or ""),
            sent,
        )
        with self._readable_cache():
            self._session = PoliteSession(
                conduct, self._cache_file, user_agent(), obey_robots=source.robots.decision == "obey"
            )

    def get(
        self,
        url: str,
        params: Params | None = None,
        *,
        accept: Kind = "any",
        also: Collection[int] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """The answer to a GET request, revalidated with the server and taken from the cache when unchanged.

        Args:
            url: Absolute address.
            params: Query parameters, encoded here.
            accept: Kind of content; the label and the first characters of the answer must fit.
            also: Status numbers besides 200 that the source uses as an answer (openFDA: 404 for "none").
            headers: Further request headers.

        Raises:
            SourceFault: anything but a whole answer of that kind.
        """
        return self._fetch(Request("GET", url, params=dict(params or {}), headers=dict(headers or {})), accept, also)

    def post_json(
        self,
        url: str,
        data: Any,
        *,
        accept: Kind = "json",
        also: Collection[int] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """The answer to a search that is sent as a JSON body; not cached, tried again like a GET.

        Raises:
            SourceFault: anything but a whole answer of that kind.
        """
        return self._fetch(Request("POST", url, json=data, headers=dict(headers or {})), accept, also)

    def post_form(
        self, url: str, data: Mapping[str, str], *, accept: Kind = "any", also: Collection[int] = ()
    ) -> Answer:
        """The answer to a search that is sent as a form (E-utilities above 200 ids); not cached.

        Raises:
            SourceFault: anything but a whole answer of that kind.
        """
        return self._fetch(Request("POST", url, data=dict(data)), accept, also)

    def close(self) -> None:
        """Close connections and the cache."""
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _fetch(self, request: Request, kind: Kind, also: Collection[int]) -> Answer:
        request.headers["Accept"] = accept_header(kind)
        try:
            prepared = self._session.prepare_request(request)
        except (RequestException, ValueError):
            raise faults.not_public(self.source.name, request.url or "", request.url or "") from None
        with self._readable_cache():
            response = self._from_cache(prepared) if self._offline else self._send(prepared)
        answer = self._answer(prepared, response)
        self._check(answer, kind, also)
        self._count(answer)
        return answer

    @contextmanager
    def _readable_cache(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError:
            raise faults.bad_cache(self.source.name, str(self._cache_file)) from None

    def _from_cache(self, prepared: PreparedRequest) -> Response:
        cache = self._session.cache
        stored: Response | None = cache.get_response(cache.create_key(prepared)) if prepared.method == "GET" else None
        if stored is not None:
            return stored
        raise faults.unexpected(
            self.source.name,
            prepared.url or "",
            Message("Not in the cache of earlier answers.", "過去の応答のキャッシュにない。"),
            Message("Offline, only what was fetched before is read.", "オフラインでは取得済みの応答のみ読み取る。"),
            Message("Run once without --offline.", "一度--offlineなしで実行する。"),
        )

    def _send(self, prepared: PreparedRequest) -> Response:
        try:
            return self._session.send(prepared)
        except TooManyRedirects:
            raise faults.unexpected(
                self.source.name,
                prepared.url or "",
                Message(
                    f"More than {self._limits.redirects} redirects.", f"転送が{self._limits.redirects}回を超えた。"
                ),
                Message("An answer after a few redirects.", "数回以内の転送で応答を想定している。"),
                Message("Correct the address to where it leads.", "転送先のアドレスに訂正する。"),
            ) from None
        except (RequestException, ValueError) as error:
            # A Location header that is no address at all.
            raise faults.not_public(self.source.name, prepared.url or "", str(error)) from None

    def _answer(self, prepared: PreparedRequest, response: Response) -> Answer:
        kept = self._offline or bool(getattr(response, "revalidated", False))
        return Answer(
            source=self.source.name,
            asked=without_secrets(prepared.url or ""),
            url=without_secrets(response.url or ""),
            status=response.status_code,
            content_type=response.headers.get("Content-Type", ""),
            body=response.content or b"",
            unchanged=kept or is_repeated(response),
            downloaded=not kept,
            retrieved=datetime.now(UTC),
            headers={name.lower(): value for name, value in response.headers.items()},
            redirects=tuple(hop.status_code for hop in response.history),
        )

    def _check(self, answer: Answer, kind: Kind, also: Collection[int]) -> None:
        if answer.status == 200:
            check_kind(answer.source, answer.url, kind, answer.content_type, answer.body)
        elif answer.status not in also:
            raise faults.wrong_status(answer.source, answer.url, answer.status, answer.text[:300], (200, *also))

    def _count(self, answer: Answer) -> None:
        with self._lock:
            self.tally.answers += 1
            self.tally.unchanged += answer.unchanged
            self.tally.downloaded_bytes += len(answer.body) if answer.downloaded else 0
