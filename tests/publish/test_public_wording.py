"""The public pages' own words: short sentences (reading age 12 to 14), polite Japanese, no accusation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb.problems import Language
from publish.labels import LANGUAGES, Labels
from tests.sites import ROOT

SHEETS = ("before_you_pay", "report_harm")
WRITTEN = ("reply.md", "editorial-policy.md")
#: Words of a longest and of a middling sentence; a sentence of 20 words is read at 12 to 14 (plain-language guides of the UK
#: and US governments ask for 15 to 20).
LONGEST_EN, MIDDLING_EN, LONGEST_JA = 32, 15, 75
ACCUSING: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"\b(?:fraud\w*|scams?|illegal\w*|quacks?|criminal\w*|swindl\w*)\b", re.IGNORECASE),
    "ja": re.compile("詐欺|違法|悪質|悪徳|犯罪|インチキ|だまされ"),
}
POLITE = re.compile(r"(?:です|ます|ません|ください|ましょう|でした|ました)(?:\([^)]*\))?。$")


def _phrases(language: Language) -> list[str]:
    return [words for sheet in SHEETS for words in Labels(language).phrases(sheet).values()]


def _sentences(text: str, language: Language) -> list[str]:
    parts = re.split(r"(?<=[.?!])\s+", text) if language == "en" else re.split("(?<=[。])", text)
    return [part.strip() for part in parts if part.strip()]


def test_english_sentences_are_short() -> None:
    lengths = sorted(len(part.split()) for phrase in _phrases("en") for part in _sentences(phrase, "en"))
    assert lengths[-1] <= LONGEST_EN
    assert lengths[len(lengths) // 2] <= MIDDLING_EN


def test_japanese_sentences_are_short_and_polite() -> None:
    for phrase in _phrases("ja"):
        for sentence in _sentences(phrase, "ja"):
            assert len(sentence) <= LONGEST_JA, sentence
            # A heading or a label has no full stop.
            assert POLITE.search(sentence) or not sentence.endswith("。"), sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_accuses(language: Language) -> None:
    written = [Path(ROOT, "docs", language, name).read_text(encoding="utf-8") for name in WRITTEN]
    for text in (*_phrases(language), *written):
        assert not ACCUSING[language].search(text), text
