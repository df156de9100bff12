"""The rule renderings-agree."""

from __future__ import annotations

from typing import Any

import pytest

from kb.checks.renderings_agree import RULE
from kb.checks.rule import Context, Subject
from kb.facts import facts_of
from kb.models import model_of
from kb.problems import Finding
from kb.vocabulary import packaged_vocabularies
from tests.entries import minimal
from tests.kb.checks.examining import TODAY, assert_well_said, file_of, paths

RENDERINGS = (
    ("allogeneic", "他家", "同種"),
    ("allogeneic", "他家", "他家由来"),
    ("microvesicle", "マイクロベシクル", "微小小胞"),
    ("vesicle", "小胞", "ベシクル"),
)


def _examine(collection: str = "surveys", **changes: Any) -> list[Finding]:
    data = minimal(collection, **changes)
    subject = Subject(file_of(collection), model_of(collection).model_validate(data), data)
    context = Context(packaged_vocabularies(), (), TODAY, renderings=RENDERINGS)
    findings = list(RULE.check(subject, context))
    for finding in findings:
        assert_well_said(finding)
    return findings


@pytest.mark.parametrize(
    ("en", "ja", "found"),
    [
        ("Allogeneic cells.", "同種の細胞である。", True),
        ("Cells of the same kind.", "同種の細胞である。", False),
        ("Allogeneic cells.", "他家細胞である。", False),
        ("Allogeneic cells.", "他家由来の細胞である。", False),
        ("Allogeneic cells.", "他家、つまり同種の細胞である。", False),
        ("It says “allogeneic”.", "同種の細胞である。", False),
        ("Allogeneic cells.", "通知は「同種」とする。", False),
        ("Microvesicles are released.", "微小小胞が放出される。", True),
        ("Nanomicrovesicles are released.", "微小小胞が放出される。", False),
        # «ベシクル» is a part of another term's preferred word there.
        ("A vesicle.", "マイクロベシクルである。", False),
    ],
)
def test_another_word_for_the_same_term(en: str, ja: str, found: bool) -> None:
    assert paths(_examine(summary={"en": en, "ja": ja})) == ([("summary", "ja")] if found else [])


def test_the_finding_names_the_variant_and_proposes_the_wording() -> None:
    (finding,) = _examine(summary={"en": "Allogeneic cells.", "ja": "この製品は同種の細胞からなる。"})
    assert finding.found.en == "The English text says «allogeneic», the Japanese text «同種»."
    assert "「allogeneic」を「他家」と訳す" in finding.expected.ja
    assert finding.remedy.ja == "同じ意味であれば「この製品は他家の細胞からなる。」と改める。"


OTHERS = {"en": "Allogeneic Inc.", "ja": "同種株式会社"}


@pytest.mark.parametrize(
    ("collection", "changes"),
    [("trials", {"sponsor": {"name": OTHERS}}), ("surveys", {"title": OTHERS}), ("glossary", {"summary": OTHERS})],
)
def test_names_titles_and_the_glossary_itself_are_passed_over(collection: str, changes: dict[str, Any]) -> None:
    assert _examine(collection, **changes) == []


def test_the_glossary_gives_the_renderings_but_not_those_of_titles_with_brackets() -> None:
    synonyms = {"ja": ["微小小胞"]}
    term = minimal("glossary", title={"en": "microvesicle", "ja": "マイクロベシクル"}, synonyms=synonyms)
    assert facts_of(file_of("glossary"), term).renderings == (("microvesicle", "マイクロベシクル", "微小小胞"),)
    term = minimal("glossary", title={"en": "donor", "ja": "提供者(ドナー)"}, synonyms=synonyms)
    assert facts_of(file_of("glossary"), term).renderings == ()
    assert facts_of(file_of("claims"), minimal("claims")).renderings == ()
    assert RULE.level == "info"
