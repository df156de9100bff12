"""The page of one product in the gap analysis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from markupsafe import Markup

from kb.analysis.gaps import Gap, GapReport, JurisdictionGaps, foremost
from kb.statistics import as_of
from publish.computed.matrix_statements import anchor
from publish.gap_report.words import MOST, GapWords
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.places import Place
from publish.safe_text import html, trusted
from publish.site import Site
from publish.tables import Column, table
from publish.values import NOTHING, Values

STYLES = ("assets/styles/matrix.css", "assets/styles/gaps.css")


def product_page(site: Site, report: GapReport) -> Page:
    """``gaps/<product>/``: one section for each jurisdiction."""
    return _ProductPage(site, report).page()


class _ProductPage:
    def __init__(self, site: Site, report: GapReport) -> None:
        self.site, self.report = site, report
        self.place = Place(site.language, f"gaps/{report.product.id}/")
        self.values, self.words = Values(site, self.place.root), GapWords(site)
        self.say = self.words.say

    def page(self) -> Page:
        name = self.site.title(self.report.product)
        body = [self._head(), block(html(self.say("caution")), "ev-gap-caution")]
        for found in self.report.jurisdictions:
            body += self._jurisdiction(found)
        rules = f'<p><a href="{self.place.root}gaps/#rules">{html(self.say("rules"))}</a></p>'
        word = html(self.say("word", product=self.report.product.id))
        body.append(block(trusted(f"{rules}<p><code>{word}</code></p>")))
        return Page(
            path=self.place.path,
            title=self.words.title(self.report),
            description=self.say("description_product", product=name),
            body="\n\n".join(body) + "\n",
            meta={"hide": ["toc", "navigation"]},
            styles=STYLES,
        )

    def _head(self) -> str:
        say, root, report = self.say, self.place.root, self.report
        day = as_of(self.site.kb.guidelines.values())
        codes = [found.jurisdiction for found in report.jurisdictions]
        data = [("JSON", f"{self.place.site_root}{self.place.path}gap.json"), (say("markdown"), "gap.md")]
        return page_head(
            self.site,
            root,
            self.words.title(report),
            say("about"),
            crumbs=[(say("title"), f"{root}gaps/")],
            links=[
                (say("see_product"), f"{root}products/{report.product.id}/"),
                *((self.site.label("jurisdictions", code), f"#{code.lower()}") for code in codes),
            ],
            template="matrix_head",
            counted=say.html(
                "as_of",
                documents=self.values.date(day) if day else "–",
                product=self.values.date(report.product.review.verified),
            ),
            download=say("download"),
            downloads=data,
        )

    def _jurisdiction(self, found: JurisdictionGaps) -> Iterator[str]:
        say = self.say
        yield heading(self.site.label("jurisdictions", found.jurisdiction), found.jurisdiction.lower())
        yield block(Markup("<p>{}</p>").format(self.words.counted(found)))
        if found.today:
            yield block(self._table(found.today))
        if found.prepared:
            yield heading(say("prepared"), f"{found.jurisdiction.lower()}-prepared", 3)
            yield block(Markup("<p>{}</p>").format(say("prepared_note")))
            yield block(self._table(found.prepared))
        more = (
            f'<a href="{self.place.root}matrix/topics/?where={html(found.jurisdiction)}">{html(say("see_topics"))}</a>'
        )
        yield block(Markup('<p class="ev-sub">{} {}</p>').format(self.words.uncompared(found), trusted(more)))

    def _table(self, gaps: Sequence[Gap]) -> Markup:
        say, values, shown = self.say, self.values, foremost(gaps, MOST)
        columns = (
            Column(say("attribute"), lambda gap: values.reference(gap.attribute, "attributes"), "ev-wide"),
            Column(say("status"), self._status, "ev-gap-cell"),
            Column(say("reported"), self._reported, "ev-wide"),
            Column(say("asked"), self._asked, "ev-wide"),
            Column(say("document"), self._document, "ev-wide"),
        )
        cut = self.words.cut(len(shown), len(gaps))
        note = Markup('<p class="ev-sub">{}</p>').format(cut) if cut else NOTHING
        return note + table(values, shown, columns)

    def _status(self, gap: Gap) -> Markup:
        reason = self.words.reason(gap)
        shown = Markup('<span class="ev-gap ev-gap-{}">{}</span>').format(gap.status, self.words.status(gap))
        return shown + Markup("<small>{}</small>").format(reason) if reason else shown

    def _reported(self, gap: Gap) -> Markup:
        """Tests lead to the product's entry, values to the attribute's, where their sources stand."""
        evidence, root = gap.evidence, self.place.root
        addresses = [f"{root}products/{self.report.product.id}/#release-tests"] * len(evidence.tests)
        addresses += [f"{root}attributes/{gap.attribute}/#reported-values"] * len(evidence.values)
        items = [
            trusted(f'<a href="{address}">{html(text)}</a>') if address else html(text)
            for text, address in zip_longest(self.words.reported(gap), addresses)
        ]
        return self.values.items(items) if items else Markup("–")

    def _asked(self, gap: Gap) -> Markup:
        """The statement leads to itself in the matrix, where its sources stand."""
        requirement = gap.statement.requirement
        words, level = (
            self.values.name(requirement.statement),
            self.values.code("requirement-levels", requirement.level),
        )
        address = f"{self.place.root}matrix/#{html(anchor(gap.statement))}"
        return trusted(f'{level} <a class="ev-gap-said" href="{address}">{words}</a>')

    def _document(self, gap: Gap) -> Markup:
        document, requirement = gap.statement.guideline, gap.statement.requirement
        badges = (
            self.values.code("legal-forces", document.legal_force),
            self.values.code("ev-applicability", document.applies_to_ev),
            self.values.code("bases", requirement.basis),
        )
        labels = (self.say("force"), self.say("applies"), self.say("basis"))
        marks = Markup(" ").join(
            Markup('<span class="ev-labelled">{} {}</span>').format(label, badge)
            for label, badge in zip(labels, badges, strict=True)
        )
        return self.values.entry(document) + Markup("<br>") + marks
