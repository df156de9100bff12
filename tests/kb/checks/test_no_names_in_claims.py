"""The rule no-names-in-claims; all names here are made up."""

from __future__ import annotations

import pytest

from kb.checks.no_names_in_claims import RULE
from tests.entries import source
from tests.kb.checks.examining import examine, paths


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("銀河クリニックが掲載した広告である。", "銀河クリニック"),
        ("ノヴァスタークリニックのサイトである。", "ノヴァスタークリニック"),
        ("広告主はABCセルクリニックである。", "ABCセルクリニック"),
        ("青空美容外科の点滴である。", "青空美容外科"),
        ("緑丘医院が提供する。", "緑丘医院"),
        ("みどり丘病院である。", "丘病院"),
        ("さくらクリニックである。", "さくらクリニック"),
        ("星野医師が説明する。", "星野医師"),
        ("月島氏は否定した。", "月島氏"),
        ("ウェブサイトで空野院長が述べる。", "空野院長"),
        ("渋谷再生クリニックが提供する。", "渋谷再生クリニック"),
    ],
)
def test_names_in_japanese_are_found(text: str, name: str) -> None:
    (finding,) = examine(RULE, "claims", what_is_known={"en": "A statement.", "ja": text})
    assert finding.path == ("what_is_known", "ja")
    assert name in finding.found.ja


@pytest.mark.parametrize(
    "text",
    [
        "美容クリニックの広告である。",
        "自由診療クリニックで提供される。",
        "当クリニックの医師が担当する。",
        "大学病院で実施された。",
        "このクリニックでは血液検査を行わない。",
        "いわゆる再生医療クリニックが多い。",
        "12クリニックのうち3医院である。",
        "〇〇クリニック、A病院のように記す。",
        "医師法、医師免許、医師会、歯科医師、担当医師、執刀医師、院長、主治医である。",
        "韓国の皮膚科クリニックである。",
        "診療所の届出、病院又は診療所、医療センター等である。",
        "外国人医師、専門医師、美容外科医師が注射する。",
        "氏名を公表しない。同氏、摂氏4度で保存する。",
        "博士課程、教授会、先生方である。",
        "提供するクリニックがある。",
    ],
)
def test_generic_words_in_japanese_pass(text: str) -> None:
    assert examine(RULE, "claims", what_is_known={"en": "A statement.", "ja": text}) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("An infusion at Silver Lake Clinic costs more.", "Silver Lake Clinic"),
        ("Nova Regenerative Medical Center says so.", "Nova Regenerative Medical Center"),
        ("The Blue Hill Hospital offers it.", "The Blue Hill Hospital"),
        ("Dr. Starfield advertises it.", "Dr. Starfield"),
        ("Dr A. Starfield advertises it.", "Dr A. Starfield"),
        ("Prof. Moon advertises it.", "Prof. Moon"),
    ],
)
def test_names_in_english_are_found(text: str, name: str) -> None:
    (finding,) = examine(RULE, "claims", what_is_known={"en": text, "ja": "記載である。"})
    assert finding.path == ("what_is_known", "en")
    assert name in finding.found.en


@pytest.mark.parametrize(
    "text",
    [
        "Private clinics offer it.",
        "Japanese Aesthetic Clinics were surveyed.",
        "A Hospital is not needed.",
        "Hospital trial data show it.",
        "The Clinic says so.",
        "A doctor, a physician or Dr-like titles.",
        "Ask the University Hospital.",
    ],
)
def test_generic_words_in_english_pass(text: str) -> None:
    assert examine(RULE, "claims", what_is_known={"en": text, "ja": "記載である。"}) == []


def test_phrases_and_questions_are_examined_sources_are_not() -> None:
    wording = {"en": ["visit Silver Lake Clinic"], "ja": ["銀河クリニックへ"]}
    assert paths(examine(RULE, "claims", wording=wording)) == [("wording", "en", 0), ("wording", "ja", 0)]
    assert examine(RULE, "claims", sources=[source(title="Letter to Silver Lake Clinic")]) == []
    assert RULE.collections == ("claims",)
    assert RULE.level == "error"
