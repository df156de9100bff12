"""Entries that are about nearly the same but are not linked: told by the search, shown below everything else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from markupsafe import Markup

from kb.models.core import Entry
from publish.view import Section, View

_SHOWN: Final = 5


def see_also(view: View) -> Section | None:
    """The nearest entries to which the page has no link of its own."""
    items = [_item(view, entry) for entry in islice(_unlinked(view), _SHOWN)]
    heading = view.site.labels.say("see_also")
    return Section("see-also", heading, view.values.items(items)) if items else None


def _unlinked(view: View) -> Iterator[Entry]:
    kb, entry = view.site.kb, view.entry
    linked = {link.target for link in kb.links_from(entry)} | {link.origin for link in kb.links_to(entry)}
    for collection, id_ in view.site.related.get((entry.COLLECTION, entry.id), ()):
        other = kb.resolve(id_, collection)
        if other is not None and (collection, other.id) not in linked and not other.withdrawn:
            yield other


def _item(view: View, entry: Entry) -> Markup:
    kind = Markup(' <small class="ev-sub">{}</small>').format(view.site.labels.one(entry.COLLECTION))
    return view.values.entry(entry) + kind
