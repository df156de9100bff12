"""English fields are written in English, Japanese fields in Japanese, and neither repeats the other.

Names of firms and products, units, numbers and abbreviations may stay in Latin letters on the Japanese side; the
English side may give a Japanese name in brackets or quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from kb.checks.quotations import without_additions
from kb.checks.rule import Context, EntryRule, Subject
from kb.problems import FieldPath, Finding, Message, shorten
from kb.yaml12 import read_yaml

#: Kana, the kanji block and the marks that stand for characters.
_JAPANESE = re.compile(r"[\u3041-\u309f\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff々〆〇]")
_KANA = re.compile(r"[\u3041-\u309f\u30a1-\u30fa]")
#: Letters that are neither Latin nor Greek: kana, kanji, hangul, Thai, Cyrillic, Arabic …
_FOREIGN = re.compile(r"[^\W\d_\u0000-\u03ff\u1e00-\u1fff\u2070-\u2bff]")
#: Hangul, Thai, Cyrillic, Arabic and Hebrew: letters of neither side.
_NEITHER = re.compile(r"[\u0400-\u06ff\u0e00-\u0e7f\u1100-\u11ff\uac00-\ud7af]")
_WORD = re.compile(r"(?<![0-9])[A-Za-zÀ-ÖØ-öø-ÿ]+(?:['’-][A-Za-zÀ-ÖØ-öø-ÿ]+)*(?![0-9])")
#: Words joined by nothing but spaces and commas.
_RUN = re.compile(rf"{_WORD.pattern}(?:,? {_WORD.pattern})+")

#: The scientific name of a species: «Lactobacillus plantarum».
_SPECIES = re.compile(r"[A-Z][a-z]+ [a-z]+(?:us|um|is|ae|ii?|ens|ans|ica|osa|oides|era|ata|orum|ola)\b")

#: Share of foreign letters above which an English field is not English; names in running text stay far below.
_FOREIGN_SHARE: Final = 0.2
#: The longest sequence of English words that a Japanese text may hold outside quotation marks and brackets.
_ENGLISH_WORDS: Final = 4
#: Fields that hold a name of a person or body; it may stay as the body itself writes it.
_NAME_FIELDS: Final = frozenset(("name", "issuer", "authority", "developer"))


class _Lists(NamedTuple):
    """The words of ``languages.yaml``."""

    small: frozenset[str]
    joining: frozenset[str]
    translatable: frozenset[str]


@cache
def _lists() -> _Lists:
    words = read_yaml(Path(__file__).with_suffix(".yaml"))
    return _Lists(
        frozenset(words["particles"] + words["international"]),
        frozenset(words["joining"]),
        frozenset(words["translatable"]),
    )


def _check(subject: Subject, _context: Context) -> Iterator[Finding]:
    for path, pair in subject.pairs:
        yield from _english(path, pair["en"])
        yield from _japanese(path, pair)


def _english(path: FieldPath, text: str) -> Iterator[Finding]:
    if text.isascii() or not _FOREIGN.search(text):
        return
    own = without_additions(text)
    if not any(letter.isalpha() for letter in own):
        own = text
    letters = sum(1 for letter in own if letter.isalpha())
    foreign = len(_FOREIGN.findall(own))
    if foreign > _FOREIGN_SHARE * letters:
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


def _japanese(path: FieldPath, pair: dict[str, Any]) -> Iterator[Finding]:
    text: str = pair["ja"]
    if not _JAPANESE.search(text):
        strange = _untranslated(text, pair["en"], path)
    else:
        strange = _chinese(text) or bool(_NEITHER.search(without_additions(text)))
    if strange:
        yield _not_japanese(path, text)
    elif run := _english_run(text):
        yield _english_inside(path, run)


def _untranslated(text: str, english: str, path: FieldPath) -> bool:
    """True for words that a reader of Japanese would expect in Japanese."""
    if _NEITHER.search(text):
        return True
    words = _WORD.findall(_SPECIES.sub(" ", text))
    plain = _plain(word for word in words if len(word) > 2)
    if path and path[-1] in _NAME_FIELDS:
        # A firm may write a part of its name small: «S&E bio Co., Ltd.».
        return len(plain) > 1 or not _lists().joining.isdisjoint(plain) or plain == words[:1]
    if plain or (text == english and len(words) > _ENGLISH_WORDS):
        return True
    return any(word.lower() in _lists().translatable for word in words)


def _plain(words: Iterable[str]) -> list[str]:
    """The words that are no names: written small, and neither particles of names nor international."""
    return [word for word in words if word.islower() and word not in _lists().small]


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
        words = _WORD.findall(run)
        if len(words) > _ENGLISH_WORDS and len(_plain(words)) > 1:
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
        Message("Translate the text, or check that both sides were not exchanged.", "訳文を記載する。英語と日本語の取り違えも確かめる。"),
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
