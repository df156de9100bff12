"""Why an XLIFF file is not taken."""

from __future__ import annotations

from pathlib import Path

from kb.problems import EvregError, Message, shorten

_AGAIN = Message(
    "Export again with «evreg translations export» and translate that file.",
    "「evreg translations export」で書き出し直し、そのファイルを翻訳する。",
)
_OURS = Message(
    "A file that «evreg translations export» wrote, saved as XLIFF 2.0.",
    "「evreg translations export」で書き出し、XLIFF 2.0で保存したファイルとする。",
)
_SAVE_AS = Message("Let the tool save the file as XLIFF 2.0.", "翻訳支援ツールからXLIFF 2.0で保存する。")


def too_large(path: Path, size: int, limit: int) -> EvregError:
    """A file beyond the limit."""
    return EvregError(
        str(path),
        Message(f"The file has {size:,} bytes.", f"ファイルの大きさは{size:,}バイトである。"),
        Message(f"At most {limit:,}.", f"上限は{limit:,}バイトである。"),
        Message("Export fewer entries, e.g. one collection.", "コレクション単位などに分けて書き出す。"),
    )


def too_deep(path: Path, elements: int, depth: int) -> EvregError:
    """More elements, or deeper ones, than any export has."""
    return EvregError(
        str(path),
        Message("Far more elements, or elements nested deeper, than a translation holds.",
                "翻訳ファイルとしては要素の数が多すぎるか、入れ子が深すぎる。"),
        Message(f"At most {elements:,} elements, nested at most {depth} deep.",
                f"要素は{elements:,}個、入れ子は{depth}段を上限とする。"),
        _AGAIN,
    )  # fmt: skip


def with_document_type(path: Path) -> EvregError:
    """Entities could read other files or grow without bound."""
    return EvregError(
        str(path),
        Message("The file declares a document type or entities (<!DOCTYPE …>).",
                "文書型又は実体の宣言(<!DOCTYPE …>)がある。"),
        Message("XLIFF without declarations, which could read other files or grow without bound.",
                "他のファイルを読み込んだり際限なく膨らんだりし得る宣言のないXLIFFとする。"),
        Message("Do not trust this file. Export again and translate that file.",
                "このファイルは信用せず、書き出し直したものを翻訳する。"),
    )  # fmt: skip


def no_xml(path: Path, line: int, column: int) -> EvregError:
    """Not well-formed."""
    return EvregError(
        f"{path}:{line}:{column + 1}",
        Message("This is no well-formed XML from here on.", "ここから先が整形式のXMLではない。"),
        _OURS,
        Message("Save the file in the tool again; a download may be incomplete.",
                "ツールで保存し直す。受け渡しの途中で欠けた可能性もある。"),
    )  # fmt: skip


def unknown_encoding(path: Path) -> EvregError:
    """An encoding that XML parsers need not know."""
    return EvregError(
        str(path),
        Message("The encoding that the file names cannot be read.", "ファイルに示された文字コードを読み取れない。"),
        Message("UTF-8 or UTF-16.", "UTF-8又はUTF-16とする。"),
        Message("Let the tool save the file in UTF-8.", "ツールからUTF-8で保存する。"),
    )


def no_xliff(path: Path, tag: str) -> EvregError:
    """Another kind of XML."""
    return EvregError(
        str(path),
        Message(f"The file begins with «{shorten(tag)}» and is no XLIFF.", f"先頭の要素が「{shorten(tag)}」であり、XLIFFではない。"),
        _OURS,
        _SAVE_AS,
    )  # fmt: skip


def other_version(path: Path, version: str) -> EvregError:
    """XLIFF, but not 2.0."""
    return EvregError(
        str(path),
        Message(f"XLIFF of version «{shorten(version)}» or of another namespace.",
                f"XLIFFのバージョンが「{shorten(version)}」であるか、名前空間が異なる。"),
        Message("XLIFF 2.0 (or 2.1, which has the same core).", "XLIFF 2.0(基本部分が同じ2.1も可)とする。"),
        _SAVE_AS,
    )  # fmt: skip


def other_languages(path: Path, source: str, target: str) -> EvregError:
    """Not between English and Japanese."""
    return EvregError(
        str(path),
        Message(f"srcLang «{shorten(source)}», trgLang «{shorten(target)}».",
                f"srcLangが「{shorten(source)}」、trgLangが「{shorten(target)}」である。"),
        Message("One of the two is «en», the other «ja».", "一方を「en」、他方を「ja」とする。"),
        _AGAIN,
    )  # fmt: skip


def other_id(path: Path, element: str, id_: str) -> EvregError:
    """An id that no export wrote."""
    return EvregError(
        f"{path} (<{element}>)",
        Message(f"The id «{shorten(id_)}» is of another make.", f"ID「{shorten(id_)}」は本アトラスの書式ではない。"),
        Message("The ids of the export; a tool must keep them.", "書き出し時のIDのままとする(ツールは変更してはならない)。"),
        _AGAIN,
    )  # fmt: skip


def twice(path: Path, id_: str) -> EvregError:
    """Two elements with one id: nobody could tell which one counts."""
    return EvregError(
        f"{path} ({shorten(id_)})",
        Message("This id stands twice.", "このIDが二度現れる。"),
        Message("Each id once.", "IDは一度だけ用いる。"),
        Message("Keep one of the two, or export again.", "一方を残すか、書き出し直す。"),
    )


def no_source(path: Path, id_: str) -> EvregError:
    """A unit without the text to translate."""
    return EvregError(
        f"{path} ({shorten(id_)})",
        Message("The unit has no source text.", "原文がない。"),
        Message("A <source> in every segment.", "各区分に<source>が必要である。"),
        _AGAIN,
    )


def changed_source(path: Path, where: str) -> EvregError:
    """Somebody edited what was to be translated: the translation would stand beside another text."""
    return EvregError(
        f"{path} ({shorten(where, 120)})",
        Message("The source text in the file is not the one that was exported.", "ファイル内の原文が書き出し時のものと異なる。"),
        Message("An untouched source; only <target> is translated.", "原文は変更せず、<target>のみを訳す。"),
        Message("Edit the source in its entry, then export again.", "原文はエントリーで改め、書き出し直す。"),
    )  # fmt: skip


def nothing_in_it(path: Path) -> EvregError:
    """No unit at all."""
    return EvregError(
        str(path),
        Message("The file holds no units.", "翻訳単位が一つもない。"),
        _OURS,
        _AGAIN,
    )
