"""What holds for every request: who may ask, how, and the headers of every answer.

The server listens on the loopback address, but every page that is open in a browser on this machine can send requests
there. So ``Host`` must be an address of this machine (else another site's name was made to point here, DNS rebinding),
``Origin`` and ``Sec-Fetch-Site`` must be our own (cross-site requests), and everything that reads or writes entries
needs the token of this start, which only the page itself can read.
"""

from __future__ import annotations

from secrets import compare_digest
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.types import Message as Part

from editing.local.refusals import Refusal, refusal_answer, refused
from kb.problems import Message, shorten

#: Below it everything needs the token.
API: Final = "/api/"
SESSION_HEADER: Final = "x-evreg-token"
#: Bytes of a request: an entry of 1 MiB, the state it was loaded in, and what JSON adds.
_BODY: Final = 5 << 20
_HEADERS: Final = {
    # The form writes style elements and shows pictures of its own; scripts come from here only.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
        " font-src 'self' data:; connect-src 'self' data: blob:; worker-src 'self' blob:; base-uri 'none';"
        " form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


class Guard:
    """The outermost part of the application.

    Args:
        app: What answers requests that are let through.
        port: On which the server listens.
        token: What reading and writing entries needs.
    """

    def __init__(self, app: ASGIApp, port: int, token: str) -> None:
        self._app, self._token = app, token.encode()
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sealed(part: Part) -> None:
            if part["type"] == "http.response.start":
                MutableHeaders(scope=part).update(_HEADERS)
            await send(part)

        try:
            self._let_through(scope)
        except Refusal as refusal:
            await refusal_answer(refusal)(scope, receive, sealed)
            return
        await self._app(scope, receive, sealed)

    def _let_through(self, scope: Scope) -> None:
        """Refuse what does not come from the form's own page.

        Raises:
            Refusal: when it does not.
        """
        headers, method = Headers(scope=scope), scope["method"]
        host, origin = headers.get("host", ""), headers.get("origin")
        if len(headers.getlist("host")) != 1 or host not in self._hosts:
            raise _foreign("Host", host)
        if origin is not None and origin != f"http://{host}":
            raise _foreign("Origin", origin)
        api = scope["path"].startswith(API)
        site = headers.get("sec-fetch-site", "same-origin")
        if site != "same-origin" and (api or site != "none"):
            raise _foreign("Sec-Fetch-Site", site)
        if method not in (("GET", "POST") if api else ("GET", "HEAD")):
            raise _method(method)
        if api and not compare_digest(headers.get(SESSION_HEADER, "").encode(), self._token):
            raise _no_token()
        if method == "POST":
            _measured(headers)


def _measured(headers: Headers) -> None:
    """Refuse a body that is no JSON or has no bounds."""
    kind, length = headers.get("content-type", ""), headers.get("content-length", "")
    if kind.partition(";")[0].strip().lower() != "application/json":
        raise refused(
            415,
            "Content-Type",
            Message(f"The request holds «{shorten(kind)}».", f"リクエストの形式は「{shorten(kind)}」である。"),
            Message("application/json.", "application/jsonとする。"),
            Message("Send the request from the form.", "フォームから送信する。"),
        )
    if not (length.isascii() and length.isdecimal()):
        raise refused(
            411,
            "Content-Length",
            Message("The request does not say how long it is.", "リクエストの長さが示されていない。"),
            Message("A length in bytes.", "バイト数を示す必要がある。"),
            Message("Send the request from the form.", "フォームから送信する。"),
        )
    if len(length) > 9 or int(length) > _BODY:
        raise too_large(f"{shorten(length, 20)} bytes", f"{shorten(length, 20)}バイト")


def too_large(english: str, japanese: str) -> Refusal:
    """The refusal of an entry that is longer than any entry could be."""
    return refused(
        413,
        "entry",
        Message(f"The entry is too large: {english}.", f"エントリーが大きすぎる: {japanese}。"),
        Message("At most 1 MiB of text.", "1 MiB以内のテキストとする。"),
        Message("Shorten it, or make several entries of it.", "短くするか、複数のエントリーに分ける。"),
    )


def _foreign(header: str, value: str) -> Refusal:
    return refused(
        403,
        header,
        Message(
            f"The request comes from elsewhere: «{shorten(value)}».", f"外部からの要求である:「{shorten(value)}」。"
        ),
        Message("The form's own page on this machine.", "この端末のフォームのページからの要求に限る。"),
        Message("Open the address that «evreg edit» has printed.", "「evreg edit」が表示したアドレスを開く。"),
    )


def _method(method: str) -> Refusal:
    return refused(
        405,
        shorten(method),
        Message("This method is not used here.", "このメソッドは使用できない。"),
        Message("GET to read, POST to save.", "読み取りはGET、保存はPOSTとする。"),
        Message("Use the form.", "フォームを使用する。"),
    )


def _no_token() -> Refusal:
    return refused(
        401,
        SESSION_HEADER,
        Message("The token of this start is missing or wrong.", "今回の起動のトークンがないか、異なる。"),
        Message("The token that the page holds.", "ページが保持するトークンが必要である。"),
        Message(
            "Load the page again; «evreg edit» was started anew.",
            "ページを再読み込みする。「evreg edit」が再起動されている。",
        ),
    )
