"""From text to terms: what is found by which word."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import atoms, terms
from search.folding import fold, fold_kana
from search.names import facet_key, identifier_key, name_atoms, name_key, name_terms, names_in, without_brackets
from search.words import collection_names, everyday_words, noise, noise_pattern
from tests.search.test_folding import TEXTS


def test_english_words_are_stemmed_and_paired() -> None:
    assert terms("Potency assays of the FDA") == ["potenc", "assay", "fda", "potenc_assay", "assay_fda"]


def test_japanese_is_cut_into_bigrams_and_kanji() -> None:
    assert terms("細胞外小胞") == ["細胞", "胞外", "外小", "小胞", "細", "胞", "外", "小", "胞"]
    assert terms("肺") == ["肺"]


def test_both_in_one_text() -> None:
    found = terms("MSC由来エクソソーム")
    assert {"msc", "由来", "来エ", "エク", "ソム"} <= set(found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("COVID-19", {"covid", "19", "covid19", "covid_19"}),
        ("UC-MSC", {"uc", "msc", "ucmsc"}),
        ("MISEV2023", {"misev2023", "misev", "2023"}),
        ("CD63", {"cd63", "cd", "63"}),
        ("UF/DF", {"ufdf"}),
        ("엑소좀", {"엑소좀"}),
    ],
)
def test_mixed_words_are_found_whole_and_in_parts(text: str, wanted: set[str]) -> None:
    assert wanted <= set(terms(text))


def test_small_words_are_no_terms() -> None:
    assert terms("the of and") == []


@given(st.text(alphabet="細胞外小治療力価試験薬", min_size=2, max_size=12), st.data())
def test_every_substring_is_found_by_its_terms(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert set(name_terms(name_atoms(text[start:end]))) <= set(terms(text))


@given(TEXTS)
def test_atoms_lie_in_the_folded_text_in_order(text: str) -> None:
    folded = fold(text)
    at = 0
    for atom in atoms(folded):
        assert at <= atom.start < atom.end <= len(folded)
        assert folded[atom.start : atom.end].startswith(atom.raw)
        assert atom.text
        at = atom.start


@given(st.text(alphabet="エクソーウうオヴァ小ムんコ", max_size=15))
def test_atoms_of_japanese_are_its_kana_folded_characters(text: str) -> None:
    folded = fold(text)
    runs = re.findall("[^ ]+", folded)
    assert "".join(atom.text for atom in atoms(folded)) == "".join(map(fold_kana, runs))


@given(TEXTS)
def test_terms_have_no_spaces_and_are_not_empty(text: str) -> None:
    assert all(term and not re.search(r"\s", term) for term in terms(text))


def test_names() -> None:
    assert name_atoms("Act on the Safety") == ("act", "safeti")
    assert name_atoms("The") == ("the",)
    assert name_key("Potency Assays") == name_key("potency assay")
    assert name_key("力価試験") == name_key("力価 試験")
    assert name_terms(("potenc", "assay", "validat")) == ["potenc_assay", "assay_validat"]
    assert name_terms(("ip", "細", "胞")) == ["ip", "細胞"]
    assert name_terms(("膝",)) == ["膝"]


def test_brackets_in_titles() -> None:
    assert names_in("PMD Act (薬機法)") == ("PMD Act (薬機法)", "PMD Act", "薬機法")
    assert without_brackets("医療広告の指針(医療広告ガイドライン)") == "医療広告の指針"
    assert names_in("plain") == ("plain",)


@pytest.mark.parametrize(
    "typed", ["NCT04276987", "nct 0427-6987", "ＮＣＴ０４２７６９８７", "NCT-0427 6987", "nct_04276987"]
)
def test_identifiers_have_one_key(typed: str) -> None:
    assert identifier_key(typed) == "nct4276987"


def test_facet_keys_do_not_mind_case() -> None:
    assert facet_key("jurisdiction", "JP") == facet_key("jurisdiction", "jp")


def test_word_lists_are_well_formed() -> None:
    groups = everyday_words()
    assert all(len(set(group)) > 1 and all(isinstance(word, str) and word for word in group) for group in groups)
    assert all(name_atoms(word) for group in groups for word in group)
    assert {"the", "no", "true"} <= noise("en")
    assert all(re.search("[ぁ-ん一-鿿]", word) for word in noise("ja"))
    assert set(collection_names()) == {
        "jurisdictions", "guidelines", "trials", "claims", "enforcement", "safety-events", "surveys", "attributes",
        "process-steps", "products", "glossary",
    }  # fmt: skip


def test_the_longest_grammar_is_taken() -> None:
    match = noise_pattern().match("されているのか")
    assert match is not None
    assert match.group() == "されているのか"
