"""iCalendar (RFC 5545): ends of consultations and days on which rules come into force or begin to apply."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kb.analysis.recorded import DEADLINE
from kb.analysis.timeline import Row, timeline
from kb.partial_dates import first_day
from publish.feeds.items import address, moment
from publish.places import path_of
from publish.safe_text import visible
from publish.site import Site
from publish.timeline_words import kind_word, places, subject

if TYPE_CHECKING:
    from icalendar import Event

#: Kinds of events that people put into a calendar.
KINDS = (DEADLINE, "effective", "applies-from")
#: Name of the calendar with everything.
WHOLE = "evreg"


class Dates(NamedTuple):
    """What a calendar holds, and what it cannot hold."""

    exact: tuple[Row, ...]
    #: Rows of the same kinds whose day is not known: a calendar would have to invent one.
    partial: int


def calendar_dates(site: Site, code: str | None = None) -> Dates:
    """The dates of one jurisdiction, or of all, oldest first."""
    wanted = [
        row
        for row in reversed(timeline(site.kb))
        if row.shown.kind in KINDS and (code is None or code in row.jurisdictions)
    ]
    exact = tuple(row for row in wanted if row.exact)
    return Dates(exact, len(wanted) - len(exact))


def calendar_codes(site: Site) -> list[str]:
    """Jurisdictions whose calendar is not empty, by name."""
    codes = {code for row in calendar_dates(site).exact for code in row.jurisdictions}
    return sorted(codes, key=lambda code: (site.label("jurisdictions", code), code))


def calendar_path(code: str | None) -> str:
    """Path from the root of the language."""
    return f"calendar/{(code or WHOLE).lower()}.ics"


def calendar(site: Site, code: str | None, title: str) -> bytes:
    """One calendar; the time stamps are the days on which the entries were verified, so builds repeat."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//EVReg//EVReg//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", visible(title))
    for row in calendar_dates(site, code).exact:
        made.add_component(_event(site, row))
    written: bytes = made.to_ical()
    return written


def _event(site: Site, row: Row) -> Event:
    from icalendar import Event

    entry, made = subject(site, row), Event()
    colon = ": " if site.language == "en" else ":"
    stamp = moment(max(site.kb.entry(key).review.verified for key in row.entries))
    made.add("uid", f"{row.name}@evreg")
    made.add("dtstamp", stamp)
    made.add("last-modified", stamp)
    made.add("dtstart", first_day(row.date))
    made.add("summary", visible(f"{kind_word(site, row.shown.kind)}{colon}{site.title(entry)}"))
    made.add("description", visible(_description(site, row)))
    made.add("transp", "TRANSPARENT")
    made.add("categories", [row.shown.kind])
    link = address(site.site_url, site.language, path_of(entry))
    if link:
        made.add("url", link)
    return made


def _description(site: Site, row: Row) -> str:
    own = site.text(row.shown.title) if row.shown.title else site.text(subject(site, row).summary)
    return " / ".join(part for part in (places(site, row), own) if part)
