"""Searching as a reader does, with both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.problems import EvregError, Language
from search.conditions import condition, filter_of
from search.opening import open_search
from search.places import find_places
from search.query import Field
from search.results import MAX_LIMIT, Request, Response, Result
from search.searcher import Searcher
from tests.search.samples import write_search_kb


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("searcher")


@pytest.fixture(scope="module", params=["whoosh", "fts5"])
def searcher(request: pytest.FixtureRequest, folder: Path) -> Iterator[Searcher]:
    opened = open_search(write_search_kb(folder), request.param, folder / "cache")
    yield opened
    opened.close()


def find(searcher: Searcher, text: str, language: Language = "en", *filters: Field, **options: bool | int) -> Response:
    return searcher.search(Request(text, language, filters, **options))  # type: ignore[arg-type]


def ids(response: Response) -> list[str]:
    return [result.id for result in response.results]


def first(searcher: Searcher, text: str, language: Language = "en") -> Result:
    return find(searcher, text, language).results[0]


# --- Words in every spelling and either language


@pytest.mark.parametrize(
    "text",
    ["exosome", "Exosomes", "エクソソーム", "ｴｸｿｿｰﾑ", "エキソソーム", "エクソゾーム", "エクソソウム", "エクソソ-ム", "えくそそーむ",
     "外泌体", "EXO", "what is an exosome?", "エクソソームとは"],
)  # fmt: skip
def test_the_term_comes_first_in_any_spelling(searcher: Searcher, text: str) -> None:
    assert first(searcher, text).id == "exosome"
    assert first(searcher, text, "ja").title == "エクソソーム"


@pytest.mark.parametrize("text", ["potency assay", "力価試験", "ポテンシーアッセイ", "bioassay", "potency assays"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_entries_of_both_languages_are_found(searcher: Searcher, text: str, language: Language) -> None:
    found = find(searcher, text, language)
    assert ids(found)[0] == "potency-assay"
    assert "us-fda-potency" in ids(found)
    assert {result.language for result in found.results} == {language}


def test_literal_matches_come_before_other_names(searcher: Searcher) -> None:
    found = ids(find(searcher, "alopecia"))
    assert found[0] == "claim-hair"
    assert ids(find(searcher, "薄毛", "ja"))[0] == "claim-hair"


def test_substrings_of_japanese_words_are_found(searcher: Searcher) -> None:
    assert "extracellular-vesicle" in ids(find(searcher, "小胞", "ja"))
    assert "claim-knee" in ids(find(searcher, "膝", "ja"))


def test_exact_leaves_other_names_out(searcher: Searcher) -> None:
    assert "us-fda-potency" in ids(find(searcher, "bioassay"))
    assert ids(find(searcher, "bioassay", exact=True)) == ["potency-assay"]


def test_the_language_is_the_readers_when_it_matched(searcher: Searcher) -> None:
    assert first(searcher, "regrows cartilage", "en").url == "/claims/claim-knee/"
    (other,) = (result for result in find(searcher, "regrows", "ja").results if result.id == "claim-knee")
    assert (other.language, other.url) == ("en", "/claims/claim-knee/")
    assert find(searcher, "膝軟骨", "ja").results[0].url == "/ja/claims/claim-knee/"


def test_one_result_for_each_entry(searcher: Searcher) -> None:
    found = find(searcher, "exosome エクソソーム", limit=100)
    assert len(ids(found)) == len(set(ids(found))) == found.total


# --- Known items


@pytest.mark.parametrize(
    "text",
    [
        "NCT04276987",
        "nct 0427-6987",
        "ＮＣＴ０４２７６９８７",
        "NCT-04276987",
        "https://clinicaltrials.gov/study/NCT04276987",
    ],
)
def test_a_registry_number_is_first_however_it_is_written(searcher: Searcher, text: str) -> None:
    assert ids(find(searcher, text)) == ["nct04276987"]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("10.1186/s13287-022-02900-5", "nct04276987"),
        ("doi:10.1186/s13287-022-02900-5", "nct04276987"),
        ("FDA-2008-D-0520", "us-fda-potency"),
        ("claim-hair", "claim-hair"),
        ("jp-asrm", "jp-asrm"),
        ("Potency: WNT suppression", "potency-wnt"),
        ("力価:WNT抑制", "potency-wnt"),
        ("Potency Tests for Cellular Products (guidance)", "us-fda-potency"),
        ("potency tests for cellular products", "us-fda-potency"),
        ("Warning Letter to A Labs", "us-letter"),
        ("広告ガイドライン", "jp-ads"),
        ("薬機法", "jp-asrm"),
        ("avoid knee surgery", "claim-knee"),
    ],
)
def test_known_items_are_first(searcher: Searcher, text: str, id_: str) -> None:
    assert first(searcher, text).id == id_


def test_a_number_nobody_has_finds_nothing_and_is_not_corrected(searcher: Searcher) -> None:
    found = find(searcher, "NCT99999999")
    assert (found.total, found.corrected) == (0, None)


# --- The query language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jurisdiction:JP", {"jp-asrm", "jp-ads", "nct05000000"}),
        ("国:日本", {"jp-asrm", "jp-ads", "nct05000000"}),
        ("country:japan", {"jp-asrm", "jp-ads", "nct05000000"}),
        ("phase:2", {"nct05000000"}),
        ("status:recruiting", {"nct05000000"}),
        ("状況:募集中", {"nct05000000"}),
        ('collection:"Clinical trials"', {"nct04276987", "nct05000000"}),
        ("year:2020..2024 collection:trials", {"nct04276987", "nct05000000"}),
        ("year:2024", {"nct05000000", "us-letter"}),
        ("year:..2013", {"us-fda-potency", "jp-asrm"}),
        ("topic:potency", {"us-fda-potency"}),
        ("jurisdiction:JP AND phase:2", {"nct05000000"}),
        ("jurisdiction:JP OR jurisdiction:CN", {"jp-asrm", "jp-ads", "nct05000000", "nct04276987"}),
        ("collection:trials NOT phase:2", {"nct04276987"}),
        ('"severe pneumonia"', {"nct04276987"}),
        ('"pneumonia severe"', set()),
        ("「変形性膝関節症」", {"nct05000000"}),
        ("pneumonia AND osteoarthritis", set()),
        ("pneumonia OR cartilage", {"nct04276987", "claim-knee", "nct05000000"}),
        ("cartil*", {"claim-knee"}),
        ("of the jurisdiction:CN", {"nct04276987"}),
    ],
)
def test_the_query_language(searcher: Searcher, text: str, expected: set[str]) -> None:
    found = find(searcher, text)
    assert set(ids(found)) == expected
    assert found.notices == () or not expected


@pytest.mark.parametrize(
    "text", ['exosome "', "exosome AND", "(exosome OR", "exosome phase:99", "exosome jurisdicton:JP"]
)
def test_what_is_malformed_still_finds_and_says_so(searcher: Searcher, text: str) -> None:
    found = find(searcher, text)
    assert "exosome" in ids(found)
    assert found.notices
    assert all(notice.en and notice.ja for notice in found.notices)


# --- Other spellings, and nothing


@pytest.mark.parametrize(
    ("typed", "meant", "id_"),
    [
        ("excosome", "exosome", "exosome"),
        ("pneumonai", "pneumonia", "nct04276987"),
        ("エクスソーム", "エクソソーム", "exosome"),
    ],
)
def test_slips_are_corrected_and_said(searcher: Searcher, typed: str, meant: str, id_: str) -> None:
    found = find(searcher, typed)
    assert found.corrected == meant
    assert id_ in ids(found)
    assert meant in found.notices[0].en


def test_exact_offers_another_spelling_but_does_not_use_it(searcher: Searcher) -> None:
    found = find(searcher, "excosome", exact=True)
    assert (found.total, found.corrected) == (0, "exosome")
    assert "Did you mean" in found.notices[-1].en


def test_a_correction_that_finds_nothing_is_only_offered(searcher: Searcher) -> None:
    found = find(searcher, "wotney potensy xyzzy plugh")
    assert found.total == 0
    assert not any("these are the results" in notice.en for notice in found.notices)


def test_brackets_alone_hold_no_word(searcher: Searcher) -> None:
    found = find(searcher, "((")
    assert (found.total, [notice.en for notice in found.notices]) == (0, ["«((» holds no word to search for."])


def test_neighbours_are_the_similar_entries_of_all(searcher: Searcher) -> None:
    found = searcher.neighbours(3)
    assert len(found) == len(searcher.catalogue.entries)
    for (collection, id_), nearest in found.items():
        similar = searcher.similar(collection, id_, "en", 3)
        assert nearest == tuple((result.collection, result.id) for result in similar)
        assert (collection, id_) not in nearest


def test_a_known_word_is_never_corrected(searcher: Searcher) -> None:
    assert find(searcher, "exosomes").corrected is None


@pytest.mark.parametrize(
    "text", ["bitcoin price", "富士山の天気", "zebra crossing", "asdfghjkl", "", "   ", "the of", "の"]
)
def test_what_is_not_here_is_not_found(searcher: Searcher, text: str) -> None:
    assert find(searcher, text).total == 0


def test_an_unknown_word_beside_a_term_is_told(searcher: Searcher) -> None:
    found = find(searcher, "exosome zzyzx")
    assert "exosome" in ids(found)
    assert "zzyzx" in found.notices[0].en


# --- Facets, pages, explanations


def test_facets_count_entries_not_documents(searcher: Searcher) -> None:
    facets = find(searcher, "exosome エクソソーム").facets
    found = find(searcher, "exosome エクソソーム", limit=100)
    assert sum(facets["collection"].values()) == found.total == len(found.results)
    assert facets["phase"] == {"1": 1, "2": 1}
    assert list(facets["year"]) == sorted(facets["year"])
    assert set(facets) == {
        "collection", "jurisdiction", "topic", "status", "phase", "indication_area", "cell_source", "year", "origin", "review",
    }  # fmt: skip


def test_filters_narrow_and_values_of_one_facet_add_up(searcher: Searcher) -> None:
    japan, china = Field("jurisdiction", "JP"), Field("jurisdiction", "CN")
    assert set(ids(find(searcher, "exosome", "en", china))) == {"nct04276987"}
    assert set(ids(find(searcher, "inhaled knee", "en", japan, china))) == {"nct04276987", "nct05000000"}
    assert set(ids(find(searcher, "", "en", japan))) == {"jp-asrm", "jp-ads", "nct05000000"}
    assert ids(find(searcher, "exosome", "en", japan, Field("phase", "1"))) == []


def test_equal_scores_are_in_order_of_review_and_freshness(searcher: Searcher) -> None:
    assert ids(find(searcher, "", "en", Field("jurisdiction", "JP")))[0] == "jp-asrm"


def test_pages(searcher: Searcher) -> None:
    whole = ids(find(searcher, "exosome", limit=100))
    assert ids(find(searcher, "exosome", limit=2)) == whole[:2]
    assert ids(find(searcher, "exosome", limit=2, offset=2)) == whole[2:4]
    assert ids(find(searcher, "exosome", limit=0)) == []
    assert find(searcher, "exosome", limit=0).total == len(whole)
    assert ids(find(searcher, "exosome", offset=10_000)) == []
    assert ids(find(searcher, "exosome", limit=-5, offset=-5)) == []
    assert len(ids(find(searcher, "exosome", limit=10**9))) <= MAX_LIMIT


def test_explanations_name_the_words(searcher: Searcher) -> None:
    explained = dict(find(searcher, "inhaled pneumonia", explain=True).results[0].explanation)
    assert explained["inhaled"] > 0
    assert explained["pneumonia"] > 0
    assert find(searcher, "pneumonia").results[0].explanation == ()


def test_snippets_mark_the_words_in_both_languages(searcher: Searcher) -> None:
    english = first(searcher, "potency tests for cellular products")
    assert "<mark>" in english.snippet.html()
    japanese = next(result for result in find(searcher, "力価試験", "ja").results if result.id == "us-fda-potency")
    assert japanese.snippet.marked("«", "»") == "FDAは各ロットの«力価試験»を求める。"


def test_the_json_record(searcher: Searcher) -> None:
    record = find(searcher, "report potency").as_json("en")
    assert list(record) == ["query", "corrected", "total", "took_ms", "facets", "results"]
    assert list(record["results"][0]) == ["id", "collection", "title", "url", "score", "snippet", "language"]
    told = find(searcher, "excosome", explain=True).as_json("ja")
    assert "exosome" in told["notice"]
    assert isinstance(told["results"][0]["explain"], dict)
    escaped = [item["snippet"] for item in record["results"] if item["id"] == "us-fda-potency"]
    assert escaped == ["<mark>Measure &amp; report potency</mark>."] or "&amp;" in escaped[0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    text=st.one_of(
        st.text(max_size=50),
        st.lists(
            st.sampled_from(["exosome", "エクソソーム", "AND", "OR", "NOT", "(", ")", '"', "phase:2", "x*", "力価"]),
            max_size=12,
        ).map(" ".join),
    )
)
def test_no_query_is_an_error(searcher: Searcher, text: str) -> None:
    found = find(searcher, text)
    assert found.total >= len(found.results) >= 0
    assert found.as_json("ja")["query"] == text


# --- Similar entries


def test_similar_entries(searcher: Searcher) -> None:
    found = searcher.similar("guidelines", "us-fda-potency", "en", 3)
    assert {result.id for result in found[:2]} == {"potency-assay", "potency-wnt"}
    assert all(0 < result.score < 100 for result in found)
    assert all(result.language == "en" and not result.snippet.text for result in found)
    assert [result.title for result in searcher.similar("guidelines", "us-fda-potency", "ja", 1)] in (
        ["力価試験"],
        ["力価:WNT抑制"],
    )


def test_an_entry_is_not_similar_to_itself(searcher: Searcher) -> None:
    assert "exosome" not in [result.id for result in searcher.similar("glossary", "exosome", "en", 20)]
    with pytest.raises(KeyError):
        searcher.similar("glossary", "nowhere", "en")


def test_suggestions(searcher: Searcher) -> None:
    assert searcher.suggest("exo", "en")[0] == "exosomes"
    assert "エクソソーム" in searcher.suggest("エクソ", "ja")
    assert searcher.suggest("", "en") == []


# --- Names and conditions given apart from the query


def test_places(searcher: Searcher) -> None:
    assert find_places(searcher.catalogue, "EXOSOME") == [("glossary", "exosome")]
    assert find_places(searcher.catalogue, "attributes/endotoxin") == [("attributes", "endotoxin")]
    with pytest.raises(EvregError) as caught:
        find_places(searcher.catalogue, "exosom")
    assert "«exosome»" in caught.value.found.en


def test_conditions(searcher: Searcher) -> None:
    assert condition(searcher.catalogue, "jurisdiction=jp") == Field("jurisdiction", "JP")
    assert condition(searcher.catalogue, "国=日本") == Field("jurisdiction", "JP")
    assert condition(searcher.catalogue, "year=2020..2024") == Field("year", "2020..2024")
    assert filter_of(searcher.catalogue, "indication-area", "Respiratory") == Field("indication_area", "respiratory")


@pytest.mark.parametrize(
    ("text", "near"), [("phase", "facet=value"), ("fase=2", "phase"), ("jurisdiction=Japn", "Japan"), ("year=soon", "")]
)
def test_wrong_conditions_are_told_in_four_parts(searcher: Searcher, text: str, near: str) -> None:
    with pytest.raises(EvregError) as caught:
        condition(searcher.catalogue, text)
    problem = caught.value
    assert near in problem.found.en + problem.expected.en
    assert all(message.en and message.ja for message in (problem.found, problem.expected, problem.remedy))
