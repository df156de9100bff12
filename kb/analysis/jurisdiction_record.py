"""Everything on record for a place: its profile, documents, acts, trials, events, surveys and claims; its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from kb.analysis.timeline import Row, timeline
from kb.knowledge_base import KnowledgeBase, standing
from kb.models.claims import Claim
from kb.models.enforcement import EnforcementAction
from kb.models.guidelines import Guideline
from kb.models.jurisdictions import Jurisdiction
from kb.models.safety_events import SafetyEvent
from kb.models.surveys import Survey
from kb.models.trials import Trial


@dataclass
class JurisdictionRecord:
    """What is on record for one place; withdrawn entries do not count."""

    profile: Jurisdiction | None = None
    guidelines: list[Guideline] = field(default_factory=list)
    enforcement: list[EnforcementAction] = field(default_factory=list)
    trials: list[Trial] = field(default_factory=list)
    safety_events: list[SafetyEvent] = field(default_factory=list)
    surveys: list[Survey] = field(default_factory=list)
    #: Claims that were seen there.
    claims: list[Claim] = field(default_factory=list)
    #: What the profile, the documents and the acts date, newest first; trials have dates of their own.
    history: list[Row] = field(default_factory=list)

    @property
    def requirements(self) -> int:
        """Number of requirements in the documents."""
        return sum(len(document.requirements) for document in self.guidelines)


#: Collection, which is also a field of the record -> the codes of the places that an entry concerns.
_PLACES: Final[Mapping[str, Callable[[Any], Iterable[str]]]] = {
    "guidelines": lambda document: (document.jurisdiction,),
    "enforcement": lambda act: (act.jurisdiction,),
    "trials": lambda trial: trial.countries,
    "safety-events": lambda event: (event.jurisdiction,),
    "surveys": lambda survey: (survey.jurisdiction,),
    "claims": lambda claim: (sighting.jurisdiction for sighting in claim.seen_in),
}


@lru_cache(maxsize=1)
def records(kb: KnowledgeBase) -> Mapping[str, JurisdictionRecord]:
    """Code of each jurisdiction of which anything is on record -> the record; computed once for a knowledge base."""
    found: defaultdict[str, JurisdictionRecord] = defaultdict(JurisdictionRecord)
    for profile in standing(kb.jurisdictions.values()):
        found[profile.code].profile = profile
    for collection, codes_of in _PLACES.items():
        for entry in standing(kb.collection(collection).values()):
            for code in dict.fromkeys(codes_of(entry)):
                getattr(found[code], collection.replace("-", "_")).append(entry)
    for row in timeline(kb):
        for code in row.jurisdictions if row.entries[0][0] != "trials" else ():
            found[code].history.append(row)
    return MappingProxyType(dict(found))


def parts_of(code: str, found: Iterable[str]) -> tuple[str, ...]:
    """The codes among ``found`` of a country's states and provinces (ISO 3166-2: ``US-TX`` is part of ``US``)."""
    return tuple(sorted(other for other in found if other.startswith(f"{code}-")))
