"""Variants in a text and the wording that is proposed in their place."""

from __future__ import annotations

import pytest
from hypothesis import given

from kb.checks.variants import Lexicon
from tests.kb.checks.examining import ANY_TEXT

LEXICON = Lexicon([("microvesicle", "extracellular vesicle"), ("エキソソーム", "エクソソーム"), ("同種", "他家")])


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("Microvesicles are small.", "Extracellular vesicles are small."),
        ("The microvesicle is a small particle that cells release.", "The extracellular vesicle is a small…"),
        ("It was stated by the agency that microvesicles count.", "…agency that extracellular vesicles count."),
        ("エキソソームである。", "エクソソームである。"),
        ("これは拡大培養した後に品質を確かめた同種の細胞からなる製品についての記載である。", "…は拡大培養した後に品質を確かめた他家の細胞からなる製品についての記載…"),
        ("Line\nmicrovesicle\nline", "Line extracellular vesicle line"),
    ],
)  # fmt: skip
def test_the_place_is_shown_with_the_preferred_term(text: str, proposed: str) -> None:
    (found,) = LEXICON.find(text)
    assert found.proposed == proposed


@given(ANY_TEXT, ANY_TEXT)
def test_the_proposal_is_one_line_with_the_preferred_term(before: str, after: str) -> None:
    for found in LEXICON.find(f"{before} エキソソーム {after}"):
        assert found.preferred.lower() in found.proposed.lower()
        assert "\n" not in found.proposed
