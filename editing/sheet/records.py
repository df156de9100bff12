"""The records of a list inside an entry, each with its place, as the rows of a sheet show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from editing.sheet.layout import ListPath


class Record(NamedTuple):
    """One record of a list.

    Attributes:
        of: Numbers of the records that hold the list, from the outermost; empty for a list of the entry itself.
        number: Place in its list, from 1.
        data: The record.
    """

    of: tuple[int, ...]
    number: int
    data: dict[str, Any]


def records_at(data: Any, path: ListPath, of: tuple[int, ...] = ()) -> Iterator[Record]:
    """Every record of the lists at ``path``, in order; places that hold something else are passed over."""
    outer = path[: path.index(None)] if None in path else path
    items = inside(data, outer)
    for number, item in enumerate(items if isinstance(items, list) else (), 1):
        if not isinstance(item, dict):
            continue
        if len(outer) < len(path):
            yield from records_at(item, path[len(outer) + 1 :], (*of, number))
        else:
            yield Record(of, number, item)


def inside(data: Any, steps: ListPath) -> Any:
    """The value at a path of mappings; None when the way ends early."""
    for step in steps:
        data = data.get(step) if isinstance(data, Mapping) else None
    return data


def put(data: dict[str, Any], steps: tuple[str, ...], value: Any) -> None:
    """Set the value at a path of mappings; None removes it, and the mappings that it leaves empty."""
    step, *rest = steps
    if not rest:
        if value is None:
            data.pop(step, None)
        else:
            data[step] = value
        return
    holder = data.get(step)
    if not isinstance(holder, dict):
        if value is None:
            return
        holder = data[step] = {}
    put(holder, tuple(rest), value)
    if not holder:
        del data[step]


def same(one: Any, other: Any) -> bool:
    """True when two values are equal and of like types; nothing, an empty text and an empty list are the same."""
    if one in (None, "", []) and other in (None, "", []):
        return not isinstance(one, bool) and not isinstance(other, bool)
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)
