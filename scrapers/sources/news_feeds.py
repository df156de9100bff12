"""News of authorities: every feed and list of ``sources.yaml`` (``feeds``), sorted by the EV words of all languages.

A feed that cannot be read does not silence the others: it stands in the search protocol with the reason, and only when
none of them can be read the source itself is at fault.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.models.base import Localized
from kb.proposals import Proposal
from kb.searches import Excluded, Search
from scrapers import faults, reading
from scrapers.ev_words import EvReading, read_text
from scrapers.register import Feed
from scrapers.source import SourceModule, Visit
from scrapers.sources.news_feeds_items import Item, items_of
from scrapers.sources.notices import Confidence, jurisdiction_entry, localized, notice, slug

#: What a text must be about to be shown to a person, and how sure that is.
_SHOWN: dict[str, Confidence] = {"vesicles": "high", "secretome": "medium"}
#: Another thing of the same name, or a marker that is measured: named in the search protocol with the reason.
_LEFT_OUT = ("noise", "biomarker")


def discover(visit: Visit) -> Iterator[Proposal]:
    """A notice for each item that speaks of vesicles or secretome and that no entry cites yet.

    Raises:
        SourceFault: no feed at all could be read, or the register names a jurisdiction without a profile.
    """
    cited = {source.url for entry in visit.kb for source in entry.sources}
    first: faults.SourceFault | None = None
    heard = 0
    for feed in visit.source.feeds:
        entry = jurisdiction_entry(visit, feed.jurisdiction)
        try:
            found = _items(visit, feed)
        except faults.SourceFault as fault:
            first = first or fault
            visit.searches.append(_silent(visit, feed, fault))
            continue
        heard += 1
        yield from _proposals(visit, feed, entry, found, cited)
    if first is not None and not heard:
        raise first


def _items(visit: Visit, feed: Feed) -> list[Item]:
    answer = visit.fetch.get(feed.url, accept="any" if feed.form == "feed" else "html")
    found = items_of(answer, feed)
    reading.within(answer, len(found), visit.source.expected.get("items"), "items")
    return found


def _proposals(visit: Visit, feed: Feed, entry: str, found: list[Item], cited: set[str | None]) -> Iterator[Proposal]:
    known: list[str] = []
    proposed: list[str] = []
    excluded: dict[str, Excluded] = {}
    for item in found:
        verdict = read_text(item.title, item.text)
        if item.id in (*known, *proposed) or (visit.since and item.day and item.day < visit.since.isoformat()):
            continue
        if verdict.verdict in _LEFT_OUT:
            excluded[item.id] = Excluded(id=item.id, reason=localized(verdict.reason))
        elif verdict.verdict in _SHOWN and item.id in cited:
            known.append(item.id)
        elif verdict.verdict in _SHOWN:
            proposed.append(item.id)
            yield _notice(visit, feed, entry, item, verdict)
    visit.searches.append(
        Search(
            source=visit.source.name,
            key=feed.id,
            query=feed.url,
            on=visit.today.isoformat(),
            hits=len(known) + len(proposed) + len(excluded),
            known=tuple(known),
            proposed=tuple(proposed),
            excluded=tuple(excluded.values()),
        )
    )


def _notice(visit: Visit, feed: Feed, entry: str, item: Item, verdict: EvReading) -> Proposal:
    until_en = f" Comments until {item.comment_until}." if item.comment_until else ""
    until_ja = f"意見募集の締切は{item.comment_until}。" if item.comment_until else ""
    reasons = [localized(verdict.reason), *item.doubts]
    if feed.terms:
        reasons.append(feed.terms)
    return notice(
        visit,
        slug(feed.id, item.id),
        entry,
        Localized(
            en=f"{feed.publisher.en}{f', {item.day}' if item.day else ''}: «{item.title}».{until_en}",
            ja=f"{feed.publisher.ja}{f'、{item.day}' if item.day else ''}「{item.title}」。{until_ja}",
        ),
        item.link,
        f"{item.title} {item.link} {item.day} {item.comment_until}",
        confidence=_SHOWN[verdict.verdict],
        reasons=reasons,
    )


def _silent(visit: Visit, feed: Feed, fault: faults.SourceFault) -> Search:
    """A feed that said nothing is no feed without news."""
    reason = Localized(en=f"Not read: {fault.found.en}", ja=f"読み取れなかった。{fault.found.ja}")
    return Search(
        source=visit.source.name,
        key=feed.id,
        query=feed.url,
        on=visit.today.isoformat(),
        hits=0,
        excluded=(Excluded(id=feed.url, reason=reason),),
    )


MODULE = SourceModule("news", discover=discover)
