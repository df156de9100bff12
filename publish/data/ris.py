"""RIS, written by rispy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import rispy

from publish.data.references import Reference, Type
from publish.safe_text import visible

TYPES: Final[dict[Type, str]] = {
    "article": "JOUR",
    "trial": "DATA",
    "document": "GOVDOC",
    "web": "ELEC",
    "news": "NEWS",
    "entry": "ENCYC",
    "dataset": "DATA",
}


class _Writer(rispy.RisWriter):  # type: ignore[misc] # the library has no types
    """Writes no numbers between the records, which some programs do not expect."""

    def set_header(self, count: int) -> str:
        return ""


def ris(references: Iterable[Reference]) -> str:
    """References as RIS in UTF-8."""
    text: str = rispy.dumps([_record(reference) for reference in references], implementation=_Writer)
    return text.lstrip("\n")


def _record(reference: Reference) -> dict[str, Any]:
    publisher = "journal_name" if reference.type == "article" else "publisher"
    told: dict[str, Any] = {
        "id": reference.key,
        "authors": [visible(reference.author)] if reference.author else None,
        "title": reference.title,
        publisher: reference.publisher,
        "year": (reference.published or "")[:4],
        "date": _date(reference.published),
        "access_date": _date(reference.accessed),
        "edition": reference.version,
        "doi": reference.doi,
        "urls": [visible(reference.url)] if reference.url else None,
        "accession_number": f"PMID:{reference.pmid}" if reference.pmid else None,
        "language": reference.language,
        "notes": [visible(reference.note)] if reference.note else None,
    }
    record = {name: visible(value) if isinstance(value, str) else value for name, value in told.items() if value}
    return {"type_of_reference": TYPES[reference.type]} | record


def _date(date: str | None) -> str:
    """``YYYY/MM/DD`` with as many parts as are known."""
    return (date or "").replace("-", "/")
