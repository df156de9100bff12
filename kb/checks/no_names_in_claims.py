"""Claims describe what is advertised, never who advertises: no clinic and no person is named.

Names appear only where an authority published them, in enforcement actions. Generic words (自由診療クリニック,
«private clinics», 担当医師) say nothing about anybody and pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from kb.checks.rule import Context, EntryRule, Subject
from kb.checks.texts import FoundText
from kb.problems import Finding, Message
from kb.yaml12 import read_yaml

#: Numbers, placeholders and single letters name nobody either: 12クリニック, 〇〇クリニック, A病院.
_NAMELESS_JA: Final = r"[0-9,.〜~・、/]+|[一二三四五六七八九十百千]+|[A-ZＡ-Ｚ]|[〇○△□×●■]+"
#: A run of kanji, katakana and Latin letters up to the word that makes it the name of a place of treatment.
_PLACE_JA = re.compile(
    r"(?P<name>[々\u4e00-\u9fffァ-ヺー・A-Za-z0-9〇○△□×&.'’-]*?)"
    r"(?:クリニック|医院|病院|診療所|美容外科|皮膚科医院|メディカルセンター|医療センター)"
)
#: A name in hiragana, where a phrase begins: «さくらクリニック», but not 「このクリニック」.
_HIRAGANA_PLACE = re.compile(
    r"(?:^|[\s、。「『(・])(?P<name>[ぁ-ん]{2,6}[あいえおかきけこさしそたちつぬねばびほまみめもやゆよらりれろわん])(?:クリニック|医院|病院)"
)
_GENERIC_HIRAGANA = re.compile(
    r".*(?:いわゆる|さまざま|あらゆる|ほか|ない|たい|おける|による|から|まで|など|より|こそ|ために)|(?:どこ|ここ|そこ)か?"
)
_PERSON_JA = re.compile(
    r"(?P<name>[々\u4e00-\u9fffァ-ヺーA-Za-z]*?)(?:氏(?![名族])|医師(?![会法免])|院長|先生|教授|博士(?![課号])|理事長)"
)

_WORD_EN: Final = r"[A-Z][\w&'’.-]*"
_PLACE_EN = re.compile(
    rf"(?P<name>(?:{_WORD_EN} )*{_WORD_EN}) "
    r"(?:Clinics?|Hospitals?|Medical Cent(?:er|re)s?|Med(?:ical)? ?Spas?|Wellness Cent(?:er|re)s?|Dermatology|Aesthetics)\b"
)
_PERSON_EN = re.compile(r"\b(?P<name>(?:Dr|Prof|Mr|Mrs|Ms)\.? (?:[A-Z]\. )*[A-Z][a-z’'-]+)")


class _Generic(NamedTuple):
    """What names nobody, from ``no_names_in_claims.yaml``."""

    japanese: re.Pattern[str]
    no_surname: frozenset[str]
    english: frozenset[str]


@cache
def _generic() -> _Generic:
    words = read_yaml(Path(__file__).with_suffix(".yaml"))
    listed = "|".join(map(re.escape, words["ja"]))
    return _Generic(re.compile(f"(?:{listed}|{_NAMELESS_JA})*"), frozenset(words["no_surname"]), frozenset(words["en"]))


def _check(subject: Subject, _context: Context) -> Iterator[Finding]:
    for found in subject.texts:
        if found.language and (name := _name_in(found)):
            yield _finding(found, name)


def _name_in(found: FoundText) -> str | None:
    """The first name of a clinic or person."""
    return _japanese_name(found.text) if found.language == "ja" else _english_name(found.text)


def _japanese_name(text: str) -> str | None:
    for match in _PLACE_JA.finditer(text):
        if not _generic().japanese.fullmatch(match["name"]):
            return match.group()
    for match in _PERSON_JA.finditer(text):
        if match["name"] not in _generic().no_surname and not _generic().japanese.fullmatch(match["name"]):
            return match.group()
    for match in _HIRAGANA_PLACE.finditer(text):
        if not _GENERIC_HIRAGANA.fullmatch(match["name"]):
            return match.group().lstrip("、。「『(・ ")
    return None


def _english_name(text: str) -> str | None:
    if match := _PERSON_EN.search(text):
        return match.group()
    for match in _PLACE_EN.finditer(text):
        if any(word.lower().strip(".,'’") not in _generic().english for word in match["name"].split()):
            return match.group()
    return None


def _finding(found: FoundText, name: str) -> Finding:
    return Finding(
        found.path,
        Message(
            f"«{name}» looks like the name of a clinic or person.", f"「{name}」は医療機関名又は個人名とみられる。"
        ),
        Message(
            "Claims name no clinic and no private person; only an authority's own publication may be repeated, "
            "in an enforcement entry.",
            "主張には医療機関名・個人名を記さない。当局が公表した名称に限り、行政措置(enforcement)のエントリーに記載できる。",
        ),
        Message(
            "Describe the kind of provider instead: «a private clinic».", "「自由診療の医療機関」のように種別で表す。"
        ),
    )


RULE = EntryRule(
    name="no-names-in-claims",
    level="error",
    description=Message("Claims name no clinic and no person.", "主張に医療機関名・個人名がないこと。"),
    check=_check,
    collections=("claims",),
)
