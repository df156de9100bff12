"""The dose view: one panel for each unit and measure, nothing converted, words kept as words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from kb.analysis import doses as figures
from kb.analysis.doses import DoseOf, Panel
from kb.analysis.trials import current, number_of
from kb.models.trials import Arm, Trial
from kb.problems import shorten
from publish.charts import Chart, Dose, figure, ranges
from publish.phrases import Phrases
from publish.places import Place
from publish.renderers.trials import dose as as_registered
from publish.safe_text import html
from publish.site import Site
from publish.tables import Column, table
from publish.values import NOTHING, Values

#: Doses from which on a picture says more than a row of a table.
_DRAWN: Final = 3
#: Characters of a title in place of a registry number.
_NAME: Final = 22
PATH: Final = "trials/dashboard/"


def charts(site: Site) -> list[Chart]:
    """A chart for each unit with several doses."""
    values = Values(site, Place(site.language, PATH).root)
    return [_chart(values, panel) for panel in figures.panels(current(site.kb)) if _drawn(panel)]


def view(values: Values) -> Markup:
    """The panels, then what has too few values for one, then what is only words."""
    site, say = values.site, Phrases(values.site, "trials")
    trials = current(site.kb)
    few = [dose for panel in figures.panels(trials) if not _drawn(panel) for dose in panel.doses]
    words = figures.without_number(trials)
    absent = sum(not trial.arms for trial in trials)
    panels = Markup("").join(figure(site, values.root, chart) for chart in charts(site))
    parts = [
        Markup("<p>{} {}</p>").format(say("dose_lead"), say("dose_none", n=len(trials), m=absent)),
        Markup('<div class="ev-charts">{}</div>').format(panels) if panels else NOTHING,
    ]
    if few:
        parts.append(Markup("<h3>{}</h3>{}").format(say("dose_other"), _few(values, say, few)))
    if words:
        lead = Markup("<h3>{}</h3><p>{}</p>").format(say("dose_words"), say("dose_words_lead"))
        parts.append(lead + _words(values, say, words))
    return Markup("").join(parts)


def _drawn(panel: Panel) -> bool:
    return len([dose for dose in panel.doses if dose.low > 0]) >= _DRAWN


def _chart(values: Values, panel: Panel) -> Chart:
    site, say = values.site, Phrases(values.site, "trials")
    unit = site.label("dose-units", panel.unit)
    if panel.per:
        unit = say("dose_per", unit=unit, per=site.text(panel.per))
    drawn = [dose for dose in panel.doses if dose.low > 0]
    names = _names(site, [dose.trial for dose in panel.doses])
    first, last = min(dose.low for dose in drawn), max(dose.high for dose in drawn)
    caption = say("dose_caption", n=len(panel.doses), m=panel.trials)
    if len(drawn) < len(panel.doses):
        caption = f"{caption} {say('dose_zero')}"
    return Chart(
        name="-".join(["doses", panel.unit, *_slug(panel)]),
        language=site.language,
        spec=ranges(
            [Dose(names[dose.trial.id], dose.low, dose.high) for dose in drawn],
            unit,
            say("trial"),
            (say("lowest"), say("highest")),
        ),
        title=say("dose_title", unit=unit),
        caption=caption,
        alt=say(
            "dose_alt",
            first=values.number(first).striptags(),
            last=values.number(last).striptags(),
            unit=unit,
        ),
        columns=(say("trial"), say("lowest"), say("highest"), say("dose")),
        rows=[
            (values.entry(dose.trial, html(names[dose.trial.id])), dose.low, dose.high, as_registered(values, dose.arm))
            for dose in panel.doses
        ],
    )


def _names(site: Site, trials: Sequence[Trial]) -> dict[str, str]:
    """Id of a trial -> a short name, different for each: its number, the beginning of its title, or its id."""
    names: dict[str, str] = {}
    for trial in {trial.id: trial for trial in trials}.values():
        name = number_of(trial) or shorten(site.title(trial), _NAME)
        names[trial.id] = trial.id if name in names.values() else name
    return names


def _slug(panel: Panel) -> list[str]:
    """What tells panels of one unit apart in an address: ``per-5-ml``."""
    basis = figures.measure(panel.doses[0].arm).replace("²", "2").replace("³", "3").replace("µ", "u").replace(".", "")
    return ["per", *basis.split()] if basis else []


def _with_words(values: Values, dose: DoseOf) -> Markup:
    written = Markup(' <small class="ev-sub">{}</small>').format(html(dose.arm.as_registered or ""))
    return as_registered(values, dose.arm) + (written if dose.arm.as_registered else NOTHING)


def _few(values: Values, say: Phrases, found: list[DoseOf]) -> Markup:
    columns = (
        Column(say("unit"), lambda dose: values.field(dose.arm, "unit")),
        Column(say("dose"), lambda dose: _with_words(values, dose), "ev-wide"),
        Column(say("trial"), lambda dose: values.entry(dose.trial), "ev-wide"),
    )
    return table(values, found, columns)


def _words(values: Values, say: Phrases, found: list[tuple[Trial, Arm]]) -> Markup:
    columns = (
        Column(say("trial"), lambda pair: values.entry(pair[0]), "ev-wide"),
        Column(say("dose"), lambda pair: values.field(pair[1], "as_registered"), "ev-wide"),
    )
    return table(values, found, columns)
