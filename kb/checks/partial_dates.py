"""Comparing dates that are exact to the year, the month or the day.

``2024`` and ``2024-03`` do not contradict each other: each stands for every day it may mean.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def earliest(text: str) -> date:
    """The first day that ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` may mean."""
    year, month, day = _parts(text)
    return date(year, month or 1, day or 1)


def latest(text: str) -> date:
    """The last day that ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` may mean."""
    year, month, day = _parts(text)
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def certainly_after(one: str, other: str) -> bool:
    """True when every day that ``one`` may mean lies after every day that ``other`` may mean."""
    return earliest(one) > latest(other)


def months_later(day: date, months: int) -> date:
    """The same day some months on; the last day of the month when that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _parts(text: str) -> tuple[int, int | None, int | None]:
    year, *rest = (int(part) for part in text.split("-"))
    return year, rest[0] if rest else None, rest[1] if len(rest) > 1 else None
