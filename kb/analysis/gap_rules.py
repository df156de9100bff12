"""When a requirement applies to a model product, and what the product's sources report about it.

The rules are applied in this order; the first that decides gives the status and its reason. Nothing here says whether a
product complies: only what was published and recorded is compared.

==================  ====================================================================================================
``excludes-evs``    The document excludes EVs: not applicable.
``unclear``         Nobody has established whether the document applies to EVs: cannot tell.
``scope``           The document's scope names neither EV products, manufacture nor clinical trials (nor conditioned medium,
                    when the product is a secretome fraction): it is about something else, not applicable.
``addressee``       The document names its addressees and no developer is among them: not applicable.
(evidence)          A release test or a reported release criterion: ``criterion``. Another reported number: ``reported``.
``route``           The attribute matters for certain routes only and the product has another: not applicable; with an
                    unknown route: cannot tell (``route-unknown``).
``process``         Whether the attribute matters depends on how the product is made (:data:`DEPENDS_ON_PROCESS`), which its
                    entry does not settle: cannot tell.
``mechanism``       A potency assay is due according to the mechanism of action: cannot tell whether this one is.
(otherwise)         ``nothing``: nothing reported in the sources.
==================  ====================================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from kb.analysis.statements import MEDICINE, Statement
from kb.models.attributes import ReportedValue
from kb.models.products import Product, ReleaseTest

Status = Literal["criterion", "reported", "nothing", "cannot-tell", "not-applicable"]
STATUSES: tuple[Status, ...] = ("criterion", "reported", "nothing", "cannot-tell", "not-applicable")
Reason = Literal["excludes-evs", "unclear", "scope", "addressee", "route", "route-unknown", "process", "mechanism"]
REASONS: tuple[Reason, ...] = (
    "excludes-evs", "unclear", "scope", "addressee", "route", "route-unknown", "process", "mechanism",
)  # fmt: skip

#: Addressees who develop or supply a product.
DEVELOPERS = frozenset({"manufacturer", "sponsor", "importer", "distributor", "researcher"})
#: Attributes that matter for these routes only (the entries of the attributes say so).
ROUTES: Mapping[str, frozenset[str]] = {"nebulisation-stability": frozenset({"inhalation"})}
#: Routes from which nothing follows.
_UNKNOWN_ROUTES = frozenset({"unspecified", "multiple", "not-applicable"})
#: Attributes that matter only for gene-modified or immortalised producers, platelet lysate in the medium, or freeze-drying.
DEPENDS_ON_PROCESS = frozenset(
    {"replication-competent-virus", "immortalised-cell-risk", "human-platelet-lysate-ev", "lyophilisation-quality"}
)
#: Category of attributes among which the mechanism of action chooses.
POTENCY = "potency"


class Evidence(NamedTuple):
    """What a product's sources report about one attribute."""

    tests: tuple[ReleaseTest, ...] = ()
    values: tuple[ReportedValue, ...] = ()
    #: Named as critical in the entry of the product, by the editors' judgement.
    critical: bool = False

    @property
    def criteria(self) -> tuple[ReportedValue, ...]:
        """The values that are release criteria."""
        return tuple(value for value in self.values if value.kind == "release-criterion")


class Verdict(NamedTuple):
    """Status and, where a rule decided, its name."""

    status: Status
    reason: Reason | None = None


def verdict(product: Product, statement: Statement, category: str, evidence: Evidence) -> Verdict:
    """Apply the rules to a statement that names an attribute.

    Args:
        product: The model product.
        statement: Counted today or prepared, unclear or outside; not past.
        category: The attribute's category.
        evidence: What the product reports about the attribute.
    """
    return (
        _by_document(product, statement)
        or _by_evidence(evidence)
        or _by_attribute(product, statement.attribute or "", category)
        or Verdict("nothing")
    )


def _by_document(product: Product, statement: Statement) -> Verdict | None:
    document = statement.guideline
    if statement.counted == "outside":
        return Verdict("not-applicable", "excludes-evs")
    if statement.counted == "unclear":
        return Verdict("cannot-tell", "unclear")
    covered = MEDICINE | ({"conditioned-medium"} if product.modality == "secretome-fraction" else set())
    if statement.cosmetics_only or (document.scope and covered.isdisjoint(document.scope)):
        return Verdict("not-applicable", "scope")
    if document.addressees and DEVELOPERS.isdisjoint(document.addressees):
        return Verdict("not-applicable", "addressee")
    return None


def _by_evidence(evidence: Evidence) -> Verdict | None:
    if evidence.tests or evidence.criteria:
        return Verdict("criterion")
    return Verdict("reported") if evidence.values else None


def _by_attribute(product: Product, attribute: str, category: str) -> Verdict | None:
    if attribute in ROUTES:
        known = frozenset(product.routes) - _UNKNOWN_ROUTES
        if not known:
            return Verdict("cannot-tell", "route-unknown")
        if known.isdisjoint(ROUTES[attribute]):
            return Verdict("not-applicable", "route")
    if attribute in DEPENDS_ON_PROCESS:
        return Verdict("cannot-tell", "process")
    return Verdict("cannot-tell", "mechanism") if category == POTENCY else None
