"""What each jurisdiction asks of a model product, beside what the product's sources report. Never a finding of compliance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kb.analysis.gap_rules import Evidence, Reason, Status, verdict
from kb.analysis.harmonisation import QUALITY_TOPICS
from kb.analysis.statements import ASKING, INTERNATIONAL, Statement, statements, strongest_first
from kb.knowledge_base import KnowledgeBase, standing
from kb.models.products import Product
from kb.problems import EvregError, Message, near_miss, shorten


@dataclass(frozen=True, slots=True)
class Gap:
    """One statement on an attribute beside what the product reports about that attribute."""

    statement: Statement
    attribute: str
    status: Status
    reason: Reason | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class JurisdictionGaps:
    """A product beside the documents of one jurisdiction.

    Only the documents filed under the jurisdiction itself are compared: EU law for a member state under ``EU``, ICH
    guidelines under ``INTL``.
    """

    jurisdiction: str
    #: Statements on attributes of documents that stand today, in the order of the attributes.
    today: tuple[Gap, ...]
    #: The same of drafts and consultations; never counted as asked.
    prepared: tuple[Gap, ...]
    #: Statements on quality that name no attribute: nothing to compare them with.
    uncompared: tuple[Statement, ...]
    #: Number of statements on other topics (classification, advertising …), which are not about quality.
    elsewhere: int

    @property
    def asked(self) -> tuple[Gap, ...]:
        """Those of today that require or recommend."""
        return tuple(gap for gap in self.today if gap.statement.requirement.level in ASKING)

    @property
    def counts(self) -> Mapping[Status, int]:
        """Attributes asked for today by status; an attribute that several documents ask for counts once, at its best known.

        Statements from which a document's scope or addressees keep the product count as not applicable only when no other
        statement on the attribute applies.
        """
        best: dict[str, Status] = {}
        for gap in self.asked:
            if gap.attribute not in best or _ORDER.index(gap.status) < _ORDER.index(best[gap.attribute]):
                best[gap.attribute] = gap.status
        return Counter(best.values())


#: Which status speaks for an attribute when documents differ.
_ORDER: tuple[Status, ...] = ("criterion", "reported", "nothing", "cannot-tell", "not-applicable")


@dataclass(frozen=True, slots=True)
class GapReport:
    """A product beside several jurisdictions."""

    product: Product
    jurisdictions: tuple[JurisdictionGaps, ...]


def gap_report(kb: KnowledgeBase, product: Product, jurisdictions: Collection[str] = ()) -> GapReport:
    """Compare a product.

    Args:
        kb: The knowledge base; withdrawn entries do not count.
        product: The product.
        jurisdictions: Codes; when empty, all with a statement on an attribute that stands today or is prepared, in the
            order of the vocabulary with international bodies last.
    """
    found: dict[str, list[Statement]] = {}
    for item in statements(kb):
        if item.counted != "past":
            found.setdefault(item.jurisdiction, []).append(item)
    known = sorted(kb.vocabularies["jurisdictions"], key=lambda code: code == INTERNATIONAL)
    codes = jurisdictions or [code for code in known if any(item.attribute for item in found.get(code, ()))]
    evidence = evidence_of(kb, product)
    return GapReport(product, tuple(_jurisdiction(kb, product, evidence, code, found.get(code, [])) for code in codes))


def products_with_attributes(kb: KnowledgeBase) -> tuple[Product, ...]:
    """The products whose sources report on an attribute, or whose entry names critical ones."""
    return tuple(product for product in standing(kb.products.values()) if evidence_of(kb, product))


def known_product(kb: KnowledgeBase, name: str) -> Product:
    """The product of that id or former id.

    Raises:
        EvregError: when there is none, with the near miss.
    """
    id_ = name.strip().lower().removeprefix("products/")
    if id_ in kb.products and not kb.products[id_].withdrawn:
        return kb.products[id_]
    known = [key for key, entry in kb.products.items() if not entry.withdrawn]
    near = near_miss(id_, known)
    raise EvregError(
        "PRODUCT",
        Message(
            f"No product has the id «{shorten(name)}».{near.en}",
            f"「{shorten(name)}」というIDの製品はない。{near.ja}",
        ),
        Message(f"One of: {', '.join(known)}.", f"次のいずれかとする: {'、'.join(known)}。"),
        Message("Correct the id; «evreg list products» shows them.", "IDを訂正する(「evreg list products」で一覧)。"),
    )


def evidence_of(kb: KnowledgeBase, product: Product) -> dict[str, Evidence]:
    """Id of an attribute -> what the product's sources and the attributes' reported values say about it."""
    found: dict[str, Evidence] = {}
    for attribute in kb.attributes.values():
        names = {attribute.id, *attribute.aliases}
        own = Evidence(
            tuple(test for test in product.release_tests if test.attribute in names),
            tuple(value for value in attribute.reported_values if _of(kb, value.product, product)),
            not names.isdisjoint(product.critical_attributes),
        )
        if own != Evidence() and not attribute.withdrawn:
            found[attribute.id] = own
    return found


def _of(kb: KnowledgeBase, id_: str | None, product: Product) -> bool:
    return id_ is not None and kb.resolve(id_, "products") is product


def _jurisdiction(
    kb: KnowledgeBase, product: Product, evidence: Mapping[str, Evidence], code: str, found: list[Statement]
) -> JurisdictionGaps:
    order = {id_: number for number, id_ in enumerate(kb.attributes)}
    named = [item for item in strongest_first(found) if item.attribute]
    gaps = [_gap(kb, product, evidence, item) for item in named]
    gaps.sort(key=lambda gap: order[gap.attribute])
    rest = [item for item in found if not item.attribute]
    quality = [item for item in rest if item.requirement.topic in QUALITY_TOPICS and item.counted == "today"]
    return JurisdictionGaps(
        jurisdiction=code,
        today=tuple(gap for gap in gaps if gap.statement.counted != "prepared"),
        prepared=tuple(gap for gap in gaps if gap.statement.counted == "prepared"),
        uncompared=tuple(quality),
        elsewhere=sum(1 for item in rest if item.requirement.topic not in QUALITY_TOPICS),
    )


def _gap(kb: KnowledgeBase, product: Product, evidence: Mapping[str, Evidence], item: Statement) -> Gap:
    attribute = item.attribute or ""
    own = evidence.get(attribute, Evidence())
    found = verdict(product, item, kb.attributes[attribute].category, own)
    return Gap(item, attribute, found.status, found.reason, own)
