"""The charts of the trials dashboard."""

from __future__ import annotations

from statistics import median
from typing import Final

from kb.analysis import trials as figures
from kb.analysis.tally import Count
from kb.models.trials import Trial
from kb.statistics import as_of
from publish.charts import Chart
from publish.computed import trials_explorer
from publish.computed.tallied_charts import Counted, TalliedCharts, by_key
from publish.places import Place
from publish.site import Site

PATH: Final = "trials/dashboard/"
#: Facets of the explorer that have a chart; a trial may count in several bars of the later ones.
_ONCE: Final = ("phase", "status", "area", "cell")
_MANY: Final = ("route", "country", "unit")


class Charts(TalliedCharts[Trial]):
    """The charts over all trials in one language."""

    def __init__(self, site: Site) -> None:
        self.explorer = f"{Place(site.language, PATH).root}{trials_explorer.PATH}"
        super().__init__(site, Counted("trials", "trials", "trials", self.explorer), figures.current(site.kb))
        self.today = as_of(site.kb)

    def overview(self) -> list[Chart]:
        """Trials by year, phase, status, indication, source, route, country and unit."""
        facets = by_key(trials_explorer.facets(self.site))
        labels = {standing: self.say(f"standing_{standing}") for standing in figures.ORDER}
        words = (self.say("year_of_start"), self.say("standing"))
        return [
            *self.by_year(figures.starts(self.entries), labels, words),
            *(self.by(facets[key]) for key in _ONCE),
            *(self.by(facets[key], many=True) for key in _MANY),
        ]

    def outcomes(self) -> Chart:
        """Reports of results by outcome, in the order of the vocabulary."""
        found = figures.reports(self.entries)
        counted = figures.outcomes(found)
        counts = [Count(code, counted[code]) for code in self.site.kb.vocabularies["result-outcomes"]]
        say = self.say
        return self.bars(
            "by-outcome",
            [(self.site.label("result-outcomes", count.code), count) for count in counts],
            title=say("by_outcome"),
            caption=say("by_outcome_caption", n=len(found)),
            words=(say("outcome"), say("reports")),
            facet="result",
            unknown=("not-reported",),
        )

    def ages(self) -> Chart:
        """Trials by the age of their status."""
        say = self.say
        counts = [
            Count("unknown" if band is None else str(band), number)
            for band, number in figures.ages(self.entries, self.today)
        ]
        known = [age for trial in self.entries if (age := figures.status_age(trial, self.today)) is not None]
        caption = say("ages_caption", n=len(known), m=round(median(known))) if known else ""
        return self.bars(
            "by-status-age",
            [(say(f"age_{count.code}"), count) for count in counts],
            title=say("ages_title"),
            caption=caption,
            words=(say("age"), say("trials")),
        )
