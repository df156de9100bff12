"""What other entries say of this one, computed from their references; nobody types a reverse link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from kb.knowledge_base import Link
from kb.models import COLLECTIONS
from kb.models.base import Localized, Model
from kb.models.core import Entry
from publish.fields import kinds_of
from publish.tables import Column, table
from publish.view import Section, View

#: Fields of the referring entry that tell the reader how much weight the reference has.
_WEIGHT: dict[str, tuple[str, ...]] = {
    "guidelines": ("jurisdiction", "legal_force", "status"),
    "enforcement": ("jurisdiction", "action_type", "date"),
    "trials": ("phase", "status", "indication"),
    "claims": ("category",),
    "surveys": ("jurisdiction", "year"),
    "safety-events": ("jurisdiction", "event_type"),
    "attributes": ("category", "criticality"),
    "products": ("modality",),
}
#: Fields of the referring record that the heading or the page already says.
_KNOWN = frozenset({"key", "sources", "en", "ja", "original", "topic", "subject"})


class Mention(NamedTuple):
    """One reference to the page's entry: who makes it, and the record that holds it."""

    origin: Entry
    record: Model
    field: str


def pattern_of(link: Link) -> str:
    """The field of a reference without list positions: ``requirements.attribute``."""
    return ".".join(part for part in link.path if isinstance(part, str))


def mentions(view: View) -> dict[tuple[str, str], list[Mention]]:
    """Collection and field -> the references to the page's entry, in the order of the collections."""
    found: dict[tuple[str, str], list[Mention]] = {}
    for link in view.site.kb.links_to(view.entry):
        origin = view.site.kb.entry(link.origin)
        record, field = _record(origin, link.path)
        found.setdefault((link.origin[0], pattern_of(link)), []).append(Mention(origin, record, field))
    return dict(sorted(found.items(), key=lambda item: COLLECTIONS.index(item[0][0])))


def _record(origin: Entry, path: Sequence[str | int]) -> tuple[Model, str]:
    """The innermost record on the way to a reference, and its field that holds it."""
    value: Any = origin
    holder: tuple[Model, str] = (origin, str(path[0]))
    for part in path:
        if isinstance(part, int):
            value = value[part]
        else:
            holder = (value, part)
            value = getattr(value, part)
    return holder


def sections(view: View) -> list[Section]:
    """One section for each way in which other entries name this one."""
    return [
        Section(
            f"from-{collection}-{pattern.replace('.', '-').replace('_', '-')}",
            view.site.labels.reverse(collection, pattern),
            _mention_table(view, collection, found),
        )
        for (collection, pattern), found in mentions(view).items()
    ]


def _mention_table(view: View, collection: str, found: list[Mention]) -> Markup:
    values, labels = view.values, view.site.labels
    origins, records = type(found[0].origin), type(found[0].record)
    columns = [Column(labels.one(collection), lambda mention: values.entry(mention.origin), "ev-wide")]
    columns += [_of_origin(view, origins, name) for name in _WEIGHT.get(collection, ())]
    if records is not origins:
        if issubclass(records, Localized):
            columns.append(Column(labels.say("statement"), lambda mention: values.name(mention.record), "ev-wide"))
        shown = (name for name in kinds_of(records) if name not in _KNOWN and name != found[0].field)
        columns += [_of_record(view, records, name) for name in shown]
    return table(values, found, columns)


def _of_origin(view: View, model: type[Model], name: str) -> Column:
    return Column(view.site.labels.field(model, name), lambda mention: view.values.field(mention.origin, name))


def _of_record(view: View, model: type[Model], name: str) -> Column:
    return Column(view.site.labels.field(model, name), lambda mention: view.values.telling(mention.record, name))
