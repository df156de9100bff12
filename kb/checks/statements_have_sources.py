"""Every statement can be traced: to a source of its own, to one that supports its list, or to the entry it rests on.

What counts as a statement is read off the models: every item that has a field «sources».
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from kb.checks.rule import Context, EntryRule, Subject
from kb.problems import FieldPath, Finding, Message, field_name
from kb.references import PathPattern, source_key_fields, values_at

#: Fields of a statement that name the entry in which the fact has its home, with sources of its own.
_HOMES: Final = ("guidelines", "guideline", "document", "record")
#: Options of a process step that say of themselves that no source was read.
_GENERAL: Final = "general-knowledge"


@cache
def statement_lists(collection: str) -> tuple[PathPattern, ...]:
    """The lists of a collection whose items carry sources."""
    patterns = (pattern for pattern in source_key_fields(collection) if pattern[-2:] == ("sources", None))
    return tuple(pattern[:-2] for pattern in patterns)


def _check(subject: Subject, _context: Context) -> Iterator[Finding]:
    supported = {name for source in subject.entry.sources for name in source.supports}
    if not supported:
        yield _nothing_supported()
    if "summary" in supported:
        return
    for pattern in statement_lists(subject.file.collection):
        if pattern[0] not in supported:
            for path, item in values_at(subject.data, pattern):
                if isinstance(item, dict) and not _traced(item):
                    yield _untraced(path)


def _traced(item: dict[str, Any]) -> bool:
    return bool(item.get("sources")) or item.get("basis") == _GENERAL or any(item.get(name) for name in _HOMES)


def _nothing_supported() -> Finding:
    return Finding(
        ("sources",),
        Message("No source supports the summary.", "要約を裏付ける資料がない。"),
        Message("At least one source names what it supports.", "少なくとも一つの資料に裏付けるフィールドを記す。"),
        Message(
            "Add «supports: [summary]» to the source that was read.", "読んだ資料に「supports: [summary]」を加える。"
        ),
    )


def _untraced(path: FieldPath) -> Finding:
    name = field_name(path)
    return Finding(
        path,
        Message(f"The statement «{name}» has no source.", f"記載「{name}」に資料が示されていない。"),
        Message(
            f"Keys in «sources», or a source that supports «{path[0]}».",
            f"「sources」にキーを挙げるか、「{path[0]}」を裏付ける資料を示す。",
        ),
        Message(
            "Add the key of the source in which it was read; what nobody read is an open question.",
            "読んだ資料のキーを加える。誰も読んでいない事項は未確認事項(open_questions)とする。",
        ),
    )


RULE = EntryRule(
    name="statements-have-sources",
    level="error",
    description=Message("Every statement can be traced to a source.", "すべての記載が資料にさかのぼれること。"),
    check=_check,
)
