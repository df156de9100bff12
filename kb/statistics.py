"""Figures about the knowledge base itself: how much, how fresh, how well sourced, in both languages?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from kb.knowledge_base import KnowledgeBase, standing
from kb.models import COLLECTIONS
from kb.models.base import Localized, Model
from kb.models.core import Entry
from kb.partial_dates import months_since


def statistics(kb: KnowledgeBase, today: date | None = None) -> dict[str, Any]:
    """The record of ``evreg stats --format json``.

    Shares are between 0 and 1 with four decimals. ``required_fields_bilingual_share`` counts the required
    ``{en, ja}`` fields of all entries that hold both languages.
    """
    entries = list(kb)
    day = today or date.today()
    return {
        "entries": len(entries),
        "aliases": sum(len(entry.aliases) for entry in entries),
        "collections": {name: len(kb.collection(name)) for name in COLLECTIONS},
        "jurisdictions": _by_jurisdiction(entries),
        "requirements": sum(len(document.requirements) for document in kb.guidelines.values()),
        "sources": sum(len(entry.sources) for entry in entries),
        "open_questions": sum(len(entry.open_questions) for entry in entries),
        "conflicts": sum(len(entry.conflicts) for entry in entries),
        "primary_source_read_share": _share(sum(map(primary_source_read, entries)), len(entries)),
        "translation": _translation(entries),
        "review": dict(Counter(entry.review.status for entry in entries)),
        "confidence": dict(Counter(entry.confidence for entry in entries)),
        "stale": sum(is_stale(entry, day, kb.review_policy.months(entry.COLLECTION)) for entry in entries),
        "by_collection": {name: _collection(kb, name, day) for name in COLLECTIONS},
    }


def as_of(entries: Iterable[Entry]) -> str:
    """The latest day on which one of the entries was compared with its sources; empty without entries.

    It takes the place of «today» wherever something is built, so that the same entries always give the same bytes.
    """
    return max((entry.review.verified for entry in standing(entries)), default="")


def primary_source_read(entry: Entry) -> bool:
    """True when at least one primary source was read, wholly or in part."""
    return any(source.kind == "primary" and source.read != "not-read" for source in entry.sources)


def is_stale(entry: Entry, today: date, term: int) -> bool:
    """True when ``verified`` is older than the collection's term.

    Args:
        entry: The entry.
        today: The day that counts as present.
        term: In months (:meth:`kb.review.policy.ReviewPolicy.months`).
    """
    return months_since(entry.review.verified, today) > term


def jurisdictions_of(entry: Entry) -> tuple[str, ...]:
    """Codes of the jurisdictions that an entry concerns: a claim concerns the places where it was seen."""
    code = getattr(entry, "jurisdiction", None) or getattr(entry, "code", None)
    if code:
        return (code,)
    seen = tuple(sighting.jurisdiction for sighting in getattr(entry, "seen_in", ()))
    return tuple(dict.fromkeys((*getattr(entry, "countries", ()), *seen)))


def _collection(kb: KnowledgeBase, name: str, today: date) -> dict[str, Any]:
    entries = list(kb.collection(name).values())
    return {
        "entries": len(entries),
        "primary_source_read_share": _share(sum(map(primary_source_read, entries)), len(entries)),
        "required_fields_bilingual_share": _translation(entries)["required_fields_bilingual_share"],
        "stale": sum(is_stale(entry, today, kb.review_policy.months(name)) for entry in entries),
        "open_questions": sum(len(entry.open_questions) for entry in entries),
    }


def _by_jurisdiction(entries: Iterable[Entry]) -> dict[str, int]:
    counts = Counter(code for entry in entries for code in jurisdictions_of(entry))
    return dict(counts.most_common())


def _translation(entries: Iterable[Entry]) -> dict[str, Any]:
    required = Counter[bool]()
    every = Counter[bool]()
    for entry in entries:
        _count(entry, required, every, True)
    return {
        "required_fields": required.total(),
        "required_fields_bilingual_share": _share(required[True], required.total()),
        "fields": every.total(),
        "fields_bilingual_share": _share(every[True], every.total()),
    }


def _count(model: Model, required: Counter[bool], every: Counter[bool], outer_required: bool) -> None:
    if isinstance(model, Localized):
        both = bool(model.en.strip() and model.ja.strip())
        every[both] += 1
        if outer_required:
            required[both] += 1
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Model):
                _count(item, required, every, outer_required and field.is_required())


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0
