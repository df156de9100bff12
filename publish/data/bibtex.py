"""BibTeX, written by pybtex."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Final

from pybtex.database import BibliographyData, Entry
from pybtex.database.output.bibtex import Writer

from publish.data.references import Reference, Type
from publish.safe_text import visible

#: Types that every BibTeX style knows.
TYPES: Final[dict[Type, str]] = {
    "article": "article",
    "trial": "misc",
    "document": "misc",
    "web": "misc",
    "news": "misc",
    "entry": "misc",
    "dataset": "misc",
}
_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
#: Fields that styles set verbatim (``\\url``): escapes would break them.
_VERBATIM: Final = frozenset({"url", "doi"})
#: The library takes texts for LaTeX already and leaves these as they are; here they are only characters.
_SPECIAL: Final = str.maketrans(
    {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$"}
)
_NOT_VERBATIM = re.compile(r"[\\{}\"\s]")


class _Writer(Writer):  # type: ignore[misc] # the library has no types
    """Leaves addresses as they are."""

    def _write_field(self, stream: io.StringIO, type: str, value: str) -> None:  # noqa: A002 - the base class's name
        if type in _VERBATIM:
            stream.write(f",\n    {type} = {{{value}}}")
        else:
            super()._write_field(stream, type, value)


def bibtex(references: Iterable[Reference]) -> str:
    """References as BibTeX in UTF-8."""
    stream = io.StringIO()
    entries = [
        (reference.key, Entry(TYPES[reference.type], list(_fields(reference).items()))) for reference in references
    ]
    _Writer(encoding="UTF-8").write_stream(BibliographyData(entries), stream)
    return stream.getvalue()


def _fields(reference: Reference) -> dict[str, str]:
    year, month, *_ = [*(reference.published or "").split("-"), ""]
    publisher = "journal" if reference.type == "article" else "publisher"
    told = {
        # A corporate author is one name, which the second pair of braces keeps together.
        "author": reference.author,
        "title": reference.title,
        publisher: reference.publisher,
        "year": year,
        "month": _MONTHS[int(month) - 1] if month else None,
        "version": reference.version,
        "doi": reference.doi,
        "url": reference.url,
        "urldate": reference.accessed,
        "pmid": reference.pmid,
        "language": reference.language,
        "note": reference.note,
    }
    return {name: _text(name, value) for name, value in told.items() if value}


def _text(name: str, value: str) -> str:
    if name in _VERBATIM:
        return _NOT_VERBATIM.sub(lambda match: f"%{ord(match[0]):02X}", visible(value))
    escaped = visible(value).translate(_SPECIAL)
    return f"{{{escaped}}}" if name == "author" else escaped
