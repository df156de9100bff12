"""Every source has its own key and supports something: a named field, or a statement that points to it."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks.rule import Context, EntryRule, Subject
from kb.models import model_of
from kb.problems import FieldPath, Finding, Message, near_miss, shorten
from kb.references import source_key_fields, values_at


def _check(subject: Subject, _context: Context) -> Iterator[Finding]:
    collection = subject.file.collection
    pointed_at = {value for pattern in source_key_fields(collection) for _, value in values_at(subject.data, pattern)}
    fields = model_of(collection).model_fields
    seen: set[str] = set()
    for index, source in enumerate(subject.entry.sources):
        path = ("sources", index)
        if source.key in seen:
            yield _repeated(path, source.key)
        seen.add(source.key)
        if not source.supports and source.key not in pointed_at:
            yield _unused(path, source.key)
        for place, name in enumerate(source.supports):
            if name not in fields:
                yield _no_field((*path, "supports", place), name, tuple(fields))


def _repeated(path: FieldPath, key: str) -> Finding:
    return Finding(
        (*path, "key"),
        Message(f"The key «{key}» stands at two sources.", f"キー「{key}」が二つの資料に付いている。"),
        Message("Each source has a key of its own.", "資料ごとに異なるキーとする。"),
        Message("Number the sources anew (s1, s2 …).", "資料の番号を付け直す(s1、s2…)。"),
    )


def _unused(path: FieldPath, key: str) -> Finding:
    return Finding(
        path,
        Message(f"Nothing refers to the source «{key}».", f"資料「{key}」はどこからも参照されていない。"),
        Message(
            "«supports» names the fields that it supports, or a statement lists its key.",
            "「supports」に裏付けるフィールド名を記すか、記載の「sources」にキーを挙げる。",
        ),
        Message("Say what the source supports, or remove it.", "裏付ける内容を記すか、資料を削除する。"),
    )


def _no_field(path: FieldPath, name: str, fields: tuple[str, ...]) -> Finding:
    near = near_miss(name, fields)
    return Finding(
        path,
        Message(
            f"«{shorten(name)}» is not a field of the entry.{near.en}",
            f"「{shorten(name)}」はエントリーのフィールドではない。{near.ja}",
        ),
        Message(f"One of: {', '.join(fields)}.", f"次のいずれかとする: {'、'.join(fields)}。"),
        Message("Correct the name of the field.", "フィールド名を訂正する。"),
    )


RULE = EntryRule(
    name="sources-used",
    level="error",
    description=Message("Every source supports something.", "すべての資料が何かを裏付けていること。"),
    check=_check,
)
