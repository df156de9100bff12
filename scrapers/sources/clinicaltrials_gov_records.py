"""The wire format of ClinicalTrials.gov API v2: the parts of ``openapi-2.0.5.yaml`` that an entry has fields for.

No key below the envelope is required, so everything but the id, which every request asks for, may be absent; enumerations
are closed and complete. Contact persons,
officials and investigators are not read at all.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from scrapers import dates
from scrapers.reading import Record

PartialDate = Annotated[str, BeforeValidator(dates.iso)]
#: dataTimestamp: ``yyyy-MM-dd'T'HH:mm:ss``, UTC without zone.
Timestamp = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?$")]
Nct = Annotated[str, Field(pattern=r"^NCT\d{8}$")]

ExpandedAccessStatus = Literal[
    "AVAILABLE", "NO_LONGER_AVAILABLE", "TEMPORARILY_NOT_AVAILABLE", "APPROVED_FOR_MARKETING"
]
Status = Literal[
    "ACTIVE_NOT_RECRUITING", "COMPLETED", "ENROLLING_BY_INVITATION", "NOT_YET_RECRUITING", "RECRUITING", "SUSPENDED",
    "TERMINATED", "WITHDRAWN", "AVAILABLE", "NO_LONGER_AVAILABLE", "TEMPORARILY_NOT_AVAILABLE", "APPROVED_FOR_MARKETING",
    "WITHHELD", "UNKNOWN",
]  # fmt: skip
StudyType = Literal["EXPANDED_ACCESS", "INTERVENTIONAL", "OBSERVATIONAL"]
Phase = Literal["NA", "EARLY_PHASE1", "PHASE1", "PHASE2", "PHASE3", "PHASE4"]
#: Combined phases stand as two entries; the register knows these sets only (data element definitions, «Study Phase»).
PHASE_SETS = (
    {"NA"}, {"EARLY_PHASE1"}, {"PHASE1"}, {"PHASE1", "PHASE2"}, {"PHASE2"}, {"PHASE2", "PHASE3"}, {"PHASE3"}, {"PHASE4"},
)  # fmt: skip
DateType = Literal["ACTUAL", "ESTIMATED"]
AgencyClass = Literal["NIH", "FED", "OTHER_GOV", "INDIV", "INDUSTRY", "NETWORK", "AMBIG", "OTHER", "UNKNOWN"]
SecondaryIdType = Literal[
    "NIH", "FDA", "VA", "CDC", "AHRQ", "SAMHSA", "OTHER_GRANT", "EUDRACT_NUMBER", "CTIS", "REGISTRY", "OTHER"
]
ResponsiblePartyType = Literal["SPONSOR", "PRINCIPAL_INVESTIGATOR", "SPONSOR_INVESTIGATOR"]
Allocation = Literal["RANDOMIZED", "NON_RANDOMIZED", "NA"]
InterventionModel = Literal["SINGLE_GROUP", "PARALLEL", "CROSSOVER", "FACTORIAL", "SEQUENTIAL"]
Purpose = Literal[
    "TREATMENT", "PREVENTION", "DIAGNOSTIC", "ECT", "SUPPORTIVE_CARE", "SCREENING", "HEALTH_SERVICES_RESEARCH",
    "BASIC_SCIENCE", "DEVICE_FEASIBILITY", "OTHER",
]  # fmt: skip
Masking = Literal["NONE", "SINGLE", "DOUBLE", "TRIPLE", "QUADRUPLE"]
WhoMasked = Literal["PARTICIPANT", "CARE_PROVIDER", "INVESTIGATOR", "OUTCOMES_ASSESSOR"]
ObservationalModel = Literal[
    "COHORT", "CASE_CONTROL", "CASE_ONLY", "CASE_CROSSOVER", "ECOLOGIC_OR_COMMUNITY", "FAMILY_BASED", "DEFINED_POPULATION",
    "NATURAL_HISTORY", "OTHER",
]  # fmt: skip
Perspective = Literal["RETROSPECTIVE", "PROSPECTIVE", "CROSS_SECTIONAL", "OTHER"]
ArmType = Literal[
    "EXPERIMENTAL", "ACTIVE_COMPARATOR", "PLACEBO_COMPARATOR", "SHAM_COMPARATOR", "NO_INTERVENTION", "OTHER"
]
InterventionType = Literal[
    "BEHAVIORAL", "BIOLOGICAL", "COMBINATION_PRODUCT", "DEVICE", "DIAGNOSTIC_TEST", "DIETARY_SUPPLEMENT", "DRUG", "GENETIC",
    "PROCEDURE", "RADIATION", "OTHER",
]  # fmt: skip
ReferenceType = Literal["BACKGROUND", "RESULT", "DERIVED"]


class Version(Record):
    """``GET /version``; dataTimestamp is absent while the data are being loaded."""

    api_version: str = Field(alias="apiVersion")
    data_timestamp: Timestamp | None = Field(None, alias="dataTimestamp")


class DateStruct(Record):
    """A date that may lack its type, and itself."""

    date: PartialDate | None = None
    type: DateType | None = None


class SecondaryId(Record):
    """A number of the study elsewhere."""

    id: str | None = None
    type: SecondaryIdType | None = None
    domain: str | None = None


class OrgStudyId(Record):
    """The sponsor's own number, at times one of another registry."""

    id: str | None = None


