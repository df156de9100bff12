"""The XML of the ISRCTN API, format «default», namespace ``http://www.67bricks.com/isrctn``.

``allTrials@totalCount`` holds ``fullTrial`` elements; one trial alone comes as ``fullTrial``. An empty element stands for
no value. Contacts are not read. Vocabularies are those of the registry's form, as its readers report them.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

from kb.checks.partial_dates import earliest
from kb.problems import Message, shorten
from scrapers import dates
from scrapers.countries import countries_of
from scrapers.faults import SourceFault, unexpected
from scrapers.fetching import Answer
from scrapers.reading import value_of, xml_of
from scrapers.texts import html_text, one_line
from scrapers.trial_facts import LONGEST_TEXT, Intervention, TrialFacts, looks_like_a_person
from scrapers.trial_matching import Number, numbers_in
from scrapers.trial_wording import pair

NAMESPACE: Final = "{http://www.67bricks.com/isrctn}"
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
KINDS: Final = {"Interventional": "interventional", "Observational": "observational", "Other": None, "": None}


class Found(NamedTuple):
    """How many trials the registry has for a query, and those in the answer."""

    total: int
    trials: list[Element]


def found_in(answer: Answer) -> Found:
    """The envelope of an answer.

    Raises:
        SourceFault: it is none of this registry, or holds another number of trials than it says.
    """
    root = xml_of(answer)
    if root.tag == f"{NAMESPACE}fullTrial":
        return Found(1, [root])
    count = root.get("totalCount", "")
    if root.tag != f"{NAMESPACE}allTrials" or not count.isdecimal():
        raise _strange(answer, f"<{root.tag}> totalCount «{shorten(count)}»", '<allTrials totalCount="…">')
    return Found(int(count), root.findall(f"{NAMESPACE}fullTrial"))


def facts_of(answer: Answer, full: Element, today: date) -> TrialFacts:
    """One trial in neutral terms.

    Raises:
        SourceFault: a required element is missing, a date or a value of a vocabulary is unknown.
    """
    trial = _Reader(answer, full)
    digits = trial.text("trial/isrctn")
    if not (digits.isdecimal() and len(digits) == 8):
        raise _strange(answer, f"isrctn «{shorten(digits)}»", "eight digits")
    start, end = trial.day("trial/participants/recruitmentStart"), trial.day("trial/participants/recruitmentEnd")
    begun, over = trial.day("trial/trialDesign/overallStartDate"), trial.day("trial/trialDesign/overallEndDate")
    updated = trial.moment("trial", "lastUpdated")
    status, since = _status(trial, (begun or start, end, over), today)
    places = countries_of(trial.texts("trial/participants/recruitmentCountries/country"))
    final, target = trial.count("totalFinalEnrolment"), trial.count("targetEnrolment")
    sponsor = trial.text("sponsor/organisation")
    return TrialFacts(
        publisher=PUBLISHER,
        number=Number("ISRCTN", f"ISRCTN{digits}"),
        url=f"https://www.isrctn.com/ISRCTN{digits}",
        titles={"en": trial.text("trial/trialDescription/title")},
        more_titles=tuple(filter(None, (trial.text("trial/trialDescription/scientificTitle"),))),
        others=trial.numbers(),
        acronym=trial.text("trial/trialDescription/acronym") or None,
        kind=trial.one_of("trial/trialDesign/primaryStudyDesign", KINDS),
        phase=trial.phase(),
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
        conditions=trial.texts("trial/conditions/condition/description"),
        interventions=trial.interventions(),
        design=pair(design) if (design := trial.text("trial/trialDesign/secondaryStudyDesign")) else None,
        outcomes=trial.outcomes(),
        summary=trial.text("trial/trialDescription/plainEnglishSummary"),
        updated=updated,
    )


class _Reader:
    """Elements of one ``fullTrial`` by their path."""

    def __init__(self, answer: Answer, full: Element) -> None:
        self._answer, self._full = answer, full

    def elements(self, path: str, below: Element | None = None) -> list[Element]:
        """Elements at ``path``; without a name space in the path."""
        spelt = "/".join(f"{NAMESPACE}{part}" for part in path.split("/"))
        return (self._full if below is None else below).findall(spelt)

    def texts(self, path: str, below: Element | None = None) -> tuple[str, ...]:
        """Plain texts at ``path``, empty ones left out."""
        found = (one_line(html_text("".join(item.itertext())))[:LONGEST_TEXT] for item in self.elements(path, below))
        return tuple(text for text in found if text)

    def text(self, path: str, below: Element | None = None) -> str:
        """The first text at ``path``."""
        return next(iter(self.texts(path, below)), "")

    def day(self, path: str) -> str | None:
        """A date at ``path``."""
        text = self.text(path)
        return value_of(self._answer, dates.iso_moment, text, path) if text else None

    def moment(self, path: str, attribute: str) -> str | None:
        """A date in an attribute of the element at ``path``."""
        text = next((item.get(attribute, "") for item in self.elements(path)), "")
        return value_of(self._answer, dates.iso_moment, text, f"{path}@{attribute}") if text else None

    def count(self, name: str) -> int | None:
        """A number of participants; old records hold sentences in these fields."""
        text = self.text(f"trial/participants/{name}")
        return int(text) if text.isdecimal() and len(text) <= 7 else None

    def one_of(self, path: str, table: dict[str, str | None]) -> str | None:
        """Our code for the word at ``path``.

        Raises:
            SourceFault: the word has no mapping.
        """
        return self.code(path, self.text(path), table)

    def code(self, path: str, text: str, table: dict[str, str | None]) -> str | None:
        """Our code for ``text``.

        Raises:
            SourceFault: the word has no mapping.
        """
        if text in table:
            return table[text]
        raise _strange(self._answer, f"{path} «{shorten(text)}»", ", ".join(filter(None, table)))

    def phase(self) -> str:
        """The phase, when all interventions have the same."""
        found = self.elements("trial/interventions/intervention")
        path = "trial/interventions/intervention/phase"
        codes = {self.code(path, self.text("phase", item), dict(PHASES)) or "unknown" for item in found} - {"unknown"}
        return codes.pop() if len(codes) == 1 else "unknown"

    def interventions(self) -> tuple[Intervention, ...]:
        """What is given or done."""
        return tuple(
            Intervention(
                self.text("drugNames", item) or self.text("interventionType", item), self.text("description", item)
            )
            for item in self.elements("trial/interventions/intervention")
        )

    def outcomes(self) -> tuple[str, ...]:
        """Primary outcomes: measures of records since 2024, one text before."""
        measures = self.elements("trial/trialDescription/primaryOutcomes/outcomeMeasure")
        made = (
            self.text("variable", item) + (f" [{timing}]" if (timing := self.text("timepoints", item)) else "")
            for item in measures
        )
        return tuple(text for text in made if text) or self.texts("trial/trialDescription/primaryOutcome")

    def numbers(self) -> tuple[Number, ...]:
        """The trial's numbers elsewhere."""
        references = ("eudraCTNumber", "clinicalTrialsGovNumber", "protocolSerialNumber", "secondaryNumber")
        found = numbers_in(*(self.text(f"trial/externalRefs/{name}") for name in references))
        iras = numbers_in(f"IRAS {self.text('trial/externalRefs/irasNumber')}")
        return tuple(number for number in (*found, *iras) if number.registry != "ISRCTN")


def _status(trial: _Reader, days: tuple[str | None, str | None, str | None], today: date) -> tuple[str, str | None]:
    """Status and the day from which it holds: an override, or what start, end of recruitment and end say today."""
    for path in ("trial/trialDesign/overallStatusOverride", "trial/participants/recruitmentStatusOverride"):
        if override := trial.one_of(path, OVERRIDES):
            return override, None
    start, closed, over = days
    for day, status in ((over, "completed"), (closed, "active-not-recruiting"), (start, "recruiting")):
        if day and earliest(day) <= today:
            return status, day
    return ("not-yet-recruiting", None) if start else ("unknown", None)


def _strange(answer: Answer, found: str, wanted: str) -> SourceFault:
    return unexpected(
        answer.source,
        answer.url,
        Message(f"The record says {found}.", f"登録情報に{found}とある。"),
        Message(f"Expected: {wanted}.", f"想定: {wanted}。"),
    )
