"""How good the data are: age, sources, review, disagreement. Nothing here depends on the clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kb.analysis.stated import Statement, all_statements, fields_in_dispute
from kb.knowledge_base import Key, KnowledgeBase, key_of, standing
from kb.models import COLLECTIONS
from kb.models.core import Conflict, Entry
from kb.partial_dates import last_day, months_since
from kb.statistics import as_of, is_stale, primary_source_read, statistics

#: Upper ends, in months since verification, of the bands of age; the last band is open.
AGE_BANDS = (3, 6, 12)
#: Reading depths, the deepest first.
DEPTHS = ("page", "excerpt", "not-read")


class CollectionQuality(NamedTuple):
    """The figures of one collection, of entries that are not withdrawn."""

    name: str
    entries: int
    #: Entries with a primary source of which at least an excerpt was read.
    primary_read: int
    #: Band of :data:`AGE_BANDS` (its index; the open one last) -> entries.
    ages: tuple[int, ...]
    #: Months after which an entry is due again.
    term: int
    #: Entries beyond that term.
    stale: int
    #: Deepest reading of any source of an entry -> entries.
    depths: Counter[str]
    #: Kind of source -> sources.
    source_kinds: Counter[str]
    confidence: Counter[str]
    review: Counter[str]
    open_questions: int
    conflicts: int
    #: Fields of which a live source states something else.
    disagreements: int
    #: Share, 0 to 1, of required {en, ja} fields that hold both languages (``kb.statistics``).
    bilingual: float
    #: Entries whose title is this atlas's own translation in at least one language.
    own_titles: int


class QuestionedEntry(NamedTuple):
    """An entry with disagreements between its sources."""

    key: Key
    conflicts: tuple[Conflict, ...]


class Quality(NamedTuple):
    """The figures of a knowledge base."""

    #: The latest day on which an entry was compared with its sources: all ages are counted from its end.
    as_of: str
    collections: tuple[CollectionQuality, ...]
    conflicts: tuple[QuestionedEntry, ...]
    #: Collection and id -> what live sources state; empty when none was ever asked.
    statements: dict[Key, tuple[Statement, ...]]
    #: What was read of the requirements of documents and acts: basis -> number.
    bases: Counter[str]

    def total(self, field: str) -> int:
        """Sum of a numeric field over the collections."""
        return sum(getattr(item, field) for item in self.collections)


def data_quality(kb: KnowledgeBase) -> Quality:
    """Measure a knowledge base; withdrawn entries never count.

    Raises:
        EvregError: when what live sources state cannot be read.
    """
    counted = list(standing(kb))
    day = as_of(counted)
    by_name: dict[str, list[Entry]] = {}
    for entry in counted:
        by_name.setdefault(entry.COLLECTION, []).append(entry)
    stated = all_statements(kb)
    figures = statistics(kb, last_day(day) if day else None)["by_collection"]
    return Quality(
        as_of=day,
        collections=tuple(
            _collection(name, by_name.get(name, []), day, figures[name], stated, kb.review_policy.months(name))
            for name in COLLECTIONS
        ),
        conflicts=tuple(QuestionedEntry(key_of(entry), entry.conflicts) for entry in counted if entry.conflicts),
        statements=stated,
        bases=Counter(item.basis for entry in counted for item in getattr(entry, "requirements", ())),
    )


def _collection(
    name: str,
    entries: list[Entry],
    day: str,
    figures: dict[str, float],
    stated: Mapping[Key, Sequence[Statement]],
    term: int,
) -> CollectionQuality:
    ages = Counter(_band(entry, day) for entry in entries)
    return CollectionQuality(
        name=name,
        entries=len(entries),
        primary_read=sum(map(primary_source_read, entries)),
        ages=tuple(ages[band] for band in range(len(AGE_BANDS) + 1)),
        term=term,
        stale=sum(is_stale(entry, last_day(day), term) for entry in entries),
        depths=Counter(map(deepest_reading, entries)),
        source_kinds=Counter(source.kind for entry in entries for source in entry.sources),
        confidence=Counter(entry.confidence for entry in entries),
        review=Counter(entry.review.status for entry in entries),
        open_questions=sum(len(entry.open_questions) for entry in entries),
        conflicts=sum(len(entry.conflicts) for entry in entries),
        disagreements=sum(fields_in_dispute(stated.get(key_of(entry), ())) for entry in entries),
        bilingual=figures["required_fields_bilingual_share"],
        own_titles=sum(bool(entry.title.translated) for entry in entries),
    )


def deepest_reading(entry: Entry) -> str:
    """The deepest reading of any of the entry's sources."""
    return min((source.read for source in entry.sources), key=DEPTHS.index)


def _band(entry: Entry, day: str) -> int:
    months = months_since(entry.review.verified, last_day(day))
    return next((number for number, end in enumerate(AGE_BANDS) if months < end), len(AGE_BANDS))
