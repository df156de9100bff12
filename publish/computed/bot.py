"""``/bot/``: what the program asks of other people's servers, on whose terms, and how to stop it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from kb.register_summary import FeedSummary, SourceSummary, register_summary
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place
from publish.safe_text import html, trusted, web_address
from publish.site import Site
from publish.tables import Column, table
from publish.values import Values

PATH = "bot/"
#: The token by which robots.txt files name the program; the scrapers send it, a test compares.
PRODUCT = "EVReg"
_CONDUCT = ("name", "robots", "pace", "again", "keeps", "entries")
#: Ways of access by which a program may ask without a person.
_UNATTENDED = ("api", "open")


def pages(site: Site) -> Iterator[Page]:
    """The one page, from the terms register."""
    say, values = Phrases(site, "bot"), Values(site, Place(site.language, PATH).root)
    sources = list(register_summary().values())
    asked = [source for source in sources if source.access in _UNATTENDED]
    read_by_people = [source for source in sources if source.access not in _UNATTENDED]
    feeds = [feed for source in sources for feed in source.feeds]
    body = [
        page_head(site, values.root, say("title"), say("about")),
        heading(say("conduct"), "conduct"),
        block(_conduct(say)),
    ]
    body += [heading(say("stop"), "stop"), block(_stop(say, values))]
    if asked:
        body += [heading(say("asked"), "asked"), _list(values, asked, _columns(site, values, by_hand=False))]
    if feeds:
        body += [heading(say("feeds"), "feeds"), _list(values, feeds, _feed_columns(site, values))]
    if read_by_people:
        body += [heading(say("by_hand"), "by-hand"), block(html(say("by_hand_about")))]
        body.append(_list(values, read_by_people, _columns(site, values, by_hand=True)))
    yield Page(
        path=PATH,
        title=say("title"),
        description=say("description"),
        body="\n\n".join(body) + "\n",
        meta={"hide": ["navigation", "toc"]},
    )


def _conduct(say: Phrases) -> Markup:
    agent = Markup("<code>{}/…</code>").format(PRODUCT)
    items = (say.html(f"conduct_{name}", agent=agent) for name in _CONDUCT)
    return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(item) for item in items))


def _stop(say: Phrases, values: Values) -> Markup:
    # &#10; because a block is one line of Markdown.
    lines = Markup("&#10;").join((f"User-agent: {PRODUCT}", "Disallow: /"))
    link = Markup('<a href="{}report/">{}</a>').format(values.root, say("report"))
    return Markup("<p>{}</p><pre><code>{}</code></pre><p>{}</p>").format(say("stop_about"), lines, link)


def _list(values: Values, records: Sequence[SourceSummary | FeedSummary], columns: Sequence[Column]) -> str:
    return block(trusted(f'<div class="ev-list">{table(values, records, columns)}</div>'))


def _columns(site: Site, values: Values, *, by_hand: bool) -> tuple[Column, ...]:
    say = Phrases(site, "bot")

    def name(source: SourceSummary) -> Markup:
        where = (source.base or "").partition("://")[2]
        return Markup("{} {}").format(site.text(source.title), Markup("<code>{}</code>").format(where) if where else "")

    def terms(source: SourceSummary) -> Markup:
        read = source.terms.read
        state = say.html("terms_read", day=values.date(read)) if read else html(say("terms_not_read"))
        link = _link(source.terms.url, say("terms_link")) if source.terms.url else None
        return Markup("{} ({})").format(site.text(source.terms.says), Markup(", ").join(filter(None, (link, state))))

    last = (
        Column(say("how"), lambda source: html(site.text(source.by_hand) if source.by_hand else ""), "ev-wide")
        if by_hand
        else Column(say("schedule"), lambda source: html(say(f"schedule_{source.schedule}")), "ev-narrow")
    )
    return (
        Column(say("source"), name, "ev-name"),
        Column(say("access"), lambda source: html(say(f"access_{source.access}"))),
        *(
            ()
            if by_hand
            else (Column(say("pace"), lambda source: html(say("seconds", n=f"{source.pace:g}")), "ev-narrow"),)
        ),
        last,
        Column(say("terms"), terms, "ev-wide"),
        Column(say("attribution"), lambda source: html(site.text(source.attribution)), "ev-wide"),
    )


def _feed_columns(site: Site, values: Values) -> tuple[Column, ...]:
    say = Phrases(site, "bot")
    return (
        Column(say("source"), lambda feed: _link(feed.url, site.text(feed.publisher)), "ev-name"),
        Column(say("jurisdiction"), lambda feed: html(site.label("jurisdictions", feed.jurisdiction))),
        Column(say("terms"), lambda feed: html(site.text(feed.terms) if feed.terms else ""), "ev-wide"),
    )


def _link(address: str | None, words: str) -> Markup:
    safe = web_address(address)
    return (
        Markup('<a class="ev-out" href="{}" rel="noopener noreferrer nofollow">{}</a>').format(safe, words)
        if safe
        else html(words)
    )
