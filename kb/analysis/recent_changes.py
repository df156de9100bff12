"""The changes of the last weeks, day by day, as far as the repository tells them."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kb.analysis.changes import Changes, compare, counted, touched
from kb.analysis.history import Days, History, Span

#: Days before the latest commit that are looked at.
WINDOW_DAYS = 90
#: A day with more differing files than this is an import: its entries are counted and not examined.
MOST_LISTED = 60
#: Files examined altogether; about 3 ms each, so that a build never waits longer than a second or so.
MOST_EXAMINED = 300


class Day(NamedTuple):
    """What one day changed."""

    day: str
    changes: Changes
    #: False when there were too many entries to examine: then a change of form alone counts as well.
    examined: bool

    @property
    def began(self) -> bool:
        """True when there were no entries before."""
        return not self.changes.before.entries


class Recent(NamedTuple):
    """Days with changes, latest first."""

    days: tuple[Day, ...]
    #: Day of the latest commit.
    until: str
    #: False when a shallow clone hides the beginning of the time.
    complete: bool


def recent_changes(root: Path) -> Recent | None:
    """The changes recorded for the folder ``root`` of a checkout; None when there is no history.

    Computed once for each latest commit: the two languages and every refresh of a preview share it. Edits that are not
    committed yet are not part of it.
    """
    history = History.around(root)
    head = history.head() if history else None
    return _recent(str(root.resolve()), head) if head else None


@lru_cache(maxsize=4)
def _recent(root: str, head: str) -> Recent | None:  # a new latest commit is a new key
    history = History.around(Path(root))
    if history is None:
        return None
    found = history.days(timedelta(days=WINDOW_DAYS))
    return Recent(tuple(_days(found)), found.until, found.complete)


def _days(found: Days) -> list[Day]:
    made: list[Day] = []
    left = MOST_EXAMINED
    for span in found.spans:
        day = _day(span, left)
        left -= len(day.changes.entries) if day.examined else 0
        if day.changes.entries:
            made.append(day)
    return made


def _day(span: Span, left: int) -> Day:
    examined = len(touched(span.before, span.after)) <= min(MOST_LISTED, left)
    made = compare(span.before, span.after) if examined else counted(span.before, span.after)
    return Day(span.day, made, examined)
