"""Bytes of unknown encoding to text: by their mark, by what is declared, else recognised by charset-normalizer."""

from __future__ import annotations

import re
from typing import Final

from kb.problems import EvregError, Message

#: Looked for when no mark and no declaration tells: what Japanese and English pages are written in.
_USUAL: Final = ("cp932", "euc_jp", "utf_16_le", "utf_16_be", "cp1252")
_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
#: First bytes of files that people take for text.
_FILES: Final = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP, Word, Excel"),
    (b"\xd0\xcf\x11\xe0", "Word, Excel"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
)
#: Encodings of pages; Python knows others that take forever or are no encodings of text.
_OF_PAGES = re.compile(
    r"(?:utf[-_]?(?:8|16|32)|windows|cp|iso|(?:x[-_])?s(?:hift)?[-_]?jis|(?:x[-_])?euc|gb|big5|koi8|(?:us[-_])?ascii|latin)[\w:-]*",
    re.IGNORECASE,
)
_LATIN = re.compile(r"iso[-_]?8859[-_]?1|latin[-_]?1|windows-1252|cp1252", re.IGNORECASE)
_KANA = re.compile("[\u3041-\u30ff\uff66-\uff9f]")
_HIRAGANA = re.compile("[\u3041-\u3096]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decoded_text(content: bytes, where: str, charset: str | None = None) -> tuple[str, str]:
    """The text and the name of its encoding; bytes that do not fit an encoding known by its mark become U+FFFD.

    Args:
        content: The bytes.
        where: Where they come from, for messages.
        charset: What a server says of them.

    Raises:
        EvregError: binary, or in no recognised encoding.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace"), name
    kind = next((kind for first, kind in _FILES if content.startswith(first)), None)
    if kind:
        raise _binary(where, kind)
    # The Japanese encoding with escapes has only ASCII bytes, so that it would pass for UTF-8.
    first = "iso2022_jp" if b"\x1b$" in content else "utf-8"
    text = _strictly(content, first)
    if text is not None:
        return text, first
    for name in _declared(content, charset):
        text = _strictly(content, name)
        if text is not None:
            return text, name
    found = _damaged_utf8(content) or _japanese(content) or _recognised(content)
    if found is not None and not _is_binary(found[0]):
        return found
    raise _binary(where, None) if _is_binary(content.decode("latin-1")) else _unrecognised(where)


def _declared(content: bytes, charset: str | None) -> list[str]:
    """Encodings that the server or the page itself states, in the order in which they are believed."""
    from bs4.dammit import EncodingDetector

    found = (charset, EncodingDetector.find_declared_encoding(content, is_html=True))
    known = [name for name in found if name and _OF_PAGES.fullmatch(name)]
    # Servers add Latin-1 to pages that they have not looked at (Apache's AddDefaultCharset), and any bytes fit it.
    return sorted(known, key=lambda name: _LATIN.fullmatch(name) is not None)


def _strictly(content: bytes, name: str) -> str | None:
    # Pages that say Shift_JIS are written in Microsoft's extension of it, as the WHATWG encoding standard has it.
    encoding = "cp932" if name.lower().replace("-", "_") in ("shift_jis", "sjis", "x_sjis") else name
    try:
        text = content.decode(encoding)
    except (LookupError, UnicodeError):
        return None
    return None if _is_binary(text) else text


def _is_binary(text: str) -> bool:
    """Whether more characters control machines than a text copied from a page or a PDF brings along."""
    return 100 * len(_CONTROLS.findall(text)) > len(text)


def _damaged_utf8(content: bytes) -> tuple[str, str] | None:
    """UTF-8 with a few bytes lost, which other encodings would turn into wrong characters."""
    text = content.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    whole = sum(1 for character in text[:100_000] if character > "\x7f" and character != "\ufffd")
    return (text, "utf-8") if whole > 20 * lost else None


def _japanese(content: bytes) -> tuple[str, str] | None:
    """Shift_JIS or EUC-JP, when only one of them makes the bytes a text with the kana that Japanese is full of."""
    found = []
    for encoding in ("cp932", "euc_jp"):
        text = _strictly(content, encoding)
        if text and 20 * len(_HIRAGANA.findall(text)) > len(text):
            found.append((text, encoding))
    return found[0] if len(found) == 1 else None


def _recognised(content: bytes) -> tuple[str, str] | None:
    from charset_normalizer import from_bytes

    usual = from_bytes(content, cp_isolation=list(_USUAL)).best()
    if usual is not None and (usual.encoding == "cp1252" or b"\0" in content or _KANA.search(str(usual))):
        return str(usual), usual.encoding
    # Two-byte text without kana may be Chinese or Korean; without a zero byte it is not English in UTF-16 either.
    found = from_bytes(content).best()
    return None if found is None or found.encoding.startswith("utf_") else (str(found), found.encoding)


def _binary(where: str, kind: str | None) -> EvregError:
    name = f" ({kind})" if kind else ""
    return EvregError(
        where,
        Message(f"This is a binary file{name}, not text.", f"バイナリーファイル{name}であり、テキストではない。"),
        Message("Plain text or HTML.", "プレーンテキスト又はHTMLとする。"),
        Message(
            "Copy the text out of it into a text file.", "文章を取り出してテキストファイルに保存してから指定する。"
        ),
    )


def _unrecognised(where: str) -> EvregError:
    return EvregError(
        where,
        Message("The encoding was not recognised.", "文字コードを判別できない。"),
        Message(
            "UTF-8, UTF-16, Shift_JIS, EUC-JP, ISO-2022-JP or Windows-1252.",
            "UTF-8、UTF-16、Shift_JIS、EUC-JP、ISO-2022-JP、Windows-1252のいずれかとする。",
        ),
        Message("Save the text as UTF-8.", "UTF-8で保存し直す。"),
    )
