"""What an advertisement leaves out, and where to report; the real list and the real lexicons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kb as package
from kb import KnowledgeBase
from kb.checks.quotations import without_quotations
from kb.claims import Specification, check, specification_of
from kb.claims.disclosures import Disclosures, disclosures_of, duties, offers_treatment, reporting_places
from kb.problems import EvregError
from tests.entries import PAIR, minimal
from tests.samples import write_kb

AD = "当院のエクソソーム点滴でしわが消え、肌が若返ります。ご予約はお電話で。"
#: One sentence for each statement that the Japanese rules ask for, as pages write them.
STATED = {
    "discloses-unapproved": "本治療に用いる製剤は、医薬品医療機器等法上の承認を得ていません。",
    "discloses-supply": "国内の製造会社より購入しています。",
    "discloses-alternatives": "国内において同一の成分を含む承認医薬品はありません。",
    "discloses-foreign-safety": "諸外国における安全性等に係る情報:重大な報告は確認されていません。",
    "discloses-no-relief": "医薬品副作用被害救済制度の対象にはなりません。",
    "discloses-content": "治療内容:生理食塩水で希釈し、30分かけて投与します。",
    "discloses-cost": "1本 98,000円(税込)",
    "discloses-duration": "治療回数:月に一度、計6回",
    "discloses-risks": "主なリスク・副作用:発熱、内出血、アレルギー反応",
}
STATED_EN = {
    "discloses-unapproved": "The product has not been approved as a medicine.",
    "discloses-supply": "It is imported by the physician.",
    "discloses-alternatives": "There is no approved product with the same active ingredient.",
    "discloses-foreign-safety": "Side effects reported abroad: none known to us; safety information from other countries is scarce.",
    "discloses-no-relief": "The public relief system for adverse reactions does not apply.",
    "discloses-content": "It is infused over 30 minutes.",
    "discloses-cost": "Price: $900.",
    "discloses-duration": "Six sessions, two weeks apart.",
    "discloses-risks": "Risks and side effects: fever, bruising.",
}


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return package.load()


@pytest.fixture(scope="module")
def spec(kb: KnowledgeBase) -> Specification:
    return specification_of(kb, kb.root)


def read(kb: KnowledgeBase, spec: Specification, text: str, place: str = "JP") -> Disclosures | None:
    return disclosures_of(kb, spec, check(text, spec), place)


def missing(kb: KnowledgeBase, spec: Specification, text: str) -> set[str]:
    found = read(kb, spec, text)
    assert found is not None
    return {item.concept for item in found.missing}


# --- What is stated


def test_the_five_points_and_the_four_of_cash_pay_care_are_asked_in_japan(kb: KnowledgeBase) -> None:
    asked = {item.concept: item.requirement for item in duties(kb.root)["JP"].statements}
    assert list(asked) == list(STATED)
    assert [key for key in asked.values() if key == "jp-unapp"] == ["jp-unapp"] * 5
    assert [key for key in asked.values() if key == "jp-cashpay"] == ["jp-cashpay"] * 4


@pytest.mark.parametrize("sentences", [STATED, STATED_EN], ids=["ja", "en"])
def test_an_advertisement_that_states_everything_misses_nothing(
    kb: KnowledgeBase, spec: Specification, sentences: dict[str, str]
) -> None:
    assert missing(kb, spec, AD + "\n" + "\n".join(sentences.values())) == set()


@pytest.mark.parametrize(
    ("concept", "sentences"),
    [(concept, sentences) for sentences in (STATED, STATED_EN) for concept in sentences],
)
def test_each_sentence_states_its_point_alone(
    kb: KnowledgeBase, spec: Specification, concept: str, sentences: dict[str, str]
) -> None:
    bare = "エクソソームでしわが消えます。"
    before = missing(kb, spec, bare)
    assert concept in before
    assert concept not in missing(kb, spec, f"{bare}\n{sentences[concept]}")


@pytest.mark.parametrize(
    "text",
    [
        "副作用はありません。", "副作用の心配もありません。", "リスクゼロです。", "重篤な副作用の報告はございません。", "ノーリスクで安心です。",
        "No side effects at all.", "It is risk-free.", "There is no risk.", "Without any side effects.", "Is it risky? No.",
    ],
)  # fmt: skip
def test_praise_of_safety_states_no_risk(kb: KnowledgeBase, spec: Specification, text: str) -> None:
    assert "discloses-risks" in missing(kb, spec, f"{AD}\n{text}")


def test_width_line_breaks_and_kanji_numbers_do_not_hide_a_statement(kb: KnowledgeBase, spec: Specification) -> None:
    left = missing(kb, spec, f"{AD}\n医薬品副作用\n被害救済制度の対象外です。\n１回 １００，０００円\n全五回")
    assert left.isdisjoint({"discloses-no-relief", "discloses-cost", "discloses-duration"})


def test_the_foot_of_a_page_counts(kb: KnowledgeBase, spec: Specification) -> None:
    foot = check("本製品は未承認医薬品です。", spec).concepts
    found = disclosures_of(kb, spec, check(AD, spec), "JP", foot)
    assert found is not None
    assert "discloses-unapproved" in {item.concept for item in found.stated}


def test_statements_lead_to_the_requirement(kb: KnowledgeBase, spec: Specification) -> None:
    found = read(kb, spec, AD)
    assert found is not None
    for item in (*found.stated, *found.missing):
        assert item.document is kb.guidelines["jp-mhlw-medical-advertising-guidelines"]
        assert item.requirement is not None
        assert item.label.en
        assert item.label.ja


# --- When it is asked


@pytest.mark.parametrize(
    "text",
    [
        "厚生労働省は、エクソソームを含む製品について承認された医薬品はないと注意を呼びかけた。学会の調査では、クリニックが「若返る」と宣伝していると報告された。",
        "We randomised 102 patients to exosomes or placebo. The primary endpoint was mortality. No significant difference was observed (p=0.3).",
        "Der Himmel ist blau und die Exosomen sind klein, sagen die Forscher aus München immer wieder.",
        "明日の天気は晴れです。",
        "!!! 123",
    ],
)  # fmt: skip
def test_reports_other_languages_and_other_matters_are_asked_nothing(
    kb: KnowledgeBase, spec: Specification, text: str
) -> None:
    assert not offers_treatment(check(text, spec))
    assert read(kb, spec, text) is None


def test_an_offer_without_a_claim_is_asked_too(kb: KnowledgeBase, spec: Specification) -> None:
    text = "当院ではエクソソーム点滴をご用意しています。ご予約・ご来院をお待ちしております。料金は1回5万円です。"
    assert not check(text, spec).findings
    assert "discloses-unapproved" in missing(kb, spec, text)


def test_a_jurisdiction_without_a_list_is_unknown_not_free(kb: KnowledgeBase, spec: Specification) -> None:
    assert read(kb, spec, AD, "KE") is None
    found = read(kb, spec, AD, "US")
    assert found is not None
    assert (found.stated, found.missing) == ((), ())
    assert "name no statements" in found.duty.about.en


# --- The data


def test_the_list_leads_to_known_documents_requirements_and_concepts(kb: KnowledgeBase, spec: Specification) -> None:
    for code, duty in duties(kb.root).items():
        found = read(kb, spec, AD, code)
        assert found is not None
        assert found.document is not None, code
        assert found.document.jurisdiction == code
        assert duty.requirement is None or found.requirement is not None
        for item in (*found.stated, *found.missing):
            assert item.requirement is not None, (code, item.concept)


def test_no_text_of_the_list_is_a_verdict(kb: KnowledgeBase) -> None:
    for duty in duties(kb.root).values():
        assert "illegal" not in duty.about.en
        assert "違法" not in without_quotations(duty.about.ja)


def test_a_knowledge_base_may_bring_its_own_list(tmp_path: Path) -> None:
    root = write_kb(tmp_path, jurisdictions=[minimal("jurisdictions", "jp")])
    assert duties(root) == duties()
    (root / "lexicons").mkdir()
    assert duties(root) == {}
    (root / "disclosures.yaml").write_text(
        "KR:\n  about: {en: A., ja: 甲。}\n  guideline: some-law\n", encoding="utf-8"
    )
    assert list(duties(root)) == ["KR"]


@pytest.mark.parametrize(
    ("text", "place"),
    [("XX:\n  about: {en: A., ja: 甲。}\n  guideline: g\n", "XX"), ("JP:\n  about: {en: A.}\n", "JP.about.ja")],
)
def test_a_malformed_list_is_told_in_four_parts(tmp_path: Path, text: str, place: str) -> None:
    (tmp_path / "disclosures.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(EvregError) as caught:
        duties(tmp_path)
    assert caught.value.where.startswith(f"disclosures.yaml: {place}")


def test_a_concept_that_no_lexicon_defines_is_named(kb: KnowledgeBase) -> None:
    bare = Specification((("ev-product", "p", "p", "", 0.0),), (), (), ())
    with pytest.raises(EvregError) as caught:
        disclosures_of(kb, bare, check(AD, specification_of(kb, kb.root)), "JP")
    assert "discloses-unapproved" in caught.value.where


# --- Where to report


def test_places_come_from_standing_profiles_only(tmp_path: Path) -> None:
    route: dict[str, Any] = {"what": PAIR, "body": PAIR, "sources": ["s1"]}
    gone = {"on": "2026-01-02", "reason": PAIR}
    base = package.load(
        write_kb(
            tmp_path,
            jurisdictions=[
                minimal("jurisdictions", "jp", reporting=[route]),
                minimal("jurisdictions", "kr", code="KR", reporting=[route], withdrawn=gone),
            ],
        )
    )
    assert [item.url for item in reporting_places(base, "JP")] == [None]
    assert reporting_places(base, "KR") == ()
    assert reporting_places(base, "US") == ()


def test_an_address_to_report_to_stands_in_a_source_of_the_profile(kb: KnowledgeBase) -> None:
    for profile in kb.jurisdictions.values():
        addresses = {source.url for source in profile.sources}
        keys = {source.key for source in profile.sources if "reporting" in source.supports}
        for route in profile.reporting:
            assert route.url is None or route.url in addresses, profile.id
            assert set(route.sources) <= keys, profile.id
