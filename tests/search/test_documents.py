"""What of an entry is searched, and under which words."""

from __future__ import annotations

import pytest

from kb.models import COLLECTIONS, model_of
from kb.problems import Language
from search.document import FACETS, SearchDocument, page_url
from search.documents import document_of, documents_of
from search.pooling import FIELDS, MARKS, analysed, pooled
from search.storing import read_stored, stored_text, words_of
from tests.entries import minimal
from tests.search.samples import search_kb


def document(id_: str, language: Language = "en") -> SearchDocument:
    kb = search_kb()
    entry = kb.resolve(id_)
    assert entry is not None
    return document_of(kb, entry, language)


def test_two_documents_for_each_entry_english_first() -> None:
    made = list(documents_of(search_kb()))
    assert [item.language for item in made] == ["en", "ja"] * len(search_kb())
    assert [item.id for item in made[::2]] == [item.id for item in made[1::2]]


def test_a_trial() -> None:
    made = document("nct04276987")
    assert made.title == "Inhaled exosomes in severe pneumonia"
    assert made.titles == (made.title, "重症肺炎に対するエクソソーム吸入")
    assert made.identifiers == ("nct04276987", "NCT04276987")
    assert made.citations == ("10.1186/s13287-022-02900-5",)
    assert {"Phase 1", "Completed", "China (mainland)", "Respiratory", "Inhalation"} <= set(made.labels)
    assert "Pneumonia" in made.body
    assert "A paper" in made.notes
    assert made.date == "2020-02"
    assert made.facets == {
        "collection": ("trials",),
        "jurisdiction": ("CN",),
        "topic": (),
        "status": ("completed",),
        "phase": ("1",),
        "indication_area": ("respiratory",),
        "cell_source": ("msc",),
        "year": ("2020",),
        "origin": ("en",),
        "review": ("draft",),
    }


def test_the_other_language_has_its_own_texts_and_labels() -> None:
    made = document("nct04276987", "ja")
    assert made.title == "重症肺炎に対するエクソソーム吸入"
    assert made.other_title == "Inhaled exosomes in severe pneumonia"
    assert {"第I相", "中国(本土)", "吸入"} <= set(made.labels)
    assert "肺炎" in made.body
    assert "Pneumonia" not in made.body


def test_a_guideline() -> None:
    made = document("us-fda-potency")
    assert made.requirements == ("Measure & report potency.",)
    assert "FDA-2008-D-0520" in made.identifiers
    assert "FDA" in made.body
    assert "Potency: WNT suppression" in made.notes
    assert "potency-wnt" in made.citations
    assert made.facets["topic"] == ("potency",)
    assert made.facets["year"] == ("2011",)


def test_an_entry_cites_those_that_name_it() -> None:
    assert "us-fda-potency" in document("potency-wnt").citations


def test_a_term_brings_its_names_in_all_languages() -> None:
    made = document("exosome")
    assert {"EXO", "exosomes", "エキソソーム", "外泌体", "エクソゾーム", "えくそそーむ"} <= set(made.aliases)
    related = document("potency-assay")
    assert "functional test" in related.body
    assert "functional test" not in related.aliases


def test_the_words_of_a_claim_are_names_in_its_language() -> None:
    assert document("claim-knee").aliases == ("avoid knee surgery",)
    assert document("claim-knee", "ja").aliases == ("膝の痛みが消える",)


@pytest.mark.parametrize(
    ("id_", "date"), [("us-letter", "2024-05-01"), ("jp-ads", "2018"), ("exosome", ""), ("nct05000000", "2024-03")]
)
def test_dates(id_: str, date: str) -> None:
    assert document(id_).date == date


@pytest.mark.parametrize("collection", COLLECTIONS)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_collection_makes_documents(collection: str, language: Language) -> None:
    entry = model_of(collection).model_validate(minimal(collection))
    made = document_of(search_kb(), entry, language)
    assert made.summary == getattr(entry.summary, language)
    assert set(made.facets) == set(FACETS)
    assert made.facets["collection"] == (collection,)


def test_addresses() -> None:
    assert page_url("trials", "x", "en") == "/trials/x/"
    assert page_url("trials", "x", "ja") == "/ja/trials/x/"
    assert document("exosome", "ja").url == "/ja/glossary/exosome/"


def test_pooled_weights_prefer_titles_and_short_fields() -> None:
    made = [document("potency-assay"), document("us-fda-potency")]
    weights = list(pooled([analysed(number, item, (), "") for number, item in enumerate(made)]))
    assert weights[0]["potenc"] > weights[1]["potenc"] > 0
    assert weights[1]["potenc"] > weights[1]["measur"]
    assert "nowher" not in weights[0]


def test_marks_for_identifiers_names_and_facets() -> None:
    marks = analysed(0, document("jp-asrm"), (), "").marks
    assert marks["=jpasrm"] == MARKS["="]
    assert {"@jurisdiction:jp", "@year:2013", "@review:approved", "@collection:guidelines"} <= set(marks)
    titles = {mark for mark in marks if mark.startswith("#")}
    assert any("法" in mark for mark in titles)
    assert not any("薬" in mark for mark in titles if len(mark) < 10)
    assert "=" not in marks


def test_own_identifiers_weigh_more_than_cited_ones() -> None:
    assert MARKS["="] > MARKS["#"] > MARKS["$"] > MARKS["@"] > MARKS["~"]
    assert FIELDS["title"].weight > FIELDS["aliases"].weight > FIELDS["summary"].weight > FIELDS["body"].weight


def test_no_documents_no_weights() -> None:
    assert list(pooled([])) == []


def test_what_is_kept_for_showing() -> None:
    made = document("us-fda-potency")
    kept = read_stored(stored_text(made))
    assert kept.title == made.title
    assert kept.texts[0] == made.summary
    assert "A paper" in kept.asides
    assert kept.key_terms["potenc"] > 1
    assert "~usfdapotency" in kept.key_terms
    assert "えくそそーむ" not in read_stored(stored_text(document("exosome"))).asides


def test_words_for_suggestions_are_unstemmed_and_of_the_language() -> None:
    assert {"exosomes", "inhaled", "severe", "pneumonia"} <= set(words_of(document("nct04276987")))
    japanese = words_of(document("exosome", "ja"))
    assert "エクソソーム" in japanese
    assert not any(word.isascii() for word in japanese)
