"""Arithmetic with dates that may be no more exact than a year or a month."""

from __future__ import annotations

import calendar
from datetime import date

from kb.models.base import PARTIAL_DATE


def first_day(value: str) -> date:
    """The earliest day that a partial date can mean.

    Raises:
        ValueError: when ``value`` is not a partial date.
    """
    return date(*_parts(value, 1, None))


def last_day(value: str) -> date:
    """The latest day that a partial date can mean.

    Raises:
        ValueError: when ``value`` is not a partial date.
    """
    return date(*_parts(value, 12, 31))


def months_since(value: str, today: date) -> int:
    """Whole months from the latest day that ``value`` can mean until ``today``; negative for the future."""
    day = last_day(value)
    return (today.year - day.year) * 12 + today.month - day.month - (1 if today.day < day.day else 0)


def _parts(value: str, default_month: int, default_day: int | None) -> tuple[int, int, int]:
    match = PARTIAL_DATE.match(value)
    if match is None:
        raise ValueError(value)
    year = int(match[1])
    month = int(match[2] or default_month)
    latest = calendar.monthrange(year, month)[1]
    return year, month, int(match[3]) if match[3] else (latest if default_day else 1)
