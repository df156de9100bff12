"""Answers of openFDA (https://open.fda.gov/apis/, field reference of the enforcement endpoints; wire section 5)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from scrapers import dates
from scrapers.fetching.answer import Answer
from scrapers.reading import Record, json_of, model_of
from scrapers.texts import html_text, one_line


def _date(value: Any) -> str:
    """``20120815``, or ``2012-08-15`` as in the examples of the documents."""
    try:
        return dates.compact(value)
    except ValueError:
        return dates.iso(value)


def _optional_date(value: Any) -> str | None:
    return None if value in (None, "") else _date(value)


def _status(value: Any) -> Any:
    """The field reference writes «On-Going», the records «Ongoing»."""
    return "Ongoing" if value == "On-Going" else value


def _words(value: Any) -> Any:
    return one_line(html_text(value)) if isinstance(value, str) else value


Date = Annotated[str | None, BeforeValidator(_optional_date)]
Words = Annotated[str, BeforeValidator(_words)]


class Results(Record):
    """Position and size of a list."""

    skip: int = 0
    limit: int
    total: int


class Meta(Record):
    """What openFDA says about its answer; ``results`` is absent for counts."""

    last_updated: Annotated[str, BeforeValidator(dates.iso)]
    results: Results


class Recall(Record):
    """One product in one recall; an empty text stands for no value."""

    recall_number: Words | None = None
    event_id: Annotated[str, Field(min_length=1)]
    status: Annotated[Literal["Ongoing", "Completed", "Terminated", "Pending"], BeforeValidator(_status)]
    classification: Literal["Class I", "Class II", "Class III", "Not Yet Classified"]
    product_type: Words
    recalling_firm: Words
    product_description: Words
    reason_for_recall: Words
    report_date: Annotated[str, BeforeValidator(_date)]
    recall_initiation_date: Date = None
    termination_date: Date = None
    voluntary_mandated: Words | None = None
    distribution_pattern: Words | None = None
    country: Words | None = None

    @property
    def number(self) -> str:
        """The recall's own number; old records and those not yet classified have only that of the event."""
        return self.recall_number or f"event {self.event_id} {self.report_date}"


class Page(Record):
    """One answer to a search."""

    meta: Meta
    results: list[dict[str, Any]]


class _NoMatch(Record):
    code: Literal["NOT_FOUND"]


class _NotFound(Record):
    error: _NoMatch


def page_of(answer: Answer) -> Page | None:
    """The page of an answer; None when the source says 404 NOT_FOUND, which means that nothing matches.

    Raises:
        SourceFault: any other error, or a form that is not documented.
    """
    data = json_of(answer)
    if answer.status == 404:
        model_of(answer, data, _NotFound)
        return None
    return model_of(answer, data, Page)
