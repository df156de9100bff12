"""Issues as GitHub hands them over: the payload of an event, an answer of the API, or a list of either."""

from __future__ import annotations

import json
import re
from typing import Any, Final, NamedTuple

from kb.problems import EvregError, Message, shorten

#: GitHub takes no longer body (65,536 characters); a little more is allowed for line ends of two characters.
_LONGEST: Final = 70_000
_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+/[\w.-]+/[\w.-]+/issues/\d+", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Issue(NamedTuple):
    """What counts of an issue; its author and its title do not."""

    number: int
    body: str
    #: Address of its page; None when the record holds none.
    address: str | None
    #: Day on which it was opened (YYYY-MM-DD); None when the record does not say.
    opened: str | None

    @property
    def name(self) -> str:
        """How people call it."""
        return f"#{self.number}"


def read_issues(content: bytes) -> list[Issue | EvregError]:
    """The issues of a JSON text; one that is no issue becomes an error in its place.

    Raises:
        EvregError: when the text is no JSON object or list at all.
    """
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _no_json(shorten(error)) from None
    if not isinstance(data, dict | list):
        raise _no_json(type(data).__name__)
    return [_issue(item, place) for place, item in enumerate(data if isinstance(data, list) else [data], 1)]


def _issue(data: Any, place: int) -> Issue | EvregError:
    record = data.get("issue", data) if isinstance(data, dict) else None
    number = record.get("number") if isinstance(record, dict) else None
    if not isinstance(record, dict) or not isinstance(number, int) or isinstance(number, bool) or number < 1:
        return _no_issue(f"[{place}]")
    body = record.get("body")
    if not isinstance(body, str) or not body.strip():
        return _empty(number)
    if len(body) > _LONGEST:
        return _too_long(number, len(body))
    return Issue(number, body, _address(record), _day(record))


def _address(record: dict[str, Any]) -> str | None:
    given = [record.get("html_url"), record.get("url")]
    return next((text for text in given if isinstance(text, str) and _ADDRESS.fullmatch(text)), None)


def _day(record: dict[str, Any]) -> str | None:
    opened = record.get("created_at") or record.get("createdAt")
    match = _DAY.match(opened) if isinstance(opened, str) else None
    return match.group() if match else None


def _no_json(what: str) -> EvregError:
    return EvregError(
        "JSON",
        Message(f"This is no issue: {what}.", f"issueのJSONではない({what})。"),
        Message(
            "A JSON object or list as GitHub sends it.", "GitHubが送る形式のJSONオブジェクト又はリストが必要である。"
        ),
        Message(
            "Save one with «gh issue view NUMBER --json number,title,body,url,createdAt».",
            "「gh issue view 番号 --json number,title,body,url,createdAt」で保存する。",
        ),
    )


def _no_issue(where: str) -> EvregError:
    return EvregError(
        where,
        Message("A record without the number of an issue.", "issueの番号のない記録である。"),
        Message("«number» and «body» of an issue.", "issueの「number」と「body」が必要である。"),
        Message("Fetch the issue again.", "issueを取得し直す。"),
    )


def _empty(number: int) -> EvregError:
    return EvregError(
        f"#{number}",
        Message("The issue has no text.", "issueに本文がない。"),
        Message("One of the issue forms, filled in.", "issueフォームに記入したものが必要である。"),
        Message("Open a new issue with one of the forms.", "フォームを使って新しいissueを作成する。"),
    )


def _too_long(number: int, length: int) -> EvregError:
    return EvregError(
        f"#{number}",
        Message(f"The text has {length:,} characters.", f"本文が{length:,}字ある。"),
        Message(f"At most {_LONGEST:,}.", f"{_LONGEST:,}字以内とする。"),
        Message("Shorten the answers.", "回答を短くする。"),
    )
