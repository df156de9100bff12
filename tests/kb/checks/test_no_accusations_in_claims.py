"""The rule no-accusations-in-claims."""

from __future__ import annotations

from typing import Any

import pytest

import kb
from kb.checks.no_accusations_in_claims import RULE
from tests.entries import source
from tests.kb.checks.examining import examine, paths

PRIMARY = source(kind="primary", supports=["what_is_known"])


def known(en: str = "A statement.", ja: str = "記載である。", **changes: Any) -> list[Any]:
    return examine(RULE, "claims", what_is_known={"en": en, "ja": ja}, **changes)


@pytest.mark.parametrize(
    "text",
    [
        "This is fraud.", "A scam, simply.", "The sale is illegal.", "Sellers are criminals.", "Quackery of the usual kind.",
        "Patients are deceived.", "A rip-off.", "Clinics prey on the sick.", "It is snake oil.", "Fake vials are sold.",
        "The treatment is worthless.", "It never works.", "It does not work.", "That is undoubtedly so.", "ILLEGAL everywhere",
    ],
)  # fmt: skip
def test_english_words_that_accuse_or_leave_no_doubt_are_found(text: str) -> None:
    (finding,) = known(en=text)
    assert finding.path == ("what_is_known", "en")


@pytest.mark.parametrize(
    "text",
    [
        "これは詐欺である。", "違法な広告である。", "犯罪に当たる。", "悪徳業者が売る。", "悪質な勧誘である。", "患者を騙している。", "嘘である。",
        "絶対に効かない。", "まったく効果がない。", "無意味である。", "断じて認められない。", "偽物が出回る。",
    ],
)  # fmt: skip
def test_japanese_words_that_accuse_or_leave_no_doubt_are_found(text: str) -> None:
    (finding,) = known(ja=text)
    assert finding.path == ("what_is_known", "ja")


@pytest.mark.parametrize(
    "text",
    [
        "Benefit has not been shown.", "No product is approved.", "The claim is misleading.", "Stopping insulin is dangerous.",
        "Crimean donors were screened.", "A pseudo-concept.", "Legal advice is needed.", "Scampi was served.", "Fakir.",
        "Nobody works there.", "Usefulness is unknown.", "Shamrock extract.", "Nothing butter-like was seen.",
    ],
)  # fmt: skip
def test_careful_english_passes(text: str) -> None:
    assert known(en=text) == []


@pytest.mark.parametrize(
    "text",
    ["効果は示されていない。", "承認された製品はない。", "誤解を招く表現である。", "虚偽広告に当たる。", "適法とは限らない。", "害が及び得る。", "絶対数は不明である。"],
)  # fmt: skip
def test_careful_japanese_passes(text: str) -> None:
    assert known(ja=text) == []


@pytest.mark.parametrize(
    ("en", "ja"),
    [
        ("FDA called the sale illegal.", "FDAは販売を違法とした。"),
        ("The court found fraud. Benefit was not shown.", "裁判所は詐欺を認定した。効果は示されていない。"),
        ("The ministry spoke of “illegal products”.", "厚生労働省は「違法な製品」とした。"),
    ],
)
def test_an_authority_may_be_reported_with_a_primary_source(en: str, ja: str) -> None:
    assert known(en, ja, sources=[PRIMARY]) == []


@pytest.mark.parametrize(
    "sources",
    [
        [source(kind="news", supports=["what_is_known"])],
        [source(kind="primary", supports=["summary"])],
        [source(kind="primary", read="not-read", supports=["what_is_known"])],
    ],
    ids=["news", "another-field", "not-read"],
)
def test_without_a_read_primary_source_of_the_field_nobody_may_be_quoted(sources: list[dict[str, Any]]) -> None:
    assert len(known("FDA called the sale illegal.", "FDAは販売を違法とした。", sources=sources)) == 2


def test_the_authority_stands_in_the_same_sentence() -> None:
    found = known("FDA wrote to the firm. It is a scam.", "FDAは企業に通知した。詐欺である。", sources=[PRIMARY])
    assert paths(found) == [("what_is_known", "en"), ("what_is_known", "ja")]


def test_quotation_marks_alone_are_no_authority() -> None:
    assert len(known("Patients call it a “scam”.", "患者は「詐欺」と呼ぶ。", sources=[PRIMARY])) == 2


def test_what_is_asserted_may_be_absolute_but_not_accusing() -> None:
    title = {"en": "Other treatments are useless", "ja": "他の治療は無意味だという主張"}
    assert examine(RULE, "claims", title=title) == []
    assert paths(examine(RULE, "claims", summary={"en": "Doctors are crooks.", "ja": "記載である。"})) == [
        ("summary", "en")
    ]


def test_words_of_advertisements_and_titles_of_sources_are_words_of_others() -> None:
    found = examine(
        RULE,
        "claims",
        wording={"en": ["not a scam"], "ja": ["絶対に効く"]},
        detection=[{"all": ["scam"]}],
        sources=[source(title="The exosome fraud")],
    )
    assert found == []


def test_every_text_of_the_entry_is_read() -> None:
    bad = {"en": "A scam.", "ja": "詐欺である。"}
    found = examine(
        RULE,
        "claims",
        why_it_matters=bad,
        assessment={"value": "false", "reason": bad},
        questions=[bad],
        notes=[bad],
        rules=[{"guideline": "g", "basis": "text", "note": bad}],
    )
    assert {path[0] for path in paths(found)} == {"why_it_matters", "assessment", "questions", "notes", "rules"}
    assert len(found) == 10


def test_only_claims_are_examined() -> None:
    assert RULE.collections == ("claims",)


def test_no_real_claim_accuses() -> None:
    from kb.checks.rule import Context, Subject
    from kb.vocabulary import packaged_vocabularies
    from tests.kb.checks.examining import TODAY, file_of

    context = Context(packaged_vocabularies(), (), TODAY)
    for claim in kb.load().claims.values():
        data = claim.model_dump(mode="json")
        assert list(RULE.check(Subject(file_of("claims", claim.id), claim, data), context)) == [], claim.id
