"""What a digest is about: a knowledge base, a period, perhaps a working group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kb import KnowledgeBase, load
from kb.analysis.changes import Changes, compare
from kb.analysis.history import History
from kb.analysis.since import state_named
from kb.analysis.states import State, folder_state
from kb.models.base import PARTIAL_DATE
from kb.partial_dates import first_day, last_day
from kb.problems import EvregError, Message, near_miss, shorten
from kb.review.agenda import looks_after
from kb.review.register import Group


@dataclass(frozen=True)
class Matter:
    """What the sections are made from."""

    kb: KnowledgeBase
    root: Path
    #: The day that counts as present.
    today: date
    #: First and last day of the period.
    since: date
    until: date
    found: Changes
    #: True when the recorded history begins within the period.
    begins_within: bool
    #: The working group whose entries alone are told of; None for all.
    group: Group | None = None

    def concerns(self, collection: str, id_: str, draft: Mapping[str, Any] | None = None) -> bool:
        """True when an entry is one of the group's; of one that does not exist yet its draft tells."""
        if self.group is None:
            return True
        entry = self.kb.resolve(id_, collection)
        if entry is not None:
            return looks_after(self.group, entry)
        if self.group.collections and collection not in self.group.collections:
            return False
        places = {(draft or {}).get("jurisdiction"), *((draft or {}).get("countries") or ())}
        return not self.group.jurisdictions or not places.isdisjoint(self.group.jurisdictions)


def matter_of(root: Path, since: str, until: str | None, group: str | None, today: date) -> Matter:
    """Read the knowledge base and compare it with the evening before the period.

    Args:
        root: The knowledge base.
        since: First day, month or year of the period.
        until: Last day, month or year; the present by default.
        group: Code of a working group in ``reviewers.yaml``.
        today: The day that counts as present.

    Raises:
        EvregError: when a date or the group is none, there is no history, or the entries cannot be read.
    """
    first, last = _day(since, "--since", first_day), _day(until, "--until", last_day) if until else today
    if last < first:
        raise _turned_round(since, until or today.isoformat())
    kb = load(root)
    before, begins = _evening_before(first, root)
    after = state_named(last.isoformat(), root, "--until") if last < today else folder_state(root)
    chosen = _group(kb, group) if group else None
    return Matter(kb, root, today, first, last, compare(before, after), begins, chosen)


def _evening_before(first: date, root: Path) -> tuple[State, bool]:
    """The state when the period began; the oldest one that is recorded when the history begins later, and whether so."""
    try:
        return state_named((first - timedelta(days=1)).isoformat(), root), False
    except EvregError:
        history = History.around(root)
        oldest = None
        for state in history.states() if history else ():
            oldest = state if state.entries else oldest
        if oldest is None:
            raise
        return oldest, True


def _day(text: str, option: str, of: Any) -> date:
    try:
        if PARTIAL_DATE.match(text):
            day: date = of(text)
            return day
    except ValueError:
        pass
    raise EvregError(
        option,
        Message(f"«{shorten(text)}» is no date.", f"「{shorten(text)}」は日付ではない。"),
        Message("YYYY, YYYY-MM or YYYY-MM-DD.", "YYYY、YYYY-MM又はYYYY-MM-DDの形とする。"),
        Message("Give the first day of the period, such as 2026-11-01.", "2026-11-01のように期間の初日を指定する。"),
    )


def _turned_round(since: str, until: str) -> EvregError:
    return EvregError(
        "--until",
        Message(
            f"The period ends ({until}) before it begins ({since}).",
            f"期間の終わり({until})が初め({since})より前である。",
        ),
        Message("An end on the first day or later.", "初日以降の日を終わりとする。"),
        Message("Correct one of the two dates.", "いずれかの日付を訂正する。"),
    )


def _group(kb: KnowledgeBase, code: str) -> Group:
    groups = kb.reviewers.groups
    if code in groups:
        return groups[code]
    near = near_miss(code, groups)
    known = ", ".join(groups) or "-"
    raise EvregError(
        "--group",
        Message(
            f"«{shorten(code)}» is no working group.{near.en}", f"「{shorten(code)}」という作業部会はない。{near.ja}"
        ),
        Message(f"One of: {known}", f"次のいずれかとする: {known}"),
        Message(
            "Add the group to «reviewers.yaml», or correct the code.",
            "「reviewers.yaml」に作業部会を加えるか、コードを訂正する。",
        ),
    )
