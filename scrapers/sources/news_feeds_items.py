"""Items of a news feed (RSS 1.0, RSS 2.0, Atom, by feedparser) or of a page that lists news (by CSS selectors)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import feedparser
from bs4 import BeautifulSoup, Tag

from kb.models.base import Localized
from kb.problems import Message, shorten
from scrapers import dates, faults, reading
from scrapers.fetching.answer import Answer
from scrapers.register import Feed, ListMarks
from scrapers.sources.notices import web_address
from scrapers.texts import html_text, one_line

#: ``date_form`` of a list in sources.yaml -> reader.
DATE_FORMS: Mapping[str, Callable[[Any], str]] = {
    "iso": dates.iso, "iso-moment": dates.iso_moment, "japanese": dates.japanese, "english": dates.english,
    "day-month-year": dates.day_month_year, "month-day-year": dates.month_day_year, "year-month-day": dates.year_month_day,
}  # fmt: skip
#: dc:date and Atom (RFC 3339), RSS 2.0 (RFC 5322); anything else is not guessed.
_FEED_DATES = (dates.iso_moment, dates.mail, dates.iso)
#: e-Gov public comment, wire section 7: escaped HTML with «受付締切日時：2026/09/25 00:00<br/>».
_COMMENT_UNTIL = re.compile(r"受付締切日時?[:：]\s*(\d{4}/\d\d?/\d\d?)")


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news. ``text`` serves to sort it and is not kept."""

    title: str
    link: str
    text: str = ""
    day: str | None = None
    comment_until: str | None = None
    doubt: Localized | None = None


def items_of(answer: Answer, feed: Feed) -> list[Item]:
    """The items in their order.

    Raises:
        SourceFault: no feed or list of the form in sources.yaml.
    """
    return _of_feed(answer) if feed.select is None else _of_list(answer, feed.select)


def _of_feed(answer: Answer) -> list[Item]:
    reading.xml_of(answer)  # Whole, well-formed and without entities of its own; feedparser is milder.
    parsed = feedparser.parse(BytesIO(answer.body), response_headers={"content-type": answer.content_type})
    if not parsed.version:
        raise faults.unexpected(
            answer.source,
            answer.url,
            Message("An XML document that is no feed.", "フィードではないXML文書である。"),
            Message("RSS 1.0, RSS 2.0 or Atom.", "RSS 1.0、RSS 2.0又はAtomを想定している。"),
        )
    return [_feed_item(answer, entry, f"item {number}") for number, entry in enumerate(parsed.entries, 1)]


def _feed_item(answer: Answer, entry: Mapping[str, Any], place: str) -> Item:
    title = one_line(html_text(_required(answer, entry.get("title"), f"{place}: title")))
    text = html_text(str(entry.get("summary") or ""))
    day, doubt = _day(entry.get("published") or entry.get("updated"), _FEED_DATES)
    until = _COMMENT_UNTIL.search(text)
    return Item(
        _required(answer, title, f"{place}: title"),
        web_address(answer, _required(answer, entry.get("link"), f"{place}: link")),
        text,
        day,
        _day(until[1], (dates.year_month_day,))[0] if until else None,
        doubt,
    )


def _of_list(answer: Answer, marks: ListMarks) -> list[Item]:
    rows = BeautifulSoup(answer.text, "html.parser").select(marks.item)
    if not rows:
        raise _missing(answer, f"an element «{marks.item}»")
    return [_list_item(answer, row, marks, f"item {number}") for number, row in enumerate(rows, 1)]


def _list_item(answer: Answer, row: Tag, marks: ListMarks, place: str) -> Item:
    title, link = row.select_one(marks.title), row.select_one(marks.link)
    shown = one_line(html_text(str(title))) if title else ""
    target = link.get("href") if link else None
    date = row.select_one(marks.date) if marks.date else None
    day, doubt = _day(one_line(html_text(str(date))) if date else None, (_date_form(answer, marks),))
    return Item(
        _required(answer, shown, f"{place}: {marks.title}"),
        web_address(answer, _required(answer, target, f"{place}: {marks.link}")),
        one_line(html_text(str(row))),
        day,
        doubt=doubt,
    )


def _date_form(answer: Answer, marks: ListMarks) -> Callable[[Any], str]:
    form = marks.date_form or "iso"
    if form in DATE_FORMS:
        return DATE_FORMS[form]
    raise faults.unexpected(
        answer.source,
        answer.url,
        Message(f"date_form is «{shorten(form)}».", f"date_formが「{shorten(form)}」である。"),
        Message(f"One of: {', '.join(DATE_FORMS)}.", f"次のいずれかとする: {'、'.join(DATE_FORMS)}。"),
        Message("Correct scrapers/sources.yaml.", "scrapers/sources.yamlを訂正する。"),
    )


def _day(written: Any, readers: tuple[Callable[[Any], str], ...]) -> tuple[str | None, Localized | None]:
    """A day, or a remark that the source's own way of writing it is not known."""
    if not written:
        return None, None
    for read in readers:
        try:
            return read(written), None
        except ValueError:
            continue
    shown = shorten(written, 40)
    return None, Localized(
        en=f"The date «{shown}» is not in a known form and was left out.",
        ja=f"日付「{shown}」は既知の形式でないため記載していない。",
    )


def _required(answer: Answer, value: Any, what: str) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise _missing(answer, f"«{what}»")


def _missing(answer: Answer, what: str) -> faults.SourceFault:
    return faults.unexpected(
        answer.source,
        answer.url,
        Message(f"There is no {what}.", f"{what}がない。"),
        Message(
            "Items with title and link, as in sources.yaml.",
            "sources.yamlのとおり、題名とリンクのある項目を想定している。",
        ),
    )
