"""Reading and setting the value at a dotted field of plain data: ``enrolment.count``, ``registrations.0.number``."""

from __future__ import annotations

from typing import Any

from kb.models.base import PARTIAL_DATE

#: What stands for «nothing is there»: neither a value nor an empty list.
_EMPTY: tuple[Any, ...] = (None, [], {}, ())


def value_at(data: Any, field: str) -> Any:
    """The value of a field; None when the way to it ends early."""
    for part in field.split("."):
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list | tuple) and part.isdecimal() and int(part) < len(data):
            data = data[int(part)]
        else:
            return None
    return data


def set_value(data: dict[str, Any], field: str, value: Any) -> None:
    """Set a field in place, making the mappings on the way; ``None`` removes it.

    Raises:
        KeyError: when the way leads through a list position that does not exist, or through a text.
    """
    *way, last = field.split(".")
    holder: Any = data
    for part in way:
        if isinstance(holder, dict):
            if holder.get(part) is None:
                holder[part] = {}
            holder = holder[part]
        elif isinstance(holder, list) and part.isdecimal() and int(part) < len(holder):
            holder = holder[int(part)]
        else:
            raise KeyError(field)
    _put(holder, last, value, field)


def _put(holder: Any, last: str, value: Any, field: str) -> None:
    if isinstance(holder, dict):
        if value is None:
            holder.pop(last, None)
        else:
            holder[last] = value
    elif isinstance(holder, list) and last.isdecimal() and int(last) < len(holder):
        holder[int(last)] = value
    else:
        raise KeyError(field)


def is_empty(value: Any) -> bool:
    """True for no value and for an empty list; not for 0 and False."""
    return not isinstance(value, bool | int | float) and value in _EMPTY


def same_fact(one: Any, other: Any) -> bool:
    """True when two values do not contradict each other.

    Lists of codes are compared whatever their order; a date agrees with a more exact one that begins like it.
    """
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return sorted(map(repr, one)) == sorted(map(repr, other))
    if isinstance(one, str) and isinstance(other, str) and PARTIAL_DATE.match(one) and PARTIAL_DATE.match(other):
        return one.startswith(other) or other.startswith(one)
    return bool(one == other)
