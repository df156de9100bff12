"""Agreement, silence and what is not surveyed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import kb
from kb.analysis.harmonisation import Agreement, Harmonisation, harmonisation, panel
from kb.analysis.harmonisation_records import headings, lines
from tests.asked import asked_kb, document, profile, requirement

_ALL = ("JP", "KR", "CN", "US")


def _view(folder: Path, *documents: dict[str, Any], coverage: str = "good") -> Harmonisation:
    """A view in which JP, KR, CN and US are surveyed: each has a document on quality that names no attribute."""
    quality = [document(f"quality-{code.lower()}", code, requirement(None)) for code in _ALL]
    profiles = [profile(code, coverage) for code in _ALL]
    return harmonisation(asked_kb(folder, *documents, *quality, jurisdictions=profiles))


def _of(found: Harmonisation, attribute: str) -> Agreement:
    return next(agreement for _, agreement in found.ranking if agreement.attribute == attribute)


def _answers(found: Harmonisation, attribute: str) -> dict[str, str]:
    return {position.jurisdiction: position.answer for position in _of(found, attribute).panel}


def test_positions_and_figures(tmp_path: Path) -> None:
    found = _view(
        tmp_path,
        document("a", "KR", requirement("count", "required")),
        document("b", "CN", requirement("count", "required"), applies_to_ev="by-analogy"),
        document("c", "JP", requirement("count", "mentioned")),
    )
    assert _answers(found, "count") == {"JP": "mentioned", "US": "silent", "KR": "required", "CN": "required"}
    agreement = _of(found, "count")
    assert (agreement.share_asking, agreement.taking_up, agreement.explicit) == (0.5, 3, 1)
    assert agreement.level_agreement == 2 / 3
    assert _of(found, "sterility").level_agreement is None
    assert found.ranking[0] == (1, agreement)
    assert [rank for rank, _ in found.ranking[1:]] == [2, 2]
    assert [gap.attribute for gap in found.gaps] == ["count"]


def test_drafts_past_and_excluding_documents_are_neither_asking_nor_silence(tmp_path: Path) -> None:
    found = _view(
        tmp_path,
        document("a", "KR", requirement("count", "required"), status="draft"),
        document("b", "CN", requirement("count", "required"), status="superseded"),
        document("c", "JP", requirement("count", "required"), applies_to_ev="excluded"),
        document("d", "US", requirement("count", "required"), applies_to_ev="unknown"),
    )
    assert _answers(found, "count") == {"JP": "outside", "US": "unclear", "KR": "prepared", "CN": "past"}
    assert _of(found, "count").asking == ()
    assert found.gaps == ()


def test_thin_coverage_and_missing_documents_are_not_silence(tmp_path: Path) -> None:
    documents = [document("a", "KR", requirement("count")), document("b", "US", requirement("count"))]
    profiles = [profile("KR"), profile("JP"), profile("US", "thin")]
    base = asked_kb(tmp_path, *documents, jurisdictions=profiles)
    found = harmonisation(base)
    assert [member.code for member in panel(base)] == ["KR"]
    assert set(found.not_surveyed) == {"JP", "US"}
    agreement = _of(found, "count")
    assert [position.answer for position in agreement.panel] == ["recommended"]
    assert [(position.jurisdiction, position.answer) for position in agreement.others] == [("US", "recommended")]


def test_a_document_on_medicines_decides_before_a_stronger_one_on_cosmetics(tmp_path: Path) -> None:
    found = _view(
        tmp_path,
        document("a", "KR", requirement("count", "required"), scope=["cosmetics"], legal_force="binding"),
        document("b", "KR", requirement("count", "recommended"), scope=["ev-products", "cosmetics"]),
        document("c", "JP", requirement("count", "required"), scope=["cosmetics"]),
    )
    assert _answers(found, "count")["KR"] == "recommended"
    japan = next(position for position in _of(found, "count").asking if position.jurisdiction == "JP")
    assert japan.statements[0].cosmetics_only


def test_international_documents_stand_beside_the_panel(tmp_path: Path) -> None:
    found = _view(tmp_path, document("a", "INTL", requirement("count", "required")))
    assert _of(found, "count").international.answer == "required"
    assert _of(found, "count").asking == ()
    assert "INTL" not in {member.code for member in found.panel} | set(found.not_surveyed)


def test_silence_of_the_less_covered_makes_no_gap(tmp_path: Path) -> None:
    assert _view(tmp_path, document("a", "KR", requirement("count")), coverage="fair").gaps == ()


def test_the_real_entries_keep_silence_and_not_surveyed_apart() -> None:
    base = kb.load()
    found = harmonisation(base)
    covered = {entry.code: entry.coverage for entry in base.jurisdictions.values()}
    assert all(covered[member.code] in ("good", "fair") and member.statements for member in found.panel)
    for _, agreement in found.ranking:
        assert all((position.answer == "silent") == (not position.statements) for position in agreement.panel)
    standing = [entry for entry in base.attributes.values() if not entry.withdrawn]
    assert len(found.ranking) == len(standing)
    assert all(len(line) == len(headings(found)) for line in lines(base, found))
