"""English fields are written in English, Japanese fields in Japanese, and neither repeats the other.

Names of firms and products, units, numbers and abbreviations may stay in Latin letters on the Japanese side; the
English side may give a Japanese name in brackets or quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kb.checks.latin_words import is_international, is_name, plain_words, words_of
from kb.checks.quotations import without_additions
from kb.checks.rule import Context, EntryRule, Subject
from kb.problems import FieldPath, Finding, Message, shorten

#: Kana, the kanji block and the marks that stand for characters.
_JAPANESE = re.compile(r"[\u3041-\u309f\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff々〆〇]")
_KANA = re.compile(r"[\u3041-\u309f\u30a1-\u30fa]")
#: Letters that are neither Latin nor Greek: kana, kanji, hangul, Thai, Cyrillic, Arabic …
_FOREIGN = re.compile(r"[^\W\d_\u0000-\u03ff\u1e00-\u1fff\u2070-\u2bff]")
#: Hangul, Thai, Cyrillic, Arabic and Hebrew: letters of neither side.
_NEITHER = re.compile(r"[\u0400-\u06ff\u0e00-\u0e7f\u1100-\u11ff\uac00-\ud7af]")
#: Kana and Japanese punctuation: what no name quoted in an English sentence brings along.
_JAPANESE_GRAMMAR = re.compile(r"[\u3041-\u309f、。]")
#: Words joined by nothing but spaces, commas and hyphens.
_RUN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ'’-]+(?:,? [A-Za-zÀ-ÖØ-öø-ÿ'’-]+)+")

#: Share of foreign letters above which an English field is not English; names in running text stay far below.
_FOREIGN_SHARE: Final = 0.1
#: The longest sequence of English words that a Japanese text may hold outside quotation marks and brackets.
_ENGLISH_WORDS: Final = 4
#: Fields that hold the name of a firm or institution, which may stay as it writes itself.
_NAMES: Final = frozenset((("sponsor", "name"), ("developer",)))


def _check(subject: Subject, _context: Context) -> Iterator[Finding]:
    for path, pair in subject.pairs:
        yield from _english(path, pair["en"])
        named = path in _NAMES or (path == ("title",) and subject.file.collection == "products")
        yield from _japanese(path, pair["ja"], named)


def _english(path: FieldPath, text: str) -> Iterator[Finding]:
    if text.isascii() or not _FOREIGN.search(text):
        return
    own = without_additions(text)
    if not any(letter.isalpha() for letter in own):
        own = text
    letters = sum(1 for letter in own if letter.isalpha())
    foreign = len(_FOREIGN.findall(own))
    if foreign > _FOREIGN_SHARE * letters or _JAPANESE_GRAMMAR.search(own):
        yield Finding(
            (*path, "en"),
            Message(
                f"«{shorten(text)}»: {foreign} of {letters} letters are not Latin.",
                f"「{shorten(text)}」は、{letters}字中{foreign}字がラテン文字ではない。",
            ),
            Message(
                "English; names in another script stand in brackets.",
                "英語で書く。他の文字による名称は括弧内に示す。",
            ),
            Message("Write the English side in English.", "英語の欄を英語で記載する。"),
        )


def _japanese(path: FieldPath, text: str, named: bool) -> Iterator[Finding]:
    if _JAPANESE.search(text):
        strange = _chinese(text) or bool(_NEITHER.search(without_additions(text)))
    else:
        strange = bool(_NEITHER.search(text)) or not (is_international(text) or (named and is_name(text)))
    if strange:
        yield _not_japanese(path, text)
    elif run := _english_run(text):
        yield _english_inside(path, run)


def _chinese(text: str) -> bool:
    """True when a text without kana holds characters that no Japanese standard has (JIS X 0213), outside brackets."""
    if _KANA.search(text):
        return False
    own = without_additions(text)
    return len(own) != len(own.encode("euc_jis_2004", "ignore").decode("euc_jis_2004")) and len(own) > 3


def _english_run(text: str) -> str | None:
    """The first sequence of English words that is a phrase and not a name."""
    if not _RUN.search(text):
        return None
    for run in _RUN.findall(without_additions(text)):
        if len(words_of(run)) > _ENGLISH_WORDS and len(plain_words(run)) > 1:
            return str(run)
    return None


def _not_japanese(path: FieldPath, text: str) -> Finding:
    return Finding(
        (*path, "ja"),
        Message(f"«{shorten(text)}» is not written in Japanese.", f"「{shorten(text)}」は日本語で書かれていない。"),
        Message(
            "Japanese; only names, units, numbers and abbreviations may stay in Latin letters.",
            "日本語で書く。名称・単位・数値・略語に限りラテン文字のままでよい。",
        ),
        Message(
            "Translate the text, or check that both sides were not exchanged.",
            "訳文を記載する。英語と日本語の取り違えも確かめる。",
        ),
    )


def _english_inside(path: FieldPath, run: str) -> Finding:
    return Finding(
        (*path, "ja"),
        Message(f"English inside: «{shorten(run)}».", f"英語の語句「{shorten(run)}」を含む。"),
        Message(
            "Japanese; English phrases stand in quotation marks or brackets.",
            "日本語で書く。英語の語句は「」又は括弧内に示す。",
        ),
        Message("Translate the phrase or put it in brackets.", "語句を訳すか、括弧内に移す。"),
    )


RULE = EntryRule(
    name="languages",
    level="error",
    description=Message("Each side is written in its language.", "各欄がその言語で書かれていること。"),
    check=_check,
)
