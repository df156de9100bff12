"""How well the real patterns read texts that were labelled by hand; `make bench` prints the figures for each claim."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import kb
from kb.claims import check, specification_of

TEXTS = Path(__file__).parents[2] / "claims"
ADVERTISING = ("advertisement", "mixed")


@cache
def read(name: str) -> list[tuple[dict[str, Any], set[str]]]:
    """Labelled texts and the claims found in them."""
    spec = specification_of(kb.load())
    texts = yaml.safe_load((TEXTS / f"{name}.yaml").read_text(encoding="utf-8"))
    return [(text, {finding.claim for finding in check(text["text"], spec).findings}) for text in texts]


def figures(name: str) -> tuple[float, float, float]:
    """Precision, recall and F1 over all labels (micro-average)."""
    pairs = [(found, set(text["claims"])) for text, found in read(name)]
    right = sum(len(found & wanted) for found, wanted in pairs)
    precision = right / sum(len(found) for found, _ in pairs)
    recall = right / sum(len(wanted) for _, wanted in pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def alarms(name: str) -> float:
    """Share of texts that advertise nothing and were found to make a claim."""
    found = [bool(claims) for text, claims in read(name) if text["kind"] not in ADVERTISING]
    return sum(found) / len(found)


# The patterns were written with the development and the plain texts at hand; the unseen ones were only measured.
@pytest.mark.parametrize(("name", "floor"), [("development", 0.85), ("plain", 0.85), ("unseen", 0.80)])
def test_claims_are_found(name: str, floor: float) -> None:
    assert figures(name)[2] >= floor


@pytest.mark.parametrize(("name", "most"), [("development", 0.05), ("plain", 0.05), ("unseen", 0.05)])
def test_texts_that_advertise_nothing_raise_no_alarm(name: str, most: float) -> None:
    assert alarms(name) <= most


@pytest.mark.parametrize("name", ["development", "plain", "unseen"])
def test_the_texts_are_labelled_with_claims_of_the_catalogue(name: str) -> None:
    texts = [text for text, _ in read(name)]
    known = set(kb.load().claims)
    assert len(texts) >= 80
    assert len({text["id"] for text in texts}) == len(texts)
    assert {claim for text in texts for claim in text["claims"]} == known
    assert {text["language"] for text in texts} == {"en", "ja"}
    assert not [text["id"] for text in texts if text["claims"] and text["kind"] not in ADVERTISING]
