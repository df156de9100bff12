"""The built site as files, with its own page for what is not there."""

from __future__ import annotations

from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from search.api.problems import no_such_path


class SiteFiles(StaticFiles):
    """A folder that may be replaced while it is served; readers ask each time whether a file has changed (ETag)."""

    def __init__(self, folder: Path) -> None:
        """Args: folder: the built site."""
        super().__init__(directory=folder, html=True, check_dir=False)
        self._folder = folder

    async def check_config(self) -> None:
        """A site that is being replaced is no mistake of ours: a moment without a folder is answered with 404."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file at a path."""
        try:
            answer = await super().get_response(path, scope)
        except HTTPException:
            answer = PlainTextResponse("404", 404)
        if answer.status_code == 404:
            answer = self._missing(path) or answer
        answer.headers["Cache-Control"] = "no-cache"
        return answer

    def _missing(self, path: str) -> Response | None:
        """The site's own page for what is not there, in the reader's language."""
        folders = (self._folder / "ja", self._folder) if Path(path).parts[:1] == ("ja",) else (self._folder,)
        pages = (folder / "404.html" for folder in folders)
        return next((FileResponse(page, 404) for page in pages if page.is_file()), None)

    def is_not_modified(self, response_headers: Headers, request_headers: Headers) -> bool:
        """As in Starlette; only files that exist have an ETag."""
        return "etag" in response_headers and super().is_not_modified(response_headers, request_headers)


class ApiFiles(SiteFiles):
    """The files of the static interface; what is not there is answered as everywhere below ``/api``."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file at a path.

        Raises:
            ApiProblem: 404, when there is none.
        """
        answer = await super().get_response(path, scope)
        if answer.status_code == 404:
            raise no_such_path(scope["path"])
        return answer
