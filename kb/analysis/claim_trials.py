"""Registered trials for the use that a claim speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from kb.analysis.tally import Count, tally
from kb.analysis.trials import NEGATIVE, Report, current, reports
from kb.knowledge_base import KnowledgeBase
from kb.models.claims import Claim
from kb.models.trials import Trial
from kb.statistics import as_of

#: Numbers that trials carry although no public registry of trials gives them.
_NO_REGISTRIES: Final = frozenset({"UTN", "IRAS"})
_NOTHING_KNOWN: Final = ("na", "unknown")


class TrialsOfUse(NamedTuple):
    """Trials for the use that a claim speaks of; empty ``indications`` mean that it speaks of no single use."""

    #: Codes of ``conditions`` as the claim gives them.
    indications: tuple[str, ...]
    #: Registered trials, by first registry number.
    trials: tuple[Trial, ...]
    #: Studies on record without a registry number, of trials and of other uses in people.
    without_number: tuple[Trial, ...]
    #: Every code of ``indications``, those without a trial with 0.
    by_indication: tuple[Count, ...]
    by_phase: tuple[Count, ...]
    by_status: tuple[Count, ...]
    #: Kind of preparation: what was tested may differ from what is advertised.
    by_ev_type: tuple[Count, ...]
    #: Reports of results of the registered trials, negative and stopped ones first.
    reports: tuple[Report, ...]
    #: Reports of results of the studies without a number, in the same order.
    other_reports: tuple[Report, ...]
    #: Registries of which the knowledge base holds records, the largest first.
    registries: tuple[str, ...]
    #: Day to which the whole collection of trials refers; empty without trials.
    as_of: str
    #: Latest day of a status among the registered trials; empty when no record gives one.
    newest_status: str

    @property
    def negative(self) -> tuple[Report, ...]:
        """Reports of trials and studies that missed their primary outcome or were stopped early."""
        return tuple(report for report in (*self.reports, *self.other_reports) if report.result.outcome in NEGATIVE)


def trials_of_use(kb: KnowledgeBase, claim: Claim) -> TrialsOfUse:
    """The trials whose coded conditions include one of the claim's indications; withdrawn entries never count."""
    known = current(kb)
    wanted = set(claim.indications)
    found = [trial for trial in known if wanted.intersection(trial.conditions)]
    registered = sorted((trial for trial in found if trial.registrations), key=_first_number)
    without_number = tuple(trial for trial in found if not trial.registrations)
    counts = Counter(code for trial in registered for code in set(trial.conditions))
    return TrialsOfUse(
        claim.indications,
        tuple(registered),
        without_number,
        tuple(Count(code, counts[code]) for code in claim.indications),
        tuple(tally(registered, lambda trial: (trial.phase,), _NOTHING_KNOWN)),
        tuple(tally(registered, lambda trial: (trial.status,), _NOTHING_KNOWN)),
        tuple(tally(registered, lambda trial: (trial.ev_type,))),
        tuple(reports(registered)),
        tuple(reports(without_number)),
        _registries(known),
        as_of(known),
        max((trial.status_as_of for trial in registered if trial.status_as_of), default=""),
    )


def _first_number(trial: Trial) -> str:
    return trial.registrations[0].number


def _registries(trials: Iterable[Trial]) -> tuple[str, ...]:
    found = tally(trials, lambda trial: [item.registry for item in trial.registrations])
    return tuple(count.code for count in found if count.code not in _NO_REGISTRIES)
