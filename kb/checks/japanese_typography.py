"""Japanese text is set as Japanese is set, and no text holds damaged or invisible characters.

The forms follow the usual rules for horizontal text (JLReq) and this atlas' style: half-width digits and Latin
letters, full-width kana, no spaces between Japanese characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from kb.checks.rule import Context, EntryRule, Subject
from kb.checks.texts import FoundText
from kb.problems import FieldPath, Finding, Message, shorten

_KANA_KANJI: Final = r"[\u3001-\u303f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
#: One named group per fault of Japanese text.
_FAULTS = re.compile(
    r"(?P<half_kana>[\uff61-\uff9f]+)"
    r"|(?P<full_latin>[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+)"
    r"|(?P<full_space>\u3000+)"
    rf"|(?P<space>(?<={_KANA_KANJI})[ \u00a0]+(?={_KANA_KANJI}))"
    r"|(?P<fold>(?<!\n)\n(?![\n *#>|-]|\d+\.))"
    r"|(?P<radical>[\u2e80-\u2fdf]+)"
    r"|(?P<loose_mark>[\u3099\u309a]+)"
)
#: Control characters (but the line feed), bidirectional controls, characters without width, byte order marks, the
#: replacement character, private use: none of them is ever meant.
_DAMAGED = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ue000-\uf8ff]"
)
#: Fields that show variant spellings on purpose.
_AS_FOUND: Final = frozenset(("synonyms", "avoid", "wording"))

_WHAT: Final[dict[str, tuple[Message, Message]]] = {
    "half_kana": (Message("Half-width kana", "半角カナ"), Message("Write full-width kana.", "全角カナで書く。")),
    "full_latin": (
        Message("Full-width letters or digits", "全角の英数字"),
        Message("Write half-width letters and digits.", "半角英数字で書く。"),
    ),
    "full_space": (Message("A full-width space", "全角スペース"), Message("Remove the space.", "スペースを削除する。")),
    "space": (
        Message("A space between Japanese characters", "日本語の文字間のスペース"),
        Message("Remove the space.", "スペースを削除する。"),
    ),
    "fold": (
        Message("A line break inside a paragraph", "段落内の改行"),
        Message("Write the paragraph on one line.", "段落を一行で書く。"),
    ),
    "radical": (
        Message("Radicals instead of kanji, as PDF files give them", "漢字ではなく部首用の文字(PDFからの複写に多い)"),
        Message("Type the kanji anew.", "漢字を入力し直す。"),
    ),
    "loose_mark": (
        Message("A voicing mark apart from its kana", "かなから分離した濁点・半濁点"),
        Message("Type the kana anew.", "かなを入力し直す。"),
    ),
}


def _check(subject: Subject, _context: Context) -> Iterator[Finding]:
    for found in subject.texts:
        suspect = not found.text.isprintable() or "\ufffd" in found.text or "\ufffc" in found.text
        if suspect and (match := _DAMAGED.search(found.text)):
            yield _damaged(found.path, match.group())
        if found.language == "ja" and not _AS_FOUND.intersection(found.path):
            yield from _faults(found)


def _faults(found: FoundText) -> Iterator[Finding]:
    """One finding for each kind of fault, at its first place."""
    seen: set[str] = set()
    for match in _FAULTS.finditer(found.text):
        kind = match.lastgroup or ""
        if kind not in seen:
            seen.add(kind)
            yield _finding(found, kind, match)


def _finding(found: FoundText, kind: str, match: re.Match[str]) -> Finding:
    what, remedy = _WHAT[kind]
    around = shorten(found.text[max(0, match.start() - 8) : match.end() + 8])
    return Finding(
        found.path,
        Message(f"{what.en} in «{around}».", f"「{around}」に{what.ja}がある。"),
        Message(
            "Full-width kana, half-width letters and digits, no spaces or line breaks between Japanese characters.",
            "かなは全角、英数字は半角とし、日本語の文字間にスペースや改行を入れない。",
        ),
        remedy,
    )


def _damaged(path: FieldPath, character: str) -> Finding:
    name = f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
    return Finding(
        path,
        Message(f"The text holds the character {name}.", f"文字{name}を含む。"),
        Message(
            "Only characters that can be seen: no control, invisible or replacement characters.",
            "制御文字・不可視文字・置換文字を含まない文字列とする。",
        ),
        Message("Delete the character or type the passage anew.", "その文字を削除するか、該当箇所を入力し直す。"),
    )


RULE = EntryRule(
    name="japanese-typography",
    level="error",
    description=Message(
        "Japanese text is set in this atlas' style, without damaged characters.",
        "日本語の表記が本アトラスの様式に従い、文字化けがないこと。",
    ),
    check=_check,
)
