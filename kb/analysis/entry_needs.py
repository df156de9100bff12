"""Which entries need work most: points for what is missing, so that anybody can follow the order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kb.analysis.data_quality import deepest_reading
from kb.knowledge_base import Key, KnowledgeBase, key_of, standing
from kb.models.core import Entry
from kb.partial_dates import last_day
from kb.statistics import is_stale, primary_source_read

#: Reason -> points; for conflicts and open questions the points of each one, up to ``_MOST`` of them. A rule of this
#: atlas, published with the list: what a reader would be misled by weighs more than what is merely unfinished.
POINTS = {
    "nothing-read": 4,
    "no-primary-read": 3,
    "stale": 3,
    "low-confidence": 2,
    "conflict": 2,
    "weak-basis": 2,
    "copies-only": 1,
    "open-question": 1,
}
_MOST = 4
#: What counts as weak: nobody read the sentence itself or a summary of it.
_WEAK = frozenset({"heading", "inference"})


class Reason(NamedTuple):
    """One thing that is missing."""

    #: A key of :data:`POINTS`.
    code: str
    #: How often: always 1 but for conflicts and open questions.
    times: int

    @property
    def points(self) -> int:
        """Points for this reason."""
        return POINTS[self.code] * min(self.times, _MOST)


class Need(NamedTuple):
    """An entry and what it lacks."""

    key: Key
    reasons: tuple[Reason, ...]
    #: Links from other entries: an error here is read in all of them.
    relied_on: int

    @property
    def points(self) -> int:
        """Sum of the points."""
        return sum(reason.points for reason in self.reasons)


def needs(kb: KnowledgeBase, as_of: str) -> tuple[Need, ...]:
    """Every entry that is not withdrawn: most points first, then those on which most others rely.

    Args:
        kb: What to look at.
        as_of: Day from whose end ages are counted; may be partial.
    """
    found = [
        Need(
            key_of(entry),
            tuple(_reasons(entry, last_day(as_of), kb.review_policy.months(entry.COLLECTION))),
            len(kb.links_to(entry)),
        )
        for entry in standing(kb)
    ]
    return tuple(sorted(found, key=lambda need: (-need.points, -need.relied_on, need.key)))


def _reasons(entry: Entry, today: date, term: int) -> Iterator[Reason]:
    bases = [item.basis for item in getattr(entry, "requirements", ())]
    counts = {
        "nothing-read": int(deepest_reading(entry) == "not-read"),
        "no-primary-read": int(not (primary_source_read(entry) or _registry_read(entry))),
        "stale": int(is_stale(entry, today, term)),
        "low-confidence": int(entry.confidence == "low"),
        "conflict": len(entry.conflicts),
        "weak-basis": int(bool(bases) and 2 * sum(basis in _WEAK for basis in bases) > len(bases)),
        "copies-only": int(all(source.mirror for source in entry.sources)),
        "open-question": len(entry.open_questions),
    }
    yield from (Reason(code, count) for code, count in counts.items() if count)


def _registry_read(entry: Entry) -> bool:
    """For a trial the registry's record is the original, although sources of that kind are counted apart."""
    return any(source.kind == "registry" and source.read != "not-read" for source in entry.sources)
