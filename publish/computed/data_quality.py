"""The page about the quality of the data, the list of open questions, and all entries as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from kb.analysis.data_quality import Quality, QuestionedEntry, data_quality
from kb.analysis.entry_needs import POINTS, Need, needs
from kb.excluded import excluded_records
from kb.models import COLLECTIONS
from publish.computed.quality_csv import quality_csv
from publish.computed.quality_disagreements import SHOWN, disagreements_table
from publish.computed.quality_tables import QualityTables
from publish.page import Page, block, heading
from publish.page_head import page_head
from publish.phrases import Phrases
from publish.places import Place, localized_path
from publish.safe_text import html, trusted
from publish.site import Site
from publish.tables import Column, table
from publish.templating import render
from publish.values import Values

PATH = "quality-of-data/"
QUESTIONS_PATH = f"{PATH}open-questions/"
_CSV = f"{PATH}entries.csv"
STYLES = ("assets/styles/quality.css",)
#: Entries in the list of those most in need; the CSV file has all.
_SHOWN_NEEDS = 50


def pages(site: Site) -> Iterator[Page]:
    """The page of figures and the list of open questions."""
    yield _figures_page(site)
    yield _questions_page(site)


def files(site: Site) -> Mapping[str, str | bytes]:
    """Every entry with its figures."""
    quality = data_quality(site.kb)
    return {localized_path(site.language, _CSV): quality_csv(site, _needs(site, quality))}


def _needs(site: Site, quality: Quality) -> tuple[Need, ...]:
    return needs(site.kb, quality.as_of) if quality.as_of else ()


def _figures_page(site: Site) -> Page:
    say, values, quality = (
        Phrases(site, "quality"),
        Values(site, Place(site.language, PATH).root),
        data_quality(site.kb),
    )
    tables = QualityTables(site, values, quality)
    body = [_head(site, values, quality)]

    def section(name: str, content: Markup, **filled: str | int) -> None:
        note = Markup('<p class="ev-dq-note">{}</p>').format(say.html(f"{name}_note", **filled))
        body.extend((heading(say(name), name.replace("_", "-")), block(note + content)))

    day = values.date(quality.as_of) if quality.as_of else Markup("–")
    section("overview", tables.overview())
    section("needs", _needs_table(site, values, _needs(site, quality)), **_needs_words(site, quality))
    section("freshness", tables.freshness(), day=day)
    section("reading", tables.reading())
    section("source_kinds", tables.source_kinds())
    section("bases", tables.bases())
    section("review", tables.review())
    section("translation", tables.translation())
    section("conflicts", _conflicts(site, values, quality.conflicts))
    section("disagreements", disagreements_table(site, values, quality), n=SHOWN)
    section("excluded", _excluded(site, values))
    return Page(
        path=PATH,
        title=say("title"),
        description=say("description"),
        body="\n\n".join(body) + "\n",
        styles=STYLES,
    )


def _head(site: Site, values: Values, quality: Quality) -> str:
    say, number = Phrases(site, "quality"), values.number
    entries, questions = quality.total("entries"), quality.total("open_questions")
    day = values.date(quality.as_of) if quality.as_of else Markup("–")
    figures = [
        (number(entries), say("entries")),
        (html(f"{quality.total('primary_read') / entries:.0%}" if entries else "–"), say("primary")),
        (number(quality.total("stale")), say("stale")),
        (number(quality.total("conflicts")), say("conflicts")),
        *([(number(quality.total("disagreements")), say("disagreements_short"))] if quality.statements else []),
        (number(questions), say("open")),
    ]
    links = [
        (say("questions_link", n=questions), f"{values.root}{QUESTIONS_PATH}"),
        (say("csv"), f"{Place(site.language, PATH).site_root}{localized_path(site.language, _CSV)}"),
        (site.labels.phrase("translation", "title"), f"{values.root}{PATH}translations/"),
        (say("method"), f"{values.root}methodology/"),
    ]
    return page_head(
        site,
        values.root,
        say("title"),
        say("about"),
        links=links,
        template="quality_head",
        as_of=say.html("as_of", day=day),
        figures=figures,
    )


def _needs_words(site: Site, quality: Quality) -> dict[str, int]:
    total = quality.total("entries")
    points = {
        "nothing": "nothing-read",
        "primary": "no-primary-read",
        "stale": "stale",
        "low": "low-confidence",
        "conflict": "conflict",
        "weak": "weak-basis",
        "copies": "copies-only",
        "open": "open-question",
    }
    return {"n": min(_SHOWN_NEEDS, total), "total": total} | {word: POINTS[code] for word, code in points.items()}


def _needs_table(site: Site, values: Values, found: Sequence[Need]) -> Markup:
    say = Phrases(site, "quality")
    comma = "、" if site.language == "ja" else ", "

    def reasons(need: Need) -> Markup:
        return html(comma.join(say(f"reason_{reason.code}", n=reason.times) for reason in need.reasons))

    columns = (
        Column(say("entry"), lambda need: values.entry(site.kb.entry(need.key)), "ev-wide ev-name"),
        Column(say("collection"), lambda need: html(site.labels.collection(need.key[0]))),
        Column(say("points"), lambda need: values.number(need.points), "ev-narrow"),
        Column(say("reasons"), reasons, "ev-wide"),
        Column(say("relied_on"), lambda need: values.number(need.relied_on), "ev-narrow"),
    )
    shown = [need for need in found[:_SHOWN_NEEDS] if need.points]
    return trusted(f'<div class="ev-list">{table(values, shown, columns)}</div>') if shown else Markup("")


def _conflicts(site: Site, values: Values, found: Sequence[QuestionedEntry]) -> Markup:
    say = Phrases(site, "quality")
    rows = [(item.key, conflict) for item in found for conflict in item.conflicts]
    columns = (
        Column(say("entry"), lambda row: values.entry(site.kb.entry(row[0])), "ev-wide ev-name"),
        Column(say("field"), lambda row: html(site.labels.field_path(row[0][0], row[1].field))),
        Column(say("values"), lambda row: values.items(values.name(side.value) for side in row[1].values), "ev-wide"),
    )
    if not rows:
        return html(say("conflicts_none"))
    return trusted(f'<div class="ev-list">{table(values, rows, columns)}</div>')


def _excluded(site: Site, values: Values) -> Markup:
    """The records left out, when the site is built from a checkout that lists them."""
    records = excluded_records(site.checkout / "kb") if site.checkout else ()
    say = Phrases(site, "quality")
    columns = (
        Column(say("excluded_what"), lambda record: values.name(record.title), "ev-wide"),
        Column(say("id"), lambda record: html(record.id)),
        Column(say("excluded_reason"), lambda record: values.name(record.reason), "ev-wide"),
        Column(say("excluded_on"), lambda record: values.date(record.on), "ev-narrow"),
    )
    return table(values, records, columns) if records else html(say("excluded_none"))


def _questions_page(site: Site) -> Page:
    say, values = Phrases(site, "quality"), Values(site, Place(site.language, QUESTIONS_PATH).root)
    crumbs = [(say("title"), f"{values.root}{PATH}")]
    body = [page_head(site, values.root, say("questions_title"), say("questions_about"), crumbs=crumbs)]
    for name in COLLECTIONS:
        rows = [
            (entry, [site.text(question) for question in entry.open_questions])
            for entry in site.kb.collection(name).values()
            if entry.open_questions and not entry.withdrawn
        ]
        if rows:
            count = sum(len(questions) for _, questions in rows)
            body.append(heading(f"{site.labels.collection(name)} ({count})", name))
            listed = [(values.entry(entry), questions) for entry, questions in rows]
            body.append(block(render("quality_questions", rows=listed)))
    return Page(
        path=QUESTIONS_PATH,
        title=say("questions_title"),
        description=say("questions_about"),
        body="\n\n".join(body) + "\n",
        styles=STYLES,
    )
