"""``/search-protocol/``: which words are looked for where, what was found, what was taken or left out, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from kb.analysis.search_protocol import SourceProtocol, search_protocol
from kb.excluded import excluded_records
from kb.query_words import query_words
from kb.register_summary import SourceSummary
from publish.computed.search_protocol_csv import search_protocol_csv
from publish.computed.search_protocol_tables import ProtocolTables
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place, localized_path
from publish.safe_text import html, trusted
from publish.site import Site
from publish.tables import Column, table
from publish.templating import render
from publish.values import Values

PATH = "search-protocol/"
_CSV = f"{PATH}records.csv"
_STYLES = ("assets/styles/folded.css", "assets/styles/protocol.css")


def pages(site: Site) -> Iterator[Page]:
    """The one page, from what the searches left in the knowledge base.

    Raises:
        EvregError: when a search, the decisions or a list beside them cannot be read.
    """
    say, values = Phrases(site, "search_protocol"), Values(site, Place(site.language, PATH).root)
    kept = _kept(site)
    body = [_head(site, values, kept)]
    body += [heading(say("searches"), "searches"), *_searches(site, values, kept)]
    body += [heading(say("words"), "words"), *_words(say)]
    body += [heading(say("by_hand"), "by-hand"), block(_by_hand(site, values))]
    unsearched = [source for name, source in site.register.items() if not _has_search(name, kept)]
    if unsearched:
        body += [heading(say("without"), "without"), block(_without(site, values, unsearched))]
    yield Page(
        path=PATH,
        title=say("title"),
        description=say("description"),
        body="\n\n".join(body) + "\n",
        styles=_STYLES,
        meta={"hide": ["navigation"]},
    )


def files(site: Site) -> Mapping[str, str | bytes]:
    """Every record of every search."""
    return {localized_path(site.language, _CSV): search_protocol_csv(site, _kept(site))}


def _kept(site: Site) -> tuple[SourceProtocol, ...]:
    return search_protocol(site.kb.root, tuple(site.register)) if site.kb.root else ()


def _has_search(name: str, kept: Sequence[SourceProtocol]) -> bool:
    return any(item.searches for item in kept if item.source == name)


def _head(site: Site, values: Values, kept: Sequence[SourceProtocol]) -> str:
    say = Phrases(site, "search_protocol")
    searches = [search for item in kept for search in item.searches]
    counts = {
        "searches": len(searches),
        "hits": sum(search.hits for search in searches),
        "proposed": sum(len(search.proposed) for search in searches),
        "excluded": sum(len(search.excluded) for search in searches),
    }
    links = [
        (say("link_methodology"), f"{values.root}methodology/"),
        (say("link_sources"), f"{values.root}sources/"),
        (say("link_bot"), f"{values.root}bot/"),
    ]
    if searches:
        links.append((say("link_csv"), f"{Place(site.language, PATH).site_root}{localized_path(site.language, _CSV)}"))
    latest = max((search.on for search in searches), default="")
    return page_head(
        site,
        values.root,
        say("title"),
        say("about"),
        links=links,
        template="protocol_head",
        figures=[(values.number(count), say(f"figure_{name}")) for name, count in counts.items() if searches],
        note=say.html("figure_note", day=values.date(latest)) if searches else say("none_kept"),
    )


def _searches(site: Site, values: Values, kept: Sequence[SourceProtocol]) -> Iterator[str]:
    say, tables = Phrases(site, "search_protocol"), ProtocolTables(site, values)
    yield block(Markup("<p>{}</p>").format(say("searches_about" if kept else "searches_none")))
    for item in kept:
        source = site.register.get(item.source)
        yield heading(site.text(source.title) if source else item.source, f"source-{item.source}", 3)
        yield block(tables.source(item), "ev-list")


def _words(say: Phrases) -> Iterator[str]:
    groups = query_words()
    yield block(Markup("<p>{}</p>").format(say("words_about" if groups else "words_none")))
    for group, languages in groups.items():
        shown = [(say(f"language_{language}"), ", ".join(words)) for language, words in languages.items()]
        yield heading(say(f"group_{group}"), f"words-{group}", 3)
        yield block(render("protocol_words", about=say(f"group_{group}_about"), languages=shown))


def _by_hand(site: Site, values: Values) -> Markup:
    say = Phrases(site, "search_protocol")
    records = excluded_records(site.kb.root) if site.kb.root else ()
    columns = (
        Column(say("what"), lambda record: values.name(record.title), "ev-wide ev-name"),
        Column(say("id"), lambda record: html(record.id)),
        Column(say("reason"), lambda record: values.name(record.reason), "ev-wide"),
        Column(say("day"), lambda record: values.date(record.on), "ev-narrow"),
    )
    listed = trusted(f'<div class="ev-list">{table(values, records, columns)}</div>') if records else None
    return Markup("<p>{}</p>{}").format(say("by_hand_about" if records else "by_hand_none"), listed or "")


def _without(site: Site, values: Values, sources: Sequence[SourceSummary]) -> Markup:
    say, bot = Phrases(site, "search_protocol"), Phrases(site, "bot")
    columns = (
        Column(say("source"), lambda source: html(site.text(source.title)), "ev-name"),
        Column(say("schedule"), lambda source: html(bot(f"schedule_{source.schedule}"))),
        Column(say("how"), lambda source: html(site.text(source.by_hand) if source.by_hand else ""), "ev-wide"),
    )
    listed = trusted(f'<div class="ev-list">{table(values, sources, columns)}</div>')
    return Markup("<p>{}</p>{}").format(say("without_about"), listed)
