"""From words to concepts: what a query is taken to ask for."""

from __future__ import annotations

import pytest

from search.asking import Concept, Either, Every, Filter, Node, Together, Without
from search.document import FACETS
from search.groups import EVERYDAY, SYNONYM, groups_of
from search.lexicon import CUE, RELATED, Lexicon
from search.names import name_atoms
from search.parsing import parse
from search.plan import Planner, Vocabulary
from search.query import Field, Note
from search.units import units
from tests.search.samples import search_kb

LEXICON = Lexicon(groups_of(search_kb()))


def resolve(name: str, value: str) -> Field | Note | None:
    return Field(name, value) if name in FACETS else None


def plan(text: str, exact: bool = False, having: tuple[str, ...] = (), words: tuple[str, ...] = ()) -> Node:
    vocabulary = Vocabulary(
        lambda term: term in having, lambda begin, _: [w for w in words if w.startswith(begin)], (2011, 2020, 2024)
    )
    part = parse(text, resolve).part
    assert part is not None
    return Planner(LEXICON, vocabulary, exact).node(part)


def concepts(node: Node) -> tuple[Concept, ...]:
    assert isinstance(node, Together)
    return node.concepts


def texts(text: str) -> list[str]:
    return [unit.text for unit in units(text, LEXICON)]


def weights(name: str) -> dict[tuple[str, ...], float]:
    return {other.name: other.weight for other in LEXICON.others(name_atoms(name))}


# --- The lexicon


def test_a_term_finds_its_names_in_both_languages() -> None:
    found = weights("力価試験")
    assert found[name_atoms("potency assay")] == SYNONYM
    assert found[name_atoms("ポテンシーアッセイ")] == SYNONYM
    assert weights("ポテンシーアッセイ")[name_atoms("potency assay")] == SYNONYM
    assert weights("エキソソーム")[name_atoms("exosome")] == SYNONYM
    assert weights("外泌体")[name_atoms("exosome")] == SYNONYM


def test_neighbouring_terms_weigh_less_both_ways() -> None:
    assert weights("potency assay")[name_atoms("functional test")] == RELATED
    assert weights("functional test")[name_atoms("potency assay")] == RELATED


def test_everyday_words_find_the_names_of_illnesses() -> None:
    assert weights("薄毛")[name_atoms("alopecia")] == EVERYDAY


def test_a_country_also_means_its_facet() -> None:
    assert weights("Japan")[("@jurisdiction:jp",)] == CUE
    assert weights("日本")[("@jurisdiction:jp",)] == CUE
    assert weights("治験")[("@collection:trials",)] == CUE
    assert weights("phase 2")[("@phase:2",)] == CUE


def test_abbreviations_that_are_small_words_mean_nothing() -> None:
    assert name_atoms("IN") not in LEXICON
    assert name_atoms("EV") in LEXICON


def test_the_glossary_is_known_from_other_lists() -> None:
    assert LEXICON.is_term(name_atoms("potency assay"))
    assert not LEXICON.is_term(name_atoms("hair loss"))
    assert not LEXICON.is_term(name_atoms("nothing"))


# --- Cutting


@pytest.mark.parametrize(
    ("text", "ideas"),
    [
        ("potency assay of exosomes", ["potency assay", "exosomes"]),
        ("細胞外小胞の力価試験", ["細胞外小胞", "力価試験"]),
        ("エクソソームは承認されているのか", ["エクソソーム", "承認"]),
        ("膝の痛みに効きますか", ["膝", "痛み", "効き"]),
        ("薄毛に効くの?", ["薄毛", "効く"]),
        ("がんがひざにしわ", ["がん", "ひざ", "しわ"]),
        ("what is the", []),
        ("測定法", ["測定法"]),
        ("法", ["法"]),
        ("楽しみ", ["楽"]),
        ("trials in Japan", ["trials", "japan"]),
        ("exosome exosome EXOSOMES", ["exosome"]),
    ],
)
def test_units(text: str, ideas: list[str]) -> None:
    assert texts(text) == ideas


def test_a_name_can_be_cut_further() -> None:
    inner = units("potency assay", LEXICON, shorter=True)
    assert [unit.text for unit in inner] == ["potency", "assay"]


# --- Plans


def test_a_known_name_is_one_concept_with_its_other_names() -> None:
    (concept,) = concepts(plan("potency assay"))
    assert concept.alternatives[0].terms == ("potenc_assay",)
    assert concept.alternatives[0].weight == 1.0
    assert concept.term
    assert ("力価", "価試", "試験") in {alternative.terms for alternative in concept.alternatives[1:]}
    assert [part.text for part in concept.parts] == ["potency", "assay"]


