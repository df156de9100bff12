"""Changing fields of an entry file: nobody has changed them meanwhile, comments stay, the result is canonical."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kb.decoding import decode
from kb.field_values import is_empty, set_value, value_at
from kb.files import EntryFile, entry_files
from kb.problems import EvregError, Message, shorten
from kb.proposals import Change
from kb.rewriting import rewritten
from kb.yaml12 import build, compose


def amended(content: bytes, file: EntryFile, changes: Sequence[Change]) -> str:
    """The canonical text of an entry after some fields were changed.

    Raises:
        EvregError: when a field no longer has the value that the change started from, or cannot be set.
        YamlProblem: when the file cannot be read.
    """
    data: dict[str, Any] = build(compose(decode(content)))
    after = copy.deepcopy(data)
    for change in changes:
        now = value_at(data, change.field)
        _refuse_when_moved_on(file, change, now)
        try:
            set_value(after, change.field, copy.deepcopy(_value_after(change, now)))
        except KeyError:
            raise _no_such_place(file, change) from None
    return rewritten(content, file, after)


def file_of(root: Path, entry: str) -> EntryFile:
    """The file of an entry; for a new entry the place where it will stand.

    Args:
        root: The knowledge base.
        entry: Collection and id.
    """
    collection, _, id_ = entry.partition("/")
    for file in entry_files(root):
        if file.collection == collection and file.stem == id_:
            return file
    path = root / "entries" / collection / f"{id_}.yaml"
    return EntryFile(path, collection, path.as_posix(), 0)


def _records_added(change: Change) -> list[Any] | None:
    """The records that a change adds at the end of a list, such as an event and its source; None for other changes."""
    old, new = change.old or [], change.new
    if not isinstance(old, list) or not isinstance(new, list) or new[: len(old)] != old:
        return None
    added = new[len(old) :]
    return added if added and all(isinstance(item, dict) for item in added) else None


def _value_after(change: Change, now: Any) -> Any:
    """What a field holds afterwards; records are added to those that are there, whoever added them since."""
    added = _records_added(change)
    if added is None or not isinstance(now, list):
        return change.new
    return [*now, *(item for item in added if item not in now)]


def _refuse_when_moved_on(file: EntryFile, change: Change, now: Any) -> None:
    if now == change.old or (is_empty(now) and is_empty(change.old)) or now == change.new:
        return
    if isinstance(now, list) and _records_added(change) is not None:
        return
    old, present = shorten(change.old), shorten(now)
    raise EvregError(
        f"{file.name} ({change.field})",
        Message(f"The value is now «{present}».", f"現在の値は「{present}」である。"),
        Message(f"«{old}», from which the proposal started.", f"提案時の値「{old}」のままでなければならない。"),
        Message(
            "Somebody has edited the entry since. Reject the proposal, or run «evreg enrich» for a new one.",
            "提案の後にエントリーが編集されている。却下するか、「evreg enrich」で提案を作り直す。",
        ),
    )


def _no_such_place(file: EntryFile, change: Change) -> EvregError:
    return EvregError(
        f"{file.name} ({change.field})",
        Message("The entry has no such place.", "エントリーに該当する箇所がない。"),
        Message("A field of the entry.", "エントリーのフィールドでなければならない。"),
        Message("Edit the entry by hand and reject the proposal.", "手作業で編集し、提案は却下する。"),
    )
