"""``harmonisation/``: attributes by how far authorities agree, the gaps between them, and how that is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from markupsafe import Markup

from kb.analysis.harmonisation import Agreement, Harmonisation, Member, Position, harmonisation
from kb.analysis.harmonisation_records import as_json, headings, lines
from kb.statistics import as_of
from publish.computed.harmonisation_words import SHEET, GapSentences
from publish.computed.matrix import sprite
from publish.computed.matrix_statements import StatementList, anchor
from publish.csv_text import safe_csv
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place
from publish.safe_text import html, trusted
from publish.site import Site
from publish.tables import Column, table
from publish.templating import render
from publish.values import Values

PATH = "harmonisation/"
#: Below the root of the whole site.
_DATA = "harmonisation/harmonisation"
_RULES = ("rule_ask", "rule_rank", "rule_level", "rule_silent", "rule_limits")


def pages(site: Site) -> Iterator[Page]:
    """The one page of the view."""
    yield _View(site).page()


def files(site: Site) -> Mapping[str, str | bytes]:
    """Its data as CSV and JSON, in both languages at once."""
    if site.language != "en":
        return {}
    found = harmonisation(site.kb)
    return {f"{_DATA}.csv": safe_csv(headings(found), lines(site.kb, found)), f"{_DATA}.json": as_json(site.kb, found)}


class _View:
    def __init__(self, site: Site) -> None:
        self.site, self.say = site, Phrases(site, SHEET)
        self.place = Place(site.language, PATH)
        self.values = Values(site, self.place.root)
        self.found: Harmonisation = harmonisation(site.kb)
        self.lists = StatementList(site, self.values)
        self.sentences = GapSentences(site, self.place.root, self.found)

    def page(self) -> Page:
        say = self.say
        several = [agreement for agreement in self.found.gaps if len(agreement.asking) > 1]
        alone = [agreement for agreement in self.found.gaps if len(agreement.asking) == 1]
        body = [self._head(), block(sprite()), heading(say("ranking"), "ranking"), block(self._grid())]
        body.append(heading(say("gaps"), "gaps"))
        for key, found in (("gaps_several", several), ("gaps_one", alone)):
            if found:
                body += [heading(f"{say(key)} ({len(found)})", key.replace("_", "-"), 3), block(self._gaps(found))]
        body += [heading(say("nobody"), "nobody"), block(self._nobody())]
        body += [heading(say("method"), "method"), block(self._method())]
        body += [heading(say("panel"), "panel"), block(self._panel())]
        return Page(
            path=PATH,
            title=say("title"),
            description=say("description"),
            body="\n\n".join(body) + "\n",
            meta={"hide": ["toc", "navigation"]},
            styles=("assets/styles/matrix.css", "assets/styles/harmonisation.css"),
        )

    def _head(self) -> str:
        say, root, day = self.say, self.place.root, as_of(self.site.kb.guidelines.values())
        return page_head(
            self.site,
            root,
            say("title"),
            say("about"),
            links=[
                (say("see_matrix"), f"{root}matrix/"),
                (say("see_topics"), f"{root}matrix/topics/"),
                (say("see_gaps"), f"{root}gaps/"),
                (say("method"), "#method"),
            ],
            template="matrix_head",
            counted=say.html(
                "counted",
                members=len(self.found.panel),
                attributes=len(self.found.ranking),
                day=self.values.date(day) if day else "–",
            ),
            download=say("download"),
            downloads=[(kind.upper(), f"{self.place.site_root}{_DATA}.{kind}") for kind in ("csv", "json")],
        )

    def _grid(self) -> Markup:
        say, label = self.say, self.site.label
        spoken_of = [
            (rank, item)
            for rank, item in self.found.ranking
            if any(position.statements for position in (*item.panel, *item.others, item.international))
        ]
        codes = [member.code for member in self.found.panel]
        return render(
            "harmonisation_grid",
            hint=say("scroll_hint"),
            label=say("grid"),
            attribute=say("attribute"),
            figures=[say("ask"), say("take_up"), say("level_agreement")],
            places=[*(label("jurisdictions", code) for code in codes), say("other"), label("jurisdictions", "INTL")],
            rows=[self._row(rank, item) for rank, item in spoken_of],
        )

    def _row(self, rank: int, item: Agreement) -> dict[str, object]:
        size, level = len(item.panel), item.level_agreement
        elsewhere = Markup(" ").join(self._cell(position, named=True) for position in item.others)
        return {
            "rank": str(rank),
            "name": self.values.entry(self.site.kb.attributes[item.attribute]),
            "ask": self.say("of", n=len(item.asking), all=size),
            "take_up": self.say("of", n=item.taking_up, all=size),
            "level": f"{level:.0%}" if level is not None else "–",
            "asked": f"{100 * item.share_asking:.1f}",
            "taken": f"{100 * item.taking_up / size if size else 0:.1f}",
            "cells": [*(self._cell(position) for position in item.panel), elsewhere, self._cell(item.international)],
        }

    def _cell(self, position: Position, named: bool = False) -> Markup:
        if not position.statements:
            words = html(self.say("silent"))
            return trusted(f'<span class="ev-hm-silent" title="{html(self.say("silent_long"))}">{words}</span>')
        first = position.statements[0]
        name = html(self.site.label("jurisdictions", position.jurisdiction)) if named else ""
        cosmetics = f"<small>{html(self.lists.say('cosmetics_only'))}</small>" if first.cosmetics_only else ""
        where = f"<small>{name}</small>" if name else ""
        mark = self.lists.mark(first)
        return trusted(f'<a href="{self.place.root}matrix/#{html(anchor(first))}">{mark}{where}{cosmetics}</a>')

    def _gaps(self, found: list[Agreement]) -> Markup:
        kb = self.site.kb
        told = [(self.values.entry(kb.attributes[item.attribute]), self.sentences.sentence(item)) for item in found]
        return render("harmonisation_gaps", gaps=told)

    def _nobody(self) -> Markup:
        unasked = [item for _, item in self.found.ranking if not item.asking]
        names = [self.values.entry(self.site.kb.attributes[item.attribute]) for item in unasked]
        about = html(self.say("nobody_about"))
        return Markup('<p>{}</p><div class="ev-columns">{}</div>').format(about, self.values.items(names))

    def _method(self) -> Markup:
        return render("harmonisation_method", rules=[self.say(rule) for rule in _RULES])

    def _panel(self) -> Markup:
        asked: dict[str, int] = {}
        for _, item in self.found.ranking:
            for position in item.asking:
                asked[position.jurisdiction] = asked.get(position.jurisdiction, 0) + 1
        say, values = self.say, self.values

        def number(of: str, cell: Callable[[Member], Markup]) -> Column:
            return Column(say(of), cell, "ev-narrow")

        columns = (
            Column(say("col_jurisdiction"), lambda member: values.code("jurisdictions", member.code)),
            Column(say("col_coverage"), lambda member: values.code("coverage-levels", member.coverage)),
            number("col_documents", lambda member: values.number(member.documents)),
            number("col_statements", lambda member: values.number(member.statements)),
            number("col_asks", lambda member: values.number(asked.get(member.code, 0))),
        )
        members: tuple[Member, ...] = self.found.panel
        shown = table(values, members, columns) if members else Markup("")
        rest = say.html("not_surveyed_list", who=self.sentences.names(self.found.not_surveyed))
        return shown + Markup("<p>{}</p>").format(rest)
