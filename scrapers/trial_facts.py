"""A trial as any registry describes it, in neutral terms: what the modules of the registries hand to the drafts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, NamedTuple

from kb.checks.partial_dates import certainly_after, earliest
from kb.models.base import Localized
from scrapers.trial_matching import Number

#: Characters of one text that are read. ClinicalTrials.gov takes 5,000 for its longest one used here (brief summary);
#: whoever sends more wants to keep us busy.
LONGEST_TEXT: Final = 5_000

ArmRole = Literal["tested", "comparator"]
#: Statuses under which a start may lie ahead (rule «dates-in-order»).
_NOT_BEGUN = ("not-yet-recruiting", "withdrawn")
#: A person in place of an institution: a degree behind the name.
_DEGREE = re.compile(r",?\s(?:M\.?D\.?|Ph\.?\s?D\.?|MBBS|MBChB|D\.?D\.?S\.?|MSc)\.?(?:,|$)", re.IGNORECASE)


class Intervention(NamedTuple):
    """What is done or given; ``diagnostic`` when the registry marks it as a test."""

    name: str
    description: str = ""
    other_names: tuple[str, ...] = ()
    diagnostic: bool = False


class ArmFacts(NamedTuple):
    """A group of participants."""

    label: str
    description: str = ""
    role: ArmRole = "tested"
    interventions: tuple[str, ...] = ()


@dataclass(frozen=True)
class TrialFacts:
    """One registered trial. Texts are plain and in ``language``; codes are those of our vocabularies.

    Attributes:
        publisher: Who runs the registry.
        number: The number under which this registry has it.
        others: Numbers of the same trial elsewhere.
        url: Page for people.
        titles: Language -> public title.
        more_titles: Scientific titles, for reading only.
        kind: None when the registry does not say it, or not in our words.
        registered: First registration; as all dates ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
        unmapped_countries: Countries for which the vocabulary has no code.
        sponsor: Institution; None when not given or a private person, see ``sponsor_withheld``.
        design: Wording made of codes only.
        stopped: Why it was stopped, as registered.
        remarks: Further facts for readers, in own words.
        updated: Day on which the registry says the record changed last.
    """

    publisher: str
    number: Number
    url: str
    titles: dict[str, str]
    language: str = "en"
    more_titles: tuple[str, ...] = ()
    others: tuple[Number, ...] = ()
    acronym: str | None = None
    kind: str | None = None
    phase: str = "unknown"
    status: str = "unknown"
    status_as_of: str | None = None
    enrolment: int | None = None
    enrolment_type: str = "unknown"
    registered: str | None = None
    start: str | None = None
    completion: str | None = None
    countries: tuple[str, ...] = ()
    unmapped_countries: tuple[str, ...] = ()
    sponsor: str | None = None
    sponsor_withheld: bool = False
    collaborators: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    arms: tuple[ArmFacts, ...] = ()
    design: Localized | None = None
    outcomes: tuple[str, ...] = ()
    summary: str = ""
    stopped: str | None = None
    remarks: tuple[Localized, ...] = field(default=())
    updated: str | None = None

    @property
    def numbers(self) -> tuple[Number, ...]:
        """All numbers, the registry's own first."""
        return tuple(dict.fromkeys((self.number, *self.others)))

    @property
    def title(self) -> str:
        """The public title in the first language there is."""
        return next((self.titles[code] for code in ("en", self.language, "ja") if self.titles.get(code)), "")


def credible_dates(facts: TrialFacts, today: date) -> dict[str, str]:
    """``registered``, ``start`` and ``completion`` as far as an entry may hold them.

    Registries also take expected and contradictory dates: a start ahead of a trial that already recruits, a completion
    before the start, a registration to come.
    """
    found: dict[str, str] = {}
    if facts.registered and earliest(facts.registered) <= today:
        found["registered"] = facts.registered
    if facts.start and (earliest(facts.start) <= today or facts.status in _NOT_BEGUN):
        found["start"] = facts.start
    ordered = not (facts.start and facts.completion and certainly_after(facts.start, facts.completion))
    if facts.completion and ordered:
        found["completion"] = facts.completion
    return found


def registration_timing(dates: dict[str, str]) -> str:
    """ICMJE: prospective when registered by the start; ``unknown`` when the dates are not exact enough to tell."""
    registered, start = dates.get("registered"), dates.get("start")
    if not registered or not start:
        return "unknown"
    if certainly_after(registered, start):
        return "retrospective"
    exact = len(registered) == len(start) == len("YYYY-MM-DD")
    return "prospective" if exact or certainly_after(start, registered) else "unknown"


def looks_like_a_person(name: str) -> bool:
    """Whether a sponsor's name carries a degree, as those of physicians do."""
    return _DEGREE.search(name) is not None
