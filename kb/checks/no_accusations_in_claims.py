"""Claims are judged by evidence: their texts accuse nobody and leave room for doubt, unless an authority is reported.

A sentence may hold such a word when it names the authority that said so and a primary source of the entry, read at least in part,
supports the field. Phrases of advertisements and titles of sources are the words of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

from kb.checks.rule import Context, EntryRule, Subject
from kb.checks.texts import FoundText
from kb.problems import Finding, Language, Message
from kb.yaml12 import read_yaml

_WORDS_OF_OTHERS: Final = frozenset(("wording", "detection", "sources", "review"))
#: What is asserted in advertising may be as absolute as advertising is.
_ASSERTED: Final = frozenset(("title", "summary"))
_SENTENCES: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"(?<=[.!?])[\"'”’)]*\s+"),
    "ja": re.compile("(?<=[。!?！？])"),
}
Manner = Literal["accusing", "absolute"]


class _Words(NamedTuple):
    accusing: re.Pattern[str]
    absolute: re.Pattern[str]
    authorities: re.Pattern[str]


@cache
def _words(language: Language) -> _Words:
    data = read_yaml(Path(__file__).with_suffix(".yaml"))
    accusing, absolute, authorities = (data[name][language] for name in _Words._fields)
    return _Words(_pattern(accusing, language), _pattern(absolute, language), _pattern(authorities, language))


def _pattern(words: Iterable[str], language: Language) -> re.Pattern[str]:
    if language == "ja":
        return re.compile("|".join(map(re.escape, words)))
    parts = (re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in words)
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE)


def _check(subject: Subject, _context: Context) -> Iterator[Finding]:
    for found in subject.texts:
        field = str(found.path[0])
        if found.language is None or field in _WORDS_OF_OTHERS:
            continue
        for sentence in _SENTENCES[found.language].split(found.text):
            seen = _word_in(sentence, found.language, field)
            if seen and not (_names_authority(sentence, found.language) and _has_primary_source(subject, field)):
                yield _finding(found, *seen)
                break


def _word_in(sentence: str, language: Language, field: str) -> tuple[str, Manner] | None:
    words = _words(language)
    if match := words.accusing.search(sentence):
        return match.group(), "accusing"
    if field not in _ASSERTED and (match := words.absolute.search(sentence)):
        return match.group(), "absolute"
    return None


def _names_authority(sentence: str, language: Language) -> bool:
    return _words(language).authorities.search(sentence) is not None


def _has_primary_source(subject: Subject, field: str) -> bool:
    return any(
        source.kind == "primary" and source.read != "not-read" and field in source.supports
        for source in subject.entry.sources
    )


def _finding(found: FoundText, word: str, manner: Manner) -> Finding:
    says = (
        Message(f"«{word}» accuses.", f"「{word}」は断罪の語である。")
        if manner == "accusing"
        else Message(f"«{word}» leaves no room for doubt.", f"「{word}」は断定の語である。")
    )
    return Finding(
        found.path,
        says,
        Message(
            "What the evidence shows, or what a named authority said, with a primary source that supports the field.",
            "根拠が示す内容、又は当局名を明記し、その欄を裏付ける一次資料のある当局の判断を記す。",
        ),
        Message(
            "Say it by the evidence («not shown», «not approved»), or name the authority in the sentence and add the source.",
            "「示されていない」「承認されていない」のように根拠に即して記すか、文中に当局名を記し資料を加える。",
        ),
    )


RULE = EntryRule(
    name="no-accusations-in-claims",
    level="error",
    description=Message(
        "Claims accuse nobody and leave room for doubt, unless they report an authority with its source.",
        "主張に断罪・断定の語がないこと(当局の判断を資料とともに伝える文を除く)。",
    ),
    check=_check,
    collections=("claims",),
)
