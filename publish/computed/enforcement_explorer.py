"""``/explore/enforcement/``: every official act in one table with filters, and in charts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from markupsafe import Markup

from kb.analysis import enforcement as acts
from kb.models.enforcement import EnforcementAction
from kb.statistics import as_of
from publish.charts import Chart, chart_files
from publish.computed import explorer
from publish.computed.explored_page import Explored, explored_page
from publish.computed.explorer import ExplorerColumn, Facet, code_facet, year_facet
from publish.computed.nothing import nothing_here
from publish.computed.tallied_charts import Counted, TalliedCharts, by_key
from publish.page import Page
from publish.phrases import Phrases
from publish.places import Place
from publish.safe_text import html
from publish.site import Site
from publish.values import NOTHING, Values

PATH: Final = "explore/enforcement/"
_SHEET: Final = "enforcement"
_CAUTIONS: Final = ("how_records", "how_letters", "how_names", "how_named", "how_neighbours")
#: An authority with a single act shares a bar with others like it.
_OWN_BAR: Final = 2


def pages(site: Site) -> Iterable[Page]:
    """The explorer."""
    found = acts.current(site.kb)
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
                (say("timeline"), f"{values.root}timeline/?collection={EnforcementAction.COLLECTION}"),
                (say("list_page"), f"{values.root}{EnforcementAction.COLLECTION}/"),
                (say("reply"), f"{values.root}reply/"),
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
    """Acts by year, place, authority, kind, product and relation to EVs; none while there are no acts."""
    found = acts.current(site.kb)
    if not found:
        return []
    counted = Counted(_SHEET, _SHEET, "acts", f"{Place(site.language, PATH).root}{PATH}")
    drawn, by, say = TalliedCharts(site, counted, found), by_key(facets(site)), Phrases(site, _SHEET)
    named = {code: say(f"legend_{code}") for code in acts.NAMED}
    return [
        *drawn.by_year(acts.by_year(found), named, (say("year"), say("named")), unknown=("not-read",)),
        drawn.by(by["kind"]),
        drawn.by(by["jurisdiction"], least=_OWN_BAR),
        drawn.by(by["authority"], least=_OWN_BAR),
        drawn.by(by["product"], many=True),
        drawn.by(by["relation"]),
    ]


def facets(site: Site) -> Sequence[Facet[EnforcementAction]]:
    """What the table can be filtered by."""
    say = Phrases(site, _SHEET)
    names = {code: site.text(name) for code, name in acts.authorities(acts.current(site.kb)).items()}

    def label_of_named(code: str) -> str:
        return say(f"named_{code}")

    return (
        code_facet(site, "jurisdiction", "jurisdictions", lambda act: [act.jurisdiction], sheet=_SHEET),
        Facet("authority", say("authority"), lambda act: [acts.authority_code(act)], names.__getitem__),
        year_facet(say("year"), acts.year),
        code_facet(site, "kind", "action-types", lambda act: [act.action_type], sheet=_SHEET),
        code_facet(site, "product", "product-types", lambda act: act.product_types, sheet=_SHEET),
        Facet("named", say("named"), lambda act: [acts.names_exosomes(act)], label_of_named),
        code_facet(site, "relation", "ev-relevance", lambda act: [act.ev_relevance], sheet=_SHEET),
        code_facet(site, "addressees", "addressees", lambda act: act.addressees, sheet=_SHEET),
    )


def _columns(values: Values) -> Sequence[ExplorerColumn[EnforcementAction]]:
    site, say = values.site, Phrases(values.site, _SHEET)

    def label(vocabulary: str, codes: Iterable[str]) -> str:
        return ", ".join(site.label(vocabulary, code) for code in codes)

    def name(act: EnforcementAction) -> Markup:
        return values.entry(act) + Markup('<br><small class="ev-sub">{}</small>').format(values.name(act.authority))

    def addressee(act: EnforcementAction) -> Markup:
        kinds = values.field(act, "addressees")
        if act.addressee is None:
            return kinds
        sub = Markup('<br><small class="ev-sub">{}</small>').format(kinds) if kinds else NOTHING
        return html(act.addressee) + sub

    return (
        ExplorerColumn("act", say("act"), name, site.title, "ev-wide ev-name"),
        ExplorerColumn("date", say("date"), lambda act: values.field(act, "date"), lambda act: act.date, "ev-narrow"),
        ExplorerColumn(
            "jurisdiction",
            say("jurisdiction"),
            lambda act: values.field(act, "jurisdiction"),
            lambda act: site.label("jurisdictions", act.jurisdiction),
        ),
        ExplorerColumn(
            "kind",
            say("kind"),
            lambda act: values.field(act, "action_type"),
            lambda act: site.label("action-types", act.action_type),
        ),
        ExplorerColumn("addressee", say("addressee"), addressee, lambda act: act.addressee),
        ExplorerColumn(
            "product",
            say("product"),
            lambda act: values.field(act, "product_types"),
            lambda act: label("product-types", act.product_types),
        ),
        ExplorerColumn(
            "relation",
            say("relation"),
            lambda act: values.field(act, "ev_relevance"),
            lambda act: site.label("ev-relevance", act.ev_relevance),
        ),
        ExplorerColumn(
            "named",
            say("named"),
            lambda act: html(say(f"named_{acts.names_exosomes(act)}")),
            lambda act: acts.NAMED.index(acts.names_exosomes(act)),
        ),
    )


def _figures(say: Phrases, found: Sequence[EnforcementAction]) -> list[tuple[str, str, str]]:
    named = [acts.names_exosomes(act) for act in found]
    return [
        (str(len(found)), say("figure_acts"), "#table"),
        *((str(named.count(code)), say(f"figure_{code}"), f"?named={code}#table") for code in acts.NAMED),
        (
            str(len({act.jurisdiction for act in found})),
            say("figure_jurisdictions"),
            "#chart-enforcement-by-jurisdiction",
        ),
        (str(len(acts.authorities(found))), say("figure_authorities"), "#chart-enforcement-by-authority"),
    ]
