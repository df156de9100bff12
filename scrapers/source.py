"""What every source module offers, and what it is given.

A source module (``scrapers/sources/<name>.py``) has a function ``discover`` or ``observe`` or both. They read; they never
write: what they yield is compared with the knowledge base and kept by :mod:`scrapers.run`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kb import KnowledgeBase
from kb.observed import Observation
from kb.proposals import Proposal
from kb.searches import Search
from scrapers.fetching import Fetcher
from scrapers.recall import Recall
from scrapers.register import Source


@dataclass(frozen=True)
class Visit:
    """One visit to one source.

    Attributes:
        source: The source as the register describes it.
        fetch: Asks it.
        kb: The knowledge base to compare with.
        today: The day that counts as present.
        since: Only what the source changed from this day on, where it can tell; everything when None.
        limit: At most so many entries and candidates; all when None.
        files: Files that a person saved, for sources that are read by hand.
        searches: What was searched for with what result; modules add to it.
        recall: What the last whole run read; None when this run is no whole one.
    """

    source: Source
    fetch: Fetcher
    kb: KnowledgeBase
    today: date
    since: date | None = None
    limit: int | None = None
    files: tuple[Path, ...] = ()
    searches: list[Search] = field(default_factory=list)
    recall: Recall | None = None

    def is_read(self, what: str, said: str | bytes) -> bool:
        """Whether the last whole run read this to its end when it said the same; it need not be read again."""
        return self.recall is not None and self.recall.same(what, said)

    def note_read(self, what: str, said: str | bytes) -> None:
        """Remember for the next run that this was read to its end."""
        if self.recall is not None:
            self.recall.note(what, said)


#: Finds what the knowledge base does not have yet.
Discover = Callable[[Visit], Iterator[Proposal]]
#: States the facts of entries as the source has them now, or proposes what is not a fact of an entry (a dead link).
Observe = Callable[[Visit], Iterator[Observation | Proposal]]


@dataclass(frozen=True)
class SourceModule:
    """The functions of one source.

    Raises, from either function:
        SourceFault: the source is not as it must be; it is then left alone, and everything stays as it was.
    """

    name: str
    discover: Discover | None = None
    observe: Observe | None = None
