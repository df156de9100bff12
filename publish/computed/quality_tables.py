"""The tables of figures on the page about data quality."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from kb.analysis.data_quality import AGE_BANDS, DEPTHS, CollectionQuality, Quality
from publish.phrases import Phrases
from publish.safe_text import html, trusted
from publish.site import Site
from publish.tables import Column, table
from publish.templating import render
from publish.values import Values


def share(part: int, whole: int) -> Markup:
    """A share as a bar and a percentage; the bar is hidden from screen readers, who get the words."""
    if not whole:
        return html("–")
    percent = round(100 * part / whole)
    bar = f'<meter class="ev-dq-meter" min="0" max="100" value="{percent}" aria-hidden="true"></meter>'
    return trusted(f'<span class="ev-dq-share">{bar} {percent}%</span>')


class QualityTables:
    """Figures by collection; the last row is the sum."""

    def __init__(self, site: Site, values: Values, quality: Quality) -> None:
        self._site, self._values, self._quality = site, values, quality
        self._say = Phrases(site, "quality")
        self._rows = [item for item in quality.collections if item.entries]

    def overview(self) -> Markup:
        """How much, how well sourced, what is open; disagreements only when live sources were asked at all."""
        asked = self._quality.statements
        return self._table(
            ("entries", lambda item: self._number(item.entries)),
            ("primary", lambda item: share(item.primary_read, item.entries)),
            ("bilingual", lambda item: html(f"{item.bilingual:.0%}")),
            ("stale", lambda item: self._number(item.stale)),
            ("open", lambda item: self._number(item.open_questions)),
            ("conflicts", lambda item: self._number(item.conflicts)),
            *([("disagreements_short", self._disagreements)] if asked else []),
        )

    def _disagreements(self, item: CollectionQuality) -> Markup:
        return self._number(item.disagreements)

    def freshness(self) -> Markup:
        """Entries by age."""
        bands = [(f"age_{band}", self._age(band)) for band in range(len(AGE_BANDS) + 1)]
        return self._table(("term", lambda item: self._number(item.term)), *bands, ("stale", self._stale))

    def _age(self, band: int) -> Callable[[CollectionQuality], Markup]:
        return lambda item: self._number(item.ages[band])

    def _stale(self, item: CollectionQuality) -> Markup:
        return self._number(item.stale)

    def reading(self) -> Markup:
        """Entries by the deepest reading."""
        return self._coded("reading-depths", DEPTHS, lambda item: item.depths)

    def source_kinds(self) -> Markup:
        """Sources by kind."""
        return self._coded("source-kinds", self._codes("source-kinds"), lambda item: item.source_kinds)

    def review(self) -> Markup:
        """Entries by review state and confidence."""
        states = self._coded("review-states", self._codes("review-states"), lambda item: item.review)
        return states + self._coded("confidence-levels", self._codes("confidence-levels"), lambda item: item.confidence)

    def translation(self) -> Markup:
        """Both languages, and titles translated here."""
        return self._table(
            ("bilingual", lambda item: html(f"{item.bilingual:.0%}")),
            ("own_titles", lambda item: share(item.own_titles, item.entries)),
        )

    def bases(self) -> Markup:
        """Requirements by what was read of them."""
        counts = self._quality.bases
        rows = [(code, counts[code]) for code in self._codes("bases") if counts[code]]
        columns = (
            Column(self._say("basis"), lambda row: self._values.code("bases", row[0])),
            Column(self._say("number"), lambda row: self._number(row[1]), "ev-narrow"),
            Column(self._say("share"), lambda row: share(row[1], counts.total()), "ev-narrow"),
        )
        return table(self._values, rows, columns) if rows else Markup("")

    def _coded(
        self, vocabulary: str, codes: Iterable[str], counts: Callable[[CollectionQuality], Counter[str]]
    ) -> Markup:
        def cell(code: str) -> Callable[[CollectionQuality], Markup]:
            return lambda item: self._number(counts(item)[code])

        return self._grid([(self._site.label(vocabulary, code), cell(code)) for code in codes])

    def _codes(self, vocabulary: str) -> Sequence[str]:
        return list(self._site.kb.vocabularies[vocabulary])

    def _table(self, *columns: tuple[str, Callable[[CollectionQuality], Markup]]) -> Markup:
        return self._grid([(self._say(key), cell) for key, cell in columns])

    def _grid(self, columns: Sequence[tuple[str, Callable[[CollectionQuality], Markup]]]) -> Markup:
        rows = [(self._collection(item), [(heading, cell(item)) for heading, cell in columns]) for item in self._rows]
        return render("quality_table", first=self._say("collection"), headings=[name for name, _ in columns], rows=rows)

    def _collection(self, item: CollectionQuality) -> Markup:
        words = html(self._site.labels.collection(item.name))
        return trusted(f'<a href="{self._values.root}{item.name}/">{words}</a>')

    def _number(self, value: int) -> Markup:
        return self._values.number(value)
