"""What changed: the last weeks day by day, as far as the build could see the history."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from kb.analysis.changes import EntryChange
from kb.analysis.differences import FieldChange
from kb.analysis.recent_changes import WINDOW_DAYS, Day, Recent
from publish.change_words import entry_title, kind_words, line
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place
from publish.recent_changes import CHANGES_PATH, recent_of
from publish.safe_text import html
from publish.site import Site
from publish.templating import render
from publish.values import Values


def pages(site: Site) -> Iterator[Page]:
    """The one page of changes."""
    say, recent = Phrases(site, "changes"), recent_of(site)
    values = Values(site, Place(site.language, CHANGES_PATH).root)
    body = [_head(site, values, recent)]
    for day in recent.days if recent else ():
        body += [heading(str(_plain_date(site, day.day)), f"d{day.day}"), _day(site, values, day)]
    if recent and not recent.days:
        body.append(block(html(say("nothing"))))
    yield Page(
        path=CHANGES_PATH,
        title=say("title"),
        description=say("description"),
        body="\n\n".join(body) + "\n",
        styles=("assets/styles/changes.css",),
    )


def _plain_date(site: Site, day: str) -> str:
    return str(Values(site, "./").date(day).striptags())


def _head(site: Site, values: Values, recent: Recent | None) -> str:
    say = Phrases(site, "changes")
    notes = [say("no_history")]
    if recent:
        notes = [say.html("window", days=WINDOW_DAYS, day=values.date(recent.until))]
        notes += [] if recent.complete else [say("window_cut")]
    links = [(say("subscribe"), f"{values.root}feeds/")] if recent else []
    return page_head(site, values.root, say("title"), say("about"), links=links, template="changes_head", notes=notes)


def _day(site: Site, values: Values, day: Day) -> str:
    say, labels = Phrases(site, "changes"), site.labels
    total = len(day.changes.entries)
    if not day.examined:
        rows = [
            (labels.collection(name), " · ".join(f"{say(f'kind_{kind}')} {count}" for kind, count in kinds.items()))
            for name, kinds in day.changes.counts().items()
        ]
        note = say("began" if day.began else "summarised", n=total)
        return block(render("changes_counted", note=note, rows=rows))
    groups = [
        (labels.collection(name), [_entry(site, values, change) for change in changes])
        for name, changes in groupby(day.changes.entries, key=lambda change: change.key[0])
    ]
    return block(render("changes_day", groups=groups, absent=say("absent"), plain_note=say("plain_note")))


def _entry(site: Site, values: Values, change: EntryChange) -> dict[str, Any]:
    entry = site.kb.resolve(change.key[1], change.key[0])
    return {
        "kind": change.kind,
        "words": kind_words(site, change),
        "link": values.entry(entry) if entry else html(entry_title(site, change)),
        "plain": change.plain,
        "fields": [_field(site, change, field) for field in change.fields],
    }


def _field(site: Site, change: EntryChange, field: FieldChange) -> dict[str, Any]:
    made = line(site, change.key[0], field)
    only = Phrases(site, "changes")(f"only_{made.only}") if made.only else ""
    return {"name": made.field, "before": made.before, "after": made.after, "only": only, "language": made.only}
