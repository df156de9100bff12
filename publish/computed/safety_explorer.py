"""``/explore/safety-events/``: every record of harm in one table with filters, and in charts that keep EV products apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from markupsafe import Markup

from kb.analysis import safety_events as harms
from kb.analysis.before_paying import DEATHS_AND_INFECTIONS
from kb.analysis.tally import Count
from kb.models.safety_events import SafetyEvent
from kb.statistics import as_of
from publish.charts import Chart, chart_files
from publish.computed import explorer
from publish.computed.explored_page import Explored, explored_page
from publish.computed.explorer import ExplorerColumn, Facet, code_facet, vocabulary_order, year_facet
from publish.computed.nothing import nothing_here
from publish.computed.tallied_charts import Counted, TalliedCharts, by_key
from publish.page import Page
from publish.phrases import Phrases
from publish.places import Place
from publish.safe_text import html
from publish.site import Site
from publish.values import NOTHING, Values

PATH: Final = "explore/safety-events/"
_SHEET: Final = "safety"
_CAUTIONS: Final = ("how_rate", "how_people", "how_stated", "how_cause", "how_neighbours")
_DEATHS: Final = ("death",)
#: The degree of events that are told only beside those with EV products.
_CONTEXT: Final = "context"
_INFECTIONS: Final = tuple(sorted(DEATHS_AND_INFECTIONS.difference(_DEATHS)))


def pages(site: Site) -> Iterable[Page]:
    """The explorer."""
    found = harms.current(site.kb)
    values, say = Values(site, Place(site.language, PATH).root), Phrases(site, _SHEET)
    if not found:
        yield nothing_here(site, PATH, say("title"), say("description"))
        return
    yield explored_page(
        values,
        Explored(
            path=PATH,
            sheet=_SHEET,
            lead=say.html("lead", n=len(found), date=values.date(as_of(found))),
            figures=_figures(say, found),
            links=[
                (say("timeline"), f"{values.root}timeline/?collection={SafetyEvent.COLLECTION}"),
                (say("list_page"), f"{values.root}{SafetyEvent.COLLECTION}/"),
                (say("report"), f"{values.root}report-harm/"),
            ],
            cautions=[say(key) for key in _CAUTIONS],
            table=explorer.explorer(site, found, _columns(values), facets(site)),
            charts=charts(site),
        ),
    )


def files(site: Site) -> Mapping[str, str | bytes]:
    """The files of the charts."""
    return chart_files(charts(site))


def charts(site: Site) -> list[Chart]:
    """Records by year, then those with EV products by kind, causality, place, route, product and source."""
    found, say = harms.current(site.kb), Phrases(site, _SHEET)
    address = f"{Place(site.language, PATH).root}{PATH}"
    every = TalliedCharts(site, Counted(_SHEET, "safety-events", "records", address), found)
    about = {code: say(f"about_{code}") for code in harms.ABOUT}
    years = every.by_year(harms.by_year(found), about, (say("year"), say("about")))
    ours = harms.of_exosomes(found)
    if not ours:
        return years
    counted = Counted(_SHEET, "safety-events", "records", address, "&about=ev")
    drawn, by = TalliedCharts(site, counted, ours), by_key(facets(site))
    return [
        *years,
        drawn.by(by["kind"]),
        _by_causality(drawn, by["causality"]),
        drawn.by(by["jurisdiction"]),
        *(drawn.by(by[key], many=True) for key in ("route", "product")),
        drawn.by(by["source"]),
    ]


def _by_causality(drawn: TalliedCharts[SafetyEvent], facet: Facet[SafetyEvent]) -> Chart:
    """Every degree, also those that no record has: that nothing is confirmed must be seen."""
    counted = Counter(event.causality.value for event in drawn.entries)
    return drawn.bars(
        "by-causality",
        [
            (facet.label(code), Count(code, counted[code]))
            for code in drawn.site.kb.vocabularies["causality-levels"]
            if counted[code] or code != _CONTEXT
        ],
        title=drawn.say("by_causality"),
        caption=drawn.say("once_caption"),
        words=(facet.heading, drawn.say("records")),
        facet="causality",
        unknown=("unclear",),
    )


def facets(site: Site) -> Sequence[Facet[SafetyEvent]]:
    """What the table can be filtered by."""
    say, order = Phrases(site, _SHEET), vocabulary_order(site, "causality-levels")

    def label_of_about(code: str) -> str:
        return say(f"about_{code}")

    return (
        Facet("about", say("about"), lambda event: [harms.about(event)], label_of_about),
        code_facet(site, "kind", "safety-event-types", lambda event: [event.event_type], sheet=_SHEET),
        year_facet(say("year"), harms.year),
        code_facet(site, "jurisdiction", "jurisdictions", lambda event: [event.jurisdiction], sheet=_SHEET),
        code_facet(site, "causality", "causality-levels", lambda event: [event.causality.value], order, _SHEET),
        code_facet(site, "route", "routes", lambda event: event.routes, sheet=_SHEET),
        code_facet(site, "product", "product-types", lambda event: event.product_types, sheet=_SHEET),
        code_facet(site, "source", "safety-source-types", lambda event: [event.source_type], sheet=_SHEET),
    )


def _columns(values: Values) -> Sequence[ExplorerColumn[SafetyEvent]]:
    site, say = values.site, Phrases(values.site, _SHEET)
    order = vocabulary_order(site, "causality-levels")

    def label(vocabulary: str, codes: Iterable[str]) -> str:
        return ", ".join(site.label(vocabulary, code) for code in codes)

    def name(event: SafetyEvent) -> Markup:
        about = values.field(event, "ev_relevance")
        return values.entry(event) + Markup('<br><small class="ev-sub">{}</small>').format(about)

    def people(event: SafetyEvent) -> Markup:
        count, note = (values.field(event.affected, field) for field in ("count", "note"))
        number = say.html("people_count", n=count) if count else NOTHING
        return Markup("<br>").join(filter(None, (number, note))) or html(say("people_unknown"))

    def code(key: str, field: str, vocabulary: str) -> ExplorerColumn[SafetyEvent]:
        def cell(event: SafetyEvent) -> Markup:
            return values.field(event, field)

        def word(event: SafetyEvent) -> str:
            return label(vocabulary, [value] if isinstance(value := getattr(event, field), str) else value)

        return ExplorerColumn(key, say(key), cell, word)

    return (
        ExplorerColumn("record", say("record"), name, site.title, "ev-wide ev-name"),
        ExplorerColumn(
            "date", say("date"), lambda event: values.field(event, "date"), lambda event: event.date, "ev-narrow"
        ),
        code("jurisdiction", "jurisdiction", "jurisdictions"),
        code("kind", "event_type", "safety-event-types"),
        ExplorerColumn("people", say("people"), people, lambda event: event.affected.count, "ev-people"),
        ExplorerColumn(
            "outcome",
            say("outcome"),
            lambda event: values.field(event, "outcome"),
            lambda event: site.text(event.outcome),
            "ev-wide",
        ),
        ExplorerColumn(
            "causality",
            say("causality"),
            lambda event: values.field(event.causality, "value"),
            lambda event: order(event.causality.value),
        ),
        code("route", "routes", "routes"),
        code("product", "product_types", "product-types"),
        code("source", "source_type", "safety-source-types"),
    )


def _figures(say: Phrases, found: Sequence[SafetyEvent]) -> list[tuple[str, str, str]]:
    ours = harms.of_exosomes(found)

    def of_kinds(words: str, kinds: Sequence[str]) -> tuple[str, str, str]:
        number = sum(event.event_type in kinds for event in ours)
        query = "".join(f"&kind={kind}" for kind in kinds)
        return str(number), say(words), f"?about=ev{query}#table"

    confirmed = sum(event.causality.value == "confirmed" for event in ours)
    return [
        (str(len(ours)), say("figure_ev"), "?about=ev#table"),
        of_kinds("figure_deaths", _DEATHS),
        of_kinds("figure_infections", _INFECTIONS),
        (str(confirmed), say("figure_confirmed"), "?about=ev&causality=confirmed#table"),
        (str(len(found) - len(ours)), say("figure_other"), "?about=other#table"),
    ]
