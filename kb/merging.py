"""Three-way merge of the plain data of an entry: what two people changed since a common state, put together."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, NamedTuple

from kb.aligning import aligned, canonical

#: Stands for «not there» beside values that may be None.
_ABSENT: Any = object()


class MergeConflict(NamedTuple):
    """A place that both sides changed, and not alike; None stands for «absent».

    Attributes:
        field: Dotted, with places in lists: ``requirements.3.statement.en``.
        base: The common earlier value.
        mine: The value that was to be written.
        theirs: The value that stands there now.
    """

    field: str
    base: Any
    mine: Any
    theirs: Any


class Merged(NamedTuple):
    """Both sides together; where they contradict each other, ``data`` holds theirs."""

    data: dict[str, Any]
    conflicts: tuple[MergeConflict, ...]


def merge(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """Put the changes from ``base`` to ``mine`` into ``theirs``.

    Mappings are merged field by field. In lists each item is found again (:func:`kb.aligning.aligned`): changes of
    different items, and items added, removed or moved by one side alone, stand beside each other; items that both sides
    changed are merged again.

    Args:
        base: The state from which both began.
        mine: With my changes.
        theirs: With the changes of others.
    """
    conflicts: list[MergeConflict] = []
    data = _mappings(base, mine, theirs, "", conflicts)
    return Merged(copy.deepcopy(data), tuple(conflicts))


def _values(base: Any, mine: Any, theirs: Any, field: str, conflicts: list[MergeConflict]) -> Any:
    if _same(mine, theirs) or _same(base, mine):
        return theirs
    if _same(base, theirs):
        return mine
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        return _mappings(base if isinstance(base, Mapping) else {}, mine, theirs, field, conflicts)
    if isinstance(mine, list) and isinstance(theirs, list):
        return _lists(base if isinstance(base, list) else [], mine, theirs, field, conflicts)
    conflicts.append(MergeConflict(field, *(None if value is _ABSENT else value for value in (base, mine, theirs))))
    return theirs


def _mappings(
    base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any], field: str,
    conflicts: list[MergeConflict],
) -> dict[str, Any]:  # fmt: skip
    merged: dict[str, Any] = {}
    for name in dict.fromkeys((*theirs, *mine)):
        inside = f"{field}.{name}" if field else name
        sides = [side.get(name, _ABSENT) for side in (base, mine, theirs)]
        value = _values(sides[0], sides[1], sides[2], inside, conflicts)
        if value is not _ABSENT:
            merged[name] = value
    return merged


class _Sides(NamedTuple):
    """A list in its three states, and where each item of the base stands in the two later ones."""

    base: list[Any]
    mine: list[Any]
    theirs: list[Any]
    in_mine: dict[int, int]
    in_theirs: dict[int, int]


def _lists(
    base: list[Any], mine: list[Any], theirs: list[Any], field: str, conflicts: list[MergeConflict]
) -> list[Any]:
    sides = _Sides(base, mine, theirs, aligned(base, mine), aligned(base, theirs))
    moved = _moved(sides.in_mine), _moved(sides.in_theirs)
    if (all(moved) and _order(sides.in_mine) != _order(sides.in_theirs)) or (moved[0] and _removed_and_changed(sides)):
        conflicts.append(MergeConflict(field, base, mine, theirs))
        return theirs
    for place, item in enumerate(base):
        if place in sides.in_mine and place not in sides.in_theirs and not _same(mine[sides.in_mine[place]], item):
            conflicts.append(MergeConflict(field, item, mine[sides.in_mine[place]], None))
    return _put_together(sides, field, conflicts, follow_mine=moved[0] and not moved[1])


def _removed_and_changed(sides: _Sides) -> bool:
    """Whether they changed an item that I removed."""
    return any(
        place not in sides.in_mine and not _same(sides.base[place], sides.theirs[there])
        for place, there in sides.in_theirs.items()
    )


def _put_together(sides: _Sides, field: str, conflicts: list[MergeConflict], *, follow_mine: bool) -> list[Any]:
    """The items in the order of the side that moved some; those that the other side added stand behind their neighbour."""
    leading, leading_places = (sides.mine, sides.in_mine) if follow_mine else (sides.theirs, sides.in_theirs)
    other, other_places = (sides.theirs, sides.in_theirs) if follow_mine else (sides.mine, sides.in_mine)
    of_leading = {there: place for place, there in leading_places.items()}
    added = _added(other, other_places, [leading[there] for there in range(len(leading)) if there not in of_leading])
    merged: list[Any] = []
    behind: int | None = None
    for there, item in enumerate(leading):
        place = of_leading.get(there)
        if place is None:
            merged.append(item)
            continue
        merged += added.pop(behind, ())
        behind = place
        kept = _item(sides, place, f"{field}.{len(merged)}", conflicts)
        if kept is not _ABSENT:
            merged.append(kept)
    # The last ones, and what stood behind an item that is gone.
    return [*merged, *added.pop(behind, ()), *(item for items in added.values() for item in items)]


def _item(sides: _Sides, place: int, field: str, conflicts: list[MergeConflict]) -> Any:
    """An item of the base as both sides leave it."""
    mine, theirs = (
        side[places[place]] if place in places else _ABSENT
        for side, places in ((sides.mine, sides.in_mine), (sides.theirs, sides.in_theirs))
    )
    if theirs is _ABSENT:  # A contradiction, if there is one, is told for the list.
        return _ABSENT
    return _values(sides.base[place], mine, theirs, field, conflicts)


def _added(items: list[Any], places: dict[int, int], known: list[Any]) -> dict[int | None, list[Any]]:
    """Place in the base of the item before -> the items that one side added behind it; without those that both added."""
    of_items = {there: place for place, there in places.items()}
    known_texts = {canonical(item) for item in known}
    found: dict[int | None, list[Any]] = {}
    behind: int | None = None
    for there, item in enumerate(items):
        if there in of_items:
            behind = of_items[there]
        elif canonical(item) not in known_texts:
            found.setdefault(behind, []).append(item)
    return found


def _order(places: dict[int, int]) -> list[int]:
    return sorted(places, key=lambda place: places[place])


def _moved(places: dict[int, int]) -> bool:
    order = _order(places)
    return order != sorted(order)


def _same(one: Any, other: Any) -> bool:
    if one is _ABSENT or other is _ABSENT:
        return one is other
    return canonical(one) == canonical(other)
