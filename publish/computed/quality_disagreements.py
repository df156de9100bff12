"""On the page about data quality: the fields of which a live source states something else than the entry."""

from __future__ import annotations

from typing import Final, NamedTuple

from markupsafe import Markup

from kb.analysis.data_quality import Quality
from kb.analysis.stated import StatedFact, Statement
from kb.knowledge_base import Key
from publish.phrases import Phrases
from publish.safe_text import html, trusted
from publish.site import Site
from publish.stated_words import StatedWords
from publish.tables import Column, table
from publish.values import Values

#: Rows of the table; the CSV file counts them all, and each entry's page shows its own.
SHOWN: Final = 200


class _Row(NamedTuple):
    key: Key
    words: StatedWords
    statement: Statement
    fact: StatedFact


def disagreements_table(site: Site, values: Values, quality: Quality) -> Markup:
    """Each field with the entry's value, which counts, and the source's."""
    say = Phrases(site, "quality")
    if not quality.statements:
        return html(say("disagreements_unasked"))
    rows = _rows(site, values, quality)
    if not rows:
        return html(say("disagreements_none"))
    columns = (
        Column(say("entry"), lambda row: values.entry(site.kb.entry(row.key)), "ev-wide ev-name"),
        Column(say("field"), lambda row: html(row.words.field(row.fact))),
        Column(say("entry_value"), lambda row: row.words.own(row.fact), "ev-wide"),
        Column(say("source_value"), lambda row: row.words.stated(row.statement, row.fact), "ev-wide"),
        Column(say("stated_by"), _source),
    )
    return trusted(f'<div class="ev-list">{table(values, rows[:SHOWN], columns)}</div>')


def _rows(site: Site, values: Values, quality: Quality) -> list[_Row]:
    return [
        _Row(key, words, statement, fact)
        for key, found in quality.statements.items()
        for words in (StatedWords(values, site.kb.entry(key)),)
        for statement in found
        for fact in statement.related("differs")
    ]


def _source(row: _Row) -> Markup:
    seen = row.words.values.date(row.statement.observation.retrieved)
    return Markup('{} <span class="ev-sub">{}</span>').format(row.words.link(row.statement.observation), seen)
