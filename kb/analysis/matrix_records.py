"""The matrix as plain data, for the files of the site and for ``evreg matrix``: the same bytes in both places."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kb.analysis.matrix import Cell, Matrix
from kb.analysis.statements import Statement
from kb.knowledge_base import KnowledgeBase
from kb.models.core import Entry
from kb.statistics import as_of

#: The columns of the table form, one row for each statement.
COLUMNS = (
    "attribute", "attribute_en", "attribute_ja", "topic", "jurisdiction", "document", "document_en", "document_ja",
    "level", "basis", "legal_force", "status", "applies_to_ev", "counted", "grades_cell", "subject_en", "subject_ja",
    "statement_en", "statement_ja", "sources",
)  # fmt: skip


def lines(kb: KnowledgeBase, found: Matrix) -> Iterator[list[str]]:
    """One row of texts for each statement, in the order of :data:`COLUMNS`.

    ``counted`` is ``today``, ``prepared``, ``past``, ``unclear`` or ``outside``; ``grades_cell`` is 1 for the statement from
    which the cell takes its grade, else 0.
    """
    for record in _lines(kb, found):
        yield [str(record[name]) for name in COLUMNS]


def as_json(kb: KnowledgeBase, found: Matrix) -> str:
    """Rows, columns and filled cells, each with its grade and its statements; indented, Japanese as it is."""
    return json.dumps(as_data(kb, found), ensure_ascii=False, indent=1) + "\n"


def as_data(kb: KnowledgeBase, found: Matrix) -> dict[str, Any]:
    """The record behind :func:`as_json`; ``as_of`` is the latest day on which a document was compared with its sources."""
    return {
        "by": found.by,
        "as_of": as_of(kb.guidelines.values()),
        "rows": [_axis(kb, found, row, 0) for row in found.rows],
        "columns": [_axis(kb, found, column, 1) for column in found.columns],
        "cells": [_cell(cell) for cell in found.cells.values()],
    }


def _axis(kb: KnowledgeBase, found: Matrix, key: str, side: int) -> dict[str, Any]:
    if found.by == "topic":
        words = kb.vocabularies[("topics", "jurisdictions")[side]][key]
        return {"id": key, "title": {"en": words["en"], "ja": words["ja"]}}
    entry: Entry = kb.guidelines[key] if side else kb.attributes[key]
    place = {"jurisdiction": kb.guidelines[key].jurisdiction} if side else {"category": kb.attributes[key].category}
    return {"id": key, "title": _pair(entry.title), **place}


def _cell(cell: Cell) -> dict[str, Any]:
    grade = _marks(cell.grade)
    return {
        "row": cell.row,
        "column": cell.column,
        **grade,
        "statements": [_statement(item) for item in cell.statements],
    }


def _marks(item: Statement) -> dict[str, str]:
    return {
        "level": item.requirement.level,
        "basis": item.requirement.basis,
        "legal_force": item.guideline.legal_force,
        "status": item.guideline.status,
        "applies_to_ev": item.guideline.applies_to_ev,
        "counted": item.counted,
    }


def _statement(item: Statement) -> dict[str, Any]:
    requirement = item.requirement
    record: dict[str, Any] = {
        "id": item.id,
        "document": item.guideline.id,
        "jurisdiction": item.jurisdiction,
        "topic": requirement.topic,
        "attribute": item.attribute,
        "subject": _pair(requirement.subject) if requirement.subject else None,
    }
    return record | _marks(item) | {"statement": _pair(requirement.statement), "sources": source_records(item)}


def source_records(item: Statement) -> list[dict[str, Any]]:
    """The sources of a statement with title, address and how much of them was read."""
    named = {source.key: source for source in item.guideline.sources}
    return [
        {
            "title": source.title,
            "url": source.url or (f"https://doi.org/{source.doi}" if source.doi else None),
            "read": source.read,
            "accessed": source.accessed,
        }
        for key in item.requirement.sources
        if (source := named.get(key))
    ]


def _lines(kb: KnowledgeBase, found: Matrix) -> Iterator[dict[str, Any]]:
    for cell in found.cells.values():
        for item in cell.statements:
            requirement, title = item.requirement, item.guideline.title
            attribute = kb.attributes[item.attribute].title if item.attribute else None
            yield _marks(item) | {
                "attribute": item.attribute or "",
                "attribute_en": attribute.en if attribute else "",
                "attribute_ja": attribute.ja if attribute else "",
                "topic": requirement.topic,
                "jurisdiction": item.jurisdiction,
                "document": item.guideline.id,
                "document_en": title.en,
                "document_ja": title.ja,
                "grades_cell": int(item is cell.grade),
                "subject_en": requirement.subject.en if requirement.subject else "",
                "subject_ja": requirement.subject.ja if requirement.subject else "",
                "statement_en": requirement.statement.en,
                "statement_ja": requirement.statement.ja,
                "sources": " ".join(source["url"] or source["title"] for source in source_records(item)),
            }


def _pair(value: Any) -> dict[str, str]:
    return {"en": value.en, "ja": value.ja}
