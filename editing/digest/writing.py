"""A digest as Markdown, and as one HTML file that a mail can carry: no scripts, nothing fetched, everything escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from editing.digest.matter import Matter
from editing.digest.sections import sections
from editing.digest.table import Row, Section
from editing.digest.words import Words
from kb.github_text import literal, visible
from kb.knowledge_base import Key
from kb.problems import Language

_FOLDER: Final = Path(__file__).parent


class Part(NamedTuple):
    """The digest in one language."""

    language: Language
    say: Words
    title: str
    period: str
    group: str
    today: str
    sections: tuple[Section, ...]


def parts_of(matter: Matter, languages: Sequence[Language]) -> tuple[Part, ...]:
    """The digest in each language.

    Raises:
        EvregError: when the inbox, the decisions or the records beside the entries cannot be read.
    """
    return tuple(_part(matter, language) for language in languages)


def html_text(parts: Sequence[Part], site_url: str | None = None) -> str:
    """The digest as one HTML file, the languages one after another.

    Args:
        parts: The digest in each language.
        site_url: Address of the site with a final slash, to link entries to; no links by default.
    """

    def address(language: Language, key: Key) -> str:
        return f"{site_url}{'' if language == 'en' else f'{language}/'}{key[0]}/{key[1]}/"

    subject = " / ".join(f"{part.title} {part.period}" for part in parts)
    return _template().render(parts=parts, subject=subject, site_url=site_url, address=address) + "\n"


def markdown_text(parts: Sequence[Part]) -> str:
    """The digest as Markdown, the languages one after another; texts are shown literally."""
    return "\n\n".join("\n".join(_markdown(part)) for part in parts) + "\n"


@cache
def _template() -> Template:
    loader = FileSystemLoader(_FOLDER)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, finalize=_seen).get_template(
        "mail.html"
    )


def _seen(value: object) -> object:
    """Text without characters that nobody sees but that turn the direction of writing."""
    return visible(value) if type(value) is str else value


def _part(matter: Matter, language: Language) -> Part:
    say = Words(language)
    group = matter.group
    return Part(
        language,
        say,
        say("title"),
        say("period", since=matter.since.isoformat(), until=matter.until.isoformat()),
        say("for_group", name=group.ja if language == "ja" else group.en) if group else "",
        say("today", day=matter.today.isoformat()),
        sections(matter, language),
    )


def _markdown(part: Part) -> Iterator[str]:
    yield f"# {literal(part.title)}"
    yield ""
    yield literal(part.period)
    if part.group:
        yield f"\n{literal(part.group)}"
    yield f"\n{literal(part.today)}\n"
    for section in part.sections:
        yield f"- {literal(section.heading)}: {section.total:,}"
    for section in part.sections:
        yield from _section(section, part.say)


def _section(section: Section, say: Words) -> Iterator[str]:
    yield f"\n## {literal(section.heading)} ({section.total:,})\n"
    if section.note:
        yield f"{literal(section.note)}\n"
    if not section.rows:
        yield literal(say("nothing"))
    for row in section.rows:
        yield from _row(row)
    if section.hidden:
        yield f"\n{literal(say('more', n=section.hidden, where=section.where))}"


def _row(row: Row) -> Iterator[str]:
    name = f" ({literal('/'.join(row.key))})" if row.key else ""
    yield f"- **{literal(row.title or (row.key[1] if row.key else ''))}**{name}"
    for cell in row.cells:
        yield from (f"  - {literal(line)}" for line in cell if line)
