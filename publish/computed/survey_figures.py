"""``/explore/surveys/``: what surveys of the market counted, each survey for itself, with what its figures are shares of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from markupsafe import Markup

from kb.analysis import surveys as figures
from kb.analysis.surveys import PERCENT, Panel
from kb.models.surveys import KeyFigure, Survey
from kb.statistics import as_of
from publish.charts import CHART_SCRIPTS, CHART_STYLES, Bar, Chart, bars, chart_files
from publish.computed.explored_page import drawn
from publish.computed.nothing import nothing_here
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place
from publish.safe_text import html
from publish.site import Site
from publish.tables import Column, table
from publish.values import NOTHING, Values

PATH: Final = "explore/surveys/"
_SHEET: Final = "surveys"
_CAUTIONS: Final = ("how_apart", "how_share", "how_seen", "how_market")
#: A single figure is said in the table; a chart compares.
_FEWEST: Final = 2


def pages(site: Site) -> Iterable[Page]:
    """The page."""
    found = figures.current(site.kb)
    values, say = Values(site, Place(site.language, PATH).root), Phrases(site, _SHEET)
    if not found:
        yield nothing_here(site, PATH, say("title"), say("description"))
        return
    head = page_head(
        site,
        values.root,
        say("title"),
        say.html("lead", n=len(found), date=values.date(as_of(found))),
        links=[
            *((say(name), f"#{name}") for name, _ in _groups(found)),
            (say("list_page"), f"{values.root}{Survey.COLLECTION}/"),
        ],
    )
    parts = [head, heading(say("how"), "how"), block(values.items(html(say(key)) for key in _CAUTIONS), "ev-cautions")]
    for name, surveys in _groups(found):
        parts.append(heading(f"{say(name)} ({len(surveys)})", name))
        for survey in surveys:
            parts += [heading(site.title(survey), survey.id, level=3), block(_survey(values, survey), "ev-survey")]
    yield Page(
        path=PATH,
        title=say("title"),
        description=say("description"),
        body="\n\n".join(parts) + "\n",
        meta={"hide": ["navigation"]},
        styles=(*CHART_STYLES, "assets/styles/surveys.css"),
        scripts=CHART_SCRIPTS,
    )


def files(site: Site) -> Mapping[str, str | bytes]:
    """The files of the charts."""
    return chart_files(chart for survey in figures.current(site.kb) for chart in charts(site, survey))


def charts(site: Site, survey: Survey) -> list[Chart]:
    """A chart for every unit in which a survey has figures to compare."""
    return [_chart(site, panel) for panel in figures.panels(survey) if len(panel.figures) >= _FEWEST]


def _groups(found: Sequence[Survey]) -> Iterator[tuple[str, list[Survey]]]:
    """Surveys that counted EV products alone, and the others."""
    for name, alone in (("alone", True), ("wider", False)):
        if surveys := [survey for survey in found if survey.ev_specific is alone]:
            yield name, surveys


def _chart(site: Site, panel: Panel) -> Chart:
    say, unit = Phrases(site, _SHEET), site.label("figure-units", panel.unit)
    survey, place = panel.survey, site.label("jurisdictions", panel.survey.jurisdiction)
    labels = [site.text(figure.label) for figure in panel.figures]
    numbers = [figure.value or 0 for figure in panel.figures]
    comma = ", " if site.language == "en" else "、"
    percent = panel.unit == PERCENT
    return Chart(
        name=f"figures-{survey.id}-{panel.unit}".replace(".", "-").lower(),
        language=site.language,
        spec=bars(
            [Bar(label, number) for label, number in zip(labels, numbers, strict=True)],
            say("figure"),
            unit,
            100 if percent else None,
        ),
        title=say("chart" if survey.year else "chart_undated", place=place, year=str(survey.year), unit=unit),
        caption=say(
            "caption_percent" if percent else "caption",
            sample=_sample(site, survey),
        ),
        alt=say(
            "alt",
            survey=site.title(survey),
            unit=unit,
            figures=comma.join(f"{label} {_written(number)}" for label, number in zip(labels, numbers, strict=True)),
        ),
        columns=(say("figure"), unit, *([say("share_of")] if percent else [])),
        rows=[
            (site.text(figure.label), figure.value or 0, *([_share(site, survey, figure)] if percent else []))
            for figure in panel.figures
        ],
    )


def _sample(site: Site, survey: Survey) -> str:
    """What was counted, as text."""
    unit = site.text(survey.sample.unit)
    if survey.sample.count is None:
        return Phrases(site, _SHEET)("sample_unknown", unit=unit)
    return Phrases(site, _SHEET)("sample", n=survey.sample.count, unit=unit)


def _written(number: float) -> str:
    """A figure as surveys write it, never in powers of ten."""
    return f"{number:,.12g}"


def _share(site: Site, survey: Survey, figure: KeyFigure) -> str:
    """Of what a percentage is a share, as text; empty for other figures."""
    if figure.unit != PERCENT:
        return ""
    say, found = Phrases(site, _SHEET), figures.share(survey, figure)
    if found is None:
        return say("share_unknown")
    return say(
        "share",
        part=_written(found.part.value or 0),
        whole=_written(found.whole.value or 0),
        unit=site.label("figure-units", found.whole.unit),
    )


def _survey(values: Values, survey: Survey) -> Markup:
    site, say = values.site, Phrases(values.site, _SHEET)
    facts = [
        values.field(survey, "jurisdiction"),
        html(str(survey.year)) if survey.year else html(say("year_unknown")),
        html(_sample(site, survey)),
        values.entry(survey, html(say("read"))),
    ]

    def value(figure: KeyFigure) -> Markup:
        if figure.value is None:
            return html(say("not_seen"))
        return Markup("{} {}").format(_written(figure.value), values.field(figure, "unit"))

    columns = (
        Column(say("figure"), lambda figure: values.field(figure, "label"), "ev-name"),
        Column(say("value"), value, "ev-narrow"),
        Column(say("share_of"), lambda figure: html(_share(site, survey, figure)) or NOTHING),
        Column(say("note"), lambda figure: values.field(figure, "note"), "ev-wide"),
    )
    return Markup(
        '<p class="ev-survey-facts">{}</p>{}{}<div class="ev-survey-limits"><strong>{}</strong>{}</div>'
    ).format(
        Markup(" · ").join(facts),
        drawn(values, shown) if (shown := charts(site, survey)) else NOTHING,
        table(values, survey.key_figures, columns) if survey.key_figures else NOTHING,
        say("limits"),
        values.prose(survey.limits),
    )
