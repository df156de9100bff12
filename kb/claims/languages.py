"""In which language a text is written; said, not guessed: other languages are named as such."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from kb.claims.segments import Segment

Detected = Literal["en", "ja", "other", "none"]

#: The commonest function words of written English; a text of any length without them is not English.
ENGLISH: Final = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "is",
        "that",
        "for",
        "it",
        "as",
        "with",
        "your",
        "you",
        "our",
        "we",
        "be",
        "are",
        "on",
        "by",
        "this",
        "or",
        "from",
        "have",
        "at",
        "not",
        "can",
        "will",
        "no",
        "us",
        "i",
        "my",
        "all",
        "more",
        "than",
        "when",
        "what",
        "after",
        "into",
        "has",
        "been",
        "their",
        "they",
        "they're",
        "it's",
        "get",
        "per",
    ]
)
_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
KANA = re.compile(r"[\u3041-\u30ff]")
HAN = re.compile(r"[\u3400-\u9fff々]")
_LATIN = re.compile(r"[a-z]")
#: Letters of English and Japanese, for a class of characters.
OURS: Final = r"a-z\u3041-\u30ff\u3400-\u9fff々ー"
_OTHER = re.compile(rf"[^\W\d_{OURS}]")


def language_of(parts: Iterable[Segment]) -> Detected:
    """The language of folded sentences: Japanese by its kana, English by its function words."""
    text = "\n".join(part.text for part in parts)
    kana, han = len(KANA.findall(text)), len(HAN.findall(text))
    latin, other = len(_LATIN.findall(text)), len(_OTHER.findall(text))
    letters = kana + han + latin + other
    if not letters:
        return "none"
    if 2 * other > letters:
        return "other"
    if kana + han > 0.2 * letters:
        # Chinese has no kana; a Japanese headline of some words may have none either.
        return "ja" if 20 * kana >= kana + han or han < 12 else "other"
    return _latin_language(_WORD.findall(text))


def _latin_language(words: list[str]) -> Detected:
    if len(words) < 8:
        return "en"
    return "en" if 12 * sum(word in ENGLISH for word in words) >= len(words) else "other"
