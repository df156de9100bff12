"""The statements that matrix, harmonisation view and gap analysis count: one for each requirement of a document.

Whether a statement counts is decided here and nowhere else:

- *today*: the document stands (in force or current, a completed report, a running project) and applies to EVs explicitly,
  by definition or by analogy;
- *prepared*: the same, but the document is a draft or in consultation;
- *past*: the document was superseded or withdrawn;
- *unclear*: the document stands, but nobody has established whether it applies to EVs;
- *outside*: the document excludes EVs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kb.knowledge_base import KnowledgeBase, standing
from kb.models.guidelines import Guideline, Requirement

Counted = Literal["today", "prepared", "past", "unclear", "outside"]
Level = Literal["required", "recommended", "mentioned"]

#: Each from the strongest to the weakest; codes that an editor adds later come last.
COUNTED: tuple[Counted, ...] = ("today", "prepared", "past", "unclear", "outside")
LEVELS: tuple[Level, ...] = ("required", "recommended", "mentioned")
FORCES = ("binding", "administrative", "recommended", "informational")
APPLIES = ("explicit", "by-definition", "by-analogy", "unknown", "excluded")
BASES = ("text", "summary", "heading", "inference")

#: A jurisdiction asks for what it requires or recommends; what it only mentions is counted apart.
ASKING = frozenset({"required", "recommended"})
#: Scopes of documents that concern the making and testing of medicines.
MEDICINE = frozenset({"ev-products", "manufacturing", "clinical-trials"})
#: The code of bodies that no country or region stands behind.
INTERNATIONAL = "INTL"

_PAST = frozenset({"superseded", "withdrawn"})
_PREPARED = frozenset({"draft", "consultation"})
_REACHES_EVS = frozenset({"explicit", "by-definition", "by-analogy"})


@dataclass(frozen=True, slots=True)
class Statement:
    """One requirement with the document that makes it."""

    guideline: Guideline
    requirement: Requirement
    #: Its place among the document's requirements, from 1.
    number: int
    #: The id of the attribute that it names, former ids resolved.
    attribute: str | None
    counted: Counted

    @property
    def id(self) -> str:
        """Document and number, e.g. ``jp-sbm-2003.3``; the same as long as the document keeps its order."""
        return f"{self.guideline.id}.{self.number}"

    @property
    def jurisdiction(self) -> str:
        """The code of the document's jurisdiction."""
        return self.guideline.jurisdiction

    @property
    def cosmetics_only(self) -> bool:
        """True when the document is about cosmetics and about no kind of medicine."""
        scope = frozenset(self.guideline.scope)
        return "cosmetics" in scope and not scope & MEDICINE

    @property
    def asks(self) -> bool:
        """True when the document requires or recommends, today."""
        return self.counted == "today" and self.requirement.level in ASKING


@lru_cache(maxsize=1)
def statements(kb: KnowledgeBase) -> tuple[Statement, ...]:
    """Every requirement of every document that is not withdrawn from the knowledge base, in the order of the entries.

    Computed once for a knowledge base, which never changes: matrix, harmonisation view and every gap report share it.
    """
    return tuple(
        Statement(document, requirement, number, _attribute(kb, requirement), counted_as(document))
        for document in standing(kb.guidelines.values())
        for number, requirement in enumerate(document.requirements, 1)
    )


def counted_as(document: Guideline) -> Counted:
    """How the statements of a document count; see the head of this module."""
    if document.status in _PAST:
        return "past"
    if document.applies_to_ev not in _REACHES_EVS:
        return "outside" if document.applies_to_ev == "excluded" else "unclear"
    return "prepared" if document.status in _PREPARED else "today"


def strength(statement: Statement) -> tuple[int, int, int, int, int, str]:
    """Sorts the strongest statement first.

    Compared in this order, each only when all before are equal: whether it counts today, its level, the legal force of
    the document, how the document applies to EVs, the basis of evidence; last the id, so that the order is always the same.
    """
    document, requirement = statement.guideline, statement.requirement
    return (
        COUNTED.index(statement.counted),
        rank(LEVELS, requirement.level),
        rank(FORCES, document.legal_force),
        rank(APPLIES, document.applies_to_ev),
        rank(BASES, requirement.basis),
        statement.id,
    )


def strongest_first(found: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements by :func:`strength`."""
    return tuple(sorted(found, key=strength))


def rank(order: tuple[str, ...], code: str) -> int:
    """The place of a code, unknown codes last."""
    return order.index(code) if code in order else len(order)


def document_date(document: Guideline) -> str:
    """The date from which a document speaks, as exact as it is known; empty when unknown."""
    dates = document.dates
    return dates.issued or dates.adopted or dates.effective or dates.proposed or ""


def _attribute(kb: KnowledgeBase, requirement: Requirement) -> str | None:
    found = kb.resolve(requirement.attribute, "attributes") if requirement.attribute else None
    return found.id if found and not found.withdrawn else None
