"""Items of a news feed (RSS 1.0, RSS 2.0, Atom, by feedparser) or of a page that lists news (by CSS selectors)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import feedparser
from bs4 import BeautifulSoup, Tag

from kb.models.base import Localized
from kb.problems import Message, shorten
from scrapers import dates, faults, reading
from scrapers.fetching.answer import Answer
from scrapers.fetching.content import check_kind
from scrapers.register import Feed, ListMarks
from scrapers.sources.news_feeds_days import OF_FEEDS, day_and_doubt
from scrapers.sources.notices import web_address
from scrapers.texts import html_text, one_line

#: ``date_form`` of a list in sources.yaml -> reader.
DATE_FORMS: Mapping[str, Callable[[Any], str]] = {
    "iso": dates.iso, "iso-moment": dates.iso_moment, "japanese": dates.japanese, "english": dates.english,
    "day-month-year": dates.day_month_year, "month-day-year": dates.month_day_year, "year-month-day": dates.year_month_day,
}  # fmt: skip
#: Root elements of RSS 2.0 and its forerunners, RSS 1.0 and Atom, whatever namespace they give or forget.
_ROOTS = ("rss", "RDF", "feed")
#: Length of a title made of the text of an item that has none. Characters.
_TITLE = 120
#: e-Gov public comment, wire section 7: escaped HTML with «受付締切日時：2026/09/25 00:00<br/>», which ends the day before.
_COMMENT_UNTIL = re.compile(r"受付締切日時?[:：]\s*(\d{4}/\d\d?/\d\d?)( \d\d:\d\d)?")
#: There too; its dc:date is the same moment in UTC, written «2026-06-09T15:00:Z»: the day before.
_PUBLISHED = re.compile(r"(?:結果|案)の公示日[:：]\s*(\d{4}/\d\d?/\d\d?)")


_NO_LINK = Localized(
    en="The item has no address of its own: look for it on the page.",
    ja="項目に固有のアドレスがないため、ページ内で探す必要がある。",
)


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news. ``text`` serves to sort it and is not kept."""

    title: str
    link: str
    text: str = ""
    day: str | None = None
    comment_until: str | None = None
    doubts: tuple[Localized, ...] = ()
    has_own_link: bool = True

    @property
    def id(self) -> str:
        """What tells it from the other items; without an address of its own, its title does."""
        return self.link if self.has_own_link else f"{self.link} «{self.title}»"


def items_of(answer: Answer, feed: Feed) -> list[Item]:
    """The items in their order.

    Raises:
        SourceFault: no feed or list of the form in sources.yaml.
    """
    return _of_feed(answer) if feed.select is None else _of_list(answer, feed.select)


def _of_feed(answer: Answer) -> list[Item]:
    # Some publishers label feeds as HTML or not at all, so the first characters decide.
    check_kind(answer.source, answer.url, "xml", "", answer.body)
    root = reading.xml_of(answer)  # Whole, well-formed and without entities of its own; feedparser is milder.
    if root.tag.rpartition("}")[2] not in _ROOTS:
        raise faults.unexpected(
            answer.source,
            answer.url,
            Message("An XML document that is no feed.", "フィードではないXML文書である。"),
            Message("RSS 1.0, RSS 2.0 or Atom.", "RSS 1.0、RSS 2.0又はAtomを想定している。"),
        )
    # The encoding that the document declares, not that of the header: servers that add one of their own are often wrong.
    parsed = feedparser.parse(BytesIO(answer.body), response_headers={"content-type": "application/xml"})
    home = _link(parsed.feed)
    return [_feed_item(answer, entry, home, f"item {number}") for number, entry in enumerate(parsed.entries, 1)]


def _feed_item(answer: Answer, entry: Mapping[str, Any], home: str, place: str) -> Item:
    """An item; RSS 2.0 requires only one of title and description, and no link."""
    text = "\n".join(dict.fromkeys(html_text(part) for part in _texts(entry)))
    title = one_line(html_text(str(entry.get("title") or "")))
    link = _link(entry)
    stated = _PUBLISHED.search(text)
    day, doubt = day_and_doubt(stated[1] if stated else entry.get("published") or entry.get("updated"), OF_FEEDS)
    doubts = ([doubt] if doubt else []) + ([] if link else [_NO_LINK])
    return Item(
        _required(answer, title or shorten(one_line(text), _TITLE), f"{place}: title"),
        web_address(answer, link or home or answer.url),
        text,
        day,
        _comment_until(text),
        tuple(doubts),
        has_own_link=bool(link),
    )


def _comment_until(text: str) -> str | None:
    found = _COMMENT_UNTIL.search(text)
    day = day_and_doubt(found[1], (dates.year_month_day,))[0] if found else None
    return f"{day}{found[2] or ''}" if found and day else None


def _link(part: Mapping[str, Any]) -> str:
    """Its own address; an id serves as one unless it is a bare number or a tag (RFC 4151)."""
    given = any(link.get("rel") == "alternate" and link.get("href") for link in part.get("links") or ())
    link = str(part.get("link") or "").strip()
    return link if given or re.match(r"https?://", link, re.IGNORECASE) else ""


def _texts(entry: Mapping[str, Any]) -> Iterator[str]:
    yield str(entry.get("summary") or "")
    for part in entry.get("content") or ():
        yield str(part.get("value") or "")


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
    day, doubt = day_and_doubt(one_line(html_text(str(date))) if date else None, (_date_form(answer, marks),))
    return Item(
        _required(answer, shown, f"{place}: {marks.title}"),
        web_address(answer, _required(answer, target, f"{place}: {marks.link}")),
        one_line(html_text(str(row))),
        day,
        doubts=(doubt,) if doubt else (),
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
