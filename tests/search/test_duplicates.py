"""Likely double entries, for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kb import load
from search.duplicates import Pair, likely_duplicates
from tests.entries import minimal, source
from tests.samples import guideline, write_kb

LETTER = {
    "title": {"en": "Notice on exosome cosmetics in clinics", "ja": "診療所におけるエクソソーム化粧品に関する通知"},
    "summary": {
        "en": "The ministry warns clinics about injecting exosome cosmetics.",
        "ja": "省は診療所での注射について注意を促した。",
    },
}
FILLER = [
    guideline(
        f"filler{number}",
        title={"en": word, "ja": word},
        summary={"en": f"About {word}.", "ja": f"{word}について。"},
        requirements=[],
    )
    for number, word in enumerate(("water", "stones", "paper", "copper", "glass", "timber"))
]


def pairs(folder: Path, **collections: list[dict[str, Any]]) -> list[Pair]:
    collections["guidelines"] = [*FILLER, *collections.get("guidelines", [])]
    return likely_duplicates(load(write_kb(folder, **collections)))


def keys(found: list[Pair]) -> list[tuple[str, str]]:
    return [(pair.first[1], pair.second[1]) for pair in found]


def document(id_: str, **changes: Any) -> dict[str, Any]:
    return guideline(id_, requirements=[], **(LETTER | changes))


def act(id_: str, **changes: Any) -> dict[str, Any]:
    return minimal("enforcement", id_, jurisdiction="JP", **(LETTER | changes))


def test_different_entries_are_no_pairs(tmp_path: Path) -> None:
    assert pairs(tmp_path) == []


def test_nearly_the_same_words(tmp_path: Path) -> None:
    (found,) = pairs(tmp_path, guidelines=[document("a"), document("b")])
    assert (found.first, found.second) == (("guidelines", "a"), ("guidelines", "b"))
    assert found.likeness > 0.9
    assert found.reason.en
    assert found.reason.ja


def test_one_publication_in_two_collections(tmp_path: Path) -> None:
    assert keys(pairs(tmp_path, guidelines=[document("a")], enforcement=[act("b")])) == [("a", "b")]


def test_a_claim_is_no_double_of_a_document(tmp_path: Path) -> None:
    assert pairs(tmp_path, guidelines=[document("a")], claims=[minimal("claims", "b", **LETTER)]) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"jurisdiction": "KR"},
        {
            "title": {
                "en": "Notice 2024 on exosome cosmetics in clinics",
                "ja": "診療所におけるエクソソーム化粧品に関する通知2024",
            }
        },
    ],
)
def test_other_places_and_editions_are_other_things(tmp_path: Path, changes: dict[str, Any]) -> None:
    assert pairs(tmp_path, guidelines=[document("a"), document("b", **changes)]) == []


def test_the_same_number_is_enough(tmp_path: Path) -> None:
    other = {"title": {"en": "Something else", "ja": "別の題名"}, "summary": {"en": "Other words.", "ja": "別の内容。"}}
    found = pairs(
        tmp_path,
        guidelines=[
            document("a", document_numbers=["No. 12/34"]),
            document("b", document_numbers=["no 12 34"], **other),
        ],
    )
    assert keys(found) == [("a", "b")]
    assert "12" in found[0].reason.en


def test_trials_that_a_registry_holds_apart_are_two(tmp_path: Path) -> None:
    def trial(id_: str, registry: str) -> dict[str, Any]:
        return minimal("trials", id_, registrations=[{"registry": registry, "number": id_.upper()}], **LETTER)

    assert (
        pairs(
            tmp_path / "1",
            trials=[trial("nct01234567", "ClinicalTrials.gov"), trial("nct07654321", "ClinicalTrials.gov")],
        )
        == []
    )
    assert keys(
        pairs(tmp_path / "2", trials=[trial("nct01234567", "ClinicalTrials.gov"), trial("umin000012345", "UMIN-CTR")])
    )


def test_a_common_primary_source_lowers_the_bar(tmp_path: Path) -> None:
    own = {"url": "https://example.org/notice", "kind": "primary"}
    half = {
        "title": {"en": "Exosome cosmetics: warning of the ministry", "ja": "エクソソーム化粧品:省の注意喚起"},
        "summary": {"en": "A warning about needles.", "ja": "針の使用に関する注意である。"},
    }
    with_source = pairs(
        tmp_path / "1",
        guidelines=[document("a", sources=[source(**own)])],
        enforcement=[act("b", sources=[source(**own)], **half)],
    )
    assert keys(with_source) == [("a", "b")]
    assert "example.org" in with_source[0].reason.en


def test_the_likeliest_come_first(tmp_path: Path) -> None:
    found = pairs(
        tmp_path, guidelines=[document("a"), document("b"), document("c", summary={"en": "Clinics.", "ja": "診療所。"})]
    )
    assert [pair.likeness for pair in found] == sorted((pair.likeness for pair in found), reverse=True)
    assert keys(found)[0] == ("a", "b")
