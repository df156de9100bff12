"""Archived copies of pages: the availability interface of the Internet Archive, and its index (CDX) as the fall-back.

Wire section 9: ``archived_snapshots`` is empty when the interface knows of no copy, which is often wrong; the index then
decides. Its answer is a list of rows, the first one naming the columns; no copy is an empty body or an empty list.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import StringConstraints, ValidationError

from kb.problems import Message
from scrapers import faults, reading
from scrapers.fetching.answer import Answer
from scrapers.fetching.fetcher import Fetcher
from scrapers.reading import Record
from scrapers.register import register
from scrapers.source import SourceModule

#: Paths of wire section 9; the index lives on the host of the copies.
AVAILABILITY = f"{register()['wayback'].base}/wayback/available"
CDX = "https://web.archive.org/cdx/search/cdx"
COPIES = "https://web.archive.org/web"

Timestamp = Annotated[str, StringConstraints(pattern=r"^\d{14}$")]


class _Closest(Record):
    available: bool
    status: str
    timestamp: Timestamp
    url: str


class _Snapshots(Record):
    closest: _Closest | None = None


class _Availability(Record):
    archived_snapshots: _Snapshots


class _Capture(Record):
    timestamp: Timestamp
    original: str
    statuscode: str


def archived_copy(fetch: Fetcher, url: str, near: date) -> str | None:
    """The address of a whole copy of ``url`` made near a day; None when the archive has none.

    Raises:
        SourceFault: an interface answers in a form that it is not known to use.
    """
    answer = fetch.get(AVAILABILITY, {"url": url, "timestamp": f"{near:%Y%m%d}"}, accept="json")
    closest = reading.model_of(answer, reading.json_of(answer), _Availability).archived_snapshots.closest
    if closest is not None and closest.available and closest.status == "200":
        return _copy_address(closest.url, closest.timestamp, url)
    return _from_index(fetch, url, near)


def _from_index(fetch: Fetcher, url: str, near: date) -> str | None:
    # 403: the owner of the site asked the archive not to show it.
    answer = fetch.get(
        CDX,
        {
            "url": url,
            "output": "json",
            "fl": "timestamp,original,statuscode",
            "filter": "statuscode:200",
            "limit": "-5",
        },
        also=(403,),
    )
    if answer.status == 403 or not answer.body.strip():
        return None
    captures = [capture for capture in map(_capture, _rows(answer)) if capture is not None]
    if not captures:
        return None
    best = min(captures, key=lambda capture: abs(int(capture.timestamp[:8]) - int(f"{near:%Y%m%d}")))
    return _copy_address(f"{COPIES}/{best.timestamp}/{best.original}", best.timestamp, url)


def _rows(answer: Answer) -> list[dict[str, Any]]:
    data = reading.json_of(answer)
    if data == []:
        return []
    if not isinstance(data, list) or not isinstance(data[0], list) or "timestamp" not in data[0]:
        raise faults.unexpected(
            answer.source,
            answer.url,
            Message("No list of rows with a heading.", "見出し行のある一覧ではない。"),
            Message("Rows, the first one naming «timestamp».", "1行目に「timestamp」を含む行の一覧を想定している。"),
        )
    names, *rows = data
    return [dict(zip(names, row, strict=False)) for row in rows if isinstance(row, list)]


def _capture(row: dict[str, Any]) -> _Capture | None:
    # Malformed rows occur in the index (wire section 9); one of them says nothing about the others.
    try:
        capture = _Capture.model_validate(row)
    except ValidationError:
        return None
    return capture if capture.statuscode == "200" else None


def _copy_address(copy: str, timestamp: str, url: str) -> str:
    found = re.fullmatch(r"https?://web\.archive\.org/web/\d{14}/(https?://[^\s<>\"]+)", copy)
    return f"{COPIES}/{timestamp}/{found[1] if found else url}"


MODULE = SourceModule("wayback")
