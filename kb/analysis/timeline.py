"""Everything dated in the knowledge base as one timeline; an act that two entries record is one row citing both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from kb.analysis.recorded import DEADLINE, Happening, recorded
from kb.knowledge_base import Key, KnowledgeBase
from kb.partial_dates import first_day

#: Kinds that may describe one and the same act when document and date agree. A jurisdiction's profile calls «statement»
#: or «adopted» what the document's own dates call «issued»; «in force» on the day of issue stays a fact of its own.
_FAMILIES: tuple[frozenset[str], ...] = (
    frozenset({"proposed", "consultation"}),
    frozenset({"effective", "applies-from"}),
    frozenset({"withdrawn"}),
    frozenset({DEADLINE}),
    frozenset({"trial-registered"}),
    frozenset({"trial-start"}),
    frozenset({"trial-completion"}),
)
_GENERAL = frozenset[str]()


class Row(NamedTuple):
    """One thing that happened, or is to happen."""

    #: A name that stays the same when wording or order change: ``guidelines/x#effective``; a milestone that its entry has
    #: only once is named without its date, so that a corrected day keeps the name.
    name: str
    #: The record that is shown: the one with a title of its own, else the bare date.
    shown: Happening
    #: Most exact of the records' dates.
    date: str
    #: Every entry that records it, the one it is about first.
    entries: tuple[Key, ...]
    #: Jurisdictions of all records, without repetition.
    jurisdictions: tuple[str, ...]

    @property
    def exact(self) -> bool:
        """True when the day is known."""
        return len(self.date) == len("YYYY-MM-DD")


@lru_cache(maxsize=2)
def timeline(kb: KnowledgeBase) -> tuple[Row, ...]:
    """All rows, newest first; a date without a day stands before the days of its month, one without a month first.

    Computed once for a knowledge base, which never changes: the page, some hundred feeds and the calendars share it.
    """
    groups: dict[tuple[Key, frozenset[str]], list[Happening]] = {}
    for item in recorded(kb):
        groups.setdefault((item.about, _family(item.kind)), []).append(item)
    rows = [row for group in groups.values() for row in _rows(group)]
    # By id where dates are equal, so that the same knowledge base always gives the same order.
    return tuple(sorted(rows, key=lambda row: (_descending(row.date), row.name)))


def upcoming(rows: Iterable[Row], day: str) -> tuple[Row, ...]:
    """The rows that begin after ``day``, the next one first."""
    later = [row for row in rows if day and first_day(row.date) > first_day(day)]
    return tuple(sorted(later, key=lambda row: (row.date, row.name)))


def _family(kind: str) -> frozenset[str]:
    return next((family for family in _FAMILIES if kind in family), _GENERAL)


def _rows(group: list[Happening]) -> Iterator[Row]:
    """Records of one document and family, joined where one date is the other or its year or month."""
    joined: list[list[Happening]] = []
    # The exact dates first, and the document's own before what others say of them.
    for item in sorted(group, key=lambda item: (-len(item.date), item.listed)):
        found = _same(joined, item)
        if found is None:
            joined.append([item])
        else:
            found.append(item)
    yield from map(_row, joined)


def _same(joined: list[list[Happening]], item: Happening) -> list[Happening] | None:
    """The records of the same act; None when there are none, or when a mere year could mean several dates."""
    fitting = [rows for rows in joined if rows[0].date.startswith(item.date) and not _told_apart(rows, item)]
    fitting = [rows for rows in fitting if any(row.kind == item.kind for row in rows)] or fitting
    return fitting[0] if len({rows[0].date for rows in fitting}) == 1 else None


def _told_apart(rows: list[Happening], item: Happening) -> bool:
    """True when one entry lists both as events, or gives both as dates: its editors told them apart."""
    return any(row.listed == item.listed and row.by == item.by for row in rows)


def _row(records: list[Happening]) -> Row:
    # The document's own words before those of a profile; words before a bare date.
    ordered = sorted(records, key=lambda item: (item.title is None, item.by != item.about))
    about = records[0].about
    entries = dict.fromkeys((about, *(item.by for item in ordered)))
    places = dict.fromkeys(code for item in ordered for code in item.jurisdictions)
    date = max((item.date for item in records), key=len)
    return Row(_name(ordered), ordered[0], date, tuple(entries), tuple(places))


def _name(records: list[Happening]) -> str:
    named = next((item for item in records if item.unique), records[0])
    return f"{'/'.join(named.about)}#{named.kind}" + ("" if named.unique else f"-{named.date}")


def _descending(date: str) -> tuple[int, ...]:
    parts = [int(part) for part in date.split("-")]
    return tuple(-part for part in (*parts, *(99,) * (3 - len(parts))))
