"""Documents of the Federal Register API (https://www.federalregister.gov/developers/documentation/api/v1; wire section 5)."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from scrapers import dates
from scrapers.ev_words import EvReading, read_text
from scrapers.fetching.answer import Answer
from scrapers.reading import Record, json_of, model_of
from scrapers.texts import html_text, one_line

#: ``type``, complete (source of the API, Entry::ENTRY_TYPES).
Type = Literal[
    "Rule", "Proposed Rule", "Notice", "Presidential Document", "Correction", "Uncategorized Document",
    "Sunshine Act Document",
]  # fmt: skip
#: Asked for by name; an unknown name is refused with 400. ``public_inspection_pdf_url`` is left out: it changes daily.
FIELDS = (
    "title", "type", "abstract", "document_number", "html_url", "publication_date", "agencies", "excerpts", "action",
    "dates", "comments_close_on", "effective_on", "docket_ids", "citation",
)  # fmt: skip

#: Docket number of regulations.gov.
DOCKET = re.compile(r"[A-Z]{2,8}-\d{4}-[A-Z]{1,3}-\d{4,5}")
_DASHES = re.compile("[\u2010-\u2015]")


def _plain(value: Any) -> Any:
    return one_line(html_text(value)) if isinstance(value, str) else value


def _iso(value: Any) -> str | None:
    return None if value is None else dates.iso(value)


Words = Annotated[str | None, BeforeValidator(_plain)]
Day = Annotated[str | None, BeforeValidator(_iso)]


class Agency(Record):
    """An agency; one that the office does not know has only ``raw_name``."""

    name: str | None = None
    raw_name: str | None = None
    slug: str | None = None


class Document(Record):
    """One document; excerpts are the places where the search words stand."""

    document_number: Annotated[str, Field(min_length=1)]
    title: Annotated[str, BeforeValidator(_plain), Field(min_length=1)]
    type: Type
    html_url: Annotated[str, Field(pattern=r"^https?://[^\s@]+$")]
    publication_date: Annotated[str, BeforeValidator(dates.iso)]
    agencies: list[Agency] = Field([])
    abstract: Words = None
    excerpts: Words = None
    action: Words = None
    dates_text: Annotated[Words, Field(alias="dates")] = None
    citation: str | None = None
    comments_close_on: Day = None
    effective_on: Day = None
    docket_ids: list[str] | None = None

    @property
    def issuers(self) -> str:
        """Names of the agencies, the narrowest last."""
        names = (one_line(agency.name or agency.raw_name or "") for agency in self.agencies)
        return ", ".join(dict.fromkeys(name for name in names if name))

    @property
    def reading(self) -> EvReading:
        """What title, abstract and excerpts say of vesicles."""
        return read_text(*(text for text in (self.title, self.abstract, self.excerpts) if text))

    @property
    def dockets(self) -> frozenset[str]:
        """Docket numbers without the words around them: ``Docket Nos. FDA-2014-D-1584 and FDA-2014-D-1696``."""
        texts = (_DASHES.sub("-", one_line(text).upper()) for text in self.docket_ids or ())
        return frozenset(number for text in texts for number in DOCKET.findall(text))


class Page(Record):
    """One answer; without hits ``results`` and ``total_pages`` are absent."""

    count: Annotated[int, Field(ge=0)]
    total_pages: int | None = None
    next_page_url: str | None = None
    results: list[dict[str, Any]] | None = None


def page_of(answer: Answer) -> tuple[Page, list[Document]]:
    """Page and documents of an answer.

    Raises:
        SourceFault: a field or a type of document that is not documented.
    """
    page = model_of(answer, json_of(answer), Page)
    rows = page.results or []
    return page, [model_of(answer, row, Document, at=f"results[{place}]") for place, row in enumerate(rows)]
