"""A table of entries that reads whole without JavaScript and can be filtered and sorted with it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Generic, NamedTuple, TypeVar

from markupsafe import Markup

from kb.models.core import Entry
from publish.phrases import Phrases
from publish.safe_text import html, trusted
from publish.site import Site
from publish.templating import render

EntryT = TypeVar("EntryT", bound=Entry)
#: The code of an entry that has none in a facet.
NONE: Final = "none"
STYLES: Final = ("assets/styles/explorer.css",)
SCRIPTS: Final = ("assets/tables/explorer.js",)
_WORDS: Final = ("shown", "none", "chosen")


class Facet(NamedTuple, Generic[EntryT]):
    """A group of boxes to tick; an entry shows when it has one of the ticked codes of every group."""

    #: Name in the address: ``jurisdiction``.
    key: str
    heading: str
    codes: Callable[[EntryT], Sequence[str]]
    label: Callable[[str], str]
    #: Order of the codes; by default the most frequent first.
    order: Callable[[str], Any] | None = None


class ExplorerColumn(NamedTuple, Generic[EntryT]):
    """A column; its key names it in the address."""

    key: str
    heading: str
    cell: Callable[[EntryT], Markup]
    #: What rows are sorted by; None and empty text come last in both directions.
    order: Callable[[EntryT], str | float | None]
    style: str = ""


def explorer(
    site: Site, entries: Sequence[EntryT], columns: Sequence[ExplorerColumn[EntryT]], facets: Sequence[Facet[EntryT]]
) -> Markup:
    """The table with its form, which a script uncovers.

    Args:
        site: Its language.
        entries: In the order that readers see first.
        columns: From left to right; the first names the entry.
        facets: In the order of the form.
    """
    say, number = Phrases(site, "explorer"), str(len(entries))
    found = [(entry, {facet.key: _codes(facet, entry) for facet in facets}) for entry in entries]
    return render(
        "explorer",
        columns=columns,
        facets=[_boxes(site, facet, [codes[facet.key] for _, codes in found]) for facet in facets],
        rows=trusted("".join(_row(entry, codes, columns) for entry, codes in found)),
        sorts=[
            (sign + column.key, say(word, column=column.heading))
            for column in columns
            for sign, word in (("", "ascending"), ("-", "descending"))
        ],
        say={key: say(key) for key in ("search", "sort", "sort_default", "filters", "reset", "table")},
        count=say("shown", n=number, m=number),
        without_script=say("without_script"),
        words=json.dumps({key: say(key) for key in _WORDS}, ensure_ascii=False),
    )


def vocabulary_order(site: Site, vocabulary: str) -> Callable[[str], int]:
    """The place of a code in its vocabulary; unknown ones come last."""
    places = {code: place for place, code in enumerate(site.kb.vocabularies[vocabulary])}
    return lambda code: places.get(code, len(places))


def code_facet(
    site: Site,
    key: str,
    vocabulary: str,
    codes: Callable[[EntryT], Sequence[str]],
    order: Callable[[str], Any] | None = None,
    sheet: str = "explorer",
) -> Facet[EntryT]:
    """A facet over codes of a vocabulary, with the heading of the same key in ``labels/<sheet>.yaml``."""
    return Facet(key, site.labels.phrase(sheet, key), codes, lambda code: site.label(vocabulary, code), order)


def year_facet(heading: str, year: Callable[[EntryT], int | None]) -> Facet[EntryT]:
    """A facet over years, the latest first."""
    return Facet(
        "year",
        heading,
        lambda entry: [str(year(entry))] if year(entry) else [],
        str,
        lambda code: -int(code),
    )


def _codes(facet: Facet[EntryT], entry: EntryT) -> tuple[str, ...]:
    return tuple(dict.fromkeys(facet.codes(entry))) or (NONE,)


def _boxes(site: Site, facet: Facet[EntryT], found: Iterable[Sequence[str]]) -> dict[str, Any]:
    counted = Counter(code for codes in found for code in codes)
    order = facet.order or (lambda code: (-counted[code], facet.label(code)))
    codes = sorted((code for code in counted if code != NONE), key=order) + [NONE] * (NONE in counted)
    unknown = site.labels.phrase("explorer", "not_recorded")
    return {
        "key": facet.key,
        "heading": facet.heading,
        "codes": [(code, unknown if code == NONE else facet.label(code), str(counted[code])) for code in codes],
    }


def _row(entry: EntryT, codes: dict[str, tuple[str, ...]], columns: Sequence[ExplorerColumn[EntryT]]) -> str:
    marks = "".join(f' data-{key}="{html(" ".join(found))}"' for key, found in codes.items())
    cells = "".join(_cell(entry, column) for column in columns)
    return f"<tr{marks}>{cells}</tr>"


def _cell(entry: EntryT, column: ExplorerColumn[EntryT]) -> str:
    order = column.order(entry)
    style = f' class="{column.style}"' if column.style else ""
    key = "" if order is None else html(str(order))
    return f'<td data-label="{html(column.heading)}" data-order="{key}"{style}>{column.cell(entry)}</td>'
