"""The application: the page with the form, and the interface through which it reads and saves entries."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from editing.local.drafts import Drafts
from editing.local.form_files import FormFiles
from editing.local.guard import Guard
from editing.local.page import page_html, waiting_html
from editing.local.places import FOLDER, path_of, place_of, plain_entries
from editing.local.refusals import Refusal, problem_records, refusal_answer, refused
from editing.local.saving import Edit, Preference, checked, saved
from kb.problems import EvregError, Language, Message

_STATIC: Final = Path(__file__).parent / "static"
_SCRIPT: Final = "text/javascript; charset=utf-8"
_KINDS: Final = {
    ".js": _SCRIPT,
    ".css": "text/css; charset=utf-8",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
    ".png": "image/png",
}


class Desk(NamedTuple):
    """Where editing takes place.

    Attributes:
        root: The knowledge base.
        form: The form's program and configuration.
        language: Of the page, unless the reader's browser or the reader says otherwise.
        drafts: Refused saves.
        preview: Language, collection and id -> address of the page that shows the entry, or None while it is not
            built yet; None when no pages are shown.
        after_save: Called after an entry was written.
        today: The day that counts as present.
    """

    root: Path
    form: FormFiles
    language: Language
    drafts: Drafts
    preview: Callable[[Language, str, str], str | None] | None = None
    after_save: Callable[[], None] = lambda: None
    today: Callable[[], date] = date.today


def create_app(desk: Desk, port: int, token: str) -> Guard:
    """The ASGI application.

    Args:
        desk: What is edited, and with what.
        port: On which it is served; requests for other addresses are refused.
        token: What reading and writing entries needs; new at every start.
    """
    handlers = _Handlers(desk, token)
    app = Starlette(
        routes=[
            Route("/", handlers.page),
            Route("/static/{name}", handlers.static),
            Route("/form/{name:path}", handlers.program),
            Route("/preview/{language}/{path:path}", handlers.preview),
            Route("/api/start", handlers.start),
            Route("/api/check", handlers.check, methods=["POST"]),
            Route("/api/save", handlers.save, methods=["POST"]),
            Route("/api/discard", handlers.discard, methods=["POST"]),
            Route("/{rest:path}", handlers.nowhere, methods=["GET", "POST"]),
        ],
        exception_handlers={Refusal: _told, EvregError: _failed, OSError: _unwritable},
    )
    app.router.redirect_slashes = False
    return Guard(app, port, token)


class _Handlers:
    """Answers to requests that the guard let through."""

    def __init__(self, desk: Desk, token: str) -> None:
        self._desk, self._token = desk, token

    async def page(self, _request: Request) -> Response:
        return HTMLResponse(page_html(self._token, self._desk.language))

    async def static(self, request: Request) -> Response:
        known = {path.name: path for path in _STATIC.iterdir() if path.suffix in _KINDS}
        return _served(known.get(request.path_params["name"]))

    async def program(self, request: Request) -> Response:
        found = self._desk.form.file(request.path_params["name"])
        if found is not None and found.suffix == ".json":
            return Response(self._desk.form.words(found), media_type=_SCRIPT)
        return _served(found)

    async def preview(self, request: Request) -> Response:
        """Lead to the page of an entry; until it is built, a page that waits for it."""
        language: Language = "ja" if request.path_params["language"] == "ja" else "en"
        file = place_of(self._desk.root, f"{FOLDER}/{request.path_params['path']}.yaml")
        if self._desk.preview is None:
            raise _nothing_here()
        address = self._desk.preview(language, file.collection, file.stem)
        return RedirectResponse(address) if address else HTMLResponse(waiting_html(language))

    async def nowhere(self, _request: Request) -> Response:
        raise _nothing_here()

    async def start(self, request: Request) -> Response:
        """All that the page needs: entries, refused saves and the form's configuration."""
        language: Language = "ja" if request.query_params.get("language") == "ja" else "en"
        return JSONResponse(await run_in_threadpool(self._everything, language))

    def _everything(self, language: Language) -> dict[str, Any]:
        desk = self._desk
        return {
            "configuration": desk.form.local_configuration(desk.root, language),
            "entries": {path: _text(file.path) for path, file in plain_entries(desk.root)},
            "drafts": desk.drafts.all(),
            "preview": desk.preview is not None,
        }

    async def check(self, request: Request) -> Response:
        """Problems that an entry has on disk, or would have after a save."""
        sent = await _members(request)
        return JSONResponse(await run_in_threadpool(self._checked, sent))

    def _checked(self, sent: dict[str, Any]) -> dict[str, Any]:
        file = place_of(self._desk.root, sent.get("path"))
        edit = _edit(self._desk.root, sent) if "text" in sent else _as_it_is(self._desk.root, sent)
        problems = problem_records(file.collection, checked(self._desk.root, edit, self._desk.today()))
        return {"problems": problems}

    async def save(self, request: Request) -> Response:
        """Write an entry; a save that is refused is kept as a draft."""
        sent = await _members(request)
        return JSONResponse(await run_in_threadpool(self._saved, sent))

    def _saved(self, sent: dict[str, Any]) -> dict[str, Any]:
        desk = self._desk
        edit = _edit(desk.root, sent)
        path = path_of(desk.root, edit.file)
        try:
            done = saved(desk.root, edit, desk.today())
        except (Refusal, EvregError, OSError) as error:
            refusal = error if isinstance(error, Refusal) else _as_refusal(error)
            if refusal.status != 413:
                refusal.details["kept"] = desk.drafts.keep(path, edit.text, edit.base)
            raise refusal from None
        desk.drafts.discard(path)
        desk.after_save()
        records = problem_records(edit.file.collection, done.problems)
        return {"text": done.text, "problems": records, "merged": done.merged}

    async def discard(self, request: Request) -> Response:
        """Forget a refused save."""
        sent = await _members(request)
        file = place_of(self._desk.root, sent.get("path"))
        await run_in_threadpool(self._desk.drafts.discard, path_of(self._desk.root, file))
        return JSONResponse({})


