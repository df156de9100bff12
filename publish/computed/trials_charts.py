"""The charts of the trials dashboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from typing import Final

from markupsafe import Markup

from kb.analysis import trials as figures
from kb.analysis.trials import Count
from kb.models.trials import Trial
from kb.statistics import as_of
from publish.charts import Bar, Chart, Share, bars, columns
from publish.computed import trials_explorer
from publish.computed.wording import Wording
from publish.places import Place
from publish.site import Site

PATH: Final = "trials/dashboard/"
#: Codes that say that nothing is known.
_UNKNOWN: Final = ("unknown", "unspecified")
#: Bars that a chart shows; what is left is added up in one more, and stands apart in the table.
_SHOWN: Final = 12


class Charts:
    """The charts over all trials in one language."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.say = Wording(site, "trials")
        self.trials = figures.current(site.kb)
        self.today = as_of(site.kb)
        self.explorer = f"{Place(site.language, PATH).root}{trials_explorer.PATH}"

    def overview(self) -> list[Chart]:
        """Trials by year, phase, status, indication, source, route, country and unit."""
        units: Callable[[Trial], Sequence[str]] = lambda trial: [arm.unit for arm in trial.arms if arm.unit]  # noqa: E731
        return [
            *self._by_year(),
            self._by("phase", "phases", lambda trial: [trial.phase], in_order=True),
            self._by("status", "trial-statuses", lambda trial: [trial.status]),
            self._by("area", "indication-areas", lambda trial: [trial.indication_area]),
            self._by("cell", "cell-sources", lambda trial: [trial.ev_source.cell]),
            self._by("route", "routes", lambda trial: trial.routes, many=True),
            self._by("country", "jurisdictions", lambda trial: trial.countries, many=True),
            self._by("unit", "dose-units", units, many=True),
        ]

    def outcomes(self) -> Chart:
        """Reports of results by outcome, in the order of the vocabulary."""
        found = figures.reports(self.trials)
        counted = figures.outcomes(found)
        counts = [Count(code, counted[code]) for code in self.site.kb.vocabularies["result-outcomes"]]
        say = self.say
        return self._bars(
            "trials-by-outcome",
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
            for band, number in figures.ages(self.trials, self.today)
        ]
        known = [age for trial in self.trials if (age := figures.status_age(trial, self.today)) is not None]
        caption = say("ages_caption", n=len(known), m=round(median(known))) if known else ""
        return self._bars(
            "trials-by-status-age",
            [(say(f"age_{count.code}"), count) for count in counts],
            title=say("ages_title"),
            caption=caption,
            words=(say("age"), say("trials")),
        )

    def _by_year(self) -> list[Chart]:
        """A column for each year of start; none while no trial has one."""
        say = self.say
        counted, without = figures.starts(self.trials)
        if not counted:
            return []
        labels = {standing: say(f"standing_{standing}") for standing in figures.ORDER}
        years = range(min(year for year, _ in counted), max(year for year, _ in counted) + 1)
        sums = {year: sum(counted.get((year, standing), 0) for standing in labels) for year in years}
        highest = max(sums, key=lambda year: sums[year])
        chart = Chart(
            name="trials-by-year",
            language=self.site.language,
            spec=columns(
                list(years),
                [Share(label, standing == "unknown") for standing, label in labels.items()],
                {(year, labels[standing]): number for (year, standing), number in counted.items()},
                (say("year_of_start"), say("standing"), say("trials")),
            ),
            title=say("by_year"),
            caption=say("by_year_caption", n=len(self.trials), m=without),
            alt=say("columns_alt", first=str(years[0]), last=str(years[-1]), year=str(highest), m=sums[highest]),
            columns=(say("year_of_start"), *labels.values(), say("trials")),
            rows=[
                (
                    self._link("year", str(year), str(year)) if sums[year] else str(year),
                    *(counted.get((year, standing), 0) for standing in labels),
                    sums[year],
                )
                for year in years
            ],
        )
        return [chart]

    def _by(
        self,
        key: str,
        vocabulary: str,
        codes: Callable[[Trial], Sequence[str]],
        many: bool = False,
        in_order: bool = False,
    ) -> Chart:
        """Trials per code; ``in_order`` keeps the order of the vocabulary."""
        say = self.say
        counts = figures.tally(self.trials, codes, _UNKNOWN)
        if in_order:
            order = list(self.site.kb.vocabularies[vocabulary])
            counts.sort(key=lambda count: (count.code in _UNKNOWN, order.index(count.code)))
        absent = sum(not codes(trial) for trial in self.trials)
        caption = [say("many_caption" if many else "once_caption")]
        if absent:
            caption.append(say("absent_caption", n=len(self.trials), m=absent))
        return self._bars(
            f"trials-by-{key}",
            [(self.site.label(vocabulary, count.code), count) for count in counts]
            + ([(say("not_recorded"), Count("none", absent))] if absent else []),
            title=say(f"by_{key}"),
            caption=" ".join(caption) if self.site.language == "en" else "".join(caption),
            words=(self.site.labels.phrase("explorer", key), say("trials")),
            facet=key,
            unknown=(*_UNKNOWN, "none"),
        )

    def _bars(
        self,
        name: str,
        found: Sequence[tuple[str, Count]],
        title: str,
        caption: str,
        words: tuple[str, str],
        facet: str = "",
        unknown: Sequence[str] = _UNKNOWN,
    ) -> Chart:
        rows = [Bar(label, count.number, count.code in unknown) for label, count in found]
        top = [f"{row.label} {row.number}" for row in sorted(rows, key=lambda row: -row.number)[:3]]
        comma = ", " if self.site.language == "en" else "、"
        return Chart(
            name=name,
            language=self.site.language,
            spec=bars(self._shortened(rows), *words),
            title=title,
            caption=caption,
            alt=self.say("bars_alt", title=title, top=comma.join(top)),
            columns=words,
            rows=[
                (self._link(facet, count.code, label) if facet and count.number else label, count.number)
                for label, count in found
            ],
        )

    def _shortened(self, rows: Sequence[Bar]) -> list[Bar]:
        """At most :data:`_SHOWN` answers, the others as one bar, and what is unknown last."""
        answers, unknown = [row for row in rows if not row.unknown], [row for row in rows if row.unknown]
        kept, rest = answers[:_SHOWN], answers[_SHOWN:]
        if len(rest) > 1:
            kept.append(Bar(self.say("rest", m=len(rest)), sum(row.number for row in rest)))
        else:
            kept += rest
        return kept + unknown

    def _link(self, facet: str, code: str, label: str) -> Markup:
        """From a number to the trials that it counts."""
        return Markup('<a href="{}?{}={}">{}</a>').format(self.explorer, facet, code, label)
