"""Figures of the surveys, kept apart: one survey and one unit at a time, with what each figure is a share of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from kb.knowledge_base import KnowledgeBase
from kb.models.surveys import KeyFigure, Survey

PERCENT: Final = "percent"


class Panel(NamedTuple):
    """Figures of one survey in one unit: what may stand on one axis."""

    survey: Survey
    #: A code of ``figure-units``.
    unit: str
    #: In the order of the entry, each with a value.
    figures: tuple[KeyFigure, ...]


class Share(NamedTuple):
    """Two figures of a survey whose quotient is one of its percentages."""

    part: KeyFigure
    whole: KeyFigure


def current(kb: KnowledgeBase) -> tuple[Survey, ...]:
    """The surveys that count, entries that were not withdrawn: of EV products alone first, then by year, latest first."""
    return tuple(
        sorted(kb.surveys.where(withdrawn=None), key=lambda survey: (not survey.ev_specific, -(survey.year or 0)))
    )


def panels(survey: Survey) -> list[Panel]:
    """The figures of a survey by unit, in the order in which the units occur; figures that nobody has seen are left out."""
    found: dict[str, list[KeyFigure]] = {}
    for figure in survey.key_figures:
        if figure.value is not None:
            found.setdefault(figure.unit, []).append(figure)
    return [Panel(survey, unit, tuple(figures)) for unit, figures in found.items()]


def share(survey: Survey, percentage: KeyFigure) -> Share | None:
    """The two figures of the survey, in one unit, whose quotient is ``percentage`` as exactly as it is written.

    None when the figure is no percentage, when no two figures give it, and when several do: then it is not known of
    what it is a share.
    """
    if percentage.unit != PERCENT or percentage.value is None:
        return None
    found = [pair for pair in _pairs(survey) if _gives(pair, percentage.value)]
    return found[0] if len(found) == 1 else None


def _pairs(survey: Survey) -> Sequence[Share]:
    counted = [panel for panel in panels(survey) if panel.unit != PERCENT]
    return [
        Share(part, whole)
        for panel in counted
        for part in panel.figures
        for whole in panel.figures
        if 0 <= (part.value or 0) < (whole.value or 0)
    ]


def _gives(pair: Share, percentage: float) -> bool:
    """True when the quotient, rounded to the decimals with which the percentage is written, is the percentage."""
    written = Decimal(str(percentage)).normalize()
    exponent = written.as_tuple().exponent
    unit = Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
    quotient = Decimal(str(pair.part.value)) * 100 / Decimal(str(pair.whole.value))
    return abs(quotient - written) <= unit / 2
