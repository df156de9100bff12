"""Saving what the form holds: merged with what others wrote meanwhile, valid with all links, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from editing.local.guard import too_large
from editing.local.refusals import Refusal, field_label, problem_records, refused
from kb.field_values import is_empty, set_value, value_at
from kb.files import EntryFile
from kb.merging import MergeConflict, Merged, merge
from kb.problems import EvregError, Message, Problem, YamlProblem
from kb.rewriting import rewritten
from kb.saving import problems_after, save
from kb.validation import unreadable
from kb.yaml12 import parse

#: Whose value is written where both changed a field: nobody's (the save is refused), the form's, or the file's.
Preference = Literal["mine", "theirs"] | None

#: Bytes of an entry; the largest of the first edition has 30,000.
_LARGEST: Final = 1 << 20
#: Seconds to wait for another writer, such as a proposal being accepted.
_PATIENCE: Final = 15.0
#: Saves that are begun again because the file changed between being read and being written.
_ATTEMPTS: Final = 5


class Edit(NamedTuple):
    """What the form sends.

    Attributes:
        file: The entry.
        text: YAML as the form writes it.
        base: YAML as the form had loaded it; None for a new entry.
        prefer: Whose value wins where both changed a field.
    """

    file: EntryFile
    text: str
    base: str | None
    prefer: Preference = None


class Saved(NamedTuple):
    """What became of a save."""

    #: What the file holds now.
    text: str
    #: Warnings.
    problems: list[Problem]
    #: True when the file has changes of others that the form does not show.
    merged: bool


def checked(root: Path, edit: Edit, today: date) -> list[Problem]:
    """Errors and warnings that the entry would have; nothing is written.

    Raises:
        Refusal: when the text cannot be read, or contradicts what is in the file.
    """
    return problems_after(root, {edit.file: _draft(edit, _content(edit.file))[0]}, today)


def saved(root: Path, edit: Edit, today: date) -> Saved:
    """Write an entry.

    Raises:
        Refusal: when the text cannot be read or is not valid, when others changed the same fields, or another program
            keeps writing.
        OSError: when the file cannot be written.
    """
    for _ in range(_ATTEMPTS):
        content = _content(edit.file)
        draft, merged = _draft(edit, content)
        problems = problems_after(root, {edit.file: draft}, today)
        if any(problem.level == "error" for problem in problems):
            raise _not_valid(edit.file, problems)
        try:
            save(root, {edit.file: draft}, {edit.file: content}, today, _PATIENCE)
        except EvregError as error:
            if _content(edit.file) == content:
                raise Refusal(409, error) from None
        else:
            return Saved(draft, problems, merged)
    raise _busy(edit.file)


def _draft(edit: Edit, content: bytes | None) -> tuple[str, bool]:
    """The canonical text that a save would write, and whether it has changes of others."""
    mine = _data(edit.file, edit.text)
    base = _data(edit.file, edit.base) if edit.base is not None else None
    mine = _without_empty(mine, base or {})
    _refuse_moved(edit.file, base, content)
    theirs = _on_disk(edit.file, content) if content is not None else {}
    put_together = merge(base or {}, mine, theirs)
    data = _settled(edit, put_together)
    return rewritten(content, edit.file, data), base is not None and theirs != base


def _content(file: EntryFile) -> bytes | None:
    return file.path.read_bytes() if file.path.is_file() else None


def _data(file: EntryFile, text: str) -> dict[str, Any]:
    """The mapping that a text from the form holds."""
    content = text.encode("utf-8")
    if len(content) > _LARGEST:
        raise too_large(f"{len(content):,} bytes", f"{len(content):,}バイト")
    try:
        data, _ = parse(content)
    except YamlProblem as problem:
        raise _not_valid(file, [unreadable(file.name, problem)]) from None
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        raise _not_text(file)
    return data


def _on_disk(file: EntryFile, content: bytes) -> dict[str, Any]:
    try:
        data, _ = parse(content)
    except YamlProblem as problem:
        where = f"{file.name}:{problem.line}:{problem.column}"
        raise Refusal(409, EvregError(where, problem.found, problem.expected, problem.remedy)) from None
    return data if isinstance(data, dict) else {}


def _without_empty(value: Any, base: Any) -> Any:
    """``value`` without the empty fields that the form adds for everything that was left open."""
    if isinstance(value, Mapping):
        known = base if isinstance(base, Mapping) else {}
        inside = {key: _without_empty(item, known.get(key)) for key, item in value.items()}
        return {key: item for key, item in inside.items() if key in known or not (is_empty(item) or item == "")}
    if isinstance(value, list):
        known_items = base if isinstance(base, list) else []
        padded = [*known_items, *([None] * len(value))]
        return [_without_empty(item, before) for item, before in zip(value, padded, strict=False)]
    return value


def _settled(edit: Edit, merged: Merged) -> dict[str, Any]:
    """The merged data after conflicts were decided.

    Raises:
        Refusal: when they were not.
    """
    if not merged.conflicts or edit.prefer == "theirs":
        return merged.data
    if edit.prefer != "mine":
        raise _conflict(edit.file, merged.conflicts)
    # Items are taken out of lists last, from the end, so that the places of the others hold until then.
    for conflict in merged.conflicts:
        if not _is_removal(conflict):
            _put_mine(merged.data, conflict)
    for conflict in reversed(merged.conflicts):
        if _is_removal(conflict):
            holder, _, place = conflict.field.rpartition(".")
            del value_at(merged.data, holder)[int(place)]
    return merged.data


def _is_removal(conflict: MergeConflict) -> bool:
    """True for an item of a list that I took out and others changed."""
    return conflict.mine is None and conflict.field.rpartition(".")[2].isdecimal()


def _put_mine(data: dict[str, Any], conflict: MergeConflict) -> None:
    """Write my value in the place of theirs; an item that others took out of a list comes back at its end."""
    now, mine = value_at(data, conflict.field), conflict.mine
    if isinstance(now, list) and conflict.theirs is None and not isinstance(mine, list):
        now.append(mine)
    else:
        set_value(data, conflict.field, mine)


def _refuse_moved(file: EntryFile, base: dict[str, Any] | None, content: bytes | None) -> None:
    """Refuse to bring back an entry that was removed, or to replace one by a new one."""
    if base is None and content is not None:
        raise refused(
            409,
            file.name,
            Message("There is an entry of this name already.", "同名のエントリーがすでにある。"),
            Message("An id that no entry has.", "未使用のIDでなければならない。"),
            Message("Open that entry, or choose another id.", "そのエントリーを開くか、別のIDを選ぶ。"),
        )
    if base is not None and content is None:
        raise refused(
            409,
            file.name,
            Message("The file was removed or renamed meanwhile.", "編集中にファイルが削除又は改名された。"),
            Message("The file that the form had loaded.", "フォームが読み込んだファイルが必要である。"),
            Message("Load the page again and look where the entry is now.", "ページを再読み込みし、移動先を確かめる。"),
        )


def _conflict(file: EntryFile, conflicts: tuple[MergeConflict, ...]) -> Refusal:
    fields = [conflict.field for conflict in conflicts]
    labels = [field_label(file.collection, field) for field in fields]
    english, japanese = ", ".join(label["en"] for label in labels), "、".join(label["ja"] for label in labels)
    return refused(
        409,
        file.name,
        Message(f"Others changed the same fields meanwhile: {english}.", f"同じ項目が編集中に変更された: {japanese}。"),
        Message("A field changed by one side only.", "一方だけが変更した項目でなければならない。"),
        Message("Compare the two versions and choose one, in the panel.", "パネルで両方の内容を比べ、どちらかを選ぶ。"),
        conflicts=[
            {"field": conflict.field, "label": label, "mine": conflict.mine, "theirs": conflict.theirs}
            for conflict, label in zip(conflicts, labels, strict=True)
        ],
    )


def _not_valid(file: EntryFile, problems: list[Problem]) -> Refusal:
    count = sum(1 for problem in problems if problem.level == "error")
    return refused(
        422,
        file.name,
        Message(
            f"The entry has {count} {'error' if count == 1 else 'errors'} and was not written.",
            f"エントリーにエラーが{count}件あり、書き込んでいない。",
        ),
        Message("An entry without errors.", "エラーのないエントリーに限る。"),
        Message("Mend the fields that are marked, and save again.", "印のある項目を直し、もう一度保存する。"),
        problems=problem_records(file.collection, problems),
    )


def _not_text(file: EntryFile) -> Refusal:
    return refused(
        422,
        file.name,
        Message("What was sent is no entry.", "送られた内容はエントリーではない。"),
        Message("A mapping of fields in YAML, in UTF-8.", "UTF-8のYAMLで書かれたマッピングとする。"),
        Message("Save from the form.", "フォームから保存する。"),
        problems=[],
    )


def _busy(file: EntryFile) -> Refusal:
    return refused(
        409,
        file.name,
        Message("The file keeps changing.", "ファイルが変更され続けている。"),
        Message("A moment in which nobody else writes it.", "ほかのプログラムが書き込んでいない時に保存する。"),
        Message("Save once more.", "もう一度保存する。"),
    )
