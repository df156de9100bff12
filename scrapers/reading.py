"""The stones of strict parsing: anything a source is not known to say stops that source, never a guess."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from collections.abc import Callable
from typing import Any, NoReturn, Protocol, TypeVar
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from kb.problems import Message, field_name, near_miss, shorten
from scrapers.faults import SourceFault, unexpected
from scrapers.fetching.answer import Answer
from scrapers.register import Bounds


class Place(Protocol):
    """Where data came from: an :class:`Answer`, or a file that a person fetched."""

    @property
    def source(self) -> str:
        """Name in the register."""

    @property
    def url(self) -> str:
        """Address or path."""


class Record(BaseModel):
    """Base of the models of wire formats: strict types, unknown keys ignored, because interfaces grow.

    Enumerations are written as ``Literal``; dates as ``Annotated[str, BeforeValidator(dates.…)]``.
    """

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


RecordType = TypeVar("RecordType", bound=BaseModel)

#: Encodings that expat reads by itself; others are decoded before it (XML 1.0, 4.3.3; Python's pyexpat).
_NATIVE = re.compile(rb"""^\s*<\?xml[^>]*encoding=["'](?!utf-8|utf-16|us-ascii)[^"']+["']""", re.IGNORECASE)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*encoding=")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_UTF = re.compile(r"utf-?(?:8|16).*", re.IGNORECASE)


def json_of(answer: Answer) -> Any:
    """The value of a JSON document in UTF-8 (RFC 8259, 8.1); numbers that are no numbers are refused.

    Raises:
        SourceFault: ``unexpected``, with the place where the text stops being JSON.
    """
    try:
        return json.loads(answer.body.removeprefix(BOM_UTF8).decode(), parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        reason = f"{error.msg}, line {error.lineno} column {error.colno}"
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 at byte {error.start}"
    except (ValueError, RecursionError) as error:
        reason = str(error)
    raise _unreadable(answer, "JSON", reason)


def xml_of(answer: Answer) -> Element:
    """The root of an XML document; entities of its own and references to the outside are refused.

    Raises:
        SourceFault: ``unexpected``.
    """
    body = answer.body.lstrip()
    only_in_header = answer.charset and not _UTF.fullmatch(answer.charset) and not _DECLARED.match(body)
    if _NATIVE.match(body) or only_in_header:
        body = _DECLARATION.sub("", answer.text, count=1).encode()
    try:
        root: Element = fromstring(body)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise _unreadable(answer, "XML", str(error)) from None
    return root


def model_of(place: Place, data: Any, model: type[RecordType], *, at: str = "") -> RecordType:
    """``data`` as a record.

    Args:
        place: Where the data came from, for the message.
        data: A value of a parsed document.
        model: What it must be.
        at: Path of ``data`` inside the document, such as ``studies[3]``.

    Raises:
        SourceFault: a required field is missing, a type is wrong or a value unknown; path, value and expectation named.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = error.errors(include_url=False)
        raise _not_the_model(place, problems, at) from None


def value_of(place: Place, read: Callable[[Any], str], value: Any, field: str) -> str:
    """``read(value)``, for readers that raise ValueError, such as those of :mod:`scrapers.dates`.

    Raises:
        SourceFault: with field, value and what was expected.
    """
    try:
        return read(value)
    except ValueError as error:
        raise _unknown(place, field, value, str(error)) from None


def within(place: Place, count: int, bounds: Bounds | None, what: str, previous: int | None = None) -> int:
    """``count`` when it lies within ``bounds`` and has not fallen by more than ``bounds.shrink`` since ``previous``.

    Raises:
        SourceFault: ``unexpected``; the source probably changed, or answered in part only.
    """
    if bounds is None:
        return count
    least = bounds.min
    if bounds.shrink is not None and previous is not None:
        least = max(least, round(previous * (1 - bounds.shrink)))
    if least <= count <= bounds.max:
        return count
    raise unexpected(
        place.source,
        place.url,
        Message(f"{count:,} {what}.", f"{what}が{count:,}件である。"),
        Message(f"Between {least:,} and {bounds.max:,}.", f"{least:,}件以上{bounds.max:,}件以下を想定している。"),
        Message(
            "Look at the source; if the count is right, change expected in scrapers/sources.yaml.",
            "情報源を確かめ、件数が正しければscrapers/sources.yamlのexpectedを改める。",
        ),
    )


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _unreadable(answer: Answer, form: str, reason: str) -> SourceFault:
    why = shorten(reason, 90)
    return unexpected(
        answer.source,
        answer.url,
        Message(f"Not readable as {form}: {why}.", f"{form}として読み取れない({why})。"),
        Message(f"A whole {form} document.", f"完全な{form}文書を想定している。"),
    )


def _not_the_model(place: Place, problems: list[ErrorDetails], at: str) -> SourceFault:
    first = problems[0]
    path = f"{at}.{field_name(first['loc'])}".strip(".") if first["loc"] else at or "the document"
    more = f" (+{len(problems) - 1})" if len(problems) > 1 else ""
    if first["type"] == "missing":
        return unexpected(
            place.source,
            place.url,
            Message(f"«{path}» is missing{more}.", f"「{path}」がない{more}。"),
            Message("A required field of this source.", "この情報源の必須フィールドである。"),
        )
    wanted = first.get("ctx", {}).get("expected") or first["msg"].removeprefix("Value error, ")
    return _unknown(place, path, first["input"], str(wanted), more)


def _unknown(place: Place, path: str, value: object, wanted: str, more: str = "") -> SourceFault:
    near = near_miss(str(value), re.findall(r"'([^']+)'", wanted))
    return unexpected(
        place.source,
        place.url,
        Message(
            f"«{path}» is «{shorten(value)}»{more}.{near.en}",
            f"「{path}」が「{shorten(value)}」である{more}。{near.ja}",
        ),
        Message(f"Expected: {shorten(wanted, 300)}.", f"想定: {shorten(wanted, 300)}。"),
    )
