"""What is to be said of sheets and columns that were added, copied or removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from editing.sheet.columns import Column
from editing.sheet.problems import CellProblem, Place, Remark
from kb.problems import Message, near_miss, shorten

_MOST_NAMED = 8


def lost(title: str, gone: Sequence[str]) -> Remark:
    """Columns that were removed."""
    named = ", ".join(gone[:_MOST_NAMED]) + (" …" if len(gone) > _MOST_NAMED else "")
    return Remark(
        Place(title),
        Message(
            f"Columns are gone: {named}. Their values stay as they are.",
            f"次の列がない: {named}。その値はそのまま残る。",
        ),
    )


def added(place: Place, name: str, known: Mapping[str, Column]) -> Remark:
    """A column that is no field."""
    near = near_miss(name, [*known, *(text for column in known.values() for text in column.words)])
    return Remark(
        place,
        Message(
            f"The column «{shorten(name)}» is no field and was left out.{near.en}",
            f"列「{shorten(name)}」はフィールドではないため読み飛ばした。{near.ja}",
        ),
    )


def not_exported(title: str) -> Remark:
    """A sheet of somebody's own."""
    return Remark(
        Place(title),
        Message("The sheet is not one of the export and was left out.", "出力されたシートではないため読み飛ばした。"),
    )


def twice(place: Place, name: str) -> CellProblem:
    """A sheet or column that was copied within the workbook."""
    return CellProblem(
        place,
        Message(f"«{name}» stands twice.", f"「{name}」が二つある。"),
        Message("Each sheet and each column once.", "同じシートや列は一つだけとする。"),
        Message("Delete the copy.", "写しを削除する。"),
    )


def key_gone(place: Place, heading: Message) -> CellProblem:
    """A list of records without the column that says which record a row is."""
    return CellProblem(
        place,
        Message(f"The column «{heading.en}» is gone.", f"「{heading.ja}」の列がない。"),
        Message("The column that says which record each row is.", "各行がどの記録かを示す列が必要である。"),
        Message(
            "Restore it from the export; empty it only in new rows.", "出力時の列を戻し、追加した行だけを空欄とする。"
        ),
    )