class Identification(Record):
    """``identificationModule``."""

    nct_id: Nct = Field(alias="nctId")
    aliases: list[Nct] = Field([], alias="nctIdAliases")
    org_study_id: OrgStudyId = Field(OrgStudyId(), alias="orgStudyIdInfo")
    secondary_ids: list[SecondaryId] = Field([], alias="secondaryIdInfos")
    brief_title: str | None = Field(None, alias="briefTitle")
    official_title: str | None = Field(None, alias="officialTitle")
    acronym: str | None = None


class StatusModule(Record):
    """``statusModule``."""

    verified: PartialDate | None = Field(None, alias="statusVerifiedDate")
    overall: Status | None = Field(None, alias="overallStatus")
    last_known: Status | None = Field(None, alias="lastKnownStatus")
    why_stopped: str | None = Field(None, alias="whyStopped")
    start: DateStruct = Field(DateStruct(), alias="startDateStruct")
    primary_completion: DateStruct = Field(DateStruct(), alias="primaryCompletionDateStruct")
    completion: DateStruct = Field(DateStruct(), alias="completionDateStruct")
    first_submitted: PartialDate | None = Field(None, alias="studyFirstSubmitDate")
    first_posted: DateStruct = Field(DateStruct(), alias="studyFirstPostDateStruct")
    results_posted: DateStruct = Field(DateStruct(), alias="resultsFirstPostDateStruct")
    update_submitted: PartialDate | None = Field(None, alias="lastUpdateSubmitDate")
    update_posted: DateStruct = Field(DateStruct(), alias="lastUpdatePostDateStruct")


class Agency(Record):
    """A sponsor or collaborator."""

    name: str | None = None
    agency_class: AgencyClass | None = Field(None, alias="class")


class ResponsibleParty(Record):
    """Who answers for the record; the name is left out."""

    type: ResponsiblePartyType | None = None


class Sponsors(Record):
    """``sponsorCollaboratorsModule``."""

    responsible: ResponsibleParty = Field(ResponsibleParty(), alias="responsibleParty")
    lead: Agency = Field(Agency(), alias="leadSponsor")
    collaborators: list[Agency] = Field([])


class Description(Record):
    """``descriptionModule``."""

    brief_summary: str | None = Field(None, alias="briefSummary")


class Conditions(Record):
    """``conditionsModule``."""

    conditions: list[str] = Field([])
    keywords: list[str] = Field([])


class MaskingInfo(Record):
    """``designInfo.maskingInfo``."""

    masking: Masking | None = None
    who_masked: list[WhoMasked] = Field([], alias="whoMasked")


