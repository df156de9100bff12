"""Texts that a reporter gave in one language, for fields that need both: what is missing is said, never invented."""

from __future__ import annotations

import re
from typing import Final

from kb.problems import Language

_KANA = re.compile(r"[\u3041-\u30ff]")
_NO_SUMMARY: Final[dict[Language, str]] = {
    "en": "Reported through an issue form without a summary.",
    "ja": "issueフォームによる報告であり、要約は寄せられていない。",
}
_OTHER_SUMMARY: Final[dict[Language, str]] = {
    "en": "Only a summary in Japanese was given; it is not translated yet.",
    "ja": "英語の要約のみが寄せられており、和訳はまだない。",
}


def language_of(text: str) -> Language:
    """The language of a reporter's text; kana decide, so that a Chinese title is not taken for Japanese."""
    return "ja" if _KANA.search(text) else "en"


def name_in_both(original: str, origin: str, en: str | None = None, ja: str | None = None) -> dict[str, str]:
    """A name in both languages, marked where it is not translated, with the original when that is a third language.

    Args:
        original: The name as its owner writes it.
        origin: Code of that language.
        en: The name in English, if given.
        ja: The name in Japanese, if given.
    """
    known = {"en": en, "ja": ja}
    if origin in known:
        known[origin] = known[origin] or original
    pair = {
        "en": known["en"] or f"Not translated yet: «{original}»",
        "ja": known["ja"] or f"和訳は未作成:「{original}」",
    }
    return pair if origin in known else {**pair, "original": original}


def statement_in_both(en: str | None, ja: str | None) -> dict[str, str]:
    """A short statement in both languages; quoted as it is where it was given in the other one only.

    Raises:
        ValueError: when neither was given.
    """
    if not en and not ja:
        raise ValueError("neither language")
    return {"en": en or f"Not translated yet: «{ja}»", "ja": ja or f"和訳は未作成:「{en}」"}


def summary_in_both(en: str | None, ja: str | None) -> dict[str, str]:
    """A summary in both languages; a sentence says so where one is missing."""
    missing = _OTHER_SUMMARY if en or ja else _NO_SUMMARY
    return {"en": en or missing["en"], "ja": ja or missing["ja"]}
