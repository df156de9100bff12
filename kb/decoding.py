"""From bytes to text: UTF-8 without byte order mark, LF line ends, no tabs, of bounded size."""

from __future__ import annotations

import re

from kb.problems import Message, YamlProblem

#: An entry is a few kilobytes (the largest of the first edition has 40); 1 MiB leaves room without risk.
MAX_BYTES = 1_048_576


def decode(data: bytes) -> str:
    """The text of a file, or the reason why it is not one.

    Raises:
        YamlProblem: more than 1 MiB, a byte order mark, CR line ends, tabs, control characters or not UTF-8.
    """
    if len(data) > MAX_BYTES:
        raise YamlProblem(
            Message(f"The file has {len(data):,} bytes.", f"ファイルの大きさは{len(data):,}バイトである。"),
            Message(f"At most {MAX_BYTES:,} are allowed.", f"上限は{MAX_BYTES:,}バイトである。"),
            Message("Split the entry or shorten its texts.", "エントリーを分割するか、本文を短くする。"),
            rule="file-size",
        )
    for marker, found, remedy, rule in _UNWANTED_BYTES:
        if (at := data.find(marker)) >= 0 and (marker != _BOM or at == 0):
            line, column = _line_column(data, at)
            raise YamlProblem(found, _EXPECTED_TEXT, remedy, line, column, rule)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _line_column(data, error.start)
        guess = _likely_encoding(data)
        raise YamlProblem(
            Message(f"Bytes that are not UTF-8{guess.en}.", f"UTF-8ではないバイト列がある{guess.ja}。"),
            _EXPECTED_TEXT,
            Message("Save the file again with the encoding UTF-8.", "文字コードをUTF-8にして保存し直す。"),
            line,
            column,
            "encoding",
        ) from None


_BOM = b"\xef\xbb\xbf"
_EXPECTED_TEXT = Message(
    "Entries are UTF-8 text without byte order mark, with LF line ends and spaces for indentation.",
    "エントリーはBOMなしのUTF-8、改行はLF、字下げは半角スペースとする。",
)
_UNWANTED_BYTES: tuple[tuple[bytes, Message, Message, str], ...] = (
    (
        _BOM,
        Message("A byte order mark at the start.", "先頭にBOM(バイト順マーク)がある。"),
        Message("Save the file as «UTF-8» without BOM.", "「UTF-8(BOMなし)」で保存する。"),
        "encoding",
    ),
    (
        b"\r",
        Message("A CR line end (Windows or old Mac).", "改行がCRまたはCRLF(WindowsやMac旧形式)である。"),
        Message("Save the file with LF line ends.", "改行コードをLFにして保存する。"),
        "line-ends",
    ),
    (
        b"\t",
        Message("A tab character.", "タブ文字がある。"),
        Message("Replace the tab by spaces.", "タブを半角スペースに置き換える。"),
        "tabs",
    ),
    (
        b"\x00",
        Message("A NUL byte: this is not a text file.", "NULバイトがあり、テキストファイルではない。"),
        Message(
            "Restore the file from the history or save it as text.", "履歴から復元するか、テキストとして保存する。"
        ),
        "encoding",
    ),
)


def _line_column(data: bytes, offset: int) -> tuple[int, int]:
    before = data[:offset]
    start = before.rfind(b"\n") + 1
    return before.count(b"\n") + 1, len(before[start:].decode("utf-8", "replace")) + 1


def _likely_encoding(data: bytes) -> Message:
    for encoding in ("shift_jis", "euc_jp"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if re.search("[\u3041-\u30f6\u4e00-\u9fff]", text):
            name = {"shift_jis": "Shift_JIS", "euc_jp": "EUC-JP"}[encoding]
            return Message(f" (it looks like {name})", f"({name}とみられる)")
    return Message(" (perhaps Latin-1)", "(Latin-1の可能性がある)")
