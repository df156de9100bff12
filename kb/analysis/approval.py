"""What the entries say about approved products: who says that none is, how far trials are, where approval can be asked for.

No field of an entry says «approved»; what a document states of approval is one of its requirements on classification.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from kb.analysis.trials import current
from kb.knowledge_base import KnowledgeBase, standing
from kb.models.enforcement import EnforcementAction
from kb.models.guidelines import Guideline, Requirement
from kb.statistics import as_of

LATE_PHASES: Final = frozenset({"2-3", "3"})
#: Documents that no longer speak for their issuer.
_PAST: Final = frozenset({"superseded", "withdrawn"})
#: Pathways by which a maker can ask for approval or for leave to test on people, today and for EV products.
_OPEN: Final = "available"
#: A sentence that denies an approval; statements are always given in English as well.
_NOT_APPROVED: Final = re.compile(r"\b(?:no|none)\b[^.;]*\bapprov(?:ed|al)\b", re.IGNORECASE)


class ApprovalStatement(NamedTuple):
    """A document or official act that says that nothing is approved."""

    document: Guideline | EnforcementAction
    requirement: Requirement
    #: Partial date of the document; empty when none is recorded.
    date: str


class Approval(NamedTuple):
    """What the entries say about approval, in numbers of entries."""

    statements: tuple[ApprovalStatement, ...]
    #: Profiles of places, those with an open pathway, and those in which some form of product has no settled class.
    places: int
    open_places: int
    unsettled_places: int
    trials: int
    late_trials: int
    #: Trials of a late phase for which a report of results is on record.
    late_with_results: int
    #: Latest day on which one of the counted entries was compared with its sources.
    as_of: str


def approval(kb: KnowledgeBase) -> Approval:
    """What is on record about approved products."""
    profiles = list(standing(kb.jurisdictions.values()))
    late = [trial for trial in current(kb) if trial.phase in LATE_PHASES]
    return Approval(
        statements=tuple(sorted(_denials(kb), key=lambda found: (found.date, found.document.id), reverse=True)),
        places=len(profiles),
        open_places=sum(any(way.status == _OPEN for way in profile.pathways) for profile in profiles),
        unsettled_places=sum(
            any(form.legal_class == "not-settled" for form in profile.classification) for profile in profiles
        ),
        trials=len(current(kb)),
        late_trials=len(late),
        late_with_results=sum(bool(trial.results) for trial in late),
        as_of=as_of([*profiles, *current(kb)]),
    )


def _denials(kb: KnowledgeBase) -> Iterator[ApprovalStatement]:
    documents: Iterable[Guideline | EnforcementAction] = (*kb.guidelines.values(), *kb.enforcement.values())
    for document in standing(documents):
        if isinstance(document, Guideline) and document.status in _PAST:
            continue
        asked = (item for item in document.requirements if item.topic == "classification")
        found = next((item for item in asked if _NOT_APPROVED.search(item.statement.en)), None)
        if found:
            yield ApprovalStatement(document, found, _date_of(document))


def _date_of(document: Guideline | EnforcementAction) -> str:
    if isinstance(document, EnforcementAction):
        return document.date or ""
    dates = document.dates
    return max((*dates.revised, dates.issued or ""), default="")