class DesignInfo(Record):
    """``designModule.designInfo``."""

    allocation: Allocation | None = None
    intervention_model: InterventionModel | None = Field(None, alias="interventionModel")
    purpose: Purpose | None = Field(None, alias="primaryPurpose")
    observational_model: ObservationalModel | None = Field(None, alias="observationalModel")
    perspective: Perspective | None = Field(None, alias="timePerspective")
    masking_info: MaskingInfo = Field(MaskingInfo(), alias="maskingInfo")


class Enrollment(Record):
    """``designModule.enrollmentInfo``."""

    count: int | None = Field(None, ge=0)
    type: DateType | None = None


def _known_phases(phases: list[str]) -> list[str]:
    if phases and set(phases) not in PHASE_SETS:
        raise ValueError("one phase, PHASE1 with PHASE2, or PHASE2 with PHASE3")
    return phases


class Design(Record):
    """``designModule``."""

    study_type: StudyType | None = Field(None, alias="studyType")
    phases: Annotated[list[Phase], AfterValidator(_known_phases)] = Field([])
    info: DesignInfo = Field(DesignInfo(), alias="designInfo")
    enrollment: Enrollment = Field(Enrollment(), alias="enrollmentInfo")


class ArmGroup(Record):
    """``armGroups[]``; intervention names are written «Biological: name»."""

    label: str | None = None
    type: ArmType | None = None
    description: str | None = None
    interventions: list[str] = Field([], alias="interventionNames")


class InterventionRecord(Record):
    """``interventions[]``."""

    type: InterventionType | None = None
    name: str | None = None
    description: str | None = None
    other_names: list[str] = Field([], alias="otherNames")


class ArmsInterventions(Record):
    """``armsInterventionsModule``."""

    arms: list[ArmGroup] = Field([], alias="armGroups")
    interventions: list[InterventionRecord] = Field([])


class Outcome(Record):
    """``primaryOutcomes[]``."""

    measure: str | None = None
    time_frame: str | None = Field(None, alias="timeFrame")


class Outcomes(Record):
    """``outcomesModule``."""

    primary: list[Outcome] = Field([], alias="primaryOutcomes")


class Location(Record):
    """``locations[]``; sites and contacts are left out."""

    country: str | None = None


class Locations(Record):
    """``contactsLocationsModule``."""

    locations: list[Location] = Field([])


class Retraction(Record):
    """``references[].retractions[]``."""

    pmid: str | None = None
    source: str | None = None


class Reference(Record):
    """``references[]``."""

    pmid: str | None = None
    type: ReferenceType | None = None
    retractions: list[Retraction] = Field([])


class References(Record):
    """``referencesModule``."""

    references: list[Reference] = Field([])


class Protocol(Record):
    """``protocolSection``."""

    identification: Identification = Field(alias="identificationModule")
    status: StatusModule = Field(StatusModule(), alias="statusModule")
    sponsors: Sponsors = Field(Sponsors(), alias="sponsorCollaboratorsModule")
    description: Description = Field(Description(), alias="descriptionModule")
    conditions: Conditions = Field(Conditions(), alias="conditionsModule")
    design: Design = Field(Design(), alias="designModule")
    arms: ArmsInterventions = Field(ArmsInterventions(), alias="armsInterventionsModule")
    outcomes: Outcomes = Field(Outcomes(), alias="outcomesModule")
    locations: Locations = Field(Locations(), alias="contactsLocationsModule")
    references: References = Field(References(), alias="referencesModule")


class Study(Record):
    """One study."""

    protocol: Protocol = Field(alias="protocolSection")
    has_results: bool | None = Field(None, alias="hasResults")


class Page(Record):
    """``PagedStudies``; totalCount comes on the first page only."""

    studies: list[Study]
    total: int | None = Field(None, alias="totalCount", ge=0)
    next_token: str | None = Field(None, alias="nextPageToken")
