"""Both languages for what a registry says in one: vocabulary labels, fixed phrases, and its own words in quotation marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from kb.checks.latin_words import is_international, is_name
from kb.models.base import Localized
from kb.vocabulary import packaged_vocabularies
from scrapers.texts import one_line

_KANA_KANJI: Final = r"[\u3001-\u303f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
#: Kana say that a text is Japanese; kanji alone may be Chinese.
_KANA = re.compile(r"[\u3041-\u309f\u30a1-\u30fa]")
#: Cyrillic, Arabic, Hebrew, Thai, hangul: letters of neither side (rule «languages»).
_NEITHER = re.compile(r"[\u0400-\u06ff\u0e00-\u0e7f\u1100-\u11ff\uac00-\ud7af]")
_LATIN_ONLY = re.compile(r"[\u0000-\u03ff\u1e00-\u1fff\u2000-\u2bff]*")
#: Forms that the rule «japanese-typography» mends by compatibility characters.
_WIDTH = re.compile(r"[\uff61-\uff9f\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u3000\u2e80-\u2fdf]+")
#: Characters that stand for nothing: private use, unassigned, replacement.
_NOTHING = ("Co", "Cn", "Cs")
#: What registrants write into a field that they must fill (rule «placeholder-text»).
_EMPTY = re.compile(
    r"\s*|n/?a|n\.a\.|tbd|tbc|todo|x{2,}|[-–—―…?？.。*・_]+|none|nil|not applicable|placeholder|dummy", re.IGNORECASE
)
#: Longest quotation of a registry's text in an entry, in characters.
LONGEST_QUOTATION: Final = 600


def words_of(text: str | None, longest: int = LONGEST_QUOTATION) -> str:
    """``text`` on one line without characters that nobody sees; nothing for a placeholder."""
    line = one_line(text or "").replace("\ufffd", "")
    line = "".join(sign for sign in line if unicodedata.category(sign) not in _NOTHING)
    line = re.sub(r"[?？]{3,}", "??", line).strip()
    if _EMPTY.fullmatch(line):
        return ""
    return line if len(line) <= longest else f"{line[: longest - 4].rstrip()} […]"


def quoted_ja(text: str) -> str:
    """``text`` in corner brackets, which are not nested."""
    return f"「{_japanese_style(text).translate(str.maketrans('「」', '『』'))}」"


def quoted_en(text: str) -> str:
    """``text`` in quotation marks."""
    return f"“{text.translate(str.maketrans('“”', '‘’'))}”"


def english(text: str) -> str:
    """``text`` as it is when it is in Latin letters, otherwise quoted behind English words."""
    return text if _LATIN_ONLY.fullmatch(text) else f"As registered: {quoted_en(text)}"


def pair(text: str) -> Localized:
    """A registry's words as a statement: as they are in their language, quoted in the other."""
    if _KANA.search(text) and not _NEITHER.search(text):
        return Localized(en=f"As registered: {quoted_en(text)}", ja=_japanese_style(text))
    return Localized(en=english(text), ja=f"登録上の記載{quoted_ja(text)}")


def name_pair(name: str, language: str = "en") -> Localized:
    """The name of an institution; Latin names stay as they are on the Japanese side.

    Args:
        name: As registered.
        language: Of the record; names in kanji alone are Japanese in a Japanese record.
    """
    if _LATIN_ONLY.fullmatch(name):
        plain = is_international(name) or is_name(name)
        return Localized(en=name, ja=name if plain else f"{quoted_ja(name)}(登録上の名称)")
    japanese = language == "ja" and not _NEITHER.search(name)
    ja = _japanese_style(name) if japanese else f"登録上の名称{quoted_ja(name)}"
    return Localized(en=f"Registered as {quoted_en(name)}", ja=ja)


def label(vocabulary: str, code: str) -> Localized:
    """Both labels of a code."""
    labels = packaged_vocabularies()
    return Localized(en=labels.label(vocabulary, code, "en"), ja=labels.label(vocabulary, code, "ja"))


def indication(conditions: Iterable[str], codes: Iterable[str]) -> Localized:
    """The conditions as registered; in Japanese by the labels of their codes, and in quotation marks."""
    stated = [text for text in map(words_of, conditions) if text]
    if not stated:
        return Localized(en="Not stated in the register.", ja="登録情報に記載がない。")
    known = "・".join(label("conditions", code).ja for code in codes if code != "other")
    quoted = "、".join(map(quoted_ja, stated))
    return Localized(
        en=english("; ".join(stated)), ja=f"{known}(登録上の表記: {quoted})" if known else f"登録上の疾患名{quoted}"
    )


def _japanese_style(text: str) -> str:
    text = _WIDTH.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = re.sub(r"[\u3099\u309a]", "", unicodedata.normalize("NFC", text))
    return re.sub(rf"(?<={_KANA_KANJI})[ \u00a0]+(?={_KANA_KANJI})", "", text)
