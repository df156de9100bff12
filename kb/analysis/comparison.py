"""What is on record for each jurisdiction, in rows that can be laid side by side.

Some rows hold codes and can be compared by a program (classes, levels); others hold words and are only shown together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from kb.analysis.comparison_cells import RULES, Cell, class_key, column
from kb.analysis.jurisdiction_record import records
from kb.knowledge_base import KnowledgeBase, standing

#: Whether jurisdictions agree in a row: all the same, not the same, on record for some only, in words, on record nowhere.
Agreement = Literal["same", "differs", "partial", "words", "empty"]
Group = Literal["position", "classification", "pathways", "topics", "rules", "activity"]


class Row(NamedTuple):
    """One line of the comparison."""

    key: str
    group: Group
    #: Vocabulary and code of each part of the row's name; empty where the key itself names the row.
    name: tuple[tuple[str, str], ...] = ()


class Comparison(NamedTuple):
    """Every jurisdiction with a profile, in all rows."""

    rows: tuple[Row, ...]
    #: Id of a profile -> key of a row -> cell; rows for which nothing is on record are left out.
    columns: Mapping[str, Mapping[str, Cell]]


def comparison(kb: KnowledgeBase) -> Comparison:
    """Everything that can be compared; withdrawn entries do not count."""
    found = records(kb)
    profiles = list(standing(kb.jurisdictions.values()))
    columns = {profile.id: column(kb, profile, found[profile.code]) for profile in profiles}
    return Comparison(_rows(kb, columns), columns)


def agreement(cells: Sequence[Cell | None]) -> Agreement:
    """How far the cells of one row agree; None stands for a jurisdiction with nothing on record.

    A missing record is no answer, so it neither agrees nor differs.
    """
    known = [cell for cell in cells if cell]
    if not known:
        return "empty"
    if any(cell.token is None for cell in known):
        return "words"
    if len({cell.token for cell in known}) > 1:
        return "differs"
    return "same" if len(known) == len(cells) else "partial"


def _rows(kb: KnowledgeBase, columns: Mapping[str, Mapping[str, Cell]]) -> tuple[Row, ...]:
    used = {key for column in columns.values() for key in column}
    claims, routes = _ordered(kb, "finder-claims"), _ordered(kb, "finder-routes")
    classes = [
        Row(class_key(claim, route), "classification", (("finder-claims", claim), ("finder-routes", route)))
        for claim in claims
        for route in routes
    ]
    topics = [Row(f"topic-{topic}", "topics", (("topics", topic),)) for topic in kb.vocabularies["topics"]]
    rules = [Row(f"rules-{topic}", "rules", (("topics", topic),)) for topic in RULES]
    rows = (
        *(Row(key, "position") for key in ("regulates_ev", "position", "authorities", "profile")),
        *classes,
        *(Row(key, "pathways") for key in ("pathways", "not_regulated")),
        *topics,
        *rules,
        *(Row(key, "activity") for key in ("documents", "latest", "enforcement", "trials", "questions", "unknown")),
    )
    return tuple(row for row in rows if row.key in used)


def _ordered(kb: KnowledgeBase, vocabulary: str) -> list[str]:
    """The codes of a vocabulary; «any», the widest, first."""
    return sorted(kb.vocabularies[vocabulary], key=lambda code: code != "any")
