"""What holds for every request: its method, its length, and the headers of every answer.

Origins are not compared with a list: everything here is public, nothing can be changed and no cookie is read, so any
site may read it. ``Host`` is not checked either, because a reverse proxy passes on its own name.
"""

from __future__ import annotations

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search.api.limits import ADDRESS
from search.api.page import STYLE_HASH
from search.api.problems import ApiProblem, address_too_long, not_allowed, problem_answer

ALLOWED: Final = "GET, HEAD, OPTIONS"
_ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    # Queries are nobody else's business.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_CORS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Location, Retry-After",
}
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": ALLOWED,
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_API_POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
#: Material's pages hold small inline scripts, charts write styles, and Pagefind runs WebAssembly; nothing is foreign.
_SITE_POLICY: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data:; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self';"
    " frame-ancestors 'self'"
)


class Guard:
    """The outermost part of the application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        api = is_api(scope["path"])

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                _seal(MutableHeaders(scope=message), api)
            await send(message)

        await (_refused(scope, api) or self._app)(scope, receive, sealed)


def is_api(path: str) -> bool:
    """True for addresses of the interface, false for those of the site."""
    return path == "/api" or path.startswith("/api/")


def _refused(scope: Scope, api: bool) -> Response | None:
    """The answer to a request that is not passed on; None for all others."""
    length = len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"])
    if length > ADDRESS:
        return problem_answer(address_too_long(length, ADDRESS))
    if scope["method"] == "OPTIONS":
        return Response(status_code=204, headers={"Allow": ALLOWED, **(_PREFLIGHT if api else {})})
    problem: ApiProblem = not_allowed(scope["method"], ALLOWED)
    return None if scope["method"] in ("GET", "HEAD") else problem_answer(problem)


def _seal(headers: MutableHeaders, api: bool) -> None:
    headers.update(_ALWAYS)
    headers["Content-Security-Policy"] = _API_POLICY if api else _SITE_POLICY
    if api:
        headers.update(_CORS)
        headers.setdefault("Cache-Control", "no-cache")
