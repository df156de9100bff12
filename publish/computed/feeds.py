"""Feeds and calendars, and the page that lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from kb.models import COLLECTIONS
from kb.statistics import as_of
from publish.computed import timeline
from publish.feeds import atom, json_feed
from publish.feeds.calendar import calendar, calendar_codes, calendar_dates, calendar_path
from publish.feeds.change_items import change_items
from publish.feeds.items import LIMIT, Feed, Item
from publish.feeds.scopes import scope_word, scoped_feeds, scopes_of
from publish.feeds.timeline_items import timeline_items
from publish.labels import LANGUAGES
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place, localized_path
from publish.recent_changes import CHANGES_PATH
from publish.safe_text import html, trusted
from publish.site import Site
from publish.tables import Column, table
from publish.values import Values

PATH = "feeds/"


def files(site: Site) -> Mapping[str, str | bytes]:
    """Every feed and calendar in the site's language; the empty day stands for a knowledge base without entries."""
    made: dict[str, str | bytes] = {}
    day = as_of(site.kb) or "1970"
    for feed in _feeds(site):
        stem = localized_path(site.language, feed.stem)
        made[stem + atom.ENDING] = atom.atom(feed, site.language, site.site_url, day)
        made[stem + json_feed.ENDING] = json_feed.json_feed(feed, site.language, site.site_url)
    title = site.labels.phrase("feeds", "calendar_title")
    for code in (None, *calendar_codes(site)):
        name = f"{title} · {site.label('jurisdictions', code)}" if code else title
        made[localized_path(site.language, calendar_path(code))] = calendar(site, code, name)
    return made


def _feeds(site: Site) -> Iterator[Feed]:
    labels = site.labels
    yield from scoped_feeds(site, "timeline", labels.phrase("timeline", "title"), timeline.PATH, timeline_items(site))
    items = change_items(site)
    if items is not None:
        yield from scoped_feeds(site, "changes", labels.phrase("changes", "title"), CHANGES_PATH, items)


class _Row(NamedTuple):
    """A line of the list: what can be had for one scope."""

    words: str
    stem: str
    timeline: bool
    changes: bool
    calendar: bool


def pages(site: Site) -> Iterator[Page]:
    """The page that lists all feeds and calendars, with how to subscribe."""
    say, values = Phrases(site, "feeds"), Values(site, Place(site.language, PATH).root)
    groups = _groups(site)
    body = [_head(site, values)]
    for anchor, rows in groups:
        if rows:
            body += [heading(say(anchor), anchor.replace("_", "-")), block(_table(site, values, rows), "ev-list")]
    yield Page(
        path=PATH,
        title=say("title"),
        description=say("description"),
        body="\n\n".join(body) + "\n",
        meta={"hide": ["toc"]},
        styles=("assets/styles/timeline.css",),
    )


def _head(site: Site, values: Values) -> str:
    say, dates = Phrases(site, "feeds"), calendar_dates(site)
    notes = [
        say("how_feed", n=LIMIT),
        say("how_calendar"),
        say("how_partial", count=len(dates.exact), n=dates.partial),
        *([] if change_items(site) is not None else [say("no_history")]),
    ]
    return page_head(
        site, values.root, say("title"), say("about"), template="timeline_feeds_head", how=say("how"), notes=notes
    )


def _groups(site: Site) -> list[tuple[str, list[_Row]]]:
    events, changed = timeline_items(site), change_items(site)
    both: Sequence[Item] = [*events, *(changed or ())]
    of_events, of_changes = set(scopes_of(site, events)), set(scopes_of(site, changed or ()))
    with_dates = {*calendar_codes(site)}
    rows = [
        _Row(scope_word(site, scope), f"-{scope.lower()}", scope in of_events, scope in of_changes, scope in with_dates)
        for scope in scopes_of(site, both)
    ]
    collections = {f"-{name}" for name in COLLECTIONS}
    return [
        ("all", [_Row(Phrases(site, "feeds")("all"), "", True, changed is not None, True)]),
        ("by_collection", [row for row in rows if row.stem in collections]),
        ("by_jurisdiction", [row for row in rows if row.stem not in collections]),
    ]


def _table(site: Site, values: Values, rows: list[_Row]) -> Markup:
    say = Phrases(site, "feeds")

    def feed(name: str, row: _Row) -> Markup:
        stem = f"feeds/{name}{row.stem}"
        return _links(site, [("Atom", stem + atom.ENDING), ("JSON", stem + json_feed.ENDING)])

    columns = (
        Column(say("scope"), lambda row: html(row.words), "ev-name"),
        Column(say("timeline"), lambda row: feed("timeline", row) if row.timeline else Markup("")),
        Column(say("changes"), lambda row: feed("changes", row) if row.changes else Markup("")),
        Column(
            say("calendar"),
            lambda row: _links(site, [("iCalendar", _calendar(row))]) if row.calendar else Markup(""),
        ),
    )
    return table(values, rows, columns)


def _calendar(row: _Row) -> str:
    return calendar_path(row.stem.removeprefix("-") or None)


def _links(site: Site, files_: list[tuple[str, str]]) -> Markup:
    """Links to the files in both languages, the reader's own first."""
    say, root = Phrases(site, "feeds"), Place(site.language, PATH).site_root
    lines = []
    for language in sorted(LANGUAGES, key=lambda language: language != site.language):
        links = " ".join(f'<a href="{root}{localized_path(language, path)}">{name}</a>' for name, path in files_)
        lines.append(f'<span class="ev-feeds-line">{html(say(f"language_{language}"))}: {links}</span>')
    return trusted("<br>".join(lines))