def test_exact_looks_for_the_words_only() -> None:
    found = concepts(plan("potency assay", exact=True))
    assert [concept.text for concept in found] == ["potency", "assay"]
    assert all(len(concept.alternatives) == 1 and not concept.parts for concept in found)


def test_unknown_japanese_need_not_be_found_whole() -> None:
    (concept,) = concepts(plan("棚卸資産表"))
    assert not concept.alternatives[0].whole


def test_inflected_words_are_also_found_by_their_kanji() -> None:
    (concept,) = concepts(plan("届け出"))
    assert concept.alternatives[1].terms == ("届出",)


def test_words_of_letters_and_digits_are_also_found_apart() -> None:
    (concept,) = concepts(plan("iso19430"))
    assert concept.alternatives[1].terms == ("iso", "19430")


def test_a_year_also_means_its_facet() -> None:
    (concept,) = concepts(plan("2024"))
    assert concept.alternatives[1].terms == ("@year:2024",)


@pytest.mark.parametrize("text", ["NCT 0427-6987", "nct04276987", "https://clinicaltrials.gov/study/NCT04276987"])
def test_an_identifier_however_it_is_written(text: str) -> None:
    found = concepts(plan(text, having=("=nct4276987",)))
    assert found[0].alternatives[0].terms == ("=nct4276987",)
    assert "nct" not in {concept.text for concept in found}


@pytest.mark.parametrize(
    "text",
    ["10.1186/s13287-022-02900-5", "doi:10.1186/s13287-022-02900-5", "https://doi.org/10.1186/s13287-022-02900-5"],
)
def test_a_doi_however_it_is_written(text: str) -> None:
    assert ("~101186s13287022029005",) in {
        alternative.terms
        for concept in concepts(plan(text, having=("~101186s13287022029005",)))
        for alternative in concept.alternatives
    }


def test_short_identifiers_remain_words_too() -> None:
    found = [concept.text for concept in concepts(plan("21 CFR 1271", having=("=21cfr1271",)))]
    assert found == ["21 CFR 1271", "21", "cfr", "1271"]


def test_neighbours_and_other_names_are_bonuses() -> None:
    found = concepts(plan("wound dressing", having=("wound_dress", "$wound dress")))
    assert [concept.bonus for concept in found] == [False, False, True, True]


def test_facets_filter_and_years_are_spelled_out() -> None:
    assert plan("jurisdiction:JP") == Filter(("@jurisdiction:jp",))
    assert plan("year:2011..2020") == Filter(("@year:2011", "@year:2020"))
    assert plan("year:2020..") == Filter(("@year:2020", "@year:2024"))
    assert plan("year:..2000") == Filter(())


def test_words_around_a_facet_belong_together() -> None:
    node = plan("potency jurisdiction:JP assay")
    assert isinstance(node, Every)
    words, facet = node.parts
    assert [concept.text for concept in concepts(words)] == ["potency assay"]
    assert facet == Filter(("@jurisdiction:jp",))


def test_logic() -> None:
    either = plan("wound OR (ulcer AND NOT burn)")
    assert isinstance(either, Either)
    every = either.parts[1]
    assert isinstance(every, Every)
    assert isinstance(every.parts[1], Without)


def test_a_phrase_is_made_of_neighbours() -> None:
    (english,) = concepts(plan('"potency assay validation"'))
    assert english.alternatives[0].terms == ("potenc_assay", "assay_valid")
    (japanese,) = concepts(plan("「力価試験」"))
    assert japanese.alternatives[0].terms == ("力価", "価試", "試験")
    assert len(english.alternatives) == len(japanese.alternatives) == 1


def test_a_prefix_stands_for_the_words_that_begin_so() -> None:
    (concept,) = concepts(plan("exo*", words=("exosome", "exosomes", "exon")))
    assert {alternative.terms[0] for alternative in concept.alternatives} == {"exo", "exosom", "exon"}


def test_what_stands_in_brackets_to_tell_things_apart_is_no_name() -> None:
    assert name_atoms("361 HCT/P") not in weights("米国")
    assert not any("medical" in name for name in weights("Japan"))


def test_a_state_does_not_take_the_name_of_its_country() -> None:
    assert (("@jurisdiction:us",) in weights("USA")) is True
    assert ("@jurisdiction:us-ut",) not in weights("United States")


def test_us_in_capitals_is_a_country() -> None:
    assert "usa" in {concept.text for concept in concepts(plan("exosome law in the US"))}
    assert "usa" not in {concept.text for concept in concepts(plan("tell us about exosomes"))}


def test_the_last_kanji_of_a_longer_word_asks_for_nothing() -> None:
    assert [concept.text for concept in concepts(plan("力価試験法"))][:1] == ["力価試験"]
    assert "法" not in {concept.text for concept in concepts(plan("力価試験法"))}
