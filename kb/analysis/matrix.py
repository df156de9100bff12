"""Who asks for what: quality attribute by document, and topic by jurisdiction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from kb.analysis.statements import INTERNATIONAL, Statement, document_date, rank, statements, strongest_first
from kb.knowledge_base import KnowledgeBase, standing
from kb.problems import EvregError, Message, near_miss, shorten

By = Literal["attribute", "topic"]
#: Row and column.
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """All statements of one row and column, the strongest first."""

    row: str
    column: str
    statements: tuple[Statement, ...]

    @property
    def grade(self) -> Statement:
        """The one statement from which level, basis, legal force and standing of the cell are taken.

        It is the first by :func:`kb.analysis.statements.strength`. The marks of a cell never come from different
        statements, so a cell cannot look «required» through one document and «binding» through another.
        """
        return self.statements[0]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows, columns and the cells that hold something.

    By attribute, rows are all attributes (also those that no document names) and columns the documents that name one.
    By topic, rows are topics and columns jurisdictions.
    """

    by: By
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[Place, Cell]

    def row(self, row: str) -> tuple[Cell, ...]:
        """The filled cells of a row, from left to right."""
        return tuple(cell for column in self.columns if (cell := self.cells.get((row, column))))


def matrix(kb: KnowledgeBase, by: By = "attribute", jurisdictions: Collection[str] = ()) -> Matrix:
    """The matrix of a knowledge base.

    Args:
        kb: The knowledge base; withdrawn entries do not count.
        by: What the rows are.
        jurisdictions: Codes to which the documents are confined; all when empty.
    """
    found = [item for item in statements(kb) if not jurisdictions or item.jurisdiction in jurisdictions]
    grouped: dict[Place, list[Statement]] = {}
    for item in found:
        place = _place(item, by)
        if place:
            grouped.setdefault(place, []).append(item)
    rows = _attributes(kb) if by == "attribute" else _topics(kb, grouped)
    columns = _documents(kb, grouped) if by == "attribute" else _jurisdictions(kb, grouped)
    across, down = _places(rows), _places(columns)
    order = sorted(grouped, key=lambda place: (across[place[0]], down[place[1]]))
    return Matrix(by, rows, columns, {place: Cell(*place, strongest_first(grouped[place])) for place in order})


def known_jurisdictions(kb: KnowledgeBase, text: str | None, option: str = "--jurisdiction") -> tuple[str, ...]:
    """The codes in a comma-separated list, in upper case, without repetitions.

    Raises:
        EvregError: when one is not a code of the vocabulary, with the near miss.
    """
    codes = tuple(dict.fromkeys(part.strip().upper() for part in (text or "").split(",") if part.strip()))
    known = kb.vocabularies["jurisdictions"]
    for code in codes:
        if code not in known:
            near = near_miss(code, known)
            raise EvregError(
                option,
                Message(
                    f"«{shorten(code)}» is not a code of a jurisdiction.{near.en}",
                    f"「{shorten(code)}」という国・地域コードはない。{near.ja}",
                ),
                Message(
                    f"Codes separated by commas, of: {', '.join(known)}.",
                    f"次のコードをコンマ区切りで指定する: {'、'.join(known)}。",
                ),
                Message("Correct the code, e.g. «JP,KR».", "コードを訂正する(例: JP,KR)。"),
            )
    return codes


def _places(keys: Iterable[str]) -> dict[str, int]:
    return {key: place for place, key in enumerate(keys)}


def _place(item: Statement, by: By) -> Place | None:
    if by == "topic":
        return item.requirement.topic, item.jurisdiction
    return (item.attribute, item.guideline.id) if item.attribute else None


def _attributes(kb: KnowledgeBase) -> tuple[str, ...]:
    categories = tuple(kb.vocabularies["attribute-categories"])
    found = standing(kb.attributes.values())
    return tuple(entry.id for entry in sorted(found, key=lambda entry: (rank(categories, entry.category), entry.id)))


def _topics(kb: KnowledgeBase, places: Iterable[Place]) -> tuple[str, ...]:
    used = {row for row, _ in places}
    return tuple(code for code in kb.vocabularies["topics"] if code in used)


def _jurisdictions(kb: KnowledgeBase, places: Iterable[Place]) -> tuple[str, ...]:
    used = {column for _, column in places}
    return tuple(code for code in _order(kb) if code in used)


def _documents(kb: KnowledgeBase, places: Iterable[Place]) -> tuple[str, ...]:
    codes = _order(kb)
    used = [kb.guidelines[id_] for id_ in dict.fromkeys(column for _, column in places)]
    ordered = sorted(used, key=lambda entry: (rank(codes, entry.jurisdiction), document_date(entry), entry.id))
    return tuple(entry.id for entry in ordered)


def _order(kb: KnowledgeBase) -> tuple[str, ...]:
    """The jurisdictions as the vocabulary orders them, international bodies after those that can bind somebody."""
    return tuple(sorted(kb.vocabularies["jurisdictions"], key=lambda code: code == INTERNATIONAL))
