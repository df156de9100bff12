"""A study of ClinicalTrials.gov as neutral facts in the codes of our vocabularies."""

from __future__ import annotations

from typing import Final

from kb.models.base import Localized
from scrapers.countries import countries_of
from scrapers.sources.clinicaltrials_gov_codes import COMPARATORS, DESIGN, ENROLMENTS, KINDS, PHASES, PURPOSES, STATUSES
from scrapers.sources.clinicaltrials_gov_records import ArmGroup, DesignInfo, InterventionRecord, Study
from scrapers.texts import markdown_text, one_line
from scrapers.trial_facts import LONGEST_TEXT, ArmFacts, ArmRole, Intervention, TrialFacts, looks_like_a_person
from scrapers.trial_matching import Number, numbers_in
from scrapers.trial_wording import label

PUBLISHER: Final = "ClinicalTrials.gov (U.S. National Library of Medicine)"
#: Placeholder of old records for «not given» (reported by clients; 8 digits, all 9).
NOT_GIVEN: Final = 99_999_999


def facts_of(study: Study) -> TrialFacts:
    """A study in neutral terms."""
    protocol = study.protocol
    names, status, design = protocol.identification, protocol.status, protocol.design
    nct = names.nct_id
    places = countries_of(place.country for place in protocol.locations.locations if place.country)
    lead = protocol.sponsors.lead
    withheld = (
        lead.agency_class == "INDIV"
        or protocol.sponsors.responsible.type == "SPONSOR_INVESTIGATOR"
        or looks_like_a_person(lead.name or "")
    )
    return TrialFacts(
        publisher=PUBLISHER,
        number=Number("ClinicalTrials.gov", nct),
        url=page_of(nct),
        titles={"en": _line(names.brief_title or names.official_title)},
        more_titles=(_line(names.official_title),) if names.official_title else (),
        others=_other_numbers(study, nct),
        acronym=_line(names.acronym) or None,
        kind=KINDS[design.study_type] if design.study_type else None,
        phase=phase_of(study),
        status=STATUSES[status.overall] if status.overall else "unknown",
        status_as_of=status_day(study) if status.overall else None,
        enrolment=enrolment_of(study),
        enrolment_type=ENROLMENTS[design.enrollment.type],
        registered=status.first_posted.date or status.first_submitted,
        start=status.start.date,
        completion=status.completion.date or status.primary_completion.date,
        countries=places.codes,
        unmapped_countries=places.others,
        sponsor=None if withheld else _line(lead.name) or None,
        sponsor_withheld=withheld,
        collaborators=tuple(
            _line(agency.name)
            for agency in protocol.sponsors.collaborators
            if agency.name and agency.agency_class != "INDIV" and not looks_like_a_person(agency.name)
        ),
        conditions=tuple(map(_line, protocol.conditions.conditions)),
        keywords=tuple(map(_line, protocol.conditions.keywords)),
        interventions=tuple(map(_intervention, protocol.arms.interventions)),
        arms=tuple(map(_arm, protocol.arms.arms)),
        design=_design(design.info),
        outcomes=tuple(
            _line(outcome.measure) + (f" [{_line(outcome.time_frame)}]" if outcome.time_frame else "")
            for outcome in protocol.outcomes.primary
            if outcome.measure
        ),
        summary=_line(protocol.description.brief_summary),
        stopped=_line(status.why_stopped) or None,
        remarks=tuple(remark for remark in (last_known(study),) if remark),
        updated=status.update_posted.date or status.update_submitted,
    )


def page_of(nct: str) -> str:
    """The page of a study for people."""
    return f"https://clinicaltrials.gov/study/{nct}"


def phase_of(study: Study) -> str:
    """The phase; without one, «not applicable» for studies that have none by their type."""
    design = study.protocol.design
    if design.phases:
        return PHASES[frozenset(design.phases)]
    return "na" if design.study_type in ("OBSERVATIONAL", "EXPANDED_ACCESS") else "unknown"


def enrolment_of(study: Study) -> int | None:
    """Number of participants, without the placeholder."""
    count = study.protocol.design.enrollment.count
    return None if count == NOT_GIVEN else count


def status_day(study: Study) -> str | None:
    """The day of the status: the last update that was posted, or when the sponsor last verified the record."""
    status = study.protocol.status
    return status.update_posted.date or status.update_submitted or status.verified


def last_known(study: Study) -> Localized | None:
    """The status before it became unknown."""
    status = study.protocol.status
    if status.overall != "UNKNOWN" or status.last_known is None:
        return None
    known = label("trial-statuses", STATUSES[status.last_known])
    return Localized(
        en=f"Status not verified for more than two years; last known status: {known.en}.",
        ja=f"2年以上状況が更新されていない。最後に登録された状況は「{known.ja}」である。",
    )


def _line(text: str | None) -> str:
    return one_line(markdown_text(text or ""))[:LONGEST_TEXT]


def _other_numbers(study: Study, nct: str) -> tuple[Number, ...]:
    names = study.protocol.identification
    stated = [names.org_study_id.id, *(f"{item.id} {item.domain or ''}" for item in names.secondary_ids if item.id)]
    aliases = tuple(Number("ClinicalTrials.gov", alias) for alias in names.aliases)
    found = (number for number in numbers_in(*stated) if number.registry != "ClinicalTrials.gov")
    return tuple(number for number in (*aliases, *found) if number.number != nct)


def _intervention(item: InterventionRecord) -> Intervention:
    return Intervention(
        _line(item.name),
        _line(item.description),
        tuple(map(_line, item.other_names)),
        item.type == "DIAGNOSTIC_TEST",
    )


def _arm(arm: ArmGroup) -> ArmFacts:
    role: ArmRole = "comparator" if arm.type in COMPARATORS else "tested"
    names = tuple(_line(name).partition(": ")[2] or _line(name) for name in arm.interventions)
    return ArmFacts(_line(arm.label), _line(arm.description), role, names)


def _design(info: DesignInfo) -> Localized | None:
    codes = (
        info.allocation, info.intervention_model, info.masking_info.masking, info.observational_model, info.perspective,
    )  # fmt: skip
    words = [DESIGN[code] for code in codes if code and DESIGN[code][0]]
    if info.purpose:
        purpose = PURPOSES[info.purpose]
        words.append((f"purpose: {purpose[0]}", f"目的: {purpose[1]}"))
    if not words:
        return None
    text = ", ".join(en for en, _ in words)
    return Localized(en=text[0].upper() + text[1:], ja="、".join(ja for _, ja in words))
