"""Why a file is refused, and what to do: other kinds of files, damage, size, and content that is no value."""

from __future__ import annotations

from kb.problems import EvregError, Message

MEGABYTE = 1_000_000
#: The first bytes of compound files: old workbooks, and encrypted new ones ([MS-CFB] 2.2, [MS-OFFCRYPTO] 2.3.4).
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SEE = Message(
    "Save it as an Excel workbook (.xlsx) and import that.", "Excelブック(.xlsx)として保存し、それを取り込む。"
)
AGAIN = Message(
    "Export again with «evreg sheet export» and copy the edited cells into the new workbook.",
    "「evreg sheet export」で改めて出力し、編集したセルを新しいブックに貼り付ける。",
)
EXPECTED = Message("A workbook of «evreg sheet export» (.xlsx).", "「evreg sheet export」のブック(.xlsx)とする。")


def no_workbook(where: str, content: bytes) -> EvregError:
    """The error of a file that is no zip archive, by its first bytes."""
    if content.startswith(_OLE) and _ENCRYPTED in content:
        return refused(
            where,
            Message("The workbook is protected by a password for opening.", "開くためのパスワードが設定されている。"),
            EXPECTED,
            Message("Remove the password in Excel (File, Info) and save it.", "Excelでパスワードを解除して保存する。"),
        )
    if content.startswith(_OLE):
        found = Message("A workbook of the old form (.xls).", "旧形式のブック(.xls)である。")
    elif not content:
        found = Message("The file is empty.", "ファイルが空である。")
    elif b"\x00" not in content[:4000]:
        found = Message("A text file, such as CSV.", "CSV等のテキストファイルである。")
    else:
        found = Message("This is no workbook.", "ブックではない。")
    remedy = AGAIN if "CSV" in found.en or not content else SEE
    return refused(where, found, EXPECTED, remedy)


def holds(where: str, what: Message) -> EvregError:
    """The error of a workbook that holds something besides values."""
    return refused(
        where,
        Message(f"The workbook holds {what.en}.", f"ブックに{what.ja}が含まれている。"),
        Message("Sheets with values alone; nothing of it was run.", "値だけのシートとする。何も実行していない。"),
        AGAIN,
    )


def bomb(where: str, part: str, size: int) -> EvregError:
    """The error of a part that would unpack to far more than any export has."""
    megabytes = f"{size / MEGABYTE:,.0f} MB"
    return refused(
        where,
        Message(f"«{part}» would unpack to {megabytes}.", f"「{part}」を展開すると{megabytes}になる。"),
        Message(
            "A workbook of the size that an export has; this one was not unpacked.",
            "エクスポートと同程度の大きさのブックとする。展開は行っていない。",
        ),
        AGAIN,
    )


def too_many(where: str, what: Message, limit: int) -> EvregError:
    """The error of a sheet with more rows, columns or cells than any export has."""
    return refused(where, what, at_most(f"{limit:,}"), AGAIN)


def unreadable(where: str, error: Exception) -> EvregError:
    """The error of a file that is damaged."""
    kind = type(error).__name__
    return refused(
        where,
        Message(f"The workbook is damaged ({kind}).", f"ブックが破損している({kind})。"),
        EXPECTED,
        Message("Open it in a spreadsheet program, save it, and import it again.", "表計算ソフトで開いて保存し直す。"),
    )


def at_most(figure: str) -> Message:
    """What is expected of a size."""
    return Message(f"At most {figure}.", f"{figure}以下とする。")


def refused(where: str, found: Message, expected: Message, remedy: Message) -> EvregError:
    """An error about the file as a whole."""
    return EvregError(where, found, expected, remedy)
