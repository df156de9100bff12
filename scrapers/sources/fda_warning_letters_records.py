"""FDA's table of warning letters and the page of one letter (no official description; wire section 5)."""

from __future__ import annotations

import re
from typing import Annotated, NamedTuple
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from pydantic import BeforeValidator, Field

from kb.problems import Message, shorten
from scrapers import dates
from scrapers.faults import SourceFault, unexpected
from scrapers.fetching.answer import Answer
from scrapers.reading import Record, json_of, model_of, value_of
from scrapers.texts import html_text, one_line

#: Words by which each column is known, in the order in which the table has them.
COLUMNS = ("posted", "issue", "company", "office", "subject", "response", "close", "excerpt")
#: Path of every letter's page.
LETTERS = "/warning-letters/"
#: ``<firm>-<MARCS-CMS number>-<mmddyyyy>``; old letters have no number.
_SLUG = re.compile(r"-(\d{5,7})-(\d{8})$")
_MARCS = re.compile(r"MARCS[-\s]?CMS\s*#?\s*(\d{5,7})", re.IGNORECASE)


def _number(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isdecimal() else value


Count = Annotated[int, BeforeValidator(_number), Field(ge=0)]


class Page(Record):
    """An answer to DataTables (https://datatables.net/manual/server-side); a text in ``error`` means that data are not there."""

    records_total: Annotated[Count, Field(alias="recordsTotal")]
    records_filtered: Annotated[Count, Field(alias="recordsFiltered")]
    error: None = None
    data: list[Annotated[list[str], Field(min_length=len(COLUMNS), max_length=len(COLUMNS))]]


class Row(NamedTuple):
    """One letter in the table; dates ``YYYY-MM-DD``, issued may be absent."""

    url: str
    company: str
    office: str
    subject: str
    posted: str
    issued: str | None
    closed: bool

    @property
    def marcs(self) -> str | None:
        """The number by which FDA calls the letter's case."""
        found = _SLUG.search(urlsplit(self.url).path.rstrip("/"))
        return found[1] if found and found[1].strip("0") else None


class Letter(NamedTuple):
    """What the page of a letter says."""

    heading: str
    marcs: str | None
    text: str


def rows_of(answer: Answer) -> tuple[Page, list[Row]]:
    """The rows of a page of the table.

    Raises:
        SourceFault: another number or order of columns, or a cell that is not what its column holds.
    """
    data = json_of(answer)
    page = model_of(answer, data, Page)
    return page, [_row(answer, cells, f"data[{place}]") for place, cells in enumerate(page.data)]


def check_header(answer: Answer) -> None:
    """Raise unless the table on the list page has the eight columns in the order that :func:`rows_of` reads.

    Raises:
        SourceFault: there is a table with letters and its header is another one.
    """
    for table in BeautifulSoup(answer.text, "html.parser").find_all("table"):
        names = [one_line(cell.get_text(" ")).lower() for cell in table.select("thead th")]
        if not any("letter" in name or "company" in name for name in names):
            continue
        # The excerpt is hidden on the page, so that its name may be missing.
        shown = names[:-1] if len(names) == len(COLUMNS) and not names[-1] else names
        least = len(COLUMNS) - 1
        if not least <= len(shown) <= len(COLUMNS) or any(
            word not in name for word, name in zip(COLUMNS, shown, strict=False)
        ):
            raise _changed(answer, ", ".join(names))
        return


def letter_of(answer: Answer) -> Letter:
    """Heading, number and text of a letter's page.

    Raises:
        SourceFault: the page has no heading or no body.
    """
    soup = BeautifulSoup(answer.text, "html.parser")
    heading = soup.select_one("h1.content-title") or soup.select_one("h1")
    body = soup.select_one("article.main-content") or soup.select_one("main")
    if not isinstance(heading, Tag) or not isinstance(body, Tag):
        raise unexpected(
            answer.source,
            answer.url,
            Message("A page without heading or text of a letter.", "表題又は本文のないページである。"),
            Message(
                "h1.content-title and article.main-content.", "h1.content-titleとarticle.main-contentを想定している。"
            ),
        )
    text, name = html_text(str(body)), one_line(html_text(str(heading)))
    found = _MARCS.search(f"{name}\n{text}")
    return Letter(name, found[1] if found else None, text)


def _row(answer: Answer, cells: list[str], at: str) -> Row:
    posted, issued, company, office, subject, _, closed, _ = cells
    link = BeautifulSoup(company, "html.parser").find("a", href=True)
    address = urljoin(answer.url, str(link["href"]).strip()) if isinstance(link, Tag) else ""
    if LETTERS not in address or not address.startswith(("http://", "https://")):
        raise _changed(answer, f"{at}[2]: {shorten(company)}")
    on = _day(answer, posted, f"{at}[0]")
    if on is None:
        raise _changed(answer, f"{at}[0]: {shorten(posted)}")
    return Row(
        address,
        one_line(html_text(company)),
        one_line(html_text(office)),
        one_line(html_text(subject)),
        on,
        _day(answer, issued, f"{at}[1]"),
        bool(html_text(closed)),
    )


def _day(answer: Answer, cell: str, at: str) -> str | None:
    """The day as the cell shows it; its ``datetime`` is midnight of another zone on some days."""
    shown = one_line(html_text(cell))
    if shown:
        return value_of(answer, dates.month_day_year, shown, at)
    found = BeautifulSoup(cell, "html.parser").find("time")
    stamp = found.get("datetime") if isinstance(found, Tag) else None
    return value_of(answer, dates.iso_moment, stamp, at) if stamp else None


def _changed(answer: Answer, found: str) -> SourceFault:
    return unexpected(
        answer.source,
        answer.url,
        Message(f"The table of letters is another one: {found}.", f"警告書の表が変わっている({found})。"),
        Message(f"Eight columns: {', '.join(COLUMNS)}.", f"8列({'、'.join(COLUMNS)})を想定している。"),
    )
