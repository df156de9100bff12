"""The application: the interface and the built site on one origin."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from search.api.finder import Library
from search.api.guard import Guard
from search.api.handlers import Handlers
from search.api.limits import Limits
from search.api.operations import OPERATIONS, ROOT
from search.api.problems import ApiProblem, broken, problem_answer
from search.api.site import ApiFiles, SiteFiles


def create_app(library: Library, site: Path | None = None, limits: Limits | None = None) -> Guard:
    """The ASGI application.

    Args:
        library: What is searched and shown.
        site: Folder of the built site; without it only the interface is served.
        limits: What requests may use.
    """
    handlers = Handlers(library, limits or Limits())

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        handlers.workers.close()

    app = Starlette(
        routes=_routes(handlers, site),
        exception_handlers={ApiProblem: _told, Exception: _failed},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    return Guard(app)


def _routes(handlers: Handlers, site: Path | None) -> list[BaseRoute]:
    routes: list[BaseRoute] = [
        Route(operation.path.replace("{id}", "{id:path}"), getattr(handlers, operation.name))
        for operation in OPERATIONS
    ]
    routes += [Route(path, handlers.root) for path in ("/api", "/api/", ROOT)]
    routes.append(Route(f"{ROOT}/", handlers.page))
    if site is None:
        return [*routes, Route("/{rest:path}", handlers.nowhere)]
    return [*routes, Mount("/api", ApiFiles(site / "api")), Mount("/", SiteFiles(site))]


async def _told(_request: Request, problem: Exception) -> Response:
    if not isinstance(problem, ApiProblem):
        raise problem
    return problem_answer(problem)


async def _failed(_request: Request, _error: Exception) -> Response:
    """The reader learns that it was our mistake; the server's log tells the rest."""
    return problem_answer(broken())
