"""Changes of meaning between two states of the knowledge base: entries added, changed field by field, withdrawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from kb.analysis.differences import FieldChange, differences, is_wording
from kb.analysis.states import State, Stored
from kb.knowledge_base import Key
from kb.models import COLLECTIONS, model_of
from kb.problems import YamlProblem
from kb.yaml12 import parse

#: ``removed`` should not happen, because entries are withdrawn and kept; it is said when it does.
#: ``merged``: its id became an alias of an entry that existed already. ``unreadable``: one of the two files is no YAML. ``touched``: the file differs and was not examined further.
Kind = Literal["added", "changed", "withdrawn", "restored", "renamed", "merged", "removed", "unreadable", "touched"]


class EntryChange(NamedTuple):
    """What happened to one entry."""

    key: Key
    kind: Kind
    #: Title in both languages as far as it can be read.
    title: Mapping[str, str]
    fields: tuple[FieldChange, ...] = ()
    #: True when a state did not fit the present models and plain data were compared: defaults then look like changes.
    plain: bool = False
    #: Where a renamed entry stood before; the entry that a merged one is part of now.
    other: Key | None = None


class Changes(NamedTuple):
    """The difference between two states."""

    before: State
    after: State
    entries: tuple[EntryChange, ...]

    def counts(self) -> dict[str, dict[Kind, int]]:
        """Collection -> kind -> number of entries."""
        found: dict[str, Counter[Kind]] = {}
        for change in self.entries:
            found.setdefault(change.key[0], Counter())[change.kind] += 1
        return {name: dict(found[name]) for name in COLLECTIONS if name in found}


def touched(before: State, after: State) -> list[Key]:
    """The entries whose files differ, by collection and id, without reading any of them."""
    order = {name: number for number, name in enumerate(COLLECTIONS)}
    keys = before.entries.keys() | after.entries.keys()
    differing = [key for key in keys if _blob(before, key) != _blob(after, key)]
    return sorted(differing, key=lambda key: (order[key[0]], key[1]))


def counted(before: State, after: State) -> Changes:
    """The entries whose files differ, not examined: a change of form alone counts as well."""

    def kind(key: Key) -> Kind:
        if key not in before.entries:
            return "added"
        return "touched" if key in after.entries else "removed"

    return Changes(before, after, tuple(EntryChange(key, kind(key), {}) for key in touched(before, after)))


def compare(before: State, after: State) -> Changes:
    """Every entry that means something else in ``after``.

    Files that differ in form alone (order of keys, quotes, comments, values that equal the default) are left out. States
    that the present models do not read are compared as plain data, files that are no YAML are reported as such.
    """
    found = [_compare(before.entries.get(key), after.entries.get(key), key) for key in touched(before, after)]
    return Changes(before, after, tuple(_with_renames([change for change in found if change], after)))


class _Content(NamedTuple):
    data: Mapping[str, Any]
    #: The same without defaults; None when the present model does not read it.
    modelled: Mapping[str, Any] | None


def _compare(before: Stored | None, after: Stored | None, key: Key) -> EntryChange | None:
    old, new = (_content(stored, key[0]) if stored else None for stored in (before, after))
    title = _title(new) or _title(old) or {}
    if (before and old is None) or (after and new is None):
        return EntryChange(key, "unreadable", title)
    if old is None or new is None:
        return EntryChange(key, "removed" if new is None else "added", title)
    plain = old.modelled is None or new.modelled is None
    one, other = (old.data, new.data) if plain else (old.modelled or {}, new.modelled or {})
    fields = tuple(differences(one, other))
    return EntryChange(key, _kind(one, other), title, fields, plain) if fields else None


def _kind(before: Mapping[str, Any], after: Mapping[str, Any]) -> Kind:
    old, new = bool(before.get("withdrawn")), bool(after.get("withdrawn"))
    return "changed" if old == new else "withdrawn" if new else "restored"


def _content(stored: Stored, collection: str) -> _Content | None:
    try:
        data, _ = parse(stored.read())
    except YamlProblem:
        return None
    if not isinstance(data, dict):
        return None
    try:
        entry = model_of(collection).model_validate(data)
    except ValidationError:
        return _Content(data, None)
    return _Content(data, entry.model_dump(exclude_defaults=True))


def _title(content: _Content | None) -> Mapping[str, str] | None:
    title = content.data.get("title") if content else None
    words = {name: title[name] for name in ("en", "ja") if name in title} if isinstance(title, dict) else {}
    return {name: str(text) for name, text in words.items()} if is_wording(words) else None


def _with_renames(changes: list[EntryChange], after: State) -> Iterator[EntryChange]:
    """A removed id that another entry carries as an alias was renamed, or merged into an entry that existed before."""
    heirs = _heirs(changes, after)
    former = {heir.key: key for key, heir in heirs.items() if heir.kind == "added"}
    for change in changes:
        heir = heirs.get(change.key)
        if change.key in former:
            yield change._replace(kind="renamed", other=former[change.key])
        elif heir is None:
            yield change
        elif heir.kind != "added":
            yield change._replace(kind="merged", other=heir.key)


def _heirs(changes: list[EntryChange], after: State) -> dict[Key, EntryChange]:
    """Removed entry -> the entry that carries its id as an alias now."""
    gone = {change.key[1]: change.key for change in changes if change.kind == "removed"}
    standing = [change for change in changes if change.key in after.entries] if gone else []
    return {
        gone[alias]: change
        for change in standing
        for alias in gone.keys() & _aliases(after.entries[change.key], change.key[0])
    }


def _aliases(stored: Stored, collection: str) -> set[str]:
    content = _content(stored, collection)
    aliases = content.data.get("aliases") if content else None
    return set(map(str, aliases)) if isinstance(aliases, list) else set()


def _blob(state: State, key: Key) -> str | None:
    stored = state.entries.get(key)
    return stored.blob if stored else None
