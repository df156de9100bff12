"""Figures over the documents: when they came into being, and which consultations are open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kb.analysis import tally
from kb.knowledge_base import KnowledgeBase
from kb.models.guidelines import Guideline
from kb.partial_dates import last_day


class Consultation(NamedTuple):
    """A document on which one can, or could, comment."""

    document: Guideline
    #: Last day for comments; None when it is not on record.
    until: str | None


def current(kb: KnowledgeBase) -> tuple[Guideline, ...]:
    """The documents that count: entries that were not withdrawn from the knowledge base."""
    return kb.guidelines.where(withdrawn=None)


def document_date(document: Guideline) -> str:
    """The date on which a document was issued; else adopted, in force or proposed; empty when none is known."""
    dates = document.dates
    return dates.issued or dates.adopted or dates.effective or dates.proposed or ""


def document_year(document: Guideline) -> int | None:
    """The year of :func:`document_date`."""
    return tally.year_of(document_date(document))


def by_year(documents: Iterable[Guideline]) -> tuple[dict[tuple[int, str], int], int]:
    """(year, legal force) -> documents, and how many documents have no date on record."""
    return tally.by_year(documents, document_year, lambda document: document.legal_force)


def open_consultations(documents: Iterable[Guideline], today: str) -> list[Consultation]:
    """Consultations whose last day lies on or after ``today``, the next one first; then those without a day on record.

    Args:
        documents: To be looked through.
        today: A partial date: the latest day on which the knowledge base was compared with its sources.
    """
    found = []
    for document in documents:
        until = document.dates.comment_until
        if (until and today and last_day(until) >= last_day(today)) or (
            until is None and document.status == "consultation"
        ):
            found.append(Consultation(document, until))
    return sorted(found, key=lambda consultation: (consultation.until or "9999", consultation.document.id))


def past_consultations(documents: Iterable[Guideline], today: str) -> list[Consultation]:
    """Consultations whose last day is over, the latest first."""
    found = [
        Consultation(document, until)
        for document in documents
        if (until := document.dates.comment_until) and today and last_day(until) < last_day(today)
    ]
    return sorted(found, key=lambda consultation: consultation.until or "", reverse=True)
