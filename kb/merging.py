"""Three-way merge of the plain data of an entry: what two people changed since a common state, put together."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any, NamedTuple

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

    Mappings are merged field by field. Lists are aligned on their items (``difflib``): changes of different items, and
    items added or removed by one side alone, stand beside each other; items that both sides changed are merged again.

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


class _Region(NamedTuple):
    """A stretch of the base between items that nobody changed, and what each side has in its place."""

    base: list[Any]
    mine: list[Any]
    theirs: list[Any]
    stable: bool


def _lists(
    base: list[Any], mine: list[Any], theirs: list[Any], field: str, conflicts: list[MergeConflict]
) -> list[Any]:
    merged: list[Any] = []
    for region in _regions(base, mine, theirs):
        if region.stable:
            merged += region.theirs
        else:
            merged += _region(region, field, len(merged), conflicts)
    return merged


def _region(region: _Region, field: str, place: int, conflicts: list[MergeConflict]) -> list[Any]:
    base, mine, theirs = region.base, region.mine, region.theirs
    if _same(mine, theirs) or _same(base, mine):
        return theirs
    if _same(base, theirs):
        return mine
    if len(base) == len(mine) == len(theirs):
        sides = zip(base, mine, theirs, strict=True)
        return [_values(*items, f"{field}.{place + number}", conflicts) for number, items in enumerate(sides)]
    if not base:  # Both added something here.
        return [*theirs, *(item for item in mine if not any(_same(item, other) for other in theirs))]
    if len(mine) > len(base) == len(theirs) or len(theirs) > len(base) == len(mine):
        return _with_additions(region, field, place, conflicts)
    conflicts.append(MergeConflict(field, base, mine, theirs))
    return theirs


def _with_additions(region: _Region, field: str, place: int, conflicts: list[MergeConflict]) -> list[Any]:
    """One side added items behind the ones that both changed."""
    count = len(region.base)
    changed = zip(region.base, region.mine[:count], region.theirs[:count], strict=True)
    items = [_values(*sides, f"{field}.{place + number}", conflicts) for number, sides in enumerate(changed)]
    return [*items, *region.theirs[count:], *region.mine[count:]]


def _regions(base: list[Any], mine: list[Any], theirs: list[Any]) -> Iterator[_Region]:
    """The lists cut where an item of the base stands unchanged on both sides."""
    in_mine, in_theirs = _matches(base, mine), _matches(base, theirs)
    at_base = at_mine = at_theirs = 0
    for number in range(len(base)):
        if number not in in_mine or number not in in_theirs:
            continue
        mine_at, theirs_at = in_mine[number], in_theirs[number]
        yield _Region(base[at_base:number], mine[at_mine:mine_at], theirs[at_theirs:theirs_at], stable=False)
        yield _Region([base[number]], [mine[mine_at]], [theirs[theirs_at]], stable=True)
        at_base, at_mine, at_theirs = number + 1, mine_at + 1, theirs_at + 1
    yield _Region(base[at_base:], mine[at_mine:], theirs[at_theirs:], stable=False)


def _matches(one: list[Any], other: list[Any]) -> dict[int, int]:
    """Place in ``one`` -> place in ``other`` of the items that stand in both, in order."""
    matcher = SequenceMatcher(None, [_text(item) for item in one], [_text(item) for item in other], autojunk=False)
    return {
        block.a + number: block.b + number for block in matcher.get_matching_blocks() for number in range(block.size)
    }


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _same(one: Any, other: Any) -> bool:
    if one is _ABSENT or other is _ABSENT:
        return one is other
    return _text(one) == _text(other)
