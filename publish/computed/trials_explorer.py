"""``/explore/trials/``: every clinical trial in one table, with filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from markupsafe import Markup

from kb.analysis import trials as figures
from kb.models.trials import Trial
from kb.statistics import as_of
from publish.computed import explorer
from publish.computed.explorer import ExplorerColumn, Facet, code_facet, vocabulary_order, year_facet
from publish.page import Page, block
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place
from publish.renderers.trials import registrations, status_age
from publish.site import Site
from publish.values import NOTHING, Values

PATH: Final = "explore/trials/"


def pages(site: Site) -> Iterable[Page]:
    """The explorer."""
    trials = sorted(
        figures.current(site.kb), key=lambda trial: trial.dates.start or trial.dates.registered or "", reverse=True
    )
    values = Values(site, Place(site.language, PATH).root)
    today = as_of(site.kb)
    say = Phrases(site, "explorer")
    head = page_head(
        site,
        values.root,
        say("trials_title"),
        say.html("trials_lead", n=len(trials), date=values.date(today)),
        links=[
            (say("trials_figures"), f"{values.root}trials/dashboard/"),
            (site.labels.phrase("trials", "list_page"), f"{values.root}trials/"),
        ],
    )
    table = explorer.explorer(site, trials, _columns(values, today), facets(site))
    yield Page(
        path=PATH,
        title=say("trials_title"),
        description=say("trials_description"),
        body=f"{head}\n\n{block(table)}\n",
        meta={"hide": ["navigation", "toc"]},
        styles=explorer.STYLES,
        scripts=explorer.SCRIPTS,
    )


def _columns(values: Values, today: str) -> Sequence[ExplorerColumn[Trial]]:
    site = values.site

    say = Phrases(site, "explorer")

    phase, status = vocabulary_order(site, "phases"), vocabulary_order(site, "trial-statuses")

    def name(trial: Trial) -> Markup:
        sub = (
            Markup('<br><small class="ev-sub">{}</small>').format(registrations(trial))
            if trial.registrations
            else NOTHING
        )
        return values.entry(trial) + sub

    def results(trial: Trial) -> Markup:
        shown = [values.field(result, "outcome") or values.field(result, "kind") for result in trial.results]
        return Markup(" ").join(dict.fromkeys(shown))

    def people(trial: Trial) -> Markup:
        enrolment = trial.enrolment
        if enrolment is None:
            return NOTHING
        kind = Markup('<br><small class="ev-sub">{}</small>').format(values.field(enrolment, "type"))
        return values.number(enrolment.count) + kind

    def text(vocabulary: str, codes: Sequence[str]) -> str:
        return ", ".join(site.label(vocabulary, code) for code in codes)

    return (
        ExplorerColumn("trial", site.labels.one("trials"), name, site.title, "ev-wide ev-name"),
        ExplorerColumn(
            "phase", say("phase"), lambda t: values.field(t, "phase"), lambda t: phase(t.phase), "ev-narrow"
        ),
        ExplorerColumn("status", say("status"), lambda t: values.field(t, "status"), lambda t: status(t.status)),
        ExplorerColumn(
            "asof",
            say("as_of"),
            lambda t: values.field(t, "status_as_of") + status_age(values, t, today),
            lambda t: t.status_as_of,
            "ev-narrow",
        ),
        ExplorerColumn(
            "indication", say("indication"), lambda t: values.name(t.indication), lambda t: site.text(t.indication)
        ),
        ExplorerColumn(
            "cell",
            say("cell"),
            lambda t: values.field(t.ev_source, "cell"),
            lambda t: site.label("cell-sources", t.ev_source.cell),
        ),
        ExplorerColumn("route", say("route"), lambda t: values.field(t, "routes"), lambda t: text("routes", t.routes)),
        ExplorerColumn(
            "country",
            say("country"),
            lambda t: values.field(t, "countries"),
            lambda t: text("jurisdictions", t.countries),
        ),
        ExplorerColumn(
            "people", say("people"), people, lambda t: t.enrolment.count if t.enrolment else None, "ev-narrow"
        ),
        ExplorerColumn(
            "start", say("start"), lambda t: values.field(t.dates, "start"), lambda t: t.dates.start, "ev-narrow"
        ),
        ExplorerColumn("result", say("result"), results, lambda t: len(t.results) or None),
    )


def facets(site: Site) -> Sequence[Facet[Trial]]:
    """What the table can be filtered by."""
    say = Phrases(site, "explorer")

    firsts = {True: "yes", False: "no", None: "unknown"}
    return (
        code_facet(site, "status", "trial-statuses", lambda t: [t.status]),
        code_facet(site, "phase", "phases", lambda t: [t.phase], vocabulary_order(site, "phases")),
        code_facet(site, "area", "indication-areas", lambda t: [t.indication_area]),
        code_facet(site, "cell", "cell-sources", lambda t: [t.ev_source.cell]),
        code_facet(site, "route", "routes", lambda t: t.routes),
        code_facet(site, "country", "jurisdictions", lambda t: t.countries),
        code_facet(site, "preparation", "ev-types", lambda t: [t.ev_type]),
        code_facet(site, "kind", "trial-kinds", lambda t: [t.kind]),
        code_facet(site, "unit", "dose-units", lambda t: [arm.unit for arm in t.arms if arm.unit]),
        Facet(
            "result",
            say("result"),
            lambda t: [result.outcome or "not-reported" for result in t.results] or ["no-report"],
            lambda code: say("no_report") if code == "no-report" else site.label("result-outcomes", code),
        ),
        Facet("first", say("first"), lambda t: [firsts[t.first_in_human]], lambda code: say(f"first_{code}"), str),
        year_facet(site.labels.phrase("trials", "year_of_start"), figures.start_year),
    )
