"""What the entries record with a date: their lists of events, the milestones of documents, acts, trials and harms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kb.knowledge_base import Key, KnowledgeBase, key_of
from kb.models.base import Localized
from kb.models.core import Entry, Event
from kb.models.guidelines import Guideline
from kb.models.trials import Trial
from kb.statistics import jurisdictions_of

#: Kind of the last day for comments; the other kinds are codes of the vocabulary ``event-kinds`` or stand below.
DEADLINE = "comment-until"
#: Kinds that are no codes of ``event-kinds``.
OWN_KINDS = (DEADLINE, "applies-from", "trial-registered", "trial-start", "trial-completion")
#: Field of a document's ``dates`` -> kind.
_MILESTONES = {
    "proposed": "proposed",
    "comment_until": DEADLINE,
    "adopted": "adopted",
    "issued": "issued",
    "effective": "effective",
    "applies_from": "applies-from",
    "revised": "revised",
    "withdrawn": "withdrawn",
}
_TRIAL_DATES = {"registered": "trial-registered", "start": "trial-start", "completion": "trial-completion"}
#: Official acts that warn and order nothing.
_WARNINGS = frozenset({"safety-alert", "warning-letter", "untitled-letter"})


class Happening(NamedTuple):
    """One dated record as an entry gives it."""

    date: str
    #: A code of ``event-kinds`` or one of :data:`OWN_KINDS`.
    kind: str
    #: What the entry says happened; None for a bare date.
    title: Localized | None
    jurisdictions: tuple[str, ...]
    #: The entry it is about.
    about: Key
    #: The entry that records it.
    by: Key
    #: True for a milestone that its entry can have only once.
    unique: bool = False

    @property
    def listed(self) -> bool:
        """True for an item of a list of events."""
        return self.title is not None


def recorded(kb: KnowledgeBase) -> Iterator[Happening]:
    """Every dated record of the entries that are not withdrawn."""
    for entry in kb:
        if not entry.withdrawn:
            yield from _events(kb, entry)
            yield from _milestones(entry)


def _events(kb: KnowledgeBase, entry: Entry) -> Iterator[Happening]:
    events: tuple[Event, ...] = getattr(entry, "events", ())
    places = jurisdictions_of(entry)
    for event in events:
        about = kb.resolve(event.document) if event.document else None
        target = key_of(about) if about and not about.withdrawn else key_of(entry)
        yield Happening(event.date, event.kind, event.title, places, target, key_of(entry))


def _milestones(entry: Entry) -> Iterator[Happening]:
    key, places = key_of(entry), jurisdictions_of(entry)
    for date, kind, unique in _dates(entry):
        yield Happening(date, kind, None, places, key, key, unique)


def _dates(entry: Entry) -> Iterator[tuple[str, str, bool]]:
    if isinstance(entry, Guideline):
        yield from _fields(entry.dates, _MILESTONES)
    elif isinstance(entry, Trial):
        yield from _fields(entry.dates, _TRIAL_DATES)
    elif entry.COLLECTION == "enforcement":
        warned = getattr(entry, "action_type", "") in _WARNINGS
        yield from _fields(entry, {"date": "warning" if warned else "enforcement"})
    elif entry.COLLECTION == "safety-events":
        yield from _fields(entry, {"date": "harm"})


def _fields(record: object, kinds: dict[str, str]) -> Iterator[tuple[str, str, bool]]:
    for field, kind in kinds.items():
        value = getattr(record, field)
        if isinstance(value, tuple):
            yield from ((date, kind, False) for date in value)
        elif value:
            yield value, kind, True
