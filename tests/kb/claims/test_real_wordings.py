"""Wordings that real pages use, read with the real patterns: what is said, and what only seems to be."""

from __future__ import annotations

import pytest

import kb
from kb.claims import Specification, check, specification_of


@pytest.fixture(scope="module")
def spec() -> Specification:
    return specification_of(kb.load())


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("当院のエクソソーム点滴で、膝の\n軟骨が再✨生します。", {"claim-knee-cartilage"}),
        ("ｴｸｿｿｰﾑで ｼﾜ が改善！", {"claim-skin-wrinkles-collagen"}),
        ("エクソソームの満足度九八%。", {"claim-satisfaction-rate"}),
        ("Our exo-\nsomes regen-\nerate knee car-\ntilage.", {"claim-knee-cartilage"}),
    ],
)
def test_breaks_widths_ornaments_and_kanji_numerals_hide_nothing(
    spec: Specification, text: str, claims: set[str]
) -> None:
    assert {finding.claim for finding in check(text, spec).findings} == claims


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("当院のエクソソームは、副作用がないわけではありません。", "denied"),
        ("Exosomes have not been shown to regrow cartilage in the knee.", "denied"),
        ("FDAは、エクソソームでがんが治るとは認めていません。", "denied"),
        ("膝の軟骨の再生に、エクソソームは承認されていません。", "denied"),
        ("The FDA warns that clinics claim exosomes cure Alzheimer disease.", "reported"),
        ("Do exosomes regrow cartilage in the knee?", "asked"),
    ],
)
def test_negation_reporting_and_questions_are_set_aside(spec: Specification, text: str, reason: str) -> None:
    found = check(text, spec)
    assert found.findings == ()
    assert reason in {finding.reason for finding in found.set_aside}
