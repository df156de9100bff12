"""The state from which a workbook was exported, kept inside it: the third side of the merge when it comes back.

Each entry is JSON in ASCII, so that no program changes a character of it, cut into cells that Excel can hold.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from kb.problems import EvregError, Message

#: Characters of a cell, below Excel's limit of 32,767.
_PART = 32_000
#: What the first cell of the sheet says: what it is and how it is written.
BASE_MARK = "evreg-base:1"
BASE_SHEET = "_evreg"


class BaseEntry(NamedTuple):
    """An entry as it was exported.

    Attributes:
        name: Collection and id.
        version: The first digits of the SHA-256 of the entry's file.
        data: Its plain data.
    """

    name: str
    version: str
    data: dict[str, Any]


def version_of(content: bytes) -> str:
    """The name of a state of a file: ``v`` and 16 hexadecimal digits, which no program takes for a number."""
    return f"v{hashlib.sha256(content).hexdigest()[:16]}"


def base_rows(entries: Iterable[BaseEntry]) -> Iterator[tuple[str, str, str, str]]:
    """The rows that keep entries: name, version, checksum of the whole, one part of the JSON."""
    for entry in entries:
        # An escaped underscore cannot be taken for one of the file format's own escapes (_x000D_).
        text = json.dumps(entry.data).replace("_x", "\\u005fx")
        for start in range(0, len(text), _PART):
            yield entry.name, entry.version, _checksum(text), text[start : start + _PART]


def read_base(where: str, rows: Iterable[tuple[str, str, str, str]]) -> Mapping[str, BaseEntry]:
    """The entries that :func:`base_rows` wrote, by name.

    Raises:
        EvregError: when a part is missing or altered.
    """
    parts: dict[tuple[str, str, str], list[str]] = {}
    for name, version, checksum, part in rows:
        parts.setdefault((name, version, checksum), []).append(part)
    entries: dict[str, BaseEntry] = {}
    for (name, version, checksum), texts in parts.items():
        text = "".join(texts)
        if _checksum(text) != checksum or name in entries:
            raise damaged(where)
        entries[name] = BaseEntry(name, version, json.loads(text))
    return entries


def damaged(where: str) -> EvregError:
    """The error of a workbook that no longer says from which state it was exported."""
    return EvregError(
        where,
        Message(
            f"The hidden sheet «{BASE_SHEET}», which keeps the exported state, is missing or altered.",
            f"エクスポート時の内容を保持する非表示シート「{BASE_SHEET}」がないか、変更されている。",
        ),
        Message(
            "A workbook from «evreg sheet export», with all its sheets.",
            "「evreg sheet export」で作成し、シートを削除していないブックとする。",
        ),
        Message(
            "Export again and copy the edited cells into the new workbook.",
            "改めてエクスポートし、編集したセルを新しいブックに貼り付ける。",
        ),
    )


def _checksum(text: str) -> str:
    return "c" + hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
