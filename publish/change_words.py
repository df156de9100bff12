"""Changes in words: which field, what stood there, what stands there now. Plain text; whoever prints it escapes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from kb.analysis.changes import Changes, EntryChange
from kb.analysis.differences import FieldChange, is_wording
from kb.models.base import CodeOf, ReferenceTo
from kb.problems import Language, shorten
from kb.references import marked_fields
from publish.labels import LANGUAGES
from publish.phrases import Phrases
from publish.site import Site

#: What a record in a list is called by: its own words first, then codes, then numbers and names.
_NAMING = (
    "title", "statement", "name", "label", "subject", "topic", "attribute", "number", "target", "outside", "guideline",
    "field", "date", "url", "doi", "key", "kind", "type", "value",
)  # fmt: skip
#: Characters of unchanged text that are kept before and after the place that changed.
_AROUND = 30
_LONGEST = 240


class Line(NamedTuple):
    """One changed field in words."""

    field: str
    #: Empty when there was nothing.
    before: str
    #: Empty when there is nothing.
    after: str
    #: The other language, when only its wording changed.
    only: Language | None = None


def entry_title(site: Site, change: EntryChange) -> str:
    """The title of a changed entry; its id when the file could not be read."""
    entry = site.kb.resolve(change.key[1], change.key[0])
    return site.title(entry) if entry else change.title.get(site.language) or change.key[1]


def line(site: Site, collection: str, change: FieldChange) -> Line:
    """One field of an entry that changed."""
    before, after, only = change.before, change.after, None
    shown = site.language
    if is_wording(before) and is_wording(after) and before[shown] == after[shown]:
        only = next((language for language in LANGUAGES if before[language] != after[language]), None)
    names = tuple(step.field for step in change.path)
    one, other = (_value(site, collection, names, value, only or shown) for value in (before, after))
    return Line(_field(site, collection, change), *_around_change(one, other), only)


def _field(site: Site, collection: str, change: FieldChange) -> str:
    """«Requirements (Count the particles) › Level»."""
    words: list[str] = []
    names: tuple[str, ...] = ()
    for step in change.path:
        names = (*names, step.field)
        item = _record(site, collection, names, step.item, site.language) if step.item else ""
        label = site.labels.field_path(collection, ".".join(names)).split(" › ")[-1]
        words.append(f"{label} ({shorten(item)})" if item else label)
    return " › ".join(words)


def _value(site: Site, collection: str, names: tuple[str, ...], value: Any, language: Language) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return site.labels.say("yes" if value else "no")
    if is_wording(value):
        return str(value[language])
    if isinstance(value, Mapping):
        return _record(site, collection, names, value, language)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ("、" if language == "ja" else ", ").join(
            _value(site, collection, names, item, language) for item in value
        )
    return _plain(site, collection, names, str(value))


def _plain(site: Site, collection: str, names: tuple[str, ...], value: str) -> str:
    """A code or an id by the reader's word for it."""
    vocabulary = _marks(collection, CodeOf).get(names)
    if isinstance(vocabulary, CodeOf):
        return site.label(vocabulary.vocabulary, value)
    reference = _marks(collection, ReferenceTo).get(names)
    entry = site.kb.resolve(value, *reference.collections) if isinstance(reference, ReferenceTo) else None
    return site.title(entry) if entry else value


def _record(site: Site, collection: str, names: tuple[str, ...], record: Mapping[str, Any], language: Language) -> str:
    """A record by the first of its fields that says what it is."""
    if is_wording(record) or {"en", "ja"} <= record.keys():
        return str(record[language])
    field = next((name for name in _NAMING if record.get(name)), next(iter(record), None))
    return _value(site, collection, (*names, field), record[field], language) if field else ""


@cache
def _marks(collection: str, marker: type) -> dict[tuple[str, ...], object]:
    """Fields, without the places in lists, that carry a mark."""
    return {tuple(part for part in path if part): mark for path, mark in marked_fields(collection, marker)}


def _around_change(before: str, after: str) -> tuple[str, str]:
    """Two long texts cut down to where they differ."""
    if max(len(before), len(after)) <= _LONGEST // 2 or not (before and after):
        return shorten(before, _LONGEST), shorten(after, _LONGEST)
    shortest = min(len(before), len(after))
    start = next((place for place in range(shortest) if before[place] != after[place]), shortest)
    rest = shortest - start
    end = next((place for place in range(rest) if before[-1 - place] != after[-1 - place]), rest)
    return _cut(before, start, end), _cut(after, start, end)


def _cut(text: str, start: int, end: int) -> str:
    first, last = max(start - _AROUND, 0), min(len(text) - end + _AROUND, len(text))
    return shorten(f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}", _LONGEST)


def kind_words(site: Site, change: EntryChange) -> str:
    """«Renamed (formerly x)»."""
    say = Phrases(site, "changes")
    words = say(f"kind_{change.kind}")
    if change.other is None:
        return words
    note = say("formerly" if change.kind == "renamed" else "merged_into", id="/".join(change.other))
    return f"{words} ({note})"


def heading_words(site: Site, found: Changes) -> str:
    """Which two states are compared."""
    say = Phrases(site, "changes")
    named = {
        name: (f"{state.name} ({state.day})" if state.day else state.name)
        for name, state in (("from", found.before), ("to", found.after))
    }
    return say("command_head", **named)
