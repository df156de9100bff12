"""CSL-JSON, which Zotero, Pandoc and citeproc read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from publish.data.references import Reference, Type
from publish.safe_text import visible

#: Types of CSL 1.0.2.
TYPES: Final[dict[Type, str]] = {
    "article": "article-journal",
    "trial": "dataset",
    "document": "document",
    "web": "webpage",
    "news": "article-newspaper",
    "entry": "entry-encyclopedia",
    "dataset": "dataset",
}


def csl(references: Iterable[Reference]) -> list[dict[str, Any]]:
    """References as CSL-JSON items."""
    return [_item(reference) for reference in references]


def _item(reference: Reference) -> dict[str, Any]:
    container = reference.type in ("article", "news")
    told: dict[str, Any] = {
        "id": reference.key,
        "type": TYPES[reference.type],
        "title": visible(reference.title),
        "author": [{"literal": reference.author}] if reference.author else None,
        "container-title": reference.publisher if container else None,
        "publisher": None if container else reference.publisher,
        "issued": _date(reference.published),
        "accessed": _date(reference.accessed),
        "version": reference.version,
        "URL": reference.url,
        "DOI": reference.doi,
        "PMID": reference.pmid,
        "language": reference.language,
        "note": reference.note,
    }
    return {name: value for name, value in told.items() if value}


def _date(date: str | None) -> dict[str, list[list[int]]] | None:
    """``{"date-parts": [[2024, 5]]}``: as many parts as are known."""
    return {"date-parts": [[int(part) for part in date.split("-")]]} if date else None
