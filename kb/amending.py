"""Changing fields of an entry file: comments stay, the result is canonical and valid, or nothing is written."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kb.canonical import canonical_text
from kb.comments import Comment, comments_of, with_comments
from kb.decoding import decode
from kb.facts_cache import FactsCache
from kb.field_values import is_empty, set_value, value_at
from kb.files import EntryFile, entry_files
from kb.models import model_of
from kb.problems import EvregError, FieldPath, Message, Problem, shorten
from kb.proposals import Change
from kb.validation import validate
from kb.yaml12 import build, compose


def amended(content: bytes, file: EntryFile, changes: Sequence[Change]) -> str:
    """The canonical text of an entry after some fields were changed.

    Raises:
        EvregError: when a field no longer has the value that the change started from, or cannot be set.
        YamlProblem: when the file cannot be read.
    """
    text = decode(content)
    data: dict[str, Any] = build(compose(text))
    after = copy.deepcopy(data)
    for change in changes:
        now = value_at(data, change.field)
        _refuse_when_moved_on(file, change, now)
        try:
            set_value(after, change.field, copy.deepcopy(_value_after(change, now)))
        except KeyError:
            raise _no_such_place(file, change) from None
    canonical = canonical_text(after, model_of(file.collection), file.depth)
    return with_comments(canonical, list(rehung(comments_of(text), after)))


def new_entry_text(draft: dict[str, Any], file: EntryFile) -> str:
    """The canonical text of a new entry."""
    return canonical_text(draft, model_of(file.collection), file.depth)


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


def problems_of(root: Path, file: EntryFile, text: str, today: date) -> list[Problem]:
    """Errors that the file would have with this text, alone and with all its links; nothing is written.

    Raises:
        EvregError: when the knowledge base cannot be examined.
    """
    report = validate(root, [file.path], today=today, cache=FactsCache(root), drafts={file.path: text.encode("utf-8")})
    return [problem for problem in report.problems if problem.level == "error"]


def rehung(comments: Iterable[Comment], data: Any) -> Iterable[Comment]:
    """Comments of values that are gone stay with what held them."""
    for comment in comments:
        path = comment.path
        while path and not _exists(data, path):
            path = path[:-1]
        yield comment._replace(path=path or None) if path != comment.path else comment


def _exists(data: Any, path: FieldPath) -> bool:
    for part in path:
        inside = part in data if isinstance(data, dict) else isinstance(data, list) and part in range(len(data))
        if not inside:
            return False
        data = data[part]
    return True


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
