"""``/report-harm/``: where to ask about a treatment or an advertisement, and where to report harm, place by place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from kb.models.jurisdictions import Jurisdiction, ReportingRoute
from kb.statistics import as_of
from publish.comparisons import surveyed
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place
from publish.safe_text import html, trusted
from publish.site import Site
from publish.tables import Column, table
from publish.values import Values

PATH = "report-harm/"
STYLE = "assets/styles/public.css"
_SHEET = "report_harm"
_FIRST = ("doctor", "keep", "write", "tell")


def anchor(profile: Jurisdiction) -> str:
    """Where the places of one jurisdiction stand on the page."""
    return f"place-{profile.id}"


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    say, values = Phrases(site, _SHEET), Values(site, Place(site.language, PATH).root)
    profiles = surveyed(site)
    known = [profile for profile in profiles if profile.reporting]
    unknown = [profile for profile in profiles if not profile.reporting]
    body = [
        page_head(
            site,
            values.root,
            say("title"),
            say("about"),
            links=[
                *((site.text(profile.name), f"#{anchor(profile)}") for profile in known),
                (say("before"), f"{values.root}before-you-pay/"),
            ],
        ),
        heading(say("first"), "first"),
        block(_first(say), "ev-public"),
        heading(say("by_place"), "by-place"),
        block(_counted(site, values, len(known), len(profiles)), "ev-public"),
    ]
    for profile in known:
        body += [
            heading(site.text(profile.name), anchor(profile), level=3),
            block(_routes(site, values, profile), "ev-public"),
        ]
    if unknown:
        body += [heading(say("unknown"), "unknown"), block(_unknown(site, values, unknown), "ev-public")]
    body.append(block(Markup('<p class="ev-rule">{} {}</p>').format(say("not_us"), say("not_advice")), "ev-public"))
    yield Page(PATH, say("title"), "\n\n".join(body) + "\n", say("description"), {"hide": ["navigation"]}, (STYLE,))


def _first(say: Phrases) -> Markup:
    items = Markup("").join(Markup("<li>{}</li>").format(say(f"first_{name}")) for name in _FIRST)
    return Markup('<ol class="ev-ask">{}</ol>').format(items)


def _counted(site: Site, values: Values, known: int, every: int) -> Markup:
    say, day = Phrases(site, _SHEET), as_of(surveyed(site))
    if not known:
        return Markup("<p>{}</p>").format(say("all_unknown"))
    return Markup("<p>{}</p>").format(say.html("counted", known=known, all=every, day=values.date(day)))


def _routes(site: Site, values: Values, profile: Jurisdiction) -> Markup:
    say = Phrases(site, _SHEET)

    def body(route: ReportingRoute) -> Markup:
        # The original name stands outside the link, which values.outside gives only to an http(s) address.
        shown = values.outside(route.url, site.text(route.body))
        return shown if not route.body.original else shown + Markup(" ({})").format(html(route.body.original))

    columns = (
        Column(say("body"), body, "ev-name"),
        Column(say("what"), lambda route: values.name(route.what), "ev-wide"),
        Column(say("source"), lambda route: _sources(site, values, profile, route), "ev-wide"),
    )
    more = say("more", place=site.text(profile.name))
    return Markup('<div class="ev-list">{}</div><p>{}</p>').format(
        table(values, profile.reporting, columns), values.entry(profile, html(more))
    )


def _sources(site: Site, values: Values, profile: Jurisdiction, route: ReportingRoute) -> Markup:
    say = Phrases(site, _SHEET)
    shown = [
        Markup("{} ({})").format(
            values.outside(source.url, source.title), say.html("read", day=values.date(source.accessed))
        )
        for source in profile.sources
        if source.key in route.sources
    ]
    return Markup("<br>").join(shown)


def _unknown(site: Site, values: Values, profiles: Sequence[Jurisdiction]) -> Markup:
    say = Phrases(site, _SHEET)
    items = trusted("").join(
        Markup("<li>{}</li>").format(values.entry(profile, html(site.text(profile.name)))) for profile in profiles
    )
    help_ = Markup('<a href="{}report/">{}</a>').format(values.root, say("unknown_help"))
    return Markup('<p>{}</p><ul class="ev-phrases">{}</ul><p>{}</p>').format(say("unknown_about"), items, help_)
