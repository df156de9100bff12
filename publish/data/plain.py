"""Entries as plain data: what the JSON file holds and every other format is made from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from kb import KnowledgeBase
from kb.models import COLLECTIONS

Record = dict[str, Any]


def plain(kb: KnowledgeBase, collection: str) -> list[Record]:
    """The entries of a collection, in its order; fields without a value are left out, lists and defaults are there.

    ``model_of(collection).model_validate(record)`` gives the entry back.
    """
    return [entry.model_dump(mode="json", exclude_none=True) for entry in kb.collection(collection).values()]


def chosen(collections: Sequence[str]) -> tuple[str, ...]:
    """The named collections in the site's order; all of them when none is named."""
    return tuple(name for name in COLLECTIONS if name in collections) if collections else COLLECTIONS


def compact_json(value: object) -> str:
    """JSON for a cell: on one line, with Japanese characters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def json_list(records: Sequence[object]) -> bytes:
    """JSON for a file that holds a list: an item on each line, which is written ten times as fast as with indents."""
    return ("[\n" + ",\n".join(map(compact_json, records)) + "\n]\n").encode()


def pretty_json(value: object) -> bytes:
    """JSON for a file: UTF-8, indented, with a final line break."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
