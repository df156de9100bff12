"""The rule japanese-typography."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from kb.checks.japanese_typography import RULE
from tests.entries import source
from tests.kb.checks.examining import ANY_TEXT, examine, paths


def _summary(text: str) -> dict[str, str]:
    return {"en": "A text.", "ja": text}


@pytest.mark.parametrize(
    "text",
    [
        "EV製剤の品質である。",
        "Direct Biologics, LLC が実施した。",
        "第1段落である。\n\n第2段落である。",
        "次のとおりである。\n- 一つ目\n- 二つ目",
        "粒子数は1×10¹¹個/mLである。",
        "MISEV2023(Welsh J et al., 2024)による。",
        "〜・々〆ヶ",
    ],
)
def test_japanese_as_it_is_set_passes(text: str) -> None:
    assert examine(RULE, "glossary", summary=_summary(text)) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("ｴｸｿｿｰﾑである。", "Half-width kana"),
        ("ＥＶ製剤である。", "Full-width"),
        ("第１段落である。", "Full-width"),
        ("製剤の　品質である。", "full-width space"),
        ("製剤の 品質である。", "A space between"),
        ("品質である。 安全性である。", "A space between"),
        ("製剤の\u00a0品質である。", "A space between"),
        ("製剤の\n品質である。", "A line break"),
        ("⽇本の製剤である。", "Radicals"),
        ("がんの治療である。".replace("が", "か\u3099"), "voicing mark"),
    ],
)
def test_faults_of_japanese_text_are_found(text: str, what: str) -> None:
    (finding,) = examine(RULE, "glossary", summary=_summary(text))
    assert finding.path == ("summary", "ja")
    assert what in finding.found.en


def test_each_kind_of_fault_is_told_once() -> None:
    assert len(examine(RULE, "glossary", summary=_summary("ＥＶの 製剤の ｴｸｿｿｰﾑの ＥＶである。"))) == 3


@pytest.mark.parametrize(
    "character",
    ["\ufffd", "\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\x07", "\x7f", "\r", "\t", "\ue000", "\u2028"],
)
@pytest.mark.parametrize("field", ["summary", "title", "sources"])
def test_damaged_and_invisible_characters_are_found_in_every_text(character: str, field: str) -> None:
    text = f"A te{character}xt."
    changes: dict[str, dict[str, Any]] = {
        "summary": {"summary": {"en": text, "ja": "記載である。"}},
        "title": {"title": {"en": "A title", "ja": "題名", "original": text}},
        "sources": {"sources": [source(title=text)]},
    }
    (finding,) = examine(RULE, "glossary", **changes[field])
    assert finding.path[0] == field
    assert f"U+{ord(character):04X}" in finding.found.ja


def test_english_text_may_have_spaces_and_lines() -> None:
    assert examine(RULE, "glossary", summary={"en": "One line.\nAnother line.", "ja": "記載である。"}) == []


def test_variant_spellings_may_stand_where_they_are_listed() -> None:
    assert examine(RULE, "glossary", synonyms={"ja": ["ｴｸｿｿｰﾑ"]}, avoid={"ja": ["ＥＸＯ"]}) == []
    assert examine(RULE, "claims", wording={"en": ["exo"], "ja": ["ｴｸｿｿｰﾑ 点滴", "奇跡の 点滴"]}) == []


def test_titles_of_sources_stay_as_given() -> None:
    assert examine(RULE, "glossary", sources=[source(title="エクソソーム　治療の 実際")]) == []


@given(ANY_TEXT)
def test_any_text_gets_an_answer(text: str) -> None:
    examine(RULE, "glossary", summary={"en": "A text.", "ja": f"記載である。{text}"})


def test_the_level_is_error() -> None:
    assert RULE.level == "error"
    assert paths(examine(RULE, "glossary")) == []
