"""``ClaimReview`` stands only where an authority itself has contradicted a claim, and never carries our assessment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kb import load
from publish.site import Site
from publish.structured_data import entry_node
from tests.entries import PAIR, minimal, source
from tests.samples import write_kb

ADDRESS = "https://authority.example/notice"
READ = {"topic": "advertising", "level": "mentioned", "statement": PAIR, "basis": "text"}
CITED = {"url": ADDRESS, "kind": "primary", "read": "page", "supports": ["assessment"]}
FALSE = {"value": "false", "reason": PAIR}


def _node(folder: Path, cited: dict[str, Any], act: dict[str, Any], **claim: Any) -> dict[str, Any]:
    base = load(
        write_kb(
            folder,
            claims=[minimal("claims", "c", **({"assessment": FALSE, "sources": [source(**CITED | cited)]} | claim))],
            enforcement=[minimal("enforcement", "a", **({"url": f"{ADDRESS}/", "requirements": [READ]} | act))],
        )
    )
    found: dict[str, Any] = entry_node(Site(base, "en", site_url="https://evreg.example/"), base.claims["c"])
    return found


def test_the_authority_is_the_author_and_nothing_is_rated(tmp_path: Path) -> None:
    node = _node(tmp_path, {}, {"date": "2019-12-06"})
    (review,) = node["mainEntity"]
    assert review["@type"] == "ClaimReview"
    assert review["author"] == {"@type": "Organization", "name": "FDA"}
    assert review["url"] == f"{ADDRESS}/"
    assert review["datePublished"] == "2019-12-06"
    assert review["claimReviewed"] == "What the entry says."
    assert "reviewRating" not in review
    assert "EVReg" in review["sdPublisher"]["name"]


@pytest.mark.parametrize(
    ("cited", "act", "claim"),
    [
        ({}, {}, {"assessment": FALSE | {"value": "misleading"}}),
        ({"kind": "news"}, {}, {}),
        ({"read": "not-read"}, {}, {}),
        ({"mirror": True}, {}, {}),
        ({"supports": ["what_is_known"]}, {}, {}),
        ({"url": "https://authority.example/another"}, {}, {}),
        ({}, {"requirements": []}, {}),
        ({}, {"requirements": [READ | {"basis": "inference"}]}, {}),
        ({}, {"requirements": [READ | {"topic": "clinical"}]}, {}),
        ({}, {}, {"category": "safety-claim"}),
        ({}, {"official_copy_to_find": True}, {}),
        ({}, {"withdrawn": {"on": "2026-01-01", "reason": PAIR}}, {}),
        ({}, {}, {"withdrawn": {"on": "2026-01-01", "reason": PAIR}}),
        ({"url": "https://a.example"}, {}, {"rules": [{"guideline": "a", "basis": "text"}]}),
    ],
)
def test_anything_less_makes_no_review(
    tmp_path: Path, cited: dict[str, Any], act: dict[str, Any], claim: dict[str, Any]
) -> None:
    assert "mainEntity" not in _node(tmp_path, cited, act, **claim)


def test_the_summary_of_a_claim_is_said_to_be_claimed(tmp_path: Path) -> None:
    assert _node(tmp_path, {}, {})["description"].startswith("Claimed in advertising:")
