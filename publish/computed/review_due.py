"""``/review/due/``: what is overdue, what is due this month and in the three months after, and how many later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from kb.checks.partial_dates import months_later
from kb.models.core import Entry
from kb.review.agenda import in_month
from publish.computed.review_tables import CSV, STYLES, ReviewTables
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.places import localized_path
from publish.safe_text import html, trusted
from publish.site import Site
from publish.tables import Column, table

PATH = "review/due/"
#: Months after the present one that are listed entry by entry.
_AHEAD = 3
#: Entries under one heading; a month in which more fall due shows the first of them.
_SHOWN = 100
Due = tuple[date, Entry]


def due_page(site: Site) -> Page:
    """The page in the site's language, reckoned from the day of the latest comparison with sources."""
    tables = ReviewTables(site, PATH)
    say = tables.say
    body = [_head(tables)]
    if tables.as_of:
        body += _section(tables, say("overdue"), "overdue", [item for item in tables.dues if item[0] < tables.today])
        this = [item for item in tables.dues if item[0] >= tables.today and in_month(item[0], tables.today)]
        body += _section(tables, say("due_section", month=_month(site, tables.today)), "this-month", this)
        for later in range(1, _AHEAD + 1):
            month = months_later(tables.today.replace(day=1), later)
            found = [item for item in tables.dues if in_month(item[0], month)]
            body += _section(tables, _month(site, month), f"month-{month:%Y-%m}", found)
        body += [heading(say("ahead"), "ahead"), block(_ahead(tables))]
    return Page(
        path=PATH,
        title=say("due_title"),
        description=_about(tables),
        body="\n\n".join(body) + "\n",
        styles=STYLES,
        meta={"hide": ["navigation"]},
    )


def _about(tables: ReviewTables) -> str:
    if not tables.as_of:
        return tables.say("due_about_empty")
    return tables.say("due_about", month=_month(tables.site, tables.today))


def _head(tables: ReviewTables) -> str:
    say, root = tables.say, tables.place.root
    day = tables.values.date(tables.as_of) if tables.as_of else Markup("–")
    return page_head(
        tables.site,
        root,
        say("due_title"),
        _about(tables),
        crumbs=[(say("title"), f"{root}review/")],
        links=[(say("csv"), f"{tables.place.site_root}{localized_path(tables.site.language, CSV)}")],
        template="quality_head",
        as_of=say.html("as_of", day=day),
        figures=[],
    )


def _section(tables: ReviewTables, title: str, anchor: str, found: Sequence[Due]) -> list[str]:
    return [heading(f"{title} ({len(found):,})", anchor), block(_due_table(tables, found))]


def _due_table(tables: ReviewTables, found: Sequence[Due]) -> Markup:
    say, values, site = tables.say, tables.values, tables.site
    if not found:
        return html(say("due_none"))
    columns = (
        Column(say("entry"), lambda item: values.entry(item[1]), "ev-wide ev-name"),
        Column(say("collection"), lambda item: html(site.labels.collection(item[1].COLLECTION))),
        Column(say("due_on"), lambda item: values.date(item[0].isoformat()), "ev-narrow"),
        Column(say("status"), lambda item: values.field(item[1].review, "status"), "ev-narrow"),
        Column(say("confidence"), lambda item: values.field(item[1], "confidence"), "ev-narrow"),
    )
    shown = found[:_SHOWN]
    more = Markup("")
    if len(found) > len(shown):
        more = Markup('<p class="ev-dq-note">{}</p>').format(say("due_more", n=len(shown), total=len(found)))
    return more + trusted(f'<div class="ev-list">{table(values, shown, columns)}</div>')


def _ahead(tables: ReviewTables) -> Markup:
    """Number of entries by month, for as long as the terms reach."""
    say = tables.say
    months = Counter((day.year, day.month) for day, _ in tables.dues if day >= tables.today)
    columns = (
        Column(say("month"), lambda row: tables.values.date(f"{row[0][0]}-{row[0][1]:02}")),
        Column(say("entries"), lambda row: tables.values.number(row[1]), "ev-narrow"),
    )
    note = Markup('<p class="ev-dq-note">{}</p>').format(say("ahead_note"))
    rows = sorted(months.items())
    return note + (table(tables.values, rows, columns) if rows else html(say("due_none")))


def _month(site: Site, day: date) -> str:
    return f"{day.year}年{day.month}月" if site.language == "ja" else f"{day:%B %Y}"
