"""Figures over the clinical trials: what runs, what ended how, how old each status is, which results are on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from kb.analysis.tally import by_year, year_of
from kb.knowledge_base import KnowledgeBase
from kb.models.trials import Result, Trial
from kb.partial_dates import last_day, months_since

Standing = Literal["planned", "running", "completed", "stopped", "unknown"]

#: Status of a trial -> what readers want to know of it; every code of ``trial-statuses`` (the tests see to that).
STANDINGS: Final[dict[str, Standing]] = {
    "not-yet-recruiting": "planned",
    "recruiting": "running",
    "enrolling-by-invitation": "running",
    "active-not-recruiting": "running",
    "expanded-access": "running",
    "completed": "completed",
    "suspended": "stopped",
    "terminated": "stopped",
    "withdrawn": "stopped",
    "unknown": "unknown",
}
ORDER: Final[tuple[Standing, ...]] = ("completed", "running", "planned", "stopped", "unknown")
#: Months up to which a status belongs to a band; ClinicalTrials.gov asks for an update at least once a year
#: (42 CFR 11.64(a)(1)), and shows «unknown» two years after the last one.
BANDS: Final = (6, 12, 24)
#: Outcomes that tell readers that a product did not do what was hoped.
NEGATIVE: Final = frozenset({"not-met", "stopped"})


class Report(NamedTuple):
    """One report of results, with its trial."""

    trial: Trial
    result: Result


def current(kb: KnowledgeBase) -> tuple[Trial, ...]:
    """The trials that count: entries that were not withdrawn from the knowledge base."""
    return kb.trials.where(withdrawn=None)


def start_year(trial: Trial) -> int | None:
    """The year in which a trial started or is to start."""
    return year_of(trial.dates.start)


def starts(trials: Iterable[Trial]) -> tuple[dict[tuple[int, Standing], int], int]:
    """(year of start, standing) -> trials, and how many trials have no start on record."""
    return by_year(trials, start_year, lambda trial: STANDINGS[trial.status])


def status_age(trial: Trial, today: str) -> int | None:
    """Whole months between the day of the status and ``today``; None when that day is not on record.

    Args:
        trial: Whose status.
        today: A partial date, usually :func:`kb.statistics.as_of`.
    """
    return (
        None if trial.status_as_of is None or not today else max(0, months_since(trial.status_as_of, last_day(today)))
    )


def ages(trials: Iterable[Trial], today: str) -> list[tuple[int | None, int]]:
    """(upper end of a band in months, trials): the bands of :data:`BANDS`, then 0 for older ones, None for unknown."""
    found = [status_age(trial, today) for trial in trials]
    known = [age for age in found if age is not None]
    lower = (-1, *BANDS)
    bands: list[tuple[int | None, int]] = [
        (upper, sum(low < age <= upper for age in known)) for low, upper in zip(lower, BANDS, strict=False)
    ]
    return [*bands, (0, sum(age > BANDS[-1] for age in known)), (None, len(found) - len(known))]


def reports(trials: Iterable[Trial]) -> list[Report]:
    """Every report of results, negative ones first, then the newest first."""
    found = [Report(trial, result) for trial in trials for result in trial.results]
    return sorted(
        found,
        key=lambda report: (report.result.outcome not in NEGATIVE, -(report.result.year or 0), report.trial.id),
    )


def outcomes(found: Iterable[Report]) -> Counter[str]:
    """Outcome -> reports; a report without an outcome counts as ``not-reported``."""
    return Counter(report.result.outcome or "not-reported" for report in found)


def stopped(trials: Iterable[Trial]) -> list[Trial]:
    """Trials that were suspended, terminated or withdrawn."""
    return [trial for trial in trials if STANDINGS[trial.status] == "stopped"]


def without_report(trials: Iterable[Trial]) -> list[Trial]:
    """Completed trials for which the knowledge base holds no report; they may well be published elsewhere."""
    return [trial for trial in trials if trial.status == "completed" and not trial.results]


def first_in_human(trials: Iterable[Trial]) -> list[Trial]:
    """Trials whose source says that the product was given to people for the first time; by start, unknown ones last."""
    found = [trial for trial in trials if trial.first_in_human]
    return sorted(found, key=lambda trial: (trial.dates.start or "9999", trial.id))


def number_of(trial: Trial) -> str | None:
    """The shortest name of a trial: its first registry number; None when it has none."""
    return trial.registrations[0].number if trial.registrations else None
