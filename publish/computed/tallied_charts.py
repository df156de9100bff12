"""Charts that count the entries of a collection, each number with a link to the entries that it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Generic, NamedTuple, TypeVar
from urllib.parse import quote

from markupsafe import Markup

from kb.analysis.tally import Count, tally
from kb.models.core import Entry
from publish.charts import Bar, Chart, Share, bars, columns
from publish.computed.explorer import NONE, Facet
from publish.phrases import Phrases
from publish.safe_text import html
from publish.site import Site

EntryT = TypeVar("EntryT", bound=Entry)
CodeT = TypeVar("CodeT", bound=str)
#: Codes that say that nothing is known.
UNKNOWN: Final = ("unknown", "unspecified")
#: Bars that a chart shows; what is left is added up in one more, and stands apart in the table.
_SHOWN: Final = 12


class Counted(NamedTuple):
    """What the charts of a page have in common."""

    #: Sheet of the phrases ``by_<facet>``, ``once_caption``, ``many_caption``, ``absent_caption``, ``not_recorded``,
    #: ``rest``, ``bars_alt``, ``columns_alt``.
    sheet: str
    #: How the names of the charts begin: ``trials`` for ``trials-by-phase``.
    name: str
    #: What is counted, as a word of the sheet.
    what: str
    #: From the page to the explorer of the same entries.
    explorer: str
    #: Further choice in the explorer, when not all of its entries are counted: ``&about=ev``.
    narrowed: str = ""


class TalliedCharts(Generic[EntryT]):
    """Charts over entries in one language.

    Args:
        site: Its language.
        counted: What the charts have in common.
        entries: What is counted.
    """

    def __init__(self, site: Site, counted: Counted, entries: Sequence[EntryT]) -> None:
        self.site, self.counted, self.entries = site, counted, entries
        self.say = Phrases(site, counted.sheet)

    def by(self, facet: Facet[EntryT], many: bool = False, least: int = 0) -> Chart:
        """Entries per code of a facet, in the order of the facet, else the most frequent first.

        Args:
            facet: What the bars are.
            many: True when an entry can have several codes and so count in several bars.
            least: Codes with fewer entries share one bar.
        """
        say, order = self.say, facet.order
        counts = tally(self.entries, facet.codes, UNKNOWN)
        if order:
            counts.sort(key=lambda count: (count.code in UNKNOWN, order(count.code)))
        absent = sum(not facet.codes(entry) for entry in self.entries)
        caption = [say("many_caption" if many else "once_caption")]
        if absent:
            caption.append(say("absent_caption", n=len(self.entries), m=absent))
        return self.bars(
            f"by-{facet.key}",
            [(facet.label(count.code), count) for count in counts]
            + ([(say("not_recorded"), Count(NONE, absent))] if absent else []),
            title=say(f"by_{facet.key}"),
            caption=" ".join(caption) if self.site.language == "en" else "".join(caption),
            words=(facet.heading, say(self.counted.what)),
            facet=facet.key,
            unknown=(*UNKNOWN, NONE),
            least=least,
        )

    def by_year(
        self,
        found: tuple[Mapping[tuple[int, CodeT], int], int],
        labels: Mapping[CodeT, str],
        words: tuple[str, str],
        unknown: Sequence[str] = UNKNOWN,
    ) -> list[Chart]:
        """A column for each year, stacked; none while no entry has a year.

        Args:
            found: (year, code) -> entries, and how many entries have no year on record.
            labels: Code -> what the legend says, from the bottom up.
            words: What the years are and what the parts are.
            unknown: Codes that are no answer.
        """
        say = self.say
        counts, without = found
        if not counts:
            return []
        years = range(min(year for year, _ in counts), max(year for year, _ in counts) + 1)
        sums = {year: sum(counts.get((year, code), 0) for code in labels) for year in years}
        highest = max(sums, key=lambda year: sums[year])
        chart = Chart(
            name=f"{self.counted.name}-by-year",
            language=self.site.language,
            spec=columns(
                list(years),
                [Share(label, code in unknown) for code, label in labels.items()],
                {(year, labels[code]): number for (year, code), number in counts.items()},
                (*words, say(self.counted.what)),
            ),
            title=say("by_year"),
            caption=say("by_year_caption", n=len(self.entries), m=without),
            alt=say("columns_alt", first=str(years[0]), last=str(years[-1]), year=str(highest), m=sums[highest]),
            columns=(words[0], *labels.values(), say(self.counted.what)),
            rows=[
                (
                    self._link("year", str(year), str(year)) if sums[year] else str(year),
                    *(counts.get((year, code), 0) for code in labels),
                    sums[year],
                )
                for year in years
            ],
        )
        return [chart]

    def bars(
        self,
        name: str,
        found: Sequence[tuple[str, Count]],
        title: str,
        caption: str,
        words: tuple[str, str],
        *,
        facet: str = "",
        unknown: Sequence[str] = UNKNOWN,
        least: int = 0,
    ) -> Chart:
        """Bars in the order given.

        Args:
            name: What follows the common beginning of the names: ``by-phase``.
            found: Label and count of each bar.
            title: As text.
            caption: What is counted.
            words: What the bars are and what is counted.
            facet: Key of the explorer's facet to which the labels lead; none when empty.
            unknown: Codes that are no answer.
            least: Answers with a smaller number share one bar.
        """
        rows = [Bar(label, count.number, count.code in unknown) for label, count in found]
        top = [f"{row.label} {row.number}" for row in sorted(rows, key=lambda row: -row.number)[:3]]
        comma = ", " if self.site.language == "en" else "、"
        return Chart(
            name=f"{self.counted.name}-{name}",
            language=self.site.language,
            spec=bars(self._shortened(rows, least), *words),
            title=title,
            caption=caption,
            alt=self.say("bars_alt", title=title, top=comma.join(top)),
            columns=words,
            rows=[
                (self._link(facet, count.code, label) if facet and count.number else label, count.number)
                for label, count in found
            ],
        )

    def _shortened(self, rows: Sequence[Bar], least: int) -> list[Bar]:
        """At most :data:`_SHOWN` answers, the others as one bar, and what is unknown last."""
        answers, unknown = [row for row in rows if not row.unknown], [row for row in rows if row.unknown]
        large, small = [row for row in answers if row.number >= least], [row for row in answers if row.number < least]
        kept, rest = large[:_SHOWN], large[_SHOWN:] + small
        if len(rest) > 1:
            kept.append(Bar(self.say("rest", m=len(rest)), sum(row.number for row in rest)))
        else:
            kept += rest
        return kept + unknown

    def _link(self, facet: str, code: str, label: str) -> Markup:
        """From a number to the entries that it counts."""
        return Markup('<a href="{}?{}={}{}">{}</a>').format(
            self.counted.explorer, facet, quote(code), self.counted.narrowed, html(label)
        )


def by_key(facets: Sequence[Facet[EntryT]]) -> Mapping[str, Facet[EntryT]]:
    """The facets of an explorer by their keys."""
    return {facet.key: facet for facet in facets}