def _edit(root: Path, sent: dict[str, Any]) -> Edit:
    """The edit that a request holds."""
    text, base, prefer = sent.get("text"), sent.get("base"), sent.get("prefer")
    file = place_of(root, sent.get("path"))
    if not (_is_text(text) and (base is None or _is_text(base)) and prefer in (None, "mine", "theirs")):
        raise _not_understood()
    return Edit(file, cast("str", text), base, cast("Preference", prefer))


def _is_text(value: object) -> bool:
    """True for text that can be written; JSON can hold halves of surrogate pairs, which cannot."""
    return isinstance(value, str) and not any("\ud800" <= character <= "\udfff" for character in value)


def _as_it_is(root: Path, sent: dict[str, Any]) -> Edit:
    """An edit that changes nothing."""
    file = place_of(root, sent.get("path"))
    if not file.path.is_file():
        raise _nothing_here()
    text = _text(file.path)
    return Edit(file, text, text)


async def _members(request: Request) -> dict[str, Any]:
    try:
        data = json.loads((await request.body()).decode("utf-8"))
    except (ValueError, RecursionError):
        raise _not_understood() from None
    if not isinstance(data, dict):
        raise _not_understood()
    return data


def _text(path: Path) -> str:
    """A file as the form reads it; what is no UTF-8 is shown as such and refused when it is checked."""
    return path.read_text(encoding="utf-8", errors="replace")


def _served(path: Path | None) -> Response:
    if path is None or path.suffix not in _KINDS:
        raise _nothing_here()
    return FileResponse(path, media_type=_KINDS[path.suffix])


async def _told(_request: Request, error: Exception) -> Response:
    return refusal_answer(cast("Refusal", error))


async def _failed(_request: Request, error: Exception) -> Response:
    return refusal_answer(_as_refusal(error))


async def _unwritable(_request: Request, error: Exception) -> Response:
    return refusal_answer(_as_refusal(error))


def _as_refusal(error: Exception) -> Refusal:
    """An error of the knowledge base or of the system, as the page is told of it."""
    if isinstance(error, EvregError):
        return Refusal(409, error)
    reason = getattr(error, "strerror", None) or type(error).__name__
    return refused(
        507,
        str(getattr(error, "filename", None) or "kb/entries"),
        Message(f"The system refused: {reason}.", f"システムが処理を拒否した({reason})。"),
        Message(
            "A folder that may be written, with free space.", "書き込み可能で空き容量のあるフォルダーが必要である。"
        ),
        Message("Check permissions and free space, and save again.", "権限と空き容量を確かめ、もう一度保存する。"),
    )


def _not_understood() -> Refusal:
    return refused(
        400,
        "request",
        Message("The request is not understood.", "リクエストを解釈できない。"),
        Message("JSON with path, text and base.", "path、text、baseを含むJSONとする。"),
        Message("Send the request from the form.", "フォームから送信する。"),
    )


def _nothing_here() -> Refusal:
    return refused(
        404,
        "address",
        Message("There is nothing at this address.", "このアドレスには何もない。"),
        Message("The address that «evreg edit» has printed.", "「evreg edit」が表示したアドレスを開く。"),
        Message("Open that address.", "そのアドレスを開く。"),
    )
