"""What differs between two records given as plain data, field by field; the order of lists and of keys means nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

#: Fields that together tell the items of a list apart, tried one after another. A source's key comes late, because keys
#: are numbered anew when one is inserted; two requirements of one topic are told apart by their words.
_NATURAL_KEYS: tuple[tuple[str, ...], ...] = (
    ("registry", "number"),
    ("url",),
    ("doi",),
    ("pmid",),
    ("key",),
    ("statement",),
    ("topic", "attribute", "subject"),
    ("type", "target", "outside"),
    ("date", "kind"),
    ("title",),
    ("name",),
    ("field",),
    ("guideline",),
    ("label",),
    ("value",),
    ("en",),
    ("ja",),
)
#: The languages of a statement (``kb.models.base.Localized``) and of the names that add the original.
_WORDING = frozenset({"en", "ja", "original"})


class Step(NamedTuple):
    """One step of the way to a value: a field and, in a list of records, the record."""

    field: str
    item: Mapping[str, Any] | None = None


class FieldChange(NamedTuple):
    """One value that differs; None stands for «absent»."""

    path: tuple[Step, ...]
    before: Any
    after: Any

    @property
    def name(self) -> str:
        """The field without its items: ``requirements.level``."""
        return ".".join(step.field for step in self.path)


def is_wording(value: Any) -> bool:
    """True for a statement in both languages."""
    return isinstance(value, Mapping) and {"en", "ja"} <= value.keys() <= _WORDING


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], path: tuple[Step, ...] = ()
) -> Iterator[FieldChange]:
    """Every value that differs between two records, in the order of the later one's fields."""
    for name in dict.fromkeys((*after, *before)):
        yield from _values(before.get(name), after.get(name), (*path, Step(name)))


def _values(before: Any, after: Any, path: tuple[Step, ...]) -> Iterator[FieldChange]:
    if before == after:
        return
    sides = [side for side in (before, after) if side is not None]
    if all(isinstance(side, list | tuple) for side in sides):
        yield from _lists(before or (), after or (), path)
    elif all(isinstance(side, Mapping) and not is_wording(side) for side in sides):
        yield from differences(before or {}, after or {}, path)
    else:
        yield FieldChange(path, before, after)


def _lists(before: Sequence[Any], after: Sequence[Any], path: tuple[Step, ...]) -> Iterator[FieldChange]:
    pairs, old, new = _paired(before, after)
    for one, other in pairs:
        yield from _items(one, other, path)
    yield from (FieldChange(path, item, None) for item in old)
    yield from (FieldChange(path, None, item) for item in new)


def _items(before: Any, after: Any, path: tuple[Step, ...]) -> Iterator[FieldChange]:
    if isinstance(after, Mapping) and isinstance(before, Mapping) and not is_wording(after):
        yield from differences(before, after, (*path[:-1], Step(path[-1].field, after)))
    else:
        yield from _values(before, after, path)


def _paired(before: Sequence[Any], after: Sequence[Any]) -> tuple[list[tuple[Any, Any]], list[Any], list[Any]]:
    """The items that correspond and differ, those only on the earlier side, those only on the later."""
    old, new = list(before), list(after)
    for item in before:
        if item in new:
            new.remove(item)
            old.remove(item)
    pairs: list[tuple[Any, Any]] = []
    for names in _NATURAL_KEYS:
        pairs += _pair_by(partial(_key, names), old, new)
    if len(old) == len(new) == 1 and isinstance(old[0], Mapping) and isinstance(new[0], Mapping):
        return [*pairs, (old[0], new[0])], [], []
    return pairs, old, new


def _pair_by(key: Callable[[Any], str], old: list[Any], new: list[Any]) -> list[tuple[Any, Any]]:
    """Take out of both lists the items whose key occurs equally often on both sides."""
    pairs: list[tuple[Any, Any]] = []
    for wanted in dict.fromkeys(filter(None, map(key, new))):
        ours = [item for item in old if key(item) == wanted]
        theirs = [item for item in new if key(item) == wanted]
        if len(ours) == len(theirs):
            pairs += zip(ours, theirs, strict=True)
            old[:] = [item for item in old if key(item) != wanted]
            new[:] = [item for item in new if key(item) != wanted]
    return pairs


def _key(names: tuple[str, ...], item: Any) -> str:
    """The item's values of these fields as text; empty when it has none of them."""
    values = [item.get(name) for name in names] if isinstance(item, Mapping) else []
    return repr(values) if any(value is not None for value in values) else ""
