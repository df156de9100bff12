"""The rule languages."""

from __future__ import annotations

import pytest

from kb.checks.languages import RULE
from kb.checks.quotations import without_additions, without_quotations
from tests.kb.checks.examining import examine, paths

ENGLISH = "Plain English."
JAPANESE = "日本語である。"


@pytest.mark.parametrize(
    "text",
    [
        "Extracellular vesicles (細胞外小胞) are particles.",
        "The «再生医療等安全性確保法» of 2013",
        "Notice 医政発0312第1号 of the Ministry of Health, Labour and Welfare on advertising of medical care",
        "β-actin, 10 µg/mL, Würzburg, Łódź",
        "2.5 × 10¹¹",
        "100",
    ],
)
def test_english_passes(text: str) -> None:
    assert examine(RULE, "glossary", summary={"en": text, "ja": JAPANESE}) == []


@pytest.mark.parametrize(
    "text",
    [
        "細胞外小胞である。",
        "「再生医療等安全性確保法」",
        "EV 製剤の品質",
        "엑소좀 therapy",
        "Экзосомы",
        "Notice 再生医療等の安全性の確保等に関する法律について",
    ],
)
def test_other_text_on_the_english_side_is_found(text: str) -> None:
    assert paths(examine(RULE, "glossary", summary={"en": text, "ja": JAPANESE})) == [("summary", "en")]


@pytest.mark.parametrize(
    "text",
    [
        "細胞が放出する粒子である。",
        "力価",
        "エクソソーム",
        "ExoFlo",
        "Direct Biologics, LLC",
        "1 cm²",
        "30 min, 5 mmol/L",
        "CD9/CD63/CD81",
        "2.5 × 10¹¹",
        "µg/mL",
        "mV",
        "ISO/TS 20399",
        "qPCR",
        "in vitro",
        "Lactobacillus plantarum",
        "E. coli, Shigella sonnei GMMA",
        "FDAのCenter for Biologics Evaluation and Researchが所管する。",
        "論文「Safety and efficacy of exosomes in humans」による。",
        "同文書(guidance for industry on potency tests)による。",
        "MSC由来EVのsmall RNA-seq解析である。",
        "中国の「细胞外囊泡」に当たる。",
        "韓国語の「엑소좀」に当たる。",
    ],
)
def test_japanese_passes(text: str) -> None:
    assert examine(RULE, "glossary", summary={"en": ENGLISH, "ja": text}) == []


@pytest.mark.parametrize(
    "text",
    [
        "A particle released by a cell.",
        "nanoparticle tracking analysis",
        "Topical",
        "Unknown",
        "Exosomes",
        "Knee osteoarthritis",
        "Moderate-to-severe ARDS",
        "Alopecia areata",
        "Ministry of Health",
        "particles/mL",
        "세포외소포",
        "细胞外囊泡的临床试验",
        "세포외소포である。",
        "この製品は exosomes derived from umbilical cord stem cells である。",
    ],
)
def test_other_text_on_the_japanese_side_is_found(text: str) -> None:
    assert paths(examine(RULE, "glossary", summary={"en": ENGLISH, "ja": text})) == [("summary", "ja")]


def test_the_same_long_text_on_both_sides_is_found() -> None:
    text = "Center for Biologics Evaluation and Research"
    assert paths(examine(RULE, "glossary", summary={"en": text, "ja": text})) == [("summary", "ja")]


def test_names_of_bodies_may_stay_as_they_write_themselves() -> None:
    for name in (
        "Center for Biologics Evaluation and Research",
        "S&E bio Co., Ltd.",
        "Nano24med",
        "Exosome Therapeutics",
    ):
        assert examine(RULE, "trials", sponsor={"name": {"en": name, "ja": name}}) == []


@pytest.mark.parametrize("name", ["Kimera Labs (now Kimera Biotech)", "a private sponsor", "sponsor"])
def test_a_name_that_is_a_text_is_found(name: str) -> None:
    found = examine(RULE, "trials", sponsor={"name": {"en": name, "ja": name}})
    assert paths(found) == [("sponsor", "name", "ja")]


def test_the_level_is_error() -> None:
    assert RULE.level == "error"


def test_quotations_and_brackets_go_with_what_is_inside() -> None:
    assert without_quotations('「A「B」C」 and “D” and "E"').split() == ["and", "and"]
    assert without_additions("F (G (H)) [I] 「J(K」").split() == ["F"]
