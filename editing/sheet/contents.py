"""What a workbook may consist of: sheets of values, and nothing that runs, reaches outside or unfolds while it is read."""

from __future__ import annotations

import re
import zipfile

from editing.sheet.refusals import EXPECTED, SEE, holds, refused, too_many
from kb.problems import Message

_REFUSED_PARTS = (
    (re.compile(r"vbaProject|macrosheets/|vbaData", re.IGNORECASE), Message("macros", "マクロ")),
    (re.compile(r"externalLinks/", re.IGNORECASE), Message("links to other files", "他のファイルへのリンク")),
    (
        re.compile(r"connections\.xml|queryTables/|/model/|customData/", re.IGNORECASE),
        Message("connections to data outside", "外部データへの接続"),
    ),
    (
        re.compile(r"embeddings/|activeX/|ctrlProps/|customUI|webextensions/", re.IGNORECASE),
        Message("embedded objects", "埋め込みオブジェクト"),
    ),
)
#: The namespace of ISO/IEC 29500 Strict, which openpyxl does not read.
_STRICT = b"purl.oclc.org/ooxml/spreadsheetml"
#: Pictures and printer settings, which nothing here opens.
_BINARY = (".bin", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf")
#: Only a hyperlink may point outside: spreadsheets make one of every address that is typed.
_OUTSIDE = re.compile(rb"<[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
_ROW = re.compile(rb"<(?:[^\s<>/:!?]+:)?row[\s>]")
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)[\"']")


def check_names(where: str, archive: zipfile.ZipFile) -> None:
    """Refuse other kinds of packed files, and parts that hold more than values.

    Raises:
        EvregError: at the first of them.
    """
    names = archive.namelist()
    if "mimetype" in names and b"opendocument" in archive.read("mimetype")[:200]:
        raise refused(where, Message("An OpenDocument file (.ods).", "OpenDocument形式(.ods)である。"), EXPECTED, SEE)
    if "xl/workbook.bin" in names:
        raise refused(where, Message("A binary workbook (.xlsb).", "バイナリー形式(.xlsb)である。"), EXPECTED, SEE)
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise refused(
            where,
            Message("A packed file that holds no workbook.", "圧縮ファイルであり、ブックが含まれていない。"),
            EXPECTED,
            Message("Choose the workbook itself.", "ブックそのものを指定する。"),
        )
    if _STRICT in archive.read("xl/workbook.xml"):
        found = Message("A workbook of the kind «Strict Open XML».", "「Strict Open XML」形式のブックである。")
        raise refused(where, found, EXPECTED, SEE)
    for name in names:
        for pattern, what in _REFUSED_PARTS:
            if pattern.search(name):
                raise holds(where, what)


def check_parts(where: str, archive: zipfile.ZipFile, most_rows: int) -> None:
    """Refuse parts that are no plain XML, and links to anything but addresses.

    Args:
        where: The file, for the message.
        archive: Its parts, whose sizes have been examined.
        most_rows: Rows that a sheet may have.

    Raises:
        EvregError: at the first of them.
    """
    for part in archive.infolist():
        if part.filename.lower().endswith(_BINARY):
            continue
        text = archive.read(part)
        # Counted before parsing: openpyxl goes through all rows of a sheet that does not state its size.
        rows = sum(1 for _ in _ROW.finditer(text))
        if rows > most_rows:
            raise too_many(where, Message(f"A sheet has {rows:,} rows.", f"シートに{rows:,}行ある。"), most_rows)
        declared = _DECLARED.match(text[:200].removeprefix(b"\xef\xbb\xbf"))
        if b"\x00" in text[:200] or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii")):
            raise holds(where, Message("text that is not UTF-8", "UTF-8以外の文字コード"))
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise holds(where, Message("XML entities", "XMLの実体宣言"))
        if part.filename == "[Content_Types].xml" and b"macroenabled" in text.lower():
            raise holds(where, Message("macros", "マクロ"))
        if part.filename.endswith(".rels") and any(
            b"/hyperlink" not in link.lower() for link in _OUTSIDE.findall(text)
        ):
            raise holds(where, Message("links to other files", "他のファイルへのリンク"))
