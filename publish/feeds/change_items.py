"""The recent changes as items of feeds."""

from __future__ import annotations

from kb.analysis.changes import EntryChange
from kb.analysis.recent_changes import Day
from kb.statistics import jurisdictions_of
from publish.change_words import entry_title, kind_words, line
from publish.feeds.items import Item
from publish.phrases import Phrases
from publish.places import path_of
from publish.recent_changes import CHANGES_PATH, recent_of
from publish.site import Site


def change_items(site: Site) -> list[Item] | None:
    """One item for each changed entry and day, the latest first; None when the site was built without history."""
    recent = recent_of(site)
    if recent is None:
        return None
    return [item for day in recent.days for item in (_entries(site, day) if day.examined else [_whole(site, day)])]


def _whole(site: Site, day: Day) -> Item:
    """A day with too many changes to list."""
    say, counts = Phrases(site, "changes"), day.changes.counts()
    text = say("began" if day.began else "summarised", n=len(day.changes.entries))
    return Item(
        name=f"changes/{day.day}",
        title=f"{day.day}: {say('title')}",
        text=text,
        updated=day.day,
        published=day.day,
        path=f"{CHANGES_PATH}#d{day.day}",
        tags=tuple(counts),
        scopes=frozenset(),
    )


def _entries(site: Site, day: Day) -> list[Item]:
    return [_item(site, day.day, change) for change in day.changes.entries]


def _item(site: Site, day: str, change: EntryChange) -> Item:
    entry = site.kb.resolve(change.key[1], change.key[0])
    places = jurisdictions_of(entry) if entry else ()
    colon = ": " if site.language == "en" else ":"
    return Item(
        name=f"changes/{day}/{'/'.join(change.key)}",
        title=f"{kind_words(site, change)}{colon}{entry_title(site, change)}",
        text=_text(site, change),
        updated=day,
        published=day,
        path=path_of(entry) if entry else f"{CHANGES_PATH}#d{day}",
        tags=(change.kind, change.key[0]),
        scopes=frozenset((change.key[0], *places)),
    )


def _text(site: Site, change: EntryChange) -> str:
    absent = Phrases(site, "changes")("absent")
    colon = ": " if site.language == "en" else ":"
    lines = [line(site, change.key[0], field) for field in change.fields]
    return " / ".join(f"{item.field}{colon}{item.before or absent} → {item.after or absent}" for item in lines)
