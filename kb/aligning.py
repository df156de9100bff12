"""Which item of a list is which in a later state of it, after some were inserted, removed, moved or edited."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

#: Part of its values that an item must have kept to be the same one.
_ALIKE = 0.5


def aligned(before: Sequence[Any], after: Sequence[Any]) -> dict[int, int]:
    """Place of an item in ``before`` -> its place in ``after``; what is gone has none.

    Equal items come first, then those that share most of their values (at least half), then, when nothing can have been
    inserted or removed, those that stand in the same place.
    """
    found, left, free = _equal(before, after)
    found |= dict(_most_alike(before, after, left, free))
    if len(before) == len(after):
        # What was rewritten altogether still stands in its place.
        taken = set(found.values())
        found |= {place: place for place in left if place not in found and place not in taken}
    return found


def _equal(before: Sequence[Any], after: Sequence[Any]) -> tuple[dict[int, int], list[int], list[int]]:
    """Equal items, and the places on both sides that have none; of equal ones, those of the same place first."""
    ours, theirs = [canonical(item) for item in before], [canonical(item) for item in after]
    found = {place: place for place in range(min(len(ours), len(theirs))) if ours[place] == theirs[place]}
    free = [place for place in range(len(theirs)) if place not in found]
    for place in range(len(ours)):
        equal = next((other for other in free if place not in found and theirs[other] == ours[place]), None)
        if equal is not None:
            found[place] = equal
            free.remove(equal)
    return found, [place for place in range(len(ours)) if place not in found], free


def _most_alike(
    before: Sequence[Any], after: Sequence[Any], left: Collection[int], free: Collection[int]
) -> Iterator[tuple[int, int]]:
    ours = {place: frozenset(_leaves(before[place])) for place in left}
    theirs = {place: frozenset(_leaves(after[place])) for place in free}
    scored = sorted(
        (-len(one & other) / max(len(one), len(other), 1), abs(place - there), place, there)
        for place, one in ours.items()
        for there, other in theirs.items()
    )
    used: tuple[set[int], set[int]] = (set(), set())
    for score, _, place, there in scored:
        if -score >= _ALIKE and place not in used[0] and there not in used[1]:
            used[0].add(place)
            used[1].add(there)
            yield place, there


def canonical(value: Any) -> str:
    """One text for one value: True is not 1, and the order of keys means nothing."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _leaves(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _leaves(item, f"{path}.{name}")
    else:
        yield f"{path}={canonical(value)}"
