"""A record of the ISRCTN registry as neutral facts.

Contacts are not read. Vocabularies are those of the registry's form, as its readers report them. Records since 2025 hold
the design of an interventional trial in elements of its own, and numbers elsewhere in a list (``secondaryNumbers``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from kb.checks.partial_dates import earliest
from kb.problems import shorten
from scrapers.countries import countries_of
from scrapers.fetching import Answer
from scrapers.sources.isrctn_elements import Reader, strange
from scrapers.trial_facts import Intervention, TrialFacts, looks_like_a_person
from scrapers.trial_matching import Number, numbers_in
from scrapers.trial_wording import pair

PUBLISHER: Final = "ISRCTN registry"
PHASES: Final = {
    "": "unknown", "Not Specified": "unknown", "Not Applicable": "na", "Phase 0": "early-1", "Phase I": "1",
    "Phase I/II": "1-2", "Phase II": "2", "Phase II/III": "2-3", "Phase III": "3", "Phase IV": "4",
    # No code of ours spans phases 3 and 4.
    "Phase III/IV": "unknown",
}  # fmt: skip
#: Overrides by the registrant or an editor; otherwise the status follows from the dates.
OVERRIDES: Final = {
    "Stopped": "terminated", "Suspended": "suspended", "Completed": "completed", "Recruiting": "recruiting",
    "Not yet recruiting": "not-yet-recruiting", "No longer recruiting": "active-not-recruiting",
    "Enrolling by invitation": "enrolling-by-invitation", "Ongoing": None, "": None,
}  # fmt: skip
#: The same for the start alone; readers of the registry know the first word only.
START_OVERRIDES: Final = OVERRIDES | {"Anticipated": "not-yet-recruiting", "Actual": None}
KINDS: Final = {
    "Interventional": "interventional", "Observational": "observational", "Other": None, "Not Specified": None, "": None,
}  # fmt: skip
#: What stands in ``secondaryStudyDesign`` when the design is said elsewhere or nowhere.
_NO_DESIGN: Final = ("not applicable", "not specified", "other")


def facts_of(answer: Answer, full: Element, today: date) -> TrialFacts:
    """One trial in neutral terms.

    Raises:
        SourceFault: a required element is missing, a date or a value of a vocabulary is unknown.
    """
    trial = Reader(answer, full)
    digits = trial.text("trial/isrctn")
    if not (digits.isdecimal() and len(digits) == 8):
        raise strange(answer, f"isrctn «{shorten(digits)}»", "eight digits")
    start, end = trial.day("trial/participants/recruitmentStart"), trial.day("trial/participants/recruitmentEnd")
    begun, over = trial.day("trial/trialDesign/overallStartDate"), trial.day("trial/trialDesign/overallEndDate")
    updated = trial.moment("trial", "lastUpdated")
    status, since = _status(trial, (begun or start, end, over), today)
    places = countries_of(trial.texts("trial/participants/recruitmentCountries/country"))
    final, target = trial.count("totalFinalEnrolment"), trial.count("targetEnrolment")
    sponsor, *others = (*trial.texts("sponsor/organisation"), "")
    design = _design(trial)
    return TrialFacts(
        publisher=PUBLISHER,
        number=Number("ISRCTN", f"ISRCTN{digits}"),
        url=f"https://www.isrctn.com/ISRCTN{digits}",
        titles={"en": trial.text("trial/trialDescription/title")},
        more_titles=tuple(filter(None, (trial.text("trial/trialDescription/scientificTitle"),))),
        others=_numbers(trial),
        acronym=trial.text("trial/trialDescription/acronym") or None,
        kind=trial.one_of("trial/trialDesign/primaryStudyDesign", KINDS),
        phase=_phase(trial),
        status=status,
        status_as_of=None if status == "unknown" else max(filter(None, (updated, since)), default=None),
        # A final enrolment of 0 stands in records that are not over yet.
        enrolment=final or target,
        enrolment_type="actual" if final else "planned" if target is not None else "unknown",
        registered=trial.moment("trial/isrctn", "dateAssigned"),
        start=begun or start,
        completion=over,
        countries=places.codes,
        unmapped_countries=places.others,
        sponsor=None if looks_like_a_person(sponsor) else sponsor or None,
        sponsor_withheld=looks_like_a_person(sponsor),
        collaborators=tuple(name for name in others if name and not looks_like_a_person(name)),
        conditions=trial.texts("trial/conditions/condition/description"),
        interventions=_interventions(trial),
        design=pair(design) if design else None,
        outcomes=_outcomes(trial),
        summary=trial.text("trial/trialDescription/plainEnglishSummary")
        or trial.text("trial/trialDescription/studyHypothesis"),
        updated=updated,
    )


def _phase(trial: Reader) -> str:
    """The phase, when all interventions have the same."""
    path = "trial/interventions/intervention"
    found = {trial.code(f"{path}/phase", trial.text("phase", item), PHASES) for item in trial.elements(path)}
    codes = [code for code in found if code and code != "unknown"]
    return codes[0] if len(codes) == 1 else "unknown"


def _design(trial: Reader) -> str:
    """Designs as registered: in one word, in the elements of records since 2025, or in a sentence."""
    word = trial.text("trial/trialDesign/secondaryStudyDesign")
    if word and word.casefold() not in _NO_DESIGN:
        return word
    parts = ", ".join(_parts_of_design(trial))
    return parts or trial.text("trial/trialDesign/studyDesign")


def _parts_of_design(trial: Reader) -> Iterator[str]:
    path = "trial/trialDesign/interventionalTrialDesign"
    for name, label in (("allocation", ""), ("masking", ""), ("control", "control: "), ("assignment", "assignment: ")):
        if text := trial.text(f"{path}/{name}"):
            yield label + text
    if purposes := trial.texts(f"{path}/purposes/purpose"):
        yield f"purpose: {' / '.join(purposes)}"


def _interventions(trial: Reader) -> tuple[Intervention, ...]:
    """What is given or done."""
    return tuple(
        Intervention(
            trial.text("drugNames", item) or trial.text("interventionType", item), trial.text("description", item)
        )
        for item in trial.elements("trial/interventions/intervention")
    )


def _outcomes(trial: Reader) -> tuple[str, ...]:
    """Primary outcomes: measures of records since 2024, one text before."""
    measures = trial.elements("trial/trialDescription/primaryOutcomes/outcomeMeasure")
    made = (
        trial.text("variable", item) + (f" [{timing}]" if (timing := trial.text("timepoints", item)) else "")
        for item in measures
    )
    return tuple(text for text in made if text) or trial.texts("trial/trialDescription/primaryOutcome")


def _numbers(trial: Reader) -> tuple[Number, ...]:
    """The trial's numbers elsewhere; one in the list may also stand in the registry's own spelling beside it."""
    path = "trial/externalRefs"
    stated = [
        trial.text(f"{path}/{name}") for name in ("eudraCTNumber", "clinicalTrialsGovNumber", "protocolSerialNumber")
    ]
    listed = trial.elements(f"{path}/secondaryNumbers/secondaryNumber")
    spelt = [item.get("canonicalSecondaryNumber") for item in listed]
    stated += trial.texts(f"{path}/secondaryNumbers/secondaryNumber")
    found = numbers_in(*stated, *spelt, f"IRAS {trial.text(f'{path}/irasNumber')}")
    return tuple(number for number in found if number.registry != "ISRCTN")


def _status(trial: Reader, days: tuple[str | None, str | None, str | None], today: date) -> tuple[str, str | None]:
    """Status and the day from which it holds: an override, or what start, end of recruitment and end say today."""
    for path, table in (
        ("trialDesign/overallStatusOverride", OVERRIDES),
        ("participants/recruitmentStatusOverride", OVERRIDES),
        ("participants/recruitmentStartStatusOverride", START_OVERRIDES),
    ):
        if override := trial.one_of(f"trial/{path}", table):
            return override, None
    start, closed, over = days
    for day, status in ((over, "completed"), (closed, "active-not-recruiting"), (start, "recruiting")):
        if day and earliest(day) <= today:
            return status, day
    return ("not-yet-recruiting", None) if start else ("unknown", None)
