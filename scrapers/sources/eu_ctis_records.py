"""The search interface of the EU clinical trials portal (CTIS), which has no published description.

Rows as several clients read them; keys may be missing or null, and only those below are used. Codes of ``ctStatus`` are
the portal's own table of public statuses, not the status of an application.
"""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field

from kb.problems import Message, shorten
from scrapers import dates
from scrapers.countries import countries_of
from scrapers.faults import unexpected
from scrapers.reading import Place, Record
from scrapers.texts import html_text, one_line
from scrapers.trial_facts import LONGEST_TEXT, Intervention, TrialFacts, looks_like_a_person
from scrapers.trial_matching import Number, numbers_in

PUBLISHER: Final = "EU Clinical Trials Information System (European Medicines Agency)"


def _day(value: object) -> str | None:
    """``DD/MM/YYYY``; an empty text stands for no date."""
    return dates.day_month_year(value) if value else None


Day = Annotated[str | None, BeforeValidator(_day)]
STATUSES: Final = {
    1: "not-yet-recruiting",  # Under evaluation
    2: "not-yet-recruiting",  # Authorised, recruitment pending
    3: "recruiting",  # Authorised, recruiting
    4: "recruiting",  # Ongoing, recruiting
    5: "active-not-recruiting",  # Ongoing, recruitment ended
    6: "suspended",  # Temporarily halted
    7: "suspended",  # Suspended
    8: "completed",  # Ended
    9: "withdrawn",  # Expired: nobody was included within two years
    10: "terminated",  # Revoked
    11: "withdrawn",  # Not authorised
    12: "withdrawn",  # Cancelled
}
_NUMERALS: Final = {"I": 1, "II": 2, "III": 3, "IV": 4}
#: The eleven phases of the portal's form as sets; no code of ours spans phases 3 and 4.
_PHASES: Final = {
    (1,): "1", (1, 2): "1-2", (2,): "2", (2, 3): "2-3", (3,): "3", (3, 4): "unknown", (4,): "4",
}  # fmt: skip


class Pagination(Record):
    """Where in the list an answer stands."""

    total: int = Field(alias="totalRecords", ge=0)
    current: int = Field(alias="currentPage")
    pages: int = Field(alias="totalPages", ge=0)
    more: bool = Field(alias="nextPage")


class Row(Record):
    """One trial of the list."""

    number: Annotated[str, Field(pattern=r"^20\d\d-5\d{5}-\d\d-\d\d$")] = Field(alias="ctNumber")
    status: Literal[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] = Field(alias="ctStatus")
    title: str | None = Field(None, alias="ctTitle")
    short_title: str | None = Field(None, alias="shortTitle")
    conditions: str | None = None
    countries: list[str] | None = Field(None, alias="trialCountries")
    sponsor: str | None = None
    phase: str | None = Field(None, alias="trialPhase")
    product: str | None = None
    primary_end_point: str | None = Field(None, alias="primaryEndPoint")
    enrolled: Annotated[str, Field(pattern=r"^\d*$")] | int | None = Field(None, alias="totalNumberEnrolled")
    start: Day = Field(None, alias="startDateEU")
    end: Day = Field(None, alias="endDate")
    end_in_eu: Day = Field(None, alias="endDateEU")
    updated: Day = Field(None, alias="lastUpdated")


class Page(Record):
    """An answer."""

    pagination: Pagination
    data: list[Row]


def page_of(number: str) -> str:
    """The page of a trial for people."""
    return f"https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT={number}"


def facts_of(place: Place, row: Row) -> TrialFacts:
    """A row in neutral terms.

    Raises:
        SourceFault: the words for the phase are unknown.
    """
    # "Spain:4" is a country and the status there, in the codes of ``ctStatus``.
    places = countries_of(entry.rpartition(":")[0] or entry for entry in row.countries or ())
    title, short, sponsor = _line(row.title), _line(row.short_title), _line(row.sponsor)
    withheld = looks_like_a_person(sponsor)
    others = (number for number in numbers_in(title, short) if number.registry != "CTIS")
    return TrialFacts(
        publisher=PUBLISHER,
        number=Number("CTIS", row.number),
        url=page_of(row.number),
        titles={"en": title or short},
        more_titles=(short,) if short else (),
        others=tuple(others),
        # Regulation (EU) No 536/2014 covers interventional trials only.
        kind="interventional",
        phase=phase_of(place, row.phase),
        status=STATUSES[row.status],
        status_as_of=row.updated,
        enrolment=int(row.enrolled) if row.enrolled not in (None, "") else None,
        # The portal's label of this field is «Planned number of participants».
        enrolment_type="planned",
        start=row.start,
        completion=row.end or row.end_in_eu,
        countries=places.codes,
        unmapped_countries=places.others,
        sponsor=None if withheld else sponsor or None,
        sponsor_withheld=withheld,
        conditions=(_line(row.conditions),) if row.conditions else (),
        interventions=(Intervention(_line(row.product)),) if row.product else (),
        outcomes=(_line(row.primary_end_point),) if row.primary_end_point else (),
        updated=row.updated,
    )


def phase_of(place: Place, text: str | None) -> str:
    """The code for «Therapeutic confirmatory (Phase III)», «Phase I and Phase II (Integrated)- Other» and the like.

    Raises:
        SourceFault: no phase is named, or a combination that our vocabulary does not have.
    """
    words = _line(text)
    if not words:
        return "unknown"
    named = tuple(sorted({_NUMERALS[numeral] for numeral in re.findall(r"\bPHASE (IV|I{1,3})\b", words.upper())}))
    if named in _PHASES:
        return _PHASES[named]
    raise unexpected(
        place.source,
        place.url,
        Message(f"The phase is «{shorten(words)}».", f"相が「{shorten(words)}」である。"),
        Message("Phase I to IV, or two that follow each other.", "第I相~第IV相、又は連続する二つの相を想定している。"),
    )


def _line(text: str | None) -> str:
    return one_line(html_text(text or ""))[:LONGEST_TEXT]
