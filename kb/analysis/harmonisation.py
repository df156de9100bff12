"""How far authorities agree on a quality attribute, and where one asks and another is silent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from kb.analysis.matrix import Matrix, matrix
from kb.analysis.statements import ASKING, COUNTED, INTERNATIONAL, LEVELS, Statement, statements, strength
from kb.knowledge_base import KnowledgeBase, standing

#: A level, or why there is none. ``silent``: documents were surveyed and nothing was found.
Answer = Literal[
    "required", "recommended", "mentioned", "prepared", "past", "unclear", "outside", "silent", "not-surveyed"
]

#: Topics under which a document would speak of a quality attribute.
QUALITY_TOPICS = frozenset(
    {"raw-materials", "manufacturing", "quality-attributes", "impurities", "potency", "nonclinical", "safety"}
)
#: Coverage of a jurisdiction's profile from which silence means something; ``thin`` is no survey.
_SURVEYED = ("good", "fair")


@dataclass(frozen=True, slots=True)
class Member:
    """A jurisdiction whose silence counts, with what it rests on: today's documents and statements about quality."""

    code: str
    coverage: str
    documents: int
    statements: int


@dataclass(frozen=True, slots=True)
class Position:
    """What one jurisdiction says of one attribute.

    ``statements`` holds all that speak of it, the deciding one first: what counts today before all else, documents on
    medicines before those on cosmetics alone, then by :func:`kb.analysis.statements.strength`.
    """

    jurisdiction: str
    answer: Answer
    statements: tuple[Statement, ...]

    @property
    def asks(self) -> bool:
        """True when it requires or recommends, today."""
        return self.answer in ASKING


@dataclass(frozen=True, slots=True)
class Agreement:
    """One attribute with the positions of the panel, of jurisdictions outside the panel, and of international bodies."""

    attribute: str
    panel: tuple[Position, ...]
    others: tuple[Position, ...]
    international: Position

    @property
    def asking(self) -> tuple[Position, ...]:
        """The members that require or recommend it today."""
        return tuple(position for position in self.panel if position.asks)

    def answering(self, answer: Answer) -> tuple[Position, ...]:
        """The members with that answer."""
        return tuple(position for position in self.panel if position.answer == answer)

    @property
    def share_asking(self) -> float:
        """Members that ask, of all members; 0 to 1."""
        return len(self.asking) / len(self.panel) if self.panel else 0.0

    @property
    def taking_up(self) -> int:
        """Members that ask or mention."""
        return len(self.asking) + len(self.answering("mentioned"))

    @property
    def level_agreement(self) -> float | None:
        """Of the members that ask or mention, the share at their most frequent level, 0 to 1; None below two members."""
        levels = Counter(position.answer for position in self.panel if position.answer in LEVELS)
        return max(levels.values()) / levels.total() if levels.total() > 1 else None

    @property
    def explicit(self) -> int:
        """Members that ask through a document that names EVs."""
        return sum(
            any(item.asks and item.guideline.applies_to_ev == "explicit" for item in position.statements)
            for position in self.panel
        )


@dataclass(frozen=True, slots=True)
class Harmonisation:
    """The panel and all attributes, those with the widest agreement first."""

    panel: tuple[Member, ...]
    #: Jurisdictions with a profile or a document whose silence is not counted.
    not_surveyed: tuple[str, ...]
    #: Rank (equal for equal figures) and agreement.
    ranking: tuple[tuple[int, Agreement], ...]

    @property
    def gaps(self) -> tuple[Agreement, ...]:
        """Attributes that a member asks for while a well-covered member is silent; the most asked for first."""
        good = {member.code for member in self.panel if member.coverage == "good"}
        return tuple(
            agreement
            for _, agreement in self.ranking
            if agreement.asking and any(position.jurisdiction in good for position in agreement.answering("silent"))
        )


def panel(kb: KnowledgeBase) -> tuple[Member, ...]:
    """The jurisdictions that are compared, in the order of the vocabulary.

    A jurisdiction is one when its profile's coverage is good or fair **and** at least one of its documents that stand
    today and apply to EVs has a recorded statement on a topic of quality (:data:`QUALITY_TOPICS`): without such a document
    its silence on a single attribute would say nothing. International bodies are shown beside the panel.
    """
    coverage = {entry.code: entry.coverage for entry in standing(kb.jurisdictions.values())}
    found: dict[str, list[Statement]] = {}
    for item in statements(kb):
        if item.counted == "today" and item.requirement.topic in QUALITY_TOPICS:
            found.setdefault(item.jurisdiction, []).append(item)
    return tuple(
        Member(code, coverage[code], len({item.guideline.id for item in found[code]}), len(found[code]))
        for code in kb.vocabularies["jurisdictions"]
        if code in found and coverage.get(code) in _SURVEYED and code != INTERNATIONAL
    )


def harmonisation(kb: KnowledgeBase) -> Harmonisation:
    """The view of a knowledge base.

    The ranking compares, in this order: members that ask; members that ask or mention; agreement on the level; members
    that ask through a document naming EVs. It is an order, not a score: no figure is weighed against another.
    """
    members, grid = panel(kb), matrix(kb)
    codes = [member.code for member in members]
    agreements = sorted(
        (_agreement(grid, row, codes) for row in grid.rows), key=lambda item: (_key(item), item.attribute)
    )
    ranking: list[tuple[int, Agreement]] = []
    for place, agreement in enumerate(agreements, 1):
        same = bool(ranking) and _key(ranking[-1][1]) == _key(agreement)
        ranking.append((ranking[-1][0] if same else place, agreement))
    seen = {entry.code for entry in standing(kb.jurisdictions.values())}
    seen |= {entry.jurisdiction for entry in standing(kb.guidelines.values())}
    rest = tuple(code for code in kb.vocabularies["jurisdictions"] if code in seen - {*codes, INTERNATIONAL})
    return Harmonisation(members, rest, tuple(ranking))


def _key(agreement: Agreement) -> tuple[float, ...]:
    level = agreement.level_agreement
    return (-len(agreement.asking), -agreement.taking_up, -(level or 0.0), -agreement.explicit)


def _agreement(grid: Matrix, row: str, codes: list[str]) -> Agreement:
    said: dict[str, list[Statement]] = {}
    for cell in grid.row(row):
        for item in cell.statements:
            said.setdefault(item.jurisdiction, []).append(item)
    own = tuple(_position(code, said.get(code, ()), "silent") for code in codes)
    others = tuple(
        _position(code, found, "not-surveyed") for code, found in said.items() if code not in (*codes, INTERNATIONAL)
    )
    return Agreement(row, own, others, _position(INTERNATIONAL, said.get(INTERNATIONAL, ()), "silent"))


def _position(code: str, found: list[Statement] | tuple[()], nothing: Answer) -> Position:
    ordered = tuple(sorted(found, key=lambda item: (COUNTED.index(item.counted), item.cosmetics_only, strength(item))))
    if not ordered:
        return Position(code, nothing, ())
    first = ordered[0]
    level: Answer = next((level for level in LEVELS if level == first.requirement.level), "mentioned")
    answer: Answer = level if first.counted == "today" else first.counted
    return Position(code, answer, ordered)
