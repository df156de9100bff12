"""Works of the Crossref REST API (https://api.crossref.org/swagger-ui, wire section 4, Crossref)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from scrapers import dates
from scrapers.fetching.answer import Answer
from scrapers.reading import Record, json_of, model_of
from scrapers.sources.aftermath import Notice, Weight
from scrapers.texts import html_text, one_line

#: Types of updates (Crossref documentation, «Updates»); publishers may send others, which are shown as they are.
WEIGHTS: dict[str, Weight] = {
    "retraction": "retraction",
    "partial_retraction": "retraction",
    "withdrawal": "retraction",
    "removal": "retraction",
    "expression_of_concern": "concern",
    "correction": "correction",
    "corrigendum": "correction",
    "erratum": "correction",
}


class _Envelope(Record):
    status: Literal["ok"]
    message_type: Annotated[Literal["work", "work-agency"], Field(alias="message-type")]
    message: dict[str, Any]


class _Updated(Record):
    date_parts: Annotated[str | None, BeforeValidator(dates.date_parts), Field(alias="date-parts")] = None


class Update(Record):
    """One later notice; it stands in ``updated-by`` of the article it is about."""

    doi: Annotated[str, Field(alias="DOI", min_length=1)]
    type: Annotated[str, Field(min_length=1)]
    label: str | None = None
    source: str | None = None
    updated: _Updated | None = None

    @property
    def notice(self) -> Notice:
        """The notice with its weight."""
        name = self.type.lower().replace("-", "_")
        on = self.updated.date_parts if self.updated else None
        said = {"retraction-watch": ", Retraction Watch"}.get(self.source or "", "")
        return Notice(WEIGHTS.get(name, "other"), f"{one_line(self.label or self.type)}{said}", f"DOI {self.doi}", on)


class Work(Record):
    """What is compared with our entries.

    ``update-to`` is left out on purpose: it stands on a notice and names another article.
    """

    doi: Annotated[str, Field(alias="DOI", min_length=1)]
    type: str | None = None
    title: list[str] = Field([])
    subtitle: list[str] = Field([])
    original_title: list[str] = Field([], alias="original-title")
    short_title: list[str] = Field([], alias="short-title")
    updated_by: list[Update] = Field([], alias="updated-by")

    @property
    def titles(self) -> tuple[str, ...]:
        """Every title under which the work may be cited, without markup."""
        main = [*self.title, *self.original_title, *self.short_title]
        both = [f"{title} {subtitle}" for title in self.title for subtitle in self.subtitle]
        return tuple(dict.fromkeys(text for text in (one_line(html_text(item)) for item in (*main, *both)) if text))


class Agency(Record):
    """Who registers a DOI."""

    id: str
    label: str | None = None


class _AgencyOf(Record):
    agency: Agency


def work_of(answer: Answer) -> Work:
    """The work of a ``/works/{doi}`` answer.

    Raises:
        SourceFault: the envelope or a field is not as documented.
    """
    return model_of(answer, _message(answer), Work, at="message")


def agency_of(answer: Answer) -> Agency:
    """The agency of a ``/works/{doi}/agency`` answer.

    Raises:
        SourceFault: the envelope or a field is not as documented.
    """
    return model_of(answer, _message(answer), _AgencyOf, at="message").agency


def _message(answer: Answer) -> dict[str, Any]:
    return model_of(answer, json_of(answer), _Envelope).message
