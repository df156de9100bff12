"""What to review next, in an order that anybody can follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, Literal, NamedTuple

from kb.checks.partial_dates import latest, months_later
from kb.knowledge_base import Key, KnowledgeBase, key_of, standing
from kb.models.core import Entry
from kb.review.policy import ReviewPolicy
from kb.review.register import Group
from kb.statistics import jurisdictions_of

Reason = Literal["overdue", "lapsed", "due", "awaiting", "draft"]
#: Why an entry is on the agenda, what comes first: a rule of this atlas, published with the list. What was promised and
#: not kept comes before what was never begun.
REASONS: Final[tuple[Reason, ...]] = ("overdue", "lapsed", "due", "awaiting", "draft")
#: Within a reason: doubtful entries before sound ones.
_CONFIDENCE: Final = {"low": 0, "medium": 1, "high": 2}


class Task(NamedTuple):
    """An entry to be reviewed."""

    key: Key
    #: Why, the most pressing reason first.
    reasons: tuple[Reason, ...]
    #: The status that counts.
    status: str
    due: date
    confidence: str
    #: Links from other entries: an error here is read in all of them.
    relied_on: int

    @property
    def order(self) -> tuple[int, date, int, int, Key]:
        """Reason, then the day on which it is due (for drafts the same for all), confidence, readers, name."""
        reason = self.reasons[0]
        day = date.min if reason in ("draft", "awaiting") else self.due
        return REASONS.index(reason), day, _CONFIDENCE.get(self.confidence, 0), -self.relied_on, self.key


def due_day(entry: Entry, policy: ReviewPolicy) -> date:
    """The last day on which an entry counts as fresh: the one it names, or the end of its term when that is earlier."""
    review = entry.review
    end = months_later(latest(review.verified), policy.months(entry.COLLECTION))
    return min(end, latest(review.due)) if review.due else end


def agenda(kb: KnowledgeBase, today: date) -> list[Task]:
    """Every entry that is not withdrawn and not both approved and fresh, what comes first at the top.

    Args:
        kb: The knowledge base.
        today: The day that counts as present; what is due in its month is due.
    """
    policy = kb.review_policy
    tasks = (_task(kb, entry, policy, today) for entry in standing(kb))
    return sorted((task for task in tasks if task.reasons), key=lambda task: task.order)


def _task(kb: KnowledgeBase, entry: Entry, policy: ReviewPolicy, today: date) -> Task:
    due = due_day(entry, policy)
    return Task(
        key=key_of(entry),
        reasons=tuple(_reasons(kb, entry, due, today)),
        status=entry.review.status,
        due=due,
        confidence=entry.confidence,
        relied_on=len(kb.links_to(entry)),
    )


def _reasons(kb: KnowledgeBase, entry: Entry, due: date, today: date) -> Iterator[Reason]:
    found = kb.standings.get(key_of(entry))
    if due < today:
        yield "overdue"
    lapsed = found is not None and found.lapsed
    if lapsed:
        yield "lapsed"
    if due >= today and in_month(due, today):
        yield "due"
    if found is not None and found.counting and entry.review.status != "approved":
        yield "awaiting"
    elif entry.review.status != "approved" and not lapsed:
        yield "draft"


def in_month(day: date, other: date) -> bool:
    """True for two days of the same month."""
    return (day.year, day.month) == (other.year, other.month)


def looks_after(group: Group, entry: Entry) -> bool:
    """True for the entries of a working group's collections and jurisdictions."""
    here = not group.collections or entry.COLLECTION in group.collections
    return here and (not group.jurisdictions or not set(group.jurisdictions).isdisjoint(jurisdictions_of(entry)))


def for_group(kb: KnowledgeBase, tasks: Iterable[Task], group: Group) -> list[Task]:
    """The tasks of a working group."""
    return [task for task in tasks if looks_after(group, kb.entry(task.key))]


def for_reviewer(kb: KnowledgeBase, tasks: Iterable[Task], orcid: str) -> list[Task]:
    """What somebody can do: the tasks of their working groups (all without one) that their sign-off would move on.

    An entry that the person has signed as approved, and whose content is unchanged since, waits for others.
    """
    person = kb.reviewers.people.get(orcid)
    groups = [kb.reviewers.groups[code] for code in (person.groups if person else ()) if code in kb.reviewers.groups]
    return [
        task
        for task in tasks
        if not _waits_for_others(kb, task, orcid)
        and (not groups or any(looks_after(group, kb.entry(task.key)) for group in groups))
    ]


def _waits_for_others(kb: KnowledgeBase, task: Task, orcid: str) -> bool:
    found = kb.standings.get(task.key)
    mine = [item for item in found.counting if item.orcid == orcid] if found else []
    return task.reasons[0] not in ("overdue", "due") and any(item.status == "approved" for item in mine)
