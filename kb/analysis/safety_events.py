"""Figures over the safety events. They count reports that became public, never people and never how often harm occurs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from kb.analysis import tally
from kb.analysis.before_paying import OF_EXOSOMES
from kb.knowledge_base import KnowledgeBase
from kb.models.safety_events import SafetyEvent

#: What was given to the people: products sold or tested as exosomes or conditioned medium, or anything else, which the
#: model says never counts as an EV event (``SafetyEvent.ev_relevance``).
About = Literal["ev", "other"]
ABOUT: Final[tuple[About, ...]] = ("ev", "other")


def current(kb: KnowledgeBase) -> tuple[SafetyEvent, ...]:
    """The events that count, entries that were not withdrawn; the latest first, those without a date last."""
    return tuple(sorted(kb.safety_events.where(withdrawn=None), key=lambda event: event.date or "", reverse=True))


def year(event: SafetyEvent) -> int | None:
    """The year in which an event happened or was published."""
    return tally.year_of(event.date)


def about(event: SafetyEvent) -> About:
    """Whether an event is one of EV products."""
    return "ev" if event.ev_relevance in OF_EXOSOMES else "other"


def of_exosomes(events: Iterable[SafetyEvent]) -> tuple[SafetyEvent, ...]:
    """The events with products sold or tested as exosomes or conditioned medium."""
    return tuple(event for event in events if about(event) == "ev")


def by_year(events: Iterable[SafetyEvent]) -> tuple[dict[tuple[int, About], int], int]:
    """(year, :data:`About`) -> events, and how many events have no date on record."""
    return tally.by_year(events, year, about)
