"""What each jurisdiction asks of a model product, beside what the product's sources report. Never a finding of compliance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from kb.analysis.gap_evidence import evidence_of
from kb.analysis.gap_rules import Evidence, Reason, Status, verdict
from kb.analysis.harmonisation import QUALITY_TOPICS
from kb.analysis.statements import ASKING, INTERNATIONAL, Statement, statements, strength, strongest_first
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
    asked, evidence = _asked(kb), evidence_of(kb, product)
    known = sorted(kb.vocabularies["jurisdictions"], key=lambda code: code == INTERNATIONAL)
    codes = jurisdictions or [code for code in known if code in asked and asked[code].named]
    return GapReport(
        product, tuple(_jurisdiction(kb, product, evidence, code, asked.get(code, _NOTHING)) for code in codes)
    )


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


class _Asked(NamedTuple):
    """What one jurisdiction's documents say, the same for every product."""

    #: Statements on attributes, in the order of the attributes, the strongest on each first.
    named: tuple[Statement, ...] = ()
    #: Statements on quality, today, that name no attribute.
    uncompared: tuple[Statement, ...] = ()
    #: Number of statements on other topics that name no attribute.
    elsewhere: int = 0


_NOTHING = _Asked()


@lru_cache(maxsize=1)
def _asked(kb: KnowledgeBase) -> Mapping[str, _Asked]:
    """Code of a jurisdiction -> what its documents say; those of the past left out."""
    found: defaultdict[str, list[Statement]] = defaultdict(list)
    for item in statements(kb):
        if item.counted != "past":
            found[item.jurisdiction].append(item)
    order = {id_: number for number, id_ in enumerate(kb.attributes)}
    return {code: _sorted(items, order) for code, items in found.items()}


def _sorted(found: list[Statement], order: Mapping[str, int]) -> _Asked:
    named = sorted(
        (item for item in strongest_first(found) if item.attribute), key=lambda item: order[item.attribute or ""]
    )
    rest = [item for item in found if not item.attribute]
    quality = [item for item in rest if item.requirement.topic in QUALITY_TOPICS and item.counted == "today"]
    elsewhere = sum(1 for item in rest if item.requirement.topic not in QUALITY_TOPICS)
    return _Asked(tuple(named), tuple(quality), elsewhere)


def _jurisdiction(
    kb: KnowledgeBase, product: Product, evidence: Mapping[str, Evidence], code: str, asked: _Asked
) -> JurisdictionGaps:
    gaps = [_gap(kb, product, evidence, item) for item in asked.named]
    return JurisdictionGaps(
        jurisdiction=code,
        today=tuple(gap for gap in gaps if gap.statement.counted != "prepared"),
        prepared=tuple(gap for gap in gaps if gap.statement.counted == "prepared"),
        uncompared=asked.uncompared,
        elsewhere=asked.elsewhere,
    )


def foremost(gaps: Sequence[Gap], most: int) -> tuple[Gap, ...]:
    """At most ``most`` statements for a table that people read, in the order in which they came.

    Chosen are, before all, the strongest statement on each attribute; among equals those that concern the product, then
    by :func:`kb.analysis.statements.strength`. The rest is in the report's record (:mod:`kb.analysis.gap_records`).

    Args:
        gaps: Of one jurisdiction, the strongest on each attribute first, as :func:`gap_report` gives them.
        most: How many there may be.
    """
    if len(gaps) <= most:
        return tuple(gaps)
    before = Counter[str]()
    chosen = []
    for place, gap in enumerate(gaps):
        chosen.append((before[gap.attribute], gap.status == "not-applicable", strength(gap.statement), place))
        before[gap.attribute] += 1
    return tuple(gaps[place] for *_, place in sorted(sorted(chosen)[:most], key=itemgetter(-1)))


def _gap(kb: KnowledgeBase, product: Product, evidence: Mapping[str, Evidence], item: Statement) -> Gap:
    attribute = item.attribute or ""
    own = evidence.get(attribute, Evidence())
    found = verdict(product, item, kb.attributes[attribute].category, own)
    return Gap(item, attribute, found.status, found.reason, own)
