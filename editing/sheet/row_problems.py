"""What can be wrong with a row: its entry, its number, what it asks for."""

from __future__ import annotations

from collections.abc import Collection

from editing.sheet.problems import CellProblem, Place, Unfit
from editing.sheet.words import DELETE
from kb.problems import Message, near_miss, shorten


def no_such_entry(text: str, known: Collection[str], *, records: bool) -> Unfit:
    """A row that names no exported entry."""
    if not text:
        return Unfit(
            Message("The row names no entry.", "エントリーが記されていない。"),
            Message("The entry in the first column.", "先頭の列にエントリーを記す。"),
            Message("Copy it from another row of the entry.", "同じエントリーの行から書き写す。"),
        )
    near = near_miss(text, known if records else [name.partition("/")[2] for name in known])
    return Unfit(
        Message(
            f"No entry «{shorten(text)}» was exported.{near.en}",
            f"「{shorten(text)}」というエントリーは出力されていない。{near.ja}",
        ),
        Message("An entry of this workbook; ids never change.", "このブックにあるエントリーとする。IDは変わらない。"),
        Message(
            "Correct it; make new entries with «evreg new COLLECTION ID».",
            "訂正する。新しいエントリーは「evreg new COLLECTION ID」で作る。",
        ),
    )


def altered_version() -> Unfit:
    """A row whose version is not the exported one."""
    return Unfit(
        Message("The version is not that of this export.", "版がこの出力のものではない。"),
        Message("The version cell as exported.", "版のセルは出力時のままとする。"),
        Message(
            "Export again and copy only the edited cells, not whole rows of another workbook.",
            "改めて出力し、編集したセルだけを写す(別のブックの行全体は写さない)。",
        ),
    )


def no_such_record() -> Unfit:
    """A row whose number is none of its entry's records."""
    return Unfit(
        Message("The entry has no record of this number.", "エントリーにこの番号の記録がない。"),
        Message("The number as exported, or none in a new row.", "出力時の番号とし、追加する行では空欄とする。"),
        Message("Empty the number if the row is new.", "追加した行であれば番号を消す。"),
    )


def no_parent() -> Unfit:
    """A new row of a list that stands in a record, without that record's number."""
    return Unfit(
        Message("The row does not say in which record it belongs.", "どの記録に属するかが記されていない。"),
        Message("The number of the record in the second column.", "2列目に親の記録の番号を記す。"),
        Message("Copy it from another row.", "他の行から書き写す。"),
    )


def number_twice(place: Place, first: Place, *, entries: bool) -> CellProblem:
    """Two rows for one entry or record that say different things."""
    new = Message("If one is a new record, empty its number.", "一方が新しい記録であれば、その番号を消す。")
    delete = Message("Delete one of the two.", "一方を削除する。")
    return CellProblem(
        place,
        Message(
            f"The row {first.cell} is for the same place and differs.", f"{first.cell}の行と対象が同じで内容が異なる。"
        ),
        Message("One row for each.", "一つの対象に一行とする。"),
        delete if entries else new,
    )


def deleted_and_edited() -> Unfit:
    """A row that is both edited and to be taken out."""
    return Unfit(
        Message("The row is edited and marked for deletion.", "編集され、かつ削除の指定がある。"),
        Message("One of the two.", "どちらか一方とする。"),
        Message("Empty the action, or undo the edits.", "操作を消すか、編集を元に戻す。"),
    )


def emptied(*, records: bool) -> Unfit:
    """A row of which only the keys are left."""
    delete = Message(
        f"Choose «{DELETE}» as the action, or enter the values again.", f"操作で「{DELETE}」を選ぶか、値を入れ直す。"
    )
    again = Message("Enter the values again, or delete the whole row.", "値を入れ直すか、行ごと削除する。")
    return Unfit(
        Message("All values of the row were emptied.", "行の値が全て消されている。"),
        Message("Values; an emptied row is too easily made by mistake.", "値を残す(誤操作との区別がつかないため)。"),
        delete if records else again,
    )


def odd_action(text: str) -> Unfit:
    """An action that is none."""
    return Unfit(
        Message(f"«{shorten(text)}» is no action.", f"「{shorten(text)}」という操作はない。"),
        Message(f"«{DELETE}» or nothing.", f"「{DELETE}」又は空欄とする。"),
        Message("Choose from the list or empty the cell.", "一覧から選ぶか、空欄にする。"),
    )


def not_editable() -> Unfit:
    """An edit of a value that a cell cannot hold."""
    return Unfit(
        Message("The value does not fit a cell and was edited.", "セルに収まらない値が編集されている。"),
        Message("The cell as exported.", "出力時のままとする。"),
        Message("Edit this field in the entry's file or in the form.", "この項目はファイル又はフォームで編集する。"),
    )
