"""``/trials/dashboard/``: the clinical trials in figures, and what came of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from markupsafe import Markup

from kb.analysis import trials as figures
from kb.analysis.trials import Report
from kb.models.trials import Trial
from publish.charts import CHART_SCRIPTS, CHART_STYLES, Chart, chart_files, figure
from publish.computed import doses, trials_explorer
from publish.computed.nothing import nothing_here
from publish.computed.trials_charts import PATH, Charts
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place
from publish.renderers.trials import registrations, status_age
from publish.safe_text import trusted
from publish.site import Site
from publish.tables import Column, table
from publish.templating import render
from publish.values import NOTHING, Values

_STYLES: Final = (*CHART_STYLES, "assets/styles/dashboard.css")
#: Months after which «under way» deserves doubt: ClinicalTrials.gov itself then says «unknown».
_DOUBTED: Final = 24


def pages(site: Site) -> Iterable[Page]:
    """The dashboard."""
    dashboard = _Dashboard(site)
    if dashboard.trials:
        yield dashboard.page()
    else:
        yield nothing_here(site, PATH, dashboard.say("title"), dashboard.say("description"))


def files(site: Site) -> Mapping[str, str | bytes]:
    """The files of its charts."""
    return chart_files(_all_charts(Charts(site))) if figures.current(site.kb) else {}


def _all_charts(charts: Charts) -> list[Chart]:
    return [*charts.overview(), charts.outcomes(), charts.ages(), *doses.charts(charts.site)]


class _Dashboard:
    def __init__(self, site: Site) -> None:
        self.site = site
        self.charts = Charts(site)
        self.trials, self.today = self.charts.entries, self.charts.today
        self.values = Values(site, Place(site.language, PATH).root)
        self.say = Phrases(site, "trials")

    def page(self) -> Page:
        say = self.say
        sections = (
            ("overview", self._drawn(self.charts.overview())),
            ("results", self._results()),
            ("stopped", self._stopped()),
            ("first", self._first()),
            ("doses", doses.view(self.values)),
            ("ages", self._ages()),
        )
        shown = [(name, content) for name, content in sections if content]
        head = page_head(
            self.site,
            self.values.root,
            say("title"),
            say.html("lead", n=len(self.trials), date=self.values.date(self.today)),
            links=[
                (say("all_trials"), f"{self.values.root}{trials_explorer.PATH}"),
                *((say(f"section_{name}"), f"#{name}") for name, _ in shown),
            ],
            template="dashboard_head",
            figures=self._figures(),
        )
        parts = [head]
        for name, content in shown:
            parts += [heading(say(f"section_{name}"), name), block(content)]
        return Page(
            path=PATH,
            title=say("title"),
            description=say("description"),
            body="\n\n".join(parts) + "\n",
            meta={"hide": ["navigation", "toc"]},
            styles=_STYLES,
            scripts=CHART_SCRIPTS,
        )

    def _figures(self) -> list[tuple[str, str, str]]:
        standings = [figures.STANDINGS[trial.status] for trial in self.trials]
        explorer = self.charts.explorer
        codes = {name: [code for code, standing in figures.STANDINGS.items() if standing == name] for name in standings}
        counted = [
            (str(standings.count(name)), self.say(f"figures_{name}"), _query(explorer, codes.get(name, [])))
            for name in ("completed", "running", "stopped", "unknown")
        ]
        found = figures.reports(self.trials)
        return [*counted, (str(len(found)), self.say("figures_reports"), "#results")]

    def _drawn(self, charts: list[Chart]) -> Markup:
        drawn = Markup("").join(figure(self.site, self.values.root, chart) for chart in charts)
        return Markup('<div class="ev-charts">{}</div>').format(drawn)

    def _results(self) -> Markup:
        say, values = self.say, self.values
        found = figures.reports(self.trials)
        without = figures.without_report(self.trials)
        lead = say.html(
            "results_lead",
            n=len(found),
            m=len({report.trial.id for report in found}),
            k=len(without),
        )
        columns = (
            Column(say("outcome"), lambda report: values.field(report.result, "outcome")),
            self._trial_column(lambda report: report.trial),
            Column(say("standing"), lambda report: values.field(report.trial, "status")),
            Column(say("report_kind"), self._report),
            Column(say("linked"), self._linked),
            Column(say("summary"), lambda report: values.name(report.result.summary), "ev-wide"),
        )
        shown = table(values, found, columns) if found else NOTHING
        return Markup("<p>{}</p>{}{}{}").format(
            lead, self._drawn([self.charts.outcomes()]), shown, self._folded(say("without_report"), without)
        )

    def _report(self, report: Report) -> Markup:
        year = f" {report.result.year}" if report.result.year else ""
        return self.values.field(report.result, "kind") + trusted(year)

    def _linked(self, report: Report) -> Markup:
        return self.say.html("linked_yes" if report.result.link_confirmed else "linked_no")

    def _stopped(self) -> Markup:
        found, values = figures.stopped(self.trials), self.values
        if not found:
            return NOTHING
        columns = (
            self._trial_column(lambda trial: trial),
            Column(self.say("standing"), lambda trial: values.field(trial, "status") + self._age(trial)),
            Column(
                self.say("reason"),
                lambda trial: values.name(trial.programme_status or trial.summary),
                "ev-wide",
            ),
        )
        return Markup("<p>{}</p>{}").format(self.say("stopped_lead", n=len(found)), table(values, found, columns))

    def _first(self) -> Markup:
        found, values = figures.first_in_human(self.trials), self.values
        label = self.site.labels.phrase
        lead = self.say(
            "first_lead",
            n=len(found),
            m=sum(trial.first_in_human is None for trial in self.trials),
            k=sum(trial.first_in_human is False for trial in self.trials),
        )
        columns = (
            Column(label("explorer", "start"), lambda trial: values.field(trial.dates, "start"), "ev-narrow"),
            self._trial_column(lambda trial: trial),
            Column(label("explorer", "phase"), lambda trial: values.field(trial, "phase")),
            Column(label("explorer", "cell"), lambda trial: values.field(trial.ev_source, "cell")),
            Column(label("explorer", "route"), lambda trial: values.field(trial, "routes")),
            Column(self.say("standing"), lambda trial: values.field(trial, "status") + self._age(trial)),
        )
        return Markup("<p>{}</p>{}").format(lead, table(values, found, columns) if found else NOTHING)

    def _ages(self) -> Markup:
        lead = self.say.html("ages_lead", date=self.values.date(self.today))
        doubted = [
            trial
            for trial in self.trials
            if figures.STANDINGS[trial.status] in ("running", "planned")
            and (figures.status_age(trial, self.today) or 0) > _DOUBTED
        ]
        shown = self._drawn([self.charts.ages()])
        return Markup("<p>{}</p>{}{}").format(lead, shown, self._folded(self.say("oldest"), doubted))

    def _folded(self, words: str, trials: list[Trial]) -> Markup:
        """A list of trials that opens on request."""
        if not trials:
            return NOTHING
        items = self.values.items(
            self.values.entry(trial) + Markup(" ") + self.values.field(trial, "status") + self._age(trial)
            for trial in trials
        )
        return render("dashboard_folded", words=words, count=str(len(trials)), items=items)

    def _age(self, trial: Trial) -> Markup:
        return status_age(self.values, trial, self.today)

    def _trial_column(self, trial_of: Callable[[Any], Trial]) -> Column:
        """The column that names the trial of a row, with its registry numbers."""

        def cell(row: Any) -> Markup:
            trial = trial_of(row)
            numbers = Markup('<br><small class="ev-sub">{}</small>').format(registrations(trial))
            return self.values.entry(trial) + (numbers if trial.registrations else NOTHING)

        return Column(self.say("trial"), cell, "ev-wide")


def _query(address: str, codes: list[str]) -> str:
    return f"{address}?{'&'.join(f'status={code}' for code in codes)}" if codes else ""
