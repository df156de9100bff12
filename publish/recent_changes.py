"""The recent changes that a site can show, for its page and its feeds."""

from __future__ import annotations

from kb.analysis.changes import EntryChange
from kb.analysis.recent_changes import Day, Recent, recent_changes
from publish.site import Site

#: The page of changes, from the root of the language.
CHANGES_PATH = "changes/"


def recent_of(site: Site) -> Recent | None:
    """The recent changes of the entries that the site shows; None when it was built without history."""
    found = recent_changes(site.checkout / "kb") if site.checkout else None
    if found is None:
        return None
    days = (day._replace(changes=day.changes._replace(entries=_of_this_site(site, day))) for day in found.days)
    return found._replace(days=tuple(day for day in days if day.changes.entries))


def _of_this_site(site: Site, day: Day) -> tuple[EntryChange, ...]:
    """A checkout may be used to build another knowledge base, whose entries its history does not know."""
    gone = ("removed", "merged")
    return tuple(
        change for change in day.changes.entries if change.kind in gone or site.kb.resolve(change.key[1], change.key[0])
    )
