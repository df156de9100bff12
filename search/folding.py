"""One spelling for many: the forms of a character or a kana word that mean the same.

Folding is applied to documents and queries alike, so it need not be pretty, only equal on both sides:
``NFKC`` (full and half width), case, Latin diacritics, the many dashes that stand for ー, and then, for kana,
hiragana = katakana, small = large kana (ウィルス = ウイルス), ヴ = ブ, no ー, no ウ that lengthens an o (エクソソウム), and one
transliteration of «exo-» and «-some» (エキソゾーム).

ー is dropped everywhere, not only at the ends of words: whether it ends a word depends on what follows, and ドナー must be
found in ドナースクリーニング. Of the 694 different katakana words of November 2026, no two different ones fall together.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: Kana, kanji and their repetition marks: what is written without spaces and is therefore cut into bigrams.
JAPANESE: Final = (
    "\u3005-\u3007\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
#: What people type for ー: hyphens, minus signs, dashes and box-drawing lines; NFKC already maps the half-width one.
_DASHES: Final = "-\u2010-\u2015\u2212\u2500\u2501\ufe63\u301c~"
_LENGTHENED = re.compile(f"(?<=[\u30a1-\u30fa\u30fc])[{_DASHES}]+")
#: Middle dots join the parts of one katakana word: クオリティ・バイ・デザイン.
_MIDDLE_DOT = re.compile("(?<=[\u30a1-\u30fa\u30fc])\u30fb(?=[\u30a1-\u30fa])")
#: オ段 + ウ in katakana is the long o of エクソソウム; in hiragana it is grammar (ように) and stays.
_LONG_O = re.compile("(?<=[オコソトノホモヨロゴゾドボポョォ])ウ")
#: ヴ and the small vowel after it: マイクロヴェシクル is マイクロベシクル.
_VU: Final = {"ァ": "バ", "ィ": "ビ", "ェ": "ベ", "ォ": "ボ"}
_VU_PATTERN = re.compile("ヴ([ァィェォ]?)")
_LARGE: Final = dict(zip("ァィゥェォャュョッヮヵヶヂヅヴ", "アイウエオヤユヨツワカケジズブ", strict=True))


def _kana_keys() -> dict[int, str]:
    """Hiragana and small katakana -> large katakana; ー -> nothing."""
    katakana = {code: chr(code + 0x60) for code in range(0x3041, 0x3097)}
    keys = {code: _LARGE.get(kana, kana) for code, kana in katakana.items()}
    return keys | {ord(small): large for small, large in _LARGE.items()} | {ord("ー"): ""}


_KANA: Final = _kana_keys()
#: Two ways of writing «exo-» and «-some»: エキソゾーム is エクソソーム, リボゾーム is リボソーム.
_EXO = re.compile("エ([キク])([ソゾ])")
_SOME = re.compile("ゾ(?=ム)")


def _latin_bases() -> dict[int, str]:
    """Latin letters with diacritics and what remains without them: é -> e."""
    bases: dict[int, str] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        plain = "".join(c for c in unicodedata.normalize("NFD", chr(code)) if not unicodedata.combining(c))
        if plain != chr(code) and plain.isascii():
            bases[code] = plain
    return bases


_LATIN: Final = _latin_bases() | {ord("ø"): "o", ord("ł"): "l", ord("đ"): "d", ord("ı"): "i", ord("\u0307"): ""}


def fold(text: str) -> str:
    """Width, case, diacritics and dashes; hiragana and katakana stay apart, because they tell words from grammar.

    >>> fold("Ｔｈéｒｙ ｴｸｿｿｰﾑ エクソソ－ム")
    'thery エクソソーム エクソソーム'
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).translate(_LATIN)
    return _MIDDLE_DOT.sub("", _LENGTHENED.sub(lambda match: "ー" * len(match.group()), plain))


def fold_kana(text: str) -> str:
    """One spelling of a Japanese word that :func:`fold` has seen.

    >>> fold_kana("エクソソウム") == fold_kana("エクソソーム") == fold_kana("えくそそーむ")
    True
    """
    plain = _VU_PATTERN.sub(lambda match: _VU.get(match[1], "ブ"), text)
    return _one_transliteration(_LONG_O.sub("", plain).translate(_KANA))


def _one_transliteration(kana: str) -> str:
    return _SOME.sub("ソ", _EXO.sub("エクソ", kana))


def fold_each_kana(text: str) -> list[str]:
    """The same, character by character: what each becomes; empty for those that are dropped."""
    folded: list[str] = []
    for place, character in enumerate(text):
        before, after = text[max(place - 1, 0) : place], text[place + 1 : place + 2]
        if character == "ヴ":
            folded.append(_VU.get(after, "ブ"))
        elif (before == "ヴ" and character in _VU) or (before and _LONG_O.search(before + character)):
            folded.append("")
        else:
            folded.append(character.translate(_KANA))
    # Each rule replaces characters one for one, so that every character keeps its place.
    written = iter(_one_transliteration("".join(folded)))
    return ["".join(next(written) for _ in kana) for kana in folded]
