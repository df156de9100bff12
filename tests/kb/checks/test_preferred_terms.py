"""The rule preferred-terms."""

from __future__ import annotations

from typing import Any

import pytest

from kb.checks.preferred_terms import RULE
from kb.problems import Finding
from tests.entries import minimal, source
from tests.kb.checks.examining import examine, paths

AVOIDED = (
    ("en", "microvesicle", "extracellular vesicle"),
    ("en", "EXO", "exosome"),
    ("en", "potency test", "potency assay"),
    ("en", "vesicle drug", "EV medicine"),
    ("ja", "エキソソーム", "エクソソーム"),
    ("ja", "小胞", "細胞外小胞"),
    ("ja", "力価試験法", "力価試験"),
    ("ja", "ベシクル", "小胞体"),
)


def _examine(collection: str = "surveys", **changes: Any) -> list[Finding]:
    return examine(RULE, collection, avoided=AVOIDED, **changes)


@pytest.mark.parametrize(
    ("en", "variants"),
    [
        ("A microvesicle is small.", ["microvesicle"]),
        ("Microvesicles are small.", ["microvesicle"]),
        ("Two Potency Tests.", ["potency test"]),
        ("A potency testing plan.", []),
        ("Nanomicrovesicle is another word.", []),
        ("EXO is a variant.", ["EXO"]),
        ("ExO and exo are not.", []),
        ("The letter calls it a “microvesicle”.", []),
        ("An extracellular vesicle.", []),
    ],
)
def test_english_variants(en: str, variants: list[str]) -> None:
    found = _examine(summary={"en": en, "ja": "記載である。"})
    assert paths(found) == [("summary", "en")] * len(variants)
    for finding, variant in zip(found, variants, strict=True):
        assert f"«{variant}»" in finding.found.en
        assert "の推奨表記は「" in finding.expected.ja
        assert finding.remedy.en.startswith("Write «")


@pytest.mark.parametrize(
    ("ja", "variants"),
    [
        ("エキソソームである。", ["エキソソーム"]),
        ("エキソソーム、エキソソームである。", ["エキソソーム"]),
        ("エキソソームズ社である。", []),
        ("ナノベシクルである。", []),
        ("小胞である。", ["小胞"]),
        ("細胞外小胞である。", []),
        ("細胞外小胞と小胞である。", ["小胞"]),
        ("当局は「エキソソーム」と表記する。", []),
        ("力価試験である。", []),
    ],
)
def test_japanese_variants(ja: str, variants: list[str]) -> None:
    found = _examine(summary={"en": "A statement.", "ja": ja})
    assert paths(found) == [("summary", "ja")] * len(variants)
    for finding, variant in zip(found, variants, strict=True):
        assert f"「{variant}」" in finding.found.ja


WORD = {"en": "A microvesicle.", "ja": "エキソソームである。"}


@pytest.mark.parametrize(
    ("collection", "changes"),
    [
        ("claims", {"wording": {"en": ["microvesicle"], "ja": ["エキソソーム"]}}),
        ("claims", {"sources": [source(title="エキソソームの実際", publisher="エキソソーム研究会")]}),
        ("trials", {"sponsor": {"name": {"en": "Microvesicle Inc.", "ja": "エキソソーム株式会社"}}}),
        ("trials", {"title": WORD}),
        ("guidelines", {"title": WORD, "issuer": WORD}),
        ("products", {"developer": WORD}),
        ("glossary", {"synonyms": {"ja": ["エキソソーム"]}, "avoid": {"ja": ["エキソソーム"]}, "usage": WORD}),
    ],
)
def test_the_words_of_others_pass(collection: str, changes: dict[str, Any]) -> None:
    assert _examine(collection, **changes) == []


def test_names_of_methods_and_roles_are_our_own_words() -> None:
    option = {
        "name": WORD,
        "advantages": {"en": "A.", "ja": "甲。"},
        "drawbacks": {"en": "B.", "ja": "乙。"},
        "basis": "source",
    }
    assert len(_examine("process-steps", options=[option])) == 2
    authorities = [{"name": WORD, "role": WORD}]
    assert paths(_examine("jurisdictions", authorities=authorities)) == [
        ("authorities", 0, "role", "en"),
        ("authorities", 0, "role", "ja"),
    ]


def test_our_own_translation_of_a_title_is_examined() -> None:
    title = WORD | {"translated": ["ja"]}
    assert paths(_examine("trials", title=title)) == [("title", "ja")]
    assert paths(_examine("surveys", title=WORD)) == [("title", "en"), ("title", "ja")]


def test_the_glossary_defines_other_terms_in_preferred_words() -> None:
    assert paths(_examine("glossary", summary=WORD)) == [("summary", "en"), ("summary", "ja")]
    own = {"en": "extracellular vesicle", "ja": "エクソソーム"}
    assert _examine("glossary", title=own, summary=WORD) == []


def test_without_avoided_variants_nothing_is_found() -> None:
    assert examine(RULE, "surveys", summary=WORD) == []
    assert RULE.level == "warning"
    assert minimal("surveys")["id"] == "e"


def test_the_remedy_proposes_the_new_wording() -> None:
    (finding,) = _examine(summary={"en": "Two Potency Tests.", "ja": "記載である。"})
    assert finding.remedy.en == "Write «Two Potency assays.», or put the words of others in quotation marks."
    assert finding.remedy.ja.startswith("「Two Potency assays.」と改める")
