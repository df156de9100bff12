"""``/explore/guidelines/``: every document in one table with filters; a timeline; consultations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from markupsafe import Markup

from kb.analysis import documents as figures
from kb.analysis.documents import Consultation
from kb.models.guidelines import Guideline
from kb.statistics import as_of
from publish.charts import CHART_SCRIPTS, CHART_STYLES, Chart, Share, chart_files, columns, figure
from publish.computed import explorer
from publish.computed.explorer import ExplorerColumn, Facet, code_facet, vocabulary_order, year_facet
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place
from publish.safe_text import html
from publish.site import Site
from publish.values import NOTHING, Values

PATH: Final = "explore/guidelines/"
#: Years that the timeline shows: older documents are few and would leave it empty.
_SPAN: Final = 20


def pages(site: Site) -> Iterable[Page]:
    """The explorer."""
    documents = sorted(figures.current(site.kb), key=figures.document_date, reverse=True)
    values = Values(site, Place(site.language, PATH).root)
    say, today = Phrases(site, "explorer"), as_of(site.kb)
    head = page_head(
        site,
        values.root,
        say("guidelines_title"),
        say.html("guidelines_lead", n=len(documents), date=values.date(today)),
        links=[(say("timeline_section"), "#timeline"), (say("consultations"), "#consultations")],
    )
    parts = [head, block(explorer.explorer(site, documents, _columns(values), _facets(site)))]
    for chart in charts(site):
        parts += [heading(say("timeline_section"), "timeline"), block(figure(site, values.root, chart))]
    parts += [heading(say("consultations"), "consultations"), block(_consultations(values, say, documents, today))]
    yield Page(
        path=PATH,
        title=say("guidelines_title"),
        description=say("guidelines_description"),
        body="\n\n".join(parts) + "\n",
        meta={"hide": ["navigation", "toc"]},
        styles=(*explorer.STYLES, *CHART_STYLES),
        scripts=(*explorer.SCRIPTS, *CHART_SCRIPTS),
    )


def files(site: Site) -> Mapping[str, str | bytes]:
    """The files of the timeline."""
    return chart_files(charts(site))


def charts(site: Site) -> list[Chart]:
    """The timeline; none while no document has a date."""
    say = Phrases(site, "explorer")
    documents = figures.current(site.kb)
    counted, without = figures.by_year(documents)
    if not counted:
        return []
    last = max(year for year, _ in counted)
    first = max(last - _SPAN + 1, min(year for year, _ in counted))
    forces = [code for code in site.kb.vocabularies["legal-forces"] if any(force == code for _, force in counted)]
    labels = {code: site.label("legal-forces", code) for code in forces}
    shown = {(year, force): number for (year, force), number in counted.items() if year >= first}
    sums = {year: sum(shown.get((year, force), 0) for force in forces) for year in range(first, last + 1)}
    highest = max(sums, key=lambda year: sums[year])
    address = f"{Place(site.language, PATH).root}{PATH}"
    spec = columns(
        [first, last],
        [Share(labels[force]) for force in forces],
        {(year, labels[force]): number for (year, force), number in shown.items()},
        (say("year"), say("force"), say("documents")),
    )
    caption = say(
        "timeline_caption",
        n=len(documents),
        m=without,
        k=sum(number for (year, _), number in counted.items() if year < first),
        first=str(first),
    )
    chart = Chart(
        name="documents-by-year",
        language=site.language,
        spec=spec,
        title=say("timeline"),
        caption=caption,
        alt=say("timeline_alt", first=str(first), last=str(last), year=str(highest), m=sums[highest]),
        columns=(say("year"), *labels.values(), say("documents")),
        rows=[
            (
                Markup('<a href="{}?year={}">{}</a>').format(address, year, year) if sums[year] else str(year),
                *(shown.get((year, force), 0) for force in forces),
                sums[year],
            )
            for year in reversed(range(first, last + 1))
        ],
    )
    return [chart]


def _columns(values: Values) -> Sequence[ExplorerColumn[Guideline]]:
    site, say = values.site, Phrases(values.site, "explorer")
    force, status = vocabulary_order(site, "legal-forces"), vocabulary_order(site, "document-statuses")
    speaks = vocabulary_order(site, "ev-applicability")

    def name(document: Guideline) -> Markup:
        issuer = html(site.text(document.issuer))
        return values.entry(document) + Markup('<br><small class="ev-sub">{}</small>').format(issuer)

    def date(document: Guideline) -> Markup:
        found = figures.document_date(document)
        return values.date(found) if found else NOTHING

    def asks(document: Guideline) -> Markup:
        number = values.number(len(document.requirements))
        address = f"{values.root}guidelines/{document.id}/#requirements"
        return Markup('<a href="{}">{}</a>').format(address, number) if document.requirements else Markup("–")

    return (
        ExplorerColumn("document", site.labels.one("guidelines"), name, site.title, "ev-wide ev-name"),
        ExplorerColumn(
            "jurisdiction",
            say("jurisdiction"),
            lambda d: values.field(d, "jurisdiction"),
            lambda d: site.label("jurisdictions", d.jurisdiction),
        ),
        ExplorerColumn(
            "type",
            say("type"),
            lambda d: values.field(d, "document_type"),
            lambda d: site.label("document-types", d.document_type),
        ),
        ExplorerColumn("force", say("force"), lambda d: values.field(d, "legal_force"), lambda d: force(d.legal_force)),
        ExplorerColumn("status", say("status"), lambda d: values.field(d, "status"), lambda d: status(d.status)),
        ExplorerColumn("ev", say("ev"), lambda d: values.field(d, "applies_to_ev"), lambda d: speaks(d.applies_to_ev)),
        ExplorerColumn("date", say("date"), date, figures.document_date, "ev-narrow"),
        ExplorerColumn("topic", say("topic"), lambda d: values.field(d, "topics"), lambda d: len(d.topics) or None),
        ExplorerColumn(
            "addressee",
            say("addressee"),
            lambda d: values.field(d, "addressees"),
            lambda d: ", ".join(site.label("addressees", code) for code in d.addressees),
        ),
        ExplorerColumn("asks", say("asks"), asks, lambda d: len(d.requirements), "ev-narrow"),
    )


def _facets(site: Site) -> Sequence[Facet[Guideline]]:
    force, status = vocabulary_order(site, "legal-forces"), vocabulary_order(site, "document-statuses")
    speaks = vocabulary_order(site, "ev-applicability")
    return (
        code_facet(site, "jurisdiction", "jurisdictions", lambda d: [d.jurisdiction]),
        code_facet(site, "type", "document-types", lambda d: [d.document_type]),
        code_facet(site, "force", "legal-forces", lambda d: [d.legal_force], force),
        code_facet(site, "status", "document-statuses", lambda d: [d.status], status),
        code_facet(site, "ev", "ev-applicability", lambda d: [d.applies_to_ev], speaks),
        code_facet(site, "topic", "topics", lambda d: d.topics),
        code_facet(site, "addressee", "addressees", lambda d: d.addressees),
        year_facet(site.labels.phrase("explorer", "year"), figures.document_year),
    )


def _consultations(values: Values, say: Phrases, documents: Sequence[Guideline], today: str) -> Markup:
    found = figures.open_consultations(documents, today)
    ahead = [consultation for consultation in found if consultation.until]
    undated = [consultation for consultation in found if not consultation.until]
    past = figures.past_consultations(documents, today)
    lead = say.html("consultations_ahead" if ahead else "consultations_none", date=values.date(today))
    groups = [(lead, ahead), (say.html("consultations_undated"), undated), (say.html("consultations_past"), past)]
    return Markup("").join(
        Markup("<p>{}</p>").format(words)
        + (values.items(_consultation(values, say, item) for item in items) if items else NOTHING)
        for words, items in groups
        if items or words is lead
    )


def _consultation(values: Values, say: Phrases, consultation: Consultation) -> Markup:
    place = values.field(consultation.document, "jurisdiction")
    parts = [place, values.entry(consultation.document)]
    if consultation.until:
        parts.append(say.html("until", date=values.date(consultation.until)))
    return Markup(" · ").join(parts)
