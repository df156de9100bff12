"""Dates agree with each other and with the present day.

Only what the dates leave no doubt about is an error: ``2024`` and ``2024-03`` do not contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any, Final, NamedTuple, get_args

from pydantic import AfterValidator

from kb.checks.partial_dates import certainly_after, earliest
from kb.checks.rule import Context, EntryRule, Subject
from kb.models.base import PartialDate
from kb.problems import FieldPath, Finding, Message
from kb.references import PathPattern, marked_fields, values_at


class _Order(NamedTuple):
    """Within the mapping at ``parent``, ``first`` does not lie after ``second``."""

    parent: PathPattern
    first: str
    second: str


ORDERS: Final = (
    _Order(("sources", None), "published", "accessed"),
    _Order(("review",), "verified", "due"),
    _Order(("dates",), "proposed", "comment_until"),
    _Order(("dates",), "proposed", "adopted"),
    _Order(("dates",), "proposed", "issued"),
    _Order(("dates",), "adopted", "effective"),
    _Order(("dates",), "issued", "effective"),
    _Order(("dates",), "effective", "applies_from"),
    _Order(("dates",), "issued", "revised"),
    _Order(("dates",), "issued", "withdrawn"),
    _Order(("dates",), "start", "completion"),
)

#: Dates that may be announced before they come.
_MAY_BE_FUTURE: Final = frozenset(
    (
        ("dates", "comment_until"),
        ("dates", "effective"),
        ("dates", "applies_from"),
        ("dates", "completion"),
        ("review", "due"),
    )
)
#: Events that may be announced before they come.
_FUTURE_EVENTS: Final = frozenset(("effective", "consultation"))
#: Registries give the expected start of a trial that has not begun.
_NOT_BEGUN: Final = frozenset(("not-yet-recruiting", "withdrawn"))
#: An editor in Japan writes tomorrow's date while a server on UTC still has today's.
_TIME_ZONES: Final = timedelta(days=1)
#: The mark that a field of the type PartialDate carries.
_DATE_MARK: Final = next(item for item in get_args(PartialDate) if isinstance(item, AfterValidator))


@cache
def date_fields(collection: str) -> tuple[PathPattern, ...]:
    """Every field of a collection that holds a date."""
    return tuple(path for path, mark in marked_fields(collection, AfterValidator) if mark == _DATE_MARK)


def _check(subject: Subject, context: Context) -> Iterator[Finding]:
    yield from _in_the_future(subject, context)
    for order in ORDERS:
        for path, record in values_at(subject.data, order.parent):
            if isinstance(record, dict):
                yield from _out_of_order(path, record, order)
    yield from _against_timing(subject.data)


def _in_the_future(subject: Subject, context: Context) -> Iterator[Finding]:
    limit = context.today + _TIME_ZONES
    for pattern in date_fields(subject.file.collection):
        for path, value in values_at(subject.data, pattern):
            if earliest(str(value)) > limit and not _may_be_future(subject.data, path):
                yield Finding(
                    path,
                    Message(f"«{value}» lies in the future.", f"「{value}」は未来の日付である。"),
                    Message(
                        f"A day up to today ({context.today.isoformat()}).",
                        f"今日({context.today.isoformat()})までの日付とする。",
                    ),
                    Message(
                        "Correct the date; what is announced stands in «effective», «comment_until» or an event.",
                        "日付を訂正する。予定は「effective」「comment_until」又は出来事(events)に記載する。",
                    ),
                )


def _may_be_future(data: dict[str, Any], path: FieldPath) -> bool:
    if path[0] == "events" and isinstance(path[1], int):
        return data["events"][path[1]].get("kind") in _FUTURE_EVENTS
    if path == ("dates", "start"):
        return data.get("status") in _NOT_BEGUN
    return path in _MAY_BE_FUTURE


def _out_of_order(path: FieldPath, record: dict[str, Any], order: _Order) -> Iterator[Finding]:
    first, second = record.get(order.first), record.get(order.second)
    if first is None or second is None:
        return
    later = [((*path, order.second), second)]
    if isinstance(second, list):
        later = [((*path, order.second, index), item) for index, item in enumerate(second)]
    for place, item in later:
        if certainly_after(str(first), str(item)):
            yield Finding(
                place,
                Message(
                    f"«{order.second}» ({item}) lies before «{order.first}» ({first}).",
                    f"「{order.second}」({item})が「{order.first}」({first})より前である。",
                ),
                Message(
                    f"«{order.first}» comes first, or on the same day.", f"「{order.first}」が先、又は同日となる。"
                ),
                Message("Compare both dates with the source.", "両方の日付を資料と照合する。"),
            )


def _against_timing(data: dict[str, Any]) -> Iterator[Finding]:
    """ICMJE: registration is prospective when it is made at or before the enrolment of the first participant."""
    dates, timing = data.get("dates") or {}, data.get("registration_timing")
    registered, start = dates.get("registered"), dates.get("start")
    if registered is None or start is None:
        return
    late = timing == "prospective" and certainly_after(str(registered), str(start))
    early = timing == "retrospective" and certainly_after(str(start), str(registered))
    if late or early:
        yield Finding(
            ("registration_timing",),
            Message(
                f"«{timing}», but registered {registered} and started {start}.",
                f"「{timing}」とあるが、登録は{registered}、開始は{start}である。",
            ),
            Message(
                "«prospective» when registered by the start, «retrospective» when after it.",
                "開始までに登録された場合は「prospective」、開始後の場合は「retrospective」とする。",
            ),
            Message("Correct the timing or the dates.", "登録時期の区分又は日付を訂正する。"),
        )


RULE = EntryRule(
    name="dates-in-order",
    level="error",
    description=Message(
        "Dates follow each other and lie in the past, unless announced.",
        "日付の前後関係が正しく、予定を除き未来でないこと。",
    ),
    check=_check,
)
