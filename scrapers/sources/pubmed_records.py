"""PubMed records with the enumerations of the PubMed DTD of 1 January 2025 (wire section 4)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from scrapers.reading import Record
from scrapers.trial_matching import Number, numbers_in

#: CommentsCorrections@RefType, complete; the two of partial retractions are those of the DTDs until 2015.
RefType = Literal[
    "AssociatedDataset", "AssociatedPublication", "CommentIn", "CommentOn", "CorrectedandRepublishedIn",
    "CorrectedandRepublishedFrom", "ErratumIn", "ErratumFor", "ExpressionOfConcernIn", "ExpressionOfConcernFor",
    "RepublishedIn", "RepublishedFrom", "RetractedandRepublishedIn", "RetractedandRepublishedFrom", "RetractionIn",
    "RetractionOf", "PartialRetractionIn", "PartialRetractionOf", "UpdateIn", "UpdateOf", "SummaryForPatientsIn", "OriginalReportIn", "ReprintIn", "ReprintOf", "Cites",
]  # fmt: skip
#: MedlineCitation@Status, complete; books have none.
Status = Literal[
    "Completed", "In-Process", "PubMed-not-MEDLINE", "In-Data-Review", "Publisher", "MEDLINE", "OLDMEDLINE", "book"
]
#: PublicationType of a retracted article, and of notices about other articles (MeSH publication characteristics; the
#: notice of a retraction was renamed in 2025).
RETRACTED = "Retracted Publication"
NOTICES = frozenset(("Retraction of Publication", "Retraction Notice", "Published Erratum", "Expression of Concern"))
#: PublicationTypes of reports on clinical trials in people (MeSH, «Clinical Trial» and below).
TRIAL_REPORTS = frozenset((
    "Clinical Trial", "Clinical Trial, Phase I", "Clinical Trial, Phase II", "Clinical Trial, Phase III",
    "Clinical Trial, Phase IV", "Controlled Clinical Trial", "Randomized Controlled Trial", "Pragmatic Clinical Trial",
    "Adaptive Clinical Trial", "Equivalence Trial",
))  # fmt: skip
#: Names a registration and reports no results.
PROTOCOL = "Clinical Trial Protocol"
Pmid = Annotated[str, Field(pattern=r"^[1-9]\d{0,7}$")]


class Correction(Record):
    """A later or earlier publication about the same article."""

    type: RefType
    source: str
    pmid: Pmid | None = None


class Paper(Record):
    """What is taken over from a record; authors, affiliations and the abstract are not."""

    pmid: Pmid
    status: Status
    title: str
    original_title: str | None = None
    journal: str
    published: str | None
    doi: str | None = None
    languages: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    #: Registry and number as listed with the record or named in title and abstract.
    registered: str = Field("", repr=False)
    corrections: tuple[Correction, ...] = ()
    #: Abstract, keywords and subject headings, to sort the record by; kept nowhere.
    subject: str = Field("", repr=False)

    @property
    def kinds(self) -> frozenset[str]:
        """Names of its publication types."""
        return frozenset(self.types)

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Registrations that the record names, normalised."""
        return numbers_in(self.registered)

    @property
    def retracted(self) -> bool:
        """Whether the record says that the article itself was retracted."""
        return RETRACTED in self.kinds or any(
            item.type in ("RetractionIn", "RetractedandRepublishedIn") for item in self.corrections
        )
