"""Which record of the present entry each exported record is, after others inserted, removed, moved or edited some."""

from __future__ import annotations

from typing import Any

from editing.sheet.layout import ListPath
from editing.sheet.records import inside, put
from kb.aligning import aligned


class Aligned:
    """An exported entry beside the present one.

    Attributes:
        base: The exported data.
        target: The present data, into which edits are put; records are found again by identity.
    """

    def __init__(self, base: dict[str, Any], target: dict[str, Any]) -> None:
        self.base, self.target = base, target
        self._pairs: dict[tuple[ListPath, tuple[int, ...]], dict[int, dict[str, Any]]] = {}

    def record(self, path: ListPath, of: tuple[int, ...], number: int | None) -> dict[str, Any] | None:
        """The present record for an exported one, the entry itself for an empty path; None when it is gone."""
        if not path or number is None:
            return self.target
        if (path, of) not in self._pairs:
            holders = self._holders(path, of)
            self._pairs[path, of] = _aligned(*(_list(holder, _last(path)) for holder in holders)) if holders else {}
        return self._pairs[path, of].get(number)

    def remove(self, path: ListPath, of: tuple[int, ...], record: dict[str, Any]) -> None:
        """Take a present record out of its list."""
        holders = self._holders(path, of)
        if holders:
            left = [item for item in _list(holders[1], _last(path)) if item is not record]
            put(holders[1], _last(path), left or None)

    def append(self, path: ListPath, of: tuple[int, ...], record: dict[str, Any]) -> bool:
        """Add a record at the end of its list unless an equal one is there; False when its list is gone."""
        holders = self._holders(path, of)
        if not holders:
            return False
        items = _list(holders[1], _last(path))
        if record not in items:
            put(holders[1], _last(path), [*items, record])
        return True

    def _holders(self, path: ListPath, of: tuple[int, ...]) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """What directly holds the list, exported and present."""
        if None not in path:
            return self.base, self.target
        outer = path[: len(path) - 1 - path[::-1].index(None)]
        present = self.record(outer, of[:-1], of[-1]) if of else None
        above = self._holders(outer, of[:-1])
        exported = _list(above[0], _last(outer)) if above else []
        if present is None or not 1 <= of[-1] <= len(exported):
            return None
        return exported[of[-1] - 1], present


def _last(path: ListPath) -> tuple[str, ...]:
    start = len(path) - path[::-1].index(None) if None in path else 0
    return tuple(part for part in path[start:] if part is not None)


def _list(holder: dict[str, Any], steps: tuple[str, ...]) -> list[Any]:
    found = inside(holder, steps)
    return found if isinstance(found, list) else []


def _aligned(base: list[Any], present: list[Any]) -> dict[int, dict[str, Any]]:
    """Number in the exported list, from 1 -> the present record."""
    places = aligned(base, present)
    return {number + 1: present[place] for number, place in places.items() if isinstance(present[place], dict)}
