"""How far the texts of the two languages are in step: counts by collection, the pairs out of step, every entry as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup

from kb.knowledge_base import Key, key_of, standing
from kb.translations.change_days import all_change_days
from kb.translations.harm import entry_is_about_harm
from kb.translations.overview import Parity, all_states, parity
from kb.translations.standing import STATES, PairState
from publish.computed import data_quality
from publish.csv_text import Cell, safe_csv
from publish.out_of_step import SHEET
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place, localized_path
from publish.safe_text import html, trusted, visible
from publish.site import Site
from publish.tables import Column, table
from publish.templating import render
from publish.values import Values

PATH = f"{data_quality.PATH}translations/"
_CSV = f"{PATH}entries.csv"
_STYLES = (*data_quality.STYLES, "assets/styles/translation.css")


def pages(site: Site) -> Iterator[Page]:
    """The page of counts."""
    say, values = Phrases(site, SHEET), Values(site, Place(site.language, PATH).root)
    counted = [item for item in parity(site.kb) if item.entries]
    body = [_head(site, values, counted)]
    for name, content in (("by_collection", _counts(site, values, counted)), ("stale_list", _stale(site, values))):
        note = Markup('<p class="ev-dq-note">{}</p>').format(say(f"{name}_note"))
        body += [heading(say(name), name.replace("_", "-")), block(note + content)]
    yield Page(
        path=PATH,
        title=say("title"),
        description=say("description"),
        body="\n\n".join(body) + "\n",
        styles=_STYLES,
    )


def files(site: Site) -> Mapping[str, str | bytes]:
    """Every entry with its counts; headings in the site's language."""
    say = Phrases(site, SHEET)
    names = ("collection", "id", "entry", "pairs", *(f"state_{state}" for state in STATES), "harm_pairs", "harm_stale")
    return {localized_path(site.language, _CSV): safe_csv([say(name) for name in names], _rows(site))}


def _rows(site: Site) -> Iterator[tuple[Cell, ...]]:
    states = all_states(site.kb)
    for entry in standing(site.kb):
        own = states[key_of(entry)]
        harm = [item for item in own if entry_is_about_harm(entry, item.pair.field)]
        counts = (sum(item.state == state for item in own) for state in STATES)
        stale = sum(item.state == "stale" for item in harm)
        yield *key_of(entry), visible(site.title(entry)), len(own), *counts, len(harm), stale


def _head(site: Site, values: Values, counted: Sequence[Parity]) -> str:
    say = Phrases(site, SHEET)
    numbers = _numbers(counted)
    figures = [(values.number(numbers[name]), say(name)) for name in ("pairs", *(f"state_{state}" for state in STATES))]
    figures.append((values.number(numbers["harm_stale"]), f"{say('harm_pairs')}: {say('state_stale')}"))
    links = [
        (say("csv"), f"{Place(site.language, PATH).site_root}{localized_path(site.language, _CSV)}"),
        (say("method"), f"{values.root}methodology/"),
    ]
    return page_head(
        site,
        values.root,
        say("title"),
        say("about"),
        links=links,
        crumbs=[(say("quality"), f"{values.root}{data_quality.PATH}")],
        template="quality_head",
        as_of="",
        figures=figures,
    )


def _numbers(counted: Iterable[Parity]) -> dict[str, int]:
    """The sums of the columns by their label."""
    names = ("pairs", *(f"state_{state}" for state in STATES), "harm_pairs", "harm_stale")
    rows = list(map(_row, counted))
    return {name: sum(row[at] for row in rows) for at, name in enumerate(names)}


def _row(item: Parity) -> list[int]:
    return [item.pairs, *(item.states[state] for state in STATES), item.harm, item.harm_stale]


def _counts(site: Site, values: Values, counted: Sequence[Parity]) -> Markup:
    say, sums = Phrases(site, SHEET), _numbers(counted)
    headings = [say(name) for name in sums]

    def cells(numbers: Iterable[int]) -> list[tuple[str, Markup]]:
        return [(name, values.number(number)) for name, number in zip(headings, numbers, strict=True)]

    rows = [(_collection(site, values, item.collection), cells(_row(item))) for item in counted]
    rows.append((html(say("all")), cells(sums.values())))
    return render("quality_table", first=say("collection"), headings=headings, rows=rows)


def _collection(site: Site, values: Values, name: str) -> Markup:
    return trusted(f'<a href="{values.root}{html(name)}/">{html(site.labels.collection(name))}</a>')


def _stale(site: Site, values: Values) -> Markup:
    say, days = Phrases(site, SHEET), all_change_days(site.kb)
    withdrawn = {key_of(entry) for entry in site.kb if entry.withdrawn}
    rows = [
        (key, item)
        for key, items in all_states(site.kb).items()
        for item in items
        if item.state == "stale" and key not in withdrawn
    ]

    def field(row: tuple[Key, PairState]) -> Markup:
        words = html(site.labels.field_path(row[0][0], row[1].pair.field))
        if not entry_is_about_harm(site.kb.entry(row[0]), row[1].pair.field):
            return words
        return words + Markup(' <span class="ev-badge ev-step-warns">{}</span>').format(say("about_harm"))

    def changed(row: tuple[Key, PairState]) -> Markup:
        key, item = row
        day = days.get((key, item.pair.field))
        known = day or (item.record.day if item.record else "")
        when = say.html("on" if day else "after", day=values.date(known))
        return say.html("changed_words", language=say(f"language_{item.changed}"), when=when)

    columns = (
        Column(say("entry"), lambda row: values.entry(site.kb.entry(row[0])), "ev-wide ev-name"),
        Column(say("field"), field, "ev-wide"),
        Column(say("changed"), changed),
    )
    if not rows:
        return html(say("stale_none"))
    return trusted(f'<div class="ev-list">{table(values, rows, columns)}</div>')
