"""What is kept of one live source's searches: the queries with their hits, and why records were left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from markupsafe import Markup

from kb.analysis.search_protocol import LeftOut, SourceProtocol, left_out, not_listed
from kb.decisions import Decision
from kb.problems import shorten
from kb.searches import Search
from publish.phrases import Phrases
from publish.safe_text import html, web_address
from publish.site import Site
from publish.tables import Column, table
from publish.templating import render
from publish.values import Values

#: Identifiers named beside one reason; the CSV file has all.
SHOWN: Final = 12
#: Reasons, and rejections, shown of one search; their words differ from record to record.
REASONS: Final = 100
_LONGEST_QUERY_NAME: Final = 60


class ProtocolTables:
    """The blocks of the page about searches, source by source."""

    def __init__(self, site: Site, values: Values) -> None:
        self._site, self._values = site, values
        self._say = Phrases(site, "search_protocol")

    def source(self, item: SourceProtocol) -> Markup:
        """The searches of a source, what they left out, and what people decided."""
        values, decided = self._values, item.accepted + len(item.rejected) + item.put_off + item.waiting
        counts = {
            "accepted": item.accepted,
            "rejected": len(item.rejected),
            "put_off": item.put_off,
            "waiting": item.waiting,
        }
        return render(
            "protocol_source",
            searches=table(values, item.searches, self._columns()) if item.searches else "",
            no_searches=self._say("no_searches"),
            folded=list(self._folded(item)),
            decisions=self._say("decisions", **counts) if decided else "",
        )

    def _columns(self) -> Sequence[Column]:
        say, number = self._say, self._values.number
        return (
            Column(say("query"), self._query, "ev-wide ev-name"),
            Column(say("hits"), lambda search: number(search.hits), "ev-narrow"),
            Column(say("known"), lambda search: number(len(search.known)), "ev-narrow"),
            Column(say("proposed"), lambda search: number(len(search.proposed)), "ev-narrow"),
            Column(say("excluded"), lambda search: number(len(search.excluded)), "ev-narrow"),
            Column(say("not_listed"), lambda search: number(not_listed(search)), "ev-narrow"),
            Column(say("on"), lambda search: self._values.date(search.on), "ev-narrow"),
        )

    def _query(self, search: Search) -> Markup:
        """The query; a feed's is its address."""
        if web_address(search.query):
            return self._values.outside(search.query, search.query)
        return Markup('<code class="ev-query">{}</code>').format(html(search.query))

    def _folded(self, item: SourceProtocol) -> Iterator[tuple[str, Markup]]:
        for search in item.searches:
            if search.excluded:
                query = shorten(search.query, _LONGEST_QUERY_NAME)
                yield self._say("why_excluded", n=len(search.excluded), query=query), self._reasons(left_out(search))
        if item.rejected:
            yield self._say("why_rejected", n=len(item.rejected)), self._rejected(item.rejected)

    def _reasons(self, found: Sequence[LeftOut]) -> Markup:
        say = self._say
        columns = (
            Column(say("reason"), lambda item: self._values.name(item.reason), "ev-wide ev-name"),
            Column(say("number"), lambda item: self._values.number(len(item.ids)), "ev-narrow"),
            Column(say("records"), self._ids, "ev-wide"),
        )
        return table(self._values, found[:REASONS], columns) + self._more(len(found) - REASONS)

    def _ids(self, item: LeftOut) -> Markup:
        shown = [self._values.outside(id_, id_) for id_ in item.ids[:SHOWN]]
        if len(item.ids) > SHOWN:
            shown.append(html(self._say("more_records", n=len(item.ids) - SHOWN)))
        comma = html("、" if self._site.language == "ja" else ", ")
        return Markup('<span class="ev-protocol-id">{}</span>').format(comma.join(shown))

    def _rejected(self, found: Sequence[Decision]) -> Markup:
        say = self._say
        columns = (
            Column(say("proposal"), lambda item: html(item.proposal.partition("/")[2]), "ev-name"),
            Column(say("reason"), lambda item: html(item.reason or say("no_reason")), "ev-wide"),
            Column(say("day"), lambda item: self._values.date(item.on), "ev-narrow"),
        )
        return table(self._values, found[:REASONS], columns) + self._more(len(found) - REASONS)

    def _more(self, number: int) -> Markup:
        words = Markup('<p class="ev-protocol-note">{}</p>')
        return words.format(self._say("more_rows", n=number)) if number > 0 else Markup("")
