"""Which texts are about harm; the list is data (``harm_fields.yaml``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter

from kb.models.base import Model, Text, described
from kb.models.core import Entry
from kb.translations.pairs import pattern_of
from kb.yaml12 import read_yaml

_FILE: Final = Path(__file__).parent / "harm_fields.yaml"


class HarmFields(Model):
    """The fields of one collection that are about harm."""

    collection: Text = described("Collection.", "コレクション。")
    fields: tuple[Text, ...] = described("Dotted fields without places in lists.", "フィールド(リスト内の位置は除く)。")
    where: Mapping[Text, tuple[Text, ...]] = described(
        "Only entries whose field has one of these codes.", "このコードをもつエントリーに限る。", {}
    )


@cache
def harm_fields() -> tuple[HarmFields, ...]:
    """The list, in the order of the file."""
    return TypeAdapter(tuple[HarmFields, ...]).validate_python(read_yaml(_FILE))


def harm_collections() -> tuple[str, ...]:
    """The collections that have such fields."""
    return tuple(dict.fromkeys(item.collection for item in harm_fields()))


def is_about_harm(collection: str, value_of: Callable[[str], Any], field: str) -> bool:
    """True for a field, with or without places in lists, whose text is about harm.

    Args:
        collection: Collection of the entry.
        value_of: Gives the value of one of the entry's own fields.
        field: Dotted.
    """
    pattern = pattern_of(field)
    return any(
        item.collection == collection
        and any(pattern == name or pattern.startswith(f"{name}.") for name in item.fields)
        and all(value_of(name) in codes for name, codes in item.where.items())
        for item in harm_fields()
    )


def entry_is_about_harm(entry: Entry, field: str) -> bool:
    """As :func:`is_about_harm`, for an entry."""
    return is_about_harm(entry.COLLECTION, lambda name: getattr(entry, name, None), field)
