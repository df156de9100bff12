"""The world map: how each jurisdiction regulates EV products, as a drawing, a list and a table of figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from kb.analysis.jurisdiction_record import JurisdictionRecord, records
from kb.models.jurisdictions import Jurisdiction
from publish.comparisons import surveyed
from publish.computed.world_shapes import HEIGHT, WIDTH, world_shapes
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place, path_of
from publish.safe_text import html, trusted
from publish.site import Site
from publish.tables import Column, table
from publish.templating import render
from publish.values import Values

PATH = "map/"
STYLE = "assets/styles/map.css"
#: The level of everything without a profile; no code of ``ev-regulation``.
NOT_SURVEYED = "not-surveyed"


class Level(NamedTuple):
    """One way of regulating EVs, and who does so."""

    code: str
    label: str
    profiles: tuple[Jurisdiction, ...]


def pages(site: Site) -> Iterator[Page]:
    """The page with the large map and the figures of every jurisdiction."""
    say, place = Phrases(site, "map"), Place(site.language, PATH)
    values, found = Values(site, place.root), records(site.kb)
    body = [
        page_head(
            site,
            place.root,
            say("title"),
            say("about"),
            template="world_map_head",
            counted=_counted(site, values),
            compare=say("compare"),
        ),
        block(world_map(site, place), "ev-map-whole"),
        heading(say("table"), "table"),
        block(_surveyed(site, values, found), "ev-list"),
    ]
    others = {
        code: record
        for code, record in found.items()
        if not record.profile and (record.guidelines or record.enforcement or record.trials)
    }
    if others:
        body += [heading(say("others"), "others"), block(_others(site, values, others), "ev-list")]
    yield Page(
        PATH,
        say("title"),
        "\n\n".join(body) + "\n",
        say("description"),
        {"hide": ["navigation", "toc"]},
        (STYLE,),
    )


def levels(site: Site) -> list[Level]:
    """The levels in the order of their vocabulary, with their jurisdictions in the order of theirs."""
    standing = surveyed(site)
    return [
        Level(
            code,
            site.label("ev-regulation", code),
            tuple(profile for profile in standing if profile.regulates_ev == code),
        )
        for code in site.kb.vocabularies["ev-regulation"]
    ]


def world_map(site: Site, place: Place) -> Markup:
    """The drawing with its legend, which names and links every jurisdiction surveyed."""
    say, shapes, found = Phrases(site, "map"), world_shapes(), levels(site)
    on_map = {profile.code for level in found for profile in level.profiles} & shapes.keys()
    land = trusted("".join(shape.path for code, shape in shapes.items() if code not in on_map))
    return render(
        "world_map",
        width=WIDTH,
        height=HEIGHT,
        drawing=say("drawing"),
        land=land,
        places=[
            {
                "address": f"{place.root}{path_of(profile)}",
                "name": f"{site.text(profile.name)}: {level.label}",
                "code": level.code,
                "shape": shapes[profile.code],
            }
            for level in found
            for profile in level.profiles
            if profile.code in on_map
        ],
        levels=[
            {
                "code": level.code,
                "label": level.label,
                "places": [
                    (f"{place.root}{path_of(profile)}", site.text(profile.name), profile.code in on_map)
                    for profile in level.profiles
                ],
            }
            for level in found
        ],
        not_surveyed=say(NOT_SURVEYED),
        legend=say("legend"),
        off_map=say("off_map"),
        note=say("off_map_note"),
    )


def _counted(site: Site, values: Values) -> Markup:
    days = sorted(profile.as_of for level in levels(site) for profile in level.profiles)
    say = Phrases(site, "map")
    if not days:
        return html(site.labels.say("none_here"))
    key = "counted" if days[0] == days[-1] else "counted_range"
    return say.html(key, n=len(days), first=values.date(days[0]), day=values.date(days[-1]))


def _surveyed(site: Site, values: Values, found: Mapping[str, JurisdictionRecord]) -> Markup:
    say = Phrases(site, "map")
    rows = [profile for level in levels(site) for profile in level.profiles]
    columns = (
        Column(say("place"), lambda profile: values.entry(profile, html(site.text(profile.name))), "ev-wide ev-name"),
        Column(say("level"), lambda profile: values.field(profile, "regulates_ev")),
        Column(say("coverage"), lambda profile: values.field(profile, "coverage")),
        Column(say("as_of"), lambda profile: values.date(profile.as_of), "ev-narrow"),
        *_figures(
            values, found, lambda profile: profile.code, lambda profile, name: f"{path_of(profile)}#record-{name}"
        ),
        Column(
            say("questions"),
            lambda profile: values.number(len(profile.regulatory_questions) + len(profile.open_questions)),
            "ev-narrow ev-figure",
        ),
    )
    return table(values, rows, columns) if rows else html(site.labels.say("none_here"))


def _others(site: Site, values: Values, others: Mapping[str, JurisdictionRecord]) -> Markup:
    say, order = Phrases(site, "map"), list(site.kb.vocabularies["jurisdictions"])
    rows = sorted(others, key=order.index)
    columns = (
        Column(say("place"), lambda code: html(site.label("jurisdictions", code)), "ev-wide ev-name"),
        *_figures(values, others, lambda code: code, _group_of),
    )
    return trusted(f"<p>{html(say('others_about'))}</p>") + table(values, rows, columns)


def _group_of(code: str, collection: str) -> str:
    """Where a list page has the entries of a jurisdiction; the trials are listed by status."""
    return f"{collection}/#jurisdiction-{code.lower()}" if collection != "trials" else ""


def _figures(
    values: Values,
    found: Mapping[str, JurisdictionRecord],
    code_of: Callable[[Any], str],
    where: Callable[[Any, str], str],
) -> list[Column]:
    """Columns of numbers, each leading to what it counts."""

    def counted(key: str, collection: str, number: Callable[[JurisdictionRecord], int]) -> Column:
        def cell(row: Any) -> Markup:
            shown, target = values.number(number(found[code_of(row)])), where(row, collection)
            linked = target and shown != "0"
            return trusted(f'<a href="{values.root}{html(target)}">{shown}</a>') if linked else shown

        return Column(values.site.labels.phrase("map", key), cell, "ev-narrow ev-figure")

    return [
        counted("documents", "guidelines", lambda record: len(record.guidelines)),
        counted("requirements", "guidelines", lambda record: record.requirements),
        counted("enforcement", "enforcement", lambda record: len(record.enforcement)),
        counted("trials", "trials", lambda record: len(record.trials)),
    ]
