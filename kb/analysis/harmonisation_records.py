"""The harmonisation view as plain data, for the files of the site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kb.analysis.harmonisation import Agreement, Harmonisation, Position
from kb.knowledge_base import KnowledgeBase
from kb.statistics import as_of

_FIGURES = ("rank", "asking", "asking_or_mentioning", "compared", "share_asking", "level_agreement", "explicit")


def headings(found: Harmonisation) -> list[str]:
    """The columns of the table form."""
    codes = [member.code for member in found.panel]
    return ["attribute", "attribute_en", "attribute_ja", *_FIGURES, *codes, "elsewhere", "international"]


def lines(kb: KnowledgeBase, found: Harmonisation) -> Iterator[list[str]]:
    """One row of texts for each attribute: its figures (shares from 0 to 1) and the answer of each jurisdiction compared."""
    for rank, agreement in found.ranking:
        yield _line(kb, rank, agreement)


def as_json(kb: KnowledgeBase, found: Harmonisation) -> str:
    """The panel and every attribute with the ids of the statements behind each answer."""
    data = {
        "as_of": as_of(kb.guidelines.values()),
        "panel": [
            {
                "jurisdiction": member.code,
                "coverage": member.coverage,
                "documents": member.documents,
                "statements": member.statements,
            }
            for member in found.panel
        ],
        "not_surveyed": found.not_surveyed,
        "attributes": [_record(kb, rank, agreement) for rank, agreement in found.ranking],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _figures(rank: int, agreement: Agreement) -> dict[str, Any]:
    level = agreement.level_agreement
    values = (
        rank,
        len(agreement.asking),
        agreement.taking_up,
        len(agreement.panel),
        round(agreement.share_asking, 4),
        None if level is None else round(level, 4),
        agreement.explicit,
    )
    return dict(zip(_FIGURES, values, strict=True))


def _line(kb: KnowledgeBase, rank: int, agreement: Agreement) -> list[str]:
    title = kb.attributes[agreement.attribute].title
    figures = ["" if value is None else str(value) for value in _figures(rank, agreement).values()]
    elsewhere = "; ".join(f"{position.jurisdiction} {position.answer}" for position in agreement.others)
    answers = [position.answer for position in agreement.panel]
    return [agreement.attribute, title.en, title.ja, *figures, *answers, elsewhere, agreement.international.answer]


def _record(kb: KnowledgeBase, rank: int, agreement: Agreement) -> dict[str, Any]:
    title = kb.attributes[agreement.attribute].title
    return {
        "attribute": agreement.attribute,
        "title": {"en": title.en, "ja": title.ja},
        **_figures(rank, agreement),
        "positions": [_position(position) for position in agreement.panel],
        "elsewhere": [_position(position) for position in agreement.others],
        "international": _position(agreement.international),
    }


def _position(position: Position) -> dict[str, Any]:
    return {
        "jurisdiction": position.jurisdiction,
        "answer": position.answer,
        "statements": [item.id for item in position.statements],
    }
