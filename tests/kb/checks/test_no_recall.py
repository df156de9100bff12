"""The rule no-recall."""

from __future__ import annotations

from typing import Any

import pytest

from kb.checks.no_recall import RULE
from tests.entries import source
from tests.kb.checks.examining import examine, paths


@pytest.mark.parametrize(
    ("en", "ja", "languages"),
    [
        ("ISO 19430 (recall)", "ISO 19430(記憶による)", ["en", "ja"]),
        ("Recalled as a 1995 guideline.", "1995年のガイドラインと記憶する。", ["en", "ja"]),
        ("From memory, a bill of 2023.", "2023年の法案である。", ["en"]),
        ("Yield is 60 % (from memory).", "回収率は60%である(記憶による)。", ["en", "ja"]),
        ("Yield of recovery, recall", "回収率は60%である(記憶)。", ["en", "ja"]),
        ("Dates to be recalled.", "日付は未確認である。", ["en"]),
        ("A list by memory.", "一覧である。", ["en"]),
        ("It improves memory.", "認知機能を改善する(記憶による)。", ["ja"]),
        ("The list is from a page.", "記憶のみに基づく一覧である。", ["ja"]),
    ],
)
def test_what_was_only_remembered_is_found(en: str, ja: str, languages: list[str]) -> None:
    found = examine(RULE, "surveys", notes=[{"en": en, "ja": ja}])
    assert paths(found) == [("notes", 0, language) for language in languages]


@pytest.mark.parametrize(
    ("en", "ja"),
    [
        ("The firm recalled all lots.", "企業は全ロットを自主回収した。"),
        ("FDA recall of the product", "FDAによる製品のリコール"),
        ("Recall bias cannot be excluded.", "想起バイアスを否定できない。"),
        ("Delayed recall was the outcome.", "遅延再生を評価項目とした。"),
        ("The notice recalls that cosmetics are for the skin.", "通知は、化粧品が外用であることを改めて示す。"),
        ("It improves memory.", "記憶を改善するとする。"),
        ("Memory T cells remained.", "免疫記憶と記憶T細胞が残存した。"),
        ("Patients from memory clinics", "もの忘れ外来の患者"),
        ("Cognitive function, learning", "学習・記憶、記憶力、記憶障害"),
        ("Nothing of the kind.", "該当しない。"),
    ],
)
def test_other_meanings_pass(en: str, ja: str) -> None:
    assert examine(RULE, "surveys", notes=[{"en": en, "ja": ja}]) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"open_questions": [{"en": "Date recalled, not seen.", "ja": "日付は記憶による。"}]},
        {"sources": [source(title="Recall of exosome products", url="https://example.org/recall")]},
        {"aliases": ["kr-guideline-recall"]},
        {"title": {"en": "A title", "ja": "題名", "original": "Recall"}},
    ],
)
def test_open_questions_ids_and_words_of_others_pass(changes: dict[str, Any]) -> None:
    assert examine(RULE, "surveys", **changes) == []


def test_texts_without_a_second_language_are_examined() -> None:
    arms = [{"label": {"en": "A dose", "ja": "用量"}}]
    product = {"name": "ExoFlo (recall)"}
    assert paths(examine(RULE, "trials", arms=arms, product=product)) == [("product", "name")]
    assert examine(RULE, "trials", product={"name": "Product recall notice"}) == []
    assert RULE.level == "error"


def test_phrases_of_advertisements_pass() -> None:
    assert examine(RULE, "claims", wording={"en": ["total recall"], "ja": ["記憶がよみがえる"]}) == []
