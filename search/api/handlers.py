"""The operations: each reads its parameters, looks at the reader's ETag, and answers in a thread that may not last."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kb.problems import EvregError, Message
from search.api.cost import refuse_costly
from search.api.entries import api_address, choice, entries_named, entry_json, is_present_name
from search.api.finder import Library, Question
from search.api.keeping import Kept, tag, unchanged
from search.api.limits import Limits
from search.api.openapi import document, program_version
from search.api.operations import ENTRY, OPENAPI, ROOT, SEARCH, SUGGEST, Operation
from search.api.page import page
from search.api.parameters import read_parameters
from search.api.problems import ApiProblem, JsonAnswer, bad_value, json_bytes, no_such_path
from search.api.workers import Workers


class Handlers:
    """The operations over one library.

    Args:
        library: What is served.
        limits: What requests may use.
    """

    def __init__(self, library: Library, limits: Limits) -> None:
        self._library = library
        self.workers, self.kept = Workers(limits), Kept(limits.kept)
        self._revision = f"{library.revision} {program_version()}"

    async def search(self, request: Request) -> Response:
        """``GET /api/v1/search``."""
        values = _parameters(SEARCH, request)
        refuse_costly(values["q"])
        question = Question(
            values["q"],
            values["lang"],
            _conditions(values),
            values["limit"],
            values["offset"],
            values["exact"],
        )
        return await self._answer(request, question, lambda: json_bytes(self._library.finder.search(question)))

    async def suggest(self, request: Request) -> Response:
        """``GET /api/v1/suggest``."""
        values = _parameters(SUGGEST, request)
        text, language, limit = values["q"], values["lang"], values["limit"]

        def work() -> bytes:
            found = self._library.finder.suggest(text, language, limit) if text.strip() else ()
            return json_bytes({"query": text, "suggestions": list(found)})

        return await self._answer(request, (text, language, limit), work)

    async def entry(self, request: Request) -> Response:
        """``GET /api/v1/entries/{id}``."""
        _parameters(ENTRY, request)
        kb, name = self._library.kb, request.path_params["id"]
        # Near misses of a wrong id are looked for among all ids, which takes some milliseconds.
        found = await self.workers.run(partial(entries_named, kb, name))
        if len(found) > 1:
            return JsonAnswer({"choices": [choice(entry) for entry in found]}, 300)
        entry = found[0]
        if not is_present_name(entry, name):
            place = request.scope.get("root_path", "") + api_address(entry)
            return JsonAnswer({"moved": choice(entry)}, 301, {"Location": place})
        return await self._answer(request, (entry.COLLECTION, entry.id), partial(entry_json, kb, entry))

    async def openapi(self, request: Request) -> Response:
        """``GET /api/v1/openapi.json``."""
        _parameters(OPENAPI, request)
        return await self._answer(request, (), lambda: json_bytes(document()))

    async def page(self, _request: Request) -> Response:
        """``GET /api/v1/``: the interface for people."""
        return HTMLResponse(page())

    async def root(self, request: Request) -> Response:
        """``/api``, ``/api/`` and ``/api/v1`` lead to the page."""
        return RedirectResponse(f"{request.scope.get('root_path', '')}{ROOT}/", 308)

    async def nowhere(self, request: Request) -> Response:
        """All other addresses below ``/api/``."""
        raise no_such_path(request.url.path)

    async def _answer(self, request: Request, asked: Any, work: Callable[[], bytes]) -> Response:
        """The answer, unless the reader has it; what others asked lately is not computed again."""
        etag = tag(self._revision, request.url.path, (asked,))
        headers = {"ETag": etag, "Cache-Control": "no-cache"}
        if unchanged(request.headers.get("if-none-match"), etag):
            return Response(status_code=304, headers=headers)
        body = self.kept.get(etag)
        if body is None:
            body = await self.workers.run(partial(_explained, work))
            self.kept.put(etag, body)
        return JsonAnswer(body, headers=headers)


def _explained(work: Callable[[], bytes]) -> bytes:
    """The result of work; what the library refuses is the request's mistake."""
    try:
        return work()
    except ApiProblem:
        raise
    except EvregError as error:
        raise ApiProblem(400, error.where, error.found, error.expected, error.remedy) from None


def _parameters(operation: Operation, request: Request) -> Any:
    return read_parameters(operation.parameters, request.query_params.multi_items())


def _conditions(values: Any) -> tuple[tuple[str, str], ...]:
    """The conditions of a search, in a settled order, so that equal questions have equal ETags."""
    named = [(name, values[name]) for name in ("collection", "jurisdiction") if values[name]]
    for text in values["where"]:
        facet, equals, value = text.partition("=")
        if not (equals and facet.strip() and value.strip()):
            expected = Message("facet=value, e.g. phase=2.", "「項目=値」の形とする(例: phase=2)。")
            raise bad_value("where", text, expected)
        named.append((facet.strip(), value.strip()))
    return tuple(sorted(set(named)))
