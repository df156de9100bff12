"""Counting entries by code and by year, as charts and lists of every collection need it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from kb.models.core import Entry

EntryT = TypeVar("EntryT", bound=Entry)
CodeT = TypeVar("CodeT", bound=str)


class Count(NamedTuple):
    """How many entries have a code."""

    code: str
    number: int


def tally(
    entries: Iterable[EntryT], codes: Callable[[EntryT], Sequence[str]], unknown: Sequence[str] = ()
) -> list[Count]:
    """Entries per code, the most frequent first; codes in ``unknown`` come last. One with two codes counts in both.

    Args:
        entries: What is counted.
        codes: The codes of an entry; one without any does not count.
        unknown: Codes that say that nothing is known.
    """
    counted = Counter(code for entry in entries for code in dict.fromkeys(codes(entry)))
    ordered = sorted(counted, key=lambda code: (code in unknown, -counted[code], code))
    return [Count(code, counted[code]) for code in ordered]


def year_of(date: str | None) -> int | None:
    """The year of a partial date; None when there is none."""
    return int(date[:4]) if date else None


def by_year(
    entries: Iterable[EntryT], year: Callable[[EntryT], int | None], code: Callable[[EntryT], CodeT]
) -> tuple[dict[tuple[int, CodeT], int], int]:
    """(year, code) -> entries, and how many entries have no year on record.

    Args:
        entries: What is counted, each once.
        year: The year of an entry, None when it is not on record.
        code: Into which part of its year an entry falls.
    """
    counted: Counter[tuple[int, CodeT]] = Counter()
    without = 0
    for entry in entries:
        found = year(entry)
        if found is None:
            without += 1
        else:
            counted[found, code(entry)] += 1
    return dict(counted), without
