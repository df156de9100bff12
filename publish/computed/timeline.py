"""The timeline over all jurisdictions: complete without JavaScript, filtered with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from kb.analysis.recorded import OWN_KINDS
from kb.analysis.timeline import Row, timeline, upcoming
from kb.statistics import as_of
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place
from publish.safe_text import html, trusted
from publish.site import Site
from publish.templating import render
from publish.timeline_words import kind_word, subject
from publish.values import Values

PATH = "timeline/"
_STYLE = "assets/styles/timeline.css"
#: Rows that have no jurisdiction of their own stand under this value of the filter.
_NOWHERE = "-"


def pages(site: Site) -> Iterator[Page]:
    """The one page of the timeline."""
    rows, say = timeline(site.kb), Phrases(site, "timeline")
    coming = upcoming(rows, as_of(site.kb))
    body = [_head(site, rows), _filters(site, rows), heading(f"{say('upcoming')} ({len(coming)})", "upcoming")]
    body += _upcoming(site, coming)
    later = {row.name for row in coming}
    past = [row for row in rows if row.name not in later]
    for year, found in groupby(past, key=lambda row: row.date[:4]):
        own = list(found)
        body += [heading(f"{_year(site, year)} ({len(own)})", f"y{year}"), _list(site, own)]
    yield Page(
        path=PATH,
        title=say("title"),
        description=say("description"),
        body="\n\n".join(body) + "\n",
        styles=(_STYLE,),
        scripts=("assets/timeline/filter.js",),
    )


def _year(site: Site, year: str) -> str:
    return f"{year}年" if site.language == "ja" else year


def _head(site: Site, rows: tuple[Row, ...]) -> str:
    say, place = Phrases(site, "timeline"), Place(site.language, PATH)
    day = as_of(site.kb)
    counted = say.html("counted", n=len(rows), day=Values(site, place.root).date(day) if day else "-")
    links = [(say("subscribe"), f"{place.root}feeds/")]
    return page_head(
        site, place.root, say("title"), say("about"), links=links, template="timeline_head", counted=counted
    )


def _upcoming(site: Site, coming: tuple[Row, ...]) -> list[str]:
    """Rules and acts first: the registered ends of trials, which often move, would hide them."""
    say = Phrases(site, "timeline")
    if not coming:
        return [block(html(say("upcoming_none")), "ev-tl-none")]
    ends = [row for row in coming if row.shown.kind == "trial-completion"]
    others = [row for row in coming if row not in ends]
    lists = [_list(site, others)] if others else []
    return [*lists, _list(site, ends, say("upcoming_trials"))] if ends else lists


def _list(site: Site, rows: Iterable[Row], note: str = "") -> str:
    values = Values(site, Place(site.language, PATH).root)
    shown = [_shown(site, values, row) for row in rows]
    return block(render("timeline_rows", rows=shown, also=Phrases(site, "timeline")("also"), note=note))


def _shown(site: Site, values: Values, row: Row) -> dict[str, Any]:
    entry = subject(site, row)
    places = [values.code("jurisdictions", code) for code in row.jurisdictions[:_PLACES]]
    comma = "、" if site.language == "ja" else ", "
    more = [html(Phrases(site, "timeline")("several"))] if len(row.jurisdictions) > _PLACES else places
    return {
        "date": values.date(row.date),
        "places": trusted(comma.join(more)),
        "kind": kind_word(site, row.shown.kind),
        "said": site.text(row.shown.title) if row.shown.title else "",
        "entry": values.entry(entry),
        "also": [values.entry(site.kb.entry(key)) for key in row.entries[1:]],
        "data": {
            "j": " ".join(row.jurisdictions) or _NOWHERE,
            "c": row.entries[0][0],
            "k": row.shown.kind,
            "y": row.date[:4],
        },
    }


#: A trial in more countries than this names none of them in its row.
_PLACES = 3


def _filters(site: Site, rows: tuple[Row, ...]) -> str:
    say = Phrases(site, "timeline")
    order = [*OWN_KINDS, *site.kb.vocabularies["event-kinds"]]
    choices = (
        (
            "jurisdiction",
            "j",
            _options(rows, lambda row: row.jurisdictions, lambda code: site.label("jurisdictions", code)),
        ),
        ("collection", "c", _options(rows, lambda row: (row.entries[0][0],), site.labels.collection)),
        ("kind", "k", _options(rows, lambda row: (row.shown.kind,), lambda kind: kind_word(site, kind), order)),
        ("year", "y", _options(rows, lambda row: (row.date[:4],), lambda year: year)[::-1]),
    )
    return block(
        render(
            "timeline_filters",
            words={key: say(key) for key in ("filters", "all", "reset", "shown", "none_shown")},
            choices=[(name, letter, say(name), options) for name, letter, options in choices],
            total=len(rows),
        )
    )


def _options(
    rows: Iterable[Row],
    codes: Callable[[Row], Iterable[str]],
    word: Callable[[str], str],
    order: list[str] | None = None,
) -> list[tuple[str, str, int]]:
    """Code, word and number of rows of every code that occurs, by word or in a given order."""
    counts = Counter(code for row in rows for code in codes(row))
    key = order.index if order else word
    return [(code, word(code), counts[code]) for code in sorted(counts, key=key)]
