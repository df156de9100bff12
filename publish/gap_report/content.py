"""A gap report as headings, paragraphs and tables of plain text: what Markdown and Word files are written from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.analysis.gaps import Gap, GapReport, JurisdictionGaps, foremost
from publish.gap_report.words import RULES, GapWords
from publish.site import Site


class Heading(NamedTuple):
    """A heading; 1 is the title of the report."""

    level: int
    text: str


class Paragraph(NamedTuple):
    """A paragraph."""

    text: str


class Bullets(NamedTuple):
    """A list."""

    items: tuple[str, ...]


class Table(NamedTuple):
    """A table with one row of headings; every row is as long as they are."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Part = Heading | Paragraph | Bullets | Table


def content(site: Site, report: GapReport, most: int | None = None) -> list[Part]:
    """The report in the language of the site; with ``most``, no table has more rows, and those that would say so."""
    words = GapWords(site)
    say = words.say
    parts: list[Part] = [Heading(1, words.title(report)), Paragraph(say("caution")), Paragraph(words.as_of(report))]
    for found in report.jurisdictions:
        parts += _jurisdiction(site, words, found, most)
    return [*parts, Heading(2, say("rules")), Paragraph(say("rules_about")), Bullets(tuple(map(say, RULES)))]


def _jurisdiction(site: Site, words: GapWords, found: JurisdictionGaps, most: int | None) -> Iterator[Part]:
    say = words.say
    yield Heading(2, site.label("jurisdictions", found.jurisdiction))
    if not found.today and not found.prepared:
        yield Paragraph(say("nothing_here"))
    else:
        yield Paragraph(words.counted(found))
    if found.today:
        yield from _table(words, found.today, most)
    if found.prepared:
        yield Heading(3, say("prepared"))
        yield Paragraph(say("prepared_note"))
        yield from _table(words, found.prepared, most)
    yield Paragraph(words.uncompared(found))


def _table(words: GapWords, gaps: Sequence[Gap], most: int | None) -> Iterator[Part]:
    say, shown = words.say, gaps if most is None else foremost(gaps, most)
    if cut := words.cut(len(shown), len(gaps)):
        yield Paragraph(cut)
    names = ("attribute", "level", "status", "reported", "asked", "document")
    yield Table(tuple(map(say, names)), tuple(_row(words, gap) for gap in shown))


def _row(words: GapWords, gap: Gap) -> tuple[str, ...]:
    site, document, requirement = words.site, gap.statement.guideline, gap.statement.requirement
    marks = [
        site.label("legal-forces", document.legal_force),
        site.label("ev-applicability", document.applies_to_ev),
        site.label("bases", requirement.basis),
    ]
    return (
        site.title(site.kb.attributes[gap.attribute]),
        site.label("requirement-levels", requirement.level),
        "\n".join(filter(None, (words.status(gap), words.reason(gap)))),
        "\n".join(words.reported(gap)) or "–",
        site.text(requirement.statement),
        f"{site.title(document)}\n{' · '.join(marks)}",
    )
