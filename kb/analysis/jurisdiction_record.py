"""Everything on record for a place: its profile, documents, acts and trials, and their history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar

from kb.analysis.timeline import Row, timeline
from kb.knowledge_base import KnowledgeBase, standing
from kb.models.core import Entry
from kb.models.enforcement import EnforcementAction
from kb.models.guidelines import Guideline
from kb.models.jurisdictions import Jurisdiction
from kb.models.trials import Trial

EntryT = TypeVar("EntryT", bound=Entry)


@dataclass
class JurisdictionRecord:
    """What is on record for one place; withdrawn entries do not count."""

    profile: Jurisdiction | None = None
    guidelines: list[Guideline] = field(default_factory=list)
    enforcement: list[EnforcementAction] = field(default_factory=list)
    trials: list[Trial] = field(default_factory=list)
    #: What the profile, the documents and the acts date, newest first; trials have dates of their own.
    history: list[Row] = field(default_factory=list)

    @property
    def requirements(self) -> int:
        """Number of requirements in the documents."""
        return sum(len(document.requirements) for document in self.guidelines)


@lru_cache(maxsize=1)
def records(kb: KnowledgeBase) -> Mapping[str, JurisdictionRecord]:
    """Code of each jurisdiction of which anything is on record -> the record; computed once for a knowledge base."""
    found: defaultdict[str, JurisdictionRecord] = defaultdict(JurisdictionRecord)
    for profile in standing(kb.jurisdictions.values()):
        found[profile.code].profile = profile
    for document in standing(kb.guidelines.values()):
        found[document.jurisdiction].guidelines.append(document)
    for action in standing(kb.enforcement.values()):
        found[action.jurisdiction].enforcement.append(action)
    for trial in standing(kb.trials.values()):
        for code in dict.fromkeys(trial.countries):
            found[code].trials.append(trial)
    for row in timeline(kb):
        for code in row.jurisdictions if row.entries[0][0] != "trials" else ():
            found[code].history.append(row)
    return MappingProxyType(dict(found))


def parts_of(code: str, found: Iterable[str]) -> tuple[str, ...]:
    """The codes among ``found`` of a country's states and provinces (ISO 3166-2: ``US-TX`` is part of ``US``)."""
    return tuple(sorted(other for other in found if other.startswith(f"{code}-")))
