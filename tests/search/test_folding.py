"""Characters, kana and English words that mean the same have one key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.folding import fold, fold_each_kana, fold_kana
from search.stemming import stem

#: What people type here: Latin with marks, half and full width, kana of all kinds, kanji, hyphens, combining marks.
TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("aZéßİı19 -–—ー~〜・．。「」Ａｚ０ｱｶﾞﾟｰﾝァヴヴェッうぅんソウトウ小胞々〆①㍿ﬁ가"),
        st.characters(min_codepoint=0x20, max_codepoint=0x7E),
        st.characters(min_codepoint=0x3041, max_codepoint=0x30FE),
        st.sampled_from("\u0301\u3099\u309a\u200b"),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ＮＣＴ０４２７", "nct0427"),
        ("Théry Ménière Türkiye Łódź", "thery meniere turkiye lodz"),
        ("ｴｸｿｿｰﾑ ｶﾞﾝ", "エクソソーム ガン"),
        ("エクソソ-ム エクソソ－ム エクソソ―ム エクソソ〜ム", "エクソソーム エクソソーム エクソソーム エクソソーム"),
        ("カ--タ", "カーータ"),
        ("クオリティ・バイ・デザイン", "クオリティバイデザイン"),
        ("COVID-19", "covid-19"),
        ("①㎛", "1μm"),
    ],
)
def test_fold(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    "variants",
    [
        ("エクソソーム", "エクソソウム", "エクソソム", "えくそそーむ", "ｴｸｿｿｰﾑ", "エクソソ-ム"),
        ("ウイルス", "ウィルス"),
        ("マイクロベシクル", "マイクロヴェシクル"),
        ("ベクター", "ベクタ"),
        ("マーカー", "マーカ"),
        ("インフォームド・コンセント", "インフォームドコンセント"),
        ("ビタミンヅ", "ビタミンズ"),
        ("エクソソーム", "エキソソーム", "エクソゾーム", "エキソゾーム", "ｴｷｿｿｰﾑ"),
        ("リポソーム", "リポゾーム"),
    ],
)
def test_kana_variants_have_one_key(variants: tuple[str, ...]) -> None:
    assert len({fold_kana(fold(variant)) for variant in variants}) == 1


def test_a_u_after_o_stays_in_hiragana_grammar_words() -> None:
    assert fold_kana("ように") == "ヨウニ"


def test_different_words_stay_different() -> None:
    assert fold_kana("エクソン") != fold_kana("エキソーム")
    assert fold_kana("ソース") != fold_kana("コース")


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="エクキゾソーウうオヴァィェォヴゔ小ムんコトホボ", max_size=15))
def test_folding_each_character_is_folding_all(text: str) -> None:
    assert "".join(fold_each_kana(text)) == fold_kana(text)


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("tumourigenicity", "tumorigenicity"),
        ("haemolysis", "hemolysis"),
        ("lyophilisation", "lyophilization"),
        ("lyophilised", "lyophilized"),
        ("nebuliser", "nebulizer"),
        ("fibre", "fiber"),
        ("centre", "center"),
        ("labelling", "labeling"),
        ("oedema", "edema"),
        ("ischaemic", "ischemic"),
        ("leukaemia", "leukemia"),
        ("programme", "program"),
        ("ageing", "aging"),
        ("licence", "license"),
        ("enrolment", "enrollment"),
        ("analyse", "analyze"),
        ("behaviour", "behavior"),
        ("sulphate", "sulfate"),
    ],
)
def test_british_and_american_spellings_have_one_stem(british: str, american: str) -> None:
    assert stem(british) == stem(american)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("exosomes", "exosome"),
        ("vesicles", "vesicle"),
        ("inhaled", "inhalation"),
        ("therapies", "therapy"),
        ("regulatory", "regulation"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["ev", "cd63", "2023", "エクソソーム", "엑소좀"])
def test_what_is_no_english_word_stays(word: str) -> None:
    assert stem(word) == word


@given(st.text(alphabet=st.characters(min_codepoint=97, max_codepoint=122), max_size=20))
def test_a_stem_is_never_empty(word: str) -> None:
    assert bool(stem(word)) == bool(word)
