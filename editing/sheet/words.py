"""The fixed words of a workbook in both languages."""

from __future__ import annotations

from typing import NamedTuple

from editing.sheet.layout import ACTION, ENTRY, ID, NUMBER, OF, VERSION
from kb.problems import Message

HELP_SHEET = "help 使い方"
CODES_SHEET = "codes コード"
#: What a row of a list of records says to be taken out of its entry.
DELETE = "delete"
#: The choice that the drop-down offers.
DELETE_CHOICE = "delete 削除"
#: Words that mean the same.
DELETE_WORDS = frozenset((DELETE, "削除", DELETE_CHOICE))


class KeyWords(NamedTuple):
    """Heading and help of a column that is no field."""

    heading: Message
    help: Message


KEY_WORDS = {
    ID: KeyWords(
        Message("Id", "ID"),
        Message("Names the entry and never changes. Locked.", "エントリーを示し、変わることはない。編集不可。"),
    ),
    VERSION: KeyWords(
        Message("Version", "版"),
        Message(
            "State of the file at export, by which edits of others are found. Locked.",
            "エクスポート時のファイルの版。他の人の編集を見分けるために使う。編集不可。",
        ),
    ),
    ENTRY: KeyWords(
        Message("Entry", "エントリー"),
        Message(
            "Collection/id of the entry that the record belongs to. Copy it into a new row.",
            "この記録が属するエントリー(コレクション/ID)。行を追加するときは書き写す。",
        ),
    ),
    OF: KeyWords(
        Message("Of record no.", "親の番号"),
        Message(
            "Number of the record in which this list stands. Copy it into a new row.",
            "この一覧を含む記録の番号。行を追加するときは書き写す。",
        ),
    ),
    NUMBER: KeyWords(
        Message("No.", "番号"),
        Message(
            "Place of the record in its entry. Leave it empty in a new row.",
            "エントリー内の順番。追加する行では空欄とする。",
        ),
    ),
    ACTION: KeyWords(
        Message("Action", "操作"),
        Message(
            f"Choose «{DELETE}» to take the record out. A row that is merely removed changes nothing.",
            f"記録を削除するときだけ「{DELETE}」を選ぶ。行を消しただけでは何も変わらない。",
        ),
    ),
}

TITLE = Message("EVReg: entries for editing", "EVReg: 編集用のエントリー一覧")
COMMAND = "evreg sheet import FILE.xlsx"
HOW = (
    Message(
        "Edit white cells, save, and run: " + COMMAND,
        "白いセルを編集して保存し、次を実行する: " + COMMAND,
    ),
    Message(
        "The import first shows every change in words. Nothing is written before you say yes, or while anything is wrong.",
        "取り込みでは、まず変更内容が文章で表示される。確認して承諾するまで、また誤りが残る間は、何も書き込まれない。",
    ),
    Message(
        "What others changed meanwhile stays. Where both changed one cell, it is named and you decide.",
        "その間に他の人が行った変更は保たれる。同じセルが双方で変更された場合は、そのセルが示され、どちらを採るかを選ぶ。",
    ),
    Message(
        "Grey cells (id, version, number) are locked. To sort or remove rows, unprotect the sheet first (Review, Unprotect "
        "Sheet; there is no password).",
        "灰色のセル(ID・版・番号)は編集できない。行の並べ替えや削除の前には、シートの保護を解除する(「校閲」の「シート保護の解除」、"
        "パスワードなし)。",
    ),
    Message(
        "Rows may be sorted, filtered, hidden or removed; columns may be moved, renamed or added. A removed row changes nothing.",
        "行の並べ替え・絞り込み・非表示・削除、列の移動・見出しの変更・追加をしてよい。行を消してもエントリーは変わらない。",
    ),
    Message(
        "An emptied cell takes the value out of the entry.",
        "セルを空にすると、その値はエントリーから除かれる。",
    ),
    Message(
        "Several values in one cell: one on each line (Alt+Enter in Excel, Ctrl+Enter in LibreOffice).",
        "一つのセルに複数の値を書くときは、1行に一つずつ書く(改行はExcelではAlt+Enter、LibreOfficeではCtrl+Enter)。",
    ),
    Message(
        f"Codes are chosen from lists; «code», «code – label» and the label alone are understood. All stand on «{CODES_SHEET}».",
        f"コードは一覧から選ぶ。「コード」「コード – 名称」「名称」のいずれも読み取れる。全コードは「{CODES_SHEET}」にある。",
    ),
    Message(
        "Dates are text: 2024, 2024-05 or 2024-05-01, never more exact than the source.",
        "日付は文字列で、2024、2024-05、2024-05-01のいずれかとし、資料より詳しくしない。",
    ),
    Message(
        "A new record in a list: a new row below, with the entry copied and the number left empty. To take one out, "
        f"choose «{DELETE}» in its row.",
        f"一覧に記録を加えるには、下に行を足してエントリーを書き写し、番号は空欄とする。除くには、その行で「{DELETE}」を選ぶ。",
    ),
    Message(
        "New entries are not made here: «evreg new COLLECTION ID» gives a template.",
        "新しいエントリーはこの表では作れない。「evreg new COLLECTION ID」でひな形を作る。",
    ),
    Message(
        "Formulas, merged cells, macros and links to other files are refused.",
        "数式、結合セル、マクロ、他のファイルへのリンクは受け付けない。",
    ),
)
#: Colour -> meaning; the names are those of ``style``.
LEGEND = {
    "locked": Message("Locked: not for editing", "編集不可"),
    "missing": Message("One of the two languages is missing", "日英の一方が欠けている"),
    "stale": Message(
        "The translation may be out of date: the other language changed", "訳が古い可能性がある(原文が変更されている)"
    ),
}
CONTENTS = Message("Sheets", "シート一覧")
CONTENTS_HEADS = (
    Message("Sheet", "シート"),
    Message("Holds", "内容"),
    Message("Rows", "行数"),
)
EXPORTED = Message(
    "Exported on {day}: {entries} entries, {records} records.", "{day}出力: エントリー{entries}件、記録{records}件。"
)
#: Said of fields in the notes on the headings.
REQUIRED = Message("Required.", "必須。")
MANY = Message("One value on each line.", "1行に一つずつ書く。")
DATE = Message("2024, 2024-05 or 2024-05-01.", "2024、2024-05、2024-05-01のいずれか。")
WHOLE, NUMBER_WORD = Message("A whole number.", "整数。"), Message("A number.", "数値。")
TRUTH = Message("TRUE or FALSE.", "TRUE又はFALSE。")
REFERENCE = Message("Id of an entry in: {targets}.", "次のコレクションのエントリーID: {targets}。")
PATTERN = Message("Form: {pattern}", "形式: {pattern}")
CODES = Message("Codes: {codes}", "コード: {codes}")
