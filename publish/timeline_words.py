"""One row of the timeline in words, for the page, the feeds and the calendars."""

from __future__ import annotations

from kb.analysis.recorded import OWN_KINDS
from kb.analysis.timeline import Row
from kb.models.core import Entry
from publish.site import Site


def kind_word(site: Site, kind: str) -> str:
    """The reader's word for a kind of event."""
    return site.labels.phrase("timeline", f"kind_{kind}") if kind in OWN_KINDS else site.label("event-kinds", kind)


def subject(site: Site, row: Row) -> Entry:
    """The entry that a row is about."""
    return site.kb.entry(row.entries[0])


def said(site: Site, row: Row) -> str:
    """What happened: the record's own words, or the kind and the title of the document for a bare date."""
    if row.shown.title is not None:
        return site.text(row.shown.title)
    colon = ": " if site.language == "en" else ":"
    return f"{kind_word(site, row.shown.kind)}{colon}{site.title(subject(site, row))}"


def places(site: Site, row: Row) -> str:
    """The jurisdictions of a row in words."""
    return ("、" if site.language == "ja" else ", ").join(
        site.label("jurisdictions", code) for code in row.jurisdictions
    )
