"""What a request got wrong, in four parts and two languages, as a status and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from starlette.responses import Response

from kb.problems import EvregError, Message, near_miss, shorten

#: What is wrong is quoted with at most this many characters; longer names are not compared with known ones.
_QUOTED = 60
_NO_HINT = Message("", "")


class ApiProblem(EvregError):
    """A request that cannot be answered as it is meant.

    Attributes:
        status: HTTP status.
        headers: Headers that belong to the status (``Allow``, ``Retry-After``).
    """

    def __init__(
        self,
        status: int,
        where: str,
        found: Message,
        expected: Message,
        remedy: Message,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(where, found, expected, remedy)
        self.status, self.headers = status, dict(headers or {})


class JsonAnswer(Response):
    """JSON with Japanese characters as they are; the body may be written already."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The bytes of the body."""
        return content if isinstance(content, bytes) else json_bytes(content)


def json_bytes(content: Any) -> bytes:
    """A value as JSON in UTF-8."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def problem_answer(problem: ApiProblem) -> JsonAnswer:
    """The answer that tells a problem; nothing may keep it."""
    return JsonAnswer(problem_json(problem), problem.status, {"Cache-Control": "no-store", **problem.headers})


def problem_json(problem: EvregError) -> dict[str, Any]:
    """The body of an answer that tells a problem."""
    parts = {"found": problem.found, "expected": problem.expected, "remedy": problem.remedy}
    return {"error": {"where": problem.where, **{name: message._asdict() for name, message in parts.items()}}}


def bad_value(name: str, value: str, expected: Message, near: Message = _NO_HINT) -> ApiProblem:
    """A parameter whose value cannot be used."""
    quoted = shorten(value, _QUOTED)
    return ApiProblem(
        400,
        name,
        Message(f"«{quoted}» is not possible here.{near.en}", f"「{quoted}」は指定できない。{near.ja}"),
        expected,
        Message("Correct the parameter; see /api/v1/.", "パラメーターを訂正する(/api/v1/ を参照)。"),
    )


def bad_choice(name: str, value: str, choices: Iterable[str]) -> ApiProblem:
    """A parameter whose value is not one of a list."""
    known = list(choices)
    expected = Message(f"One of: {', '.join(known)}.", f"次のいずれかとする: {'、'.join(known)}。")
    return bad_value(name, value, expected, _near(value, known))


def unknown_parameter(name: str, known: Iterable[str]) -> ApiProblem:
    """A parameter that the operation does not have."""
    names = list(known)
    near, quoted = _near(name, names), shorten(name, _QUOTED)
    return ApiProblem(
        400,
        quoted,
        Message(f"There is no parameter «{quoted}».{near.en}", f"「{quoted}」というパラメーターはない。{near.ja}"),
        Message(f"Any of: {', '.join(names) or '(none)'}.", f"使えるもの: {'、'.join(names) or '(なし)'}。"),
        Message("Correct or leave out the parameter.", "パラメーターを訂正するか、削除する。"),
    )


def repeated(name: str) -> ApiProblem:
    """A parameter that was given twice."""
    return ApiProblem(
        400,
        name,
        Message("The parameter stands more than once.", "パラメーターが複数回指定されている。"),
        Message("It may stand once.", "一度だけ指定できる。"),
        Message("Leave one of them.", "一つだけ残す。"),
    )


def too_long(name: str, length: int, most: int) -> ApiProblem:
    """A text above its limit."""
    return ApiProblem(
        400,
        name,
        Message(f"It has {length:,} characters.", f"{length:,}文字ある。"),
        Message(f"At most {most:,} characters.", f"{most:,}文字以下とする。"),
        Message("Shorten it.", "短くする。"),
    )


def address_too_long(length: int, most: int) -> ApiProblem:
    """An address above the limit."""
    return ApiProblem(
        414,
        "URL",
        Message(f"The address has {length:,} bytes.", f"アドレスが{length:,}バイトある。"),
        Message(f"At most {most:,} bytes.", f"{most:,}バイト以下とする。"),
        Message("Shorten the query.", "検索語を短くする。"),
    )


def not_allowed(method: str, allowed: str) -> ApiProblem:
    """A method that would change something; nothing here can be changed."""
    quoted = shorten(method, 20)
    return ApiProblem(
        405,
        "HTTP",
        Message(f"«{quoted}» is not answered here.", f"「{quoted}」には応答しない。"),
        Message(f"One of: {allowed}.", f"次のいずれかとする: {allowed}。"),
        Message(
            "Read with GET. Entries are changed as CONTRIBUTING.md describes.",
            "GETで読み取る。エントリーの変更方法はCONTRIBUTING.ja.mdを参照する。",
        ),
        {"Allow": allowed},
    )


def no_such_path(path: str) -> ApiProblem:
    """An address below ``/api/`` that leads nowhere."""
    quoted = shorten(path, _QUOTED)
    return ApiProblem(
        404,
        quoted,
        Message("There is nothing at this address.", "このアドレスには何もない。"),
        Message("An address of the list at /api/v1/.", "/api/v1/ の一覧にあるアドレスとする。"),
        Message("Open /api/v1/.", "/api/v1/ を開く。"),
    )


def no_such_entry(name: str, near: Message = _NO_HINT) -> ApiProblem:
    """An id that no entry has."""
    quoted = shorten(name, _QUOTED)
    return ApiProblem(
        404,
        "id",
        Message(f"No entry has the id «{quoted}».{near.en}", f"「{quoted}」というIDのエントリーはない。{near.ja}"),
        Message(
            "An id, a former id, or collection/id.",
            "現在若しくは以前のエントリーID、又は「コレクション/ID」を指定する。",
        ),
        Message("Find it with /api/v1/search?q=….", "/api/v1/search?q=… で調べる。"),
    )


def too_slow(seconds: float) -> ApiProblem:
    """A request that used up its time."""
    return ApiProblem(
        503,
        "q",
        Message(f"No answer within {seconds:g} seconds.", f"{seconds:g}秒以内に回答できなかった。"),
        Message("A query that can be answered in that time.", "その時間内に回答できる検索とする。"),
        Message("Ask again, or with fewer words.", "再度試すか、検索語を減らす。"),
        {"Retry-After": "2"},
    )


def too_busy() -> ApiProblem:
    """A request that came while too many others were waiting."""
    return ApiProblem(
        503,
        "HTTP",
        Message("Too many requests are waiting.", "処理待ちの要求が多すぎる。"),
        Message("Fewer requests at once.", "同時の要求数を減らす必要がある。"),
        Message("Ask again in a second.", "1秒後に再度試す。"),
        {"Retry-After": "1"},
    )


def broken() -> ApiProblem:
    """A mistake of ours; details are in the server's log only."""
    return ApiProblem(
        500,
        "HTTP",
        Message("The server made a mistake.", "サーバー内部で誤りが生じた。"),
        Message("An answer.", "回答すべき要求である。"),
        Message("Please report the address that you asked for.", "要求したアドレスを報告していただきたい。"),
    )


def _near(value: str, known: list[str]) -> Message:
    return near_miss(value, known) if len(value) <= _QUOTED else _NO_HINT
