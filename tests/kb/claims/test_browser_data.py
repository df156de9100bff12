"""What the browser's matcher is given: everything that decides what is found, in few bytes."""

from __future__ import annotations

import json
import re
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from kb.claims import Specification, framing
from kb.claims.folding import folding_table, voiced_table
from kb.claims.specification import NUMBER
from tests.kb.claims.small import specification


@pytest.fixture
def spec(tmp_path: Path) -> Specification:
    return specification(tmp_path)


@pytest.fixture
def data(spec: Specification) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(json.dumps(spec.as_data()))
    return read


def test_the_runs_hold_the_whole_folding_table(data: dict[str, Any]) -> None:
    table: dict[str, str] = {}
    for first, second, *third in data["fold"]:
        folded = second if isinstance(second, list) else third * (second - first + 1)
        table |= {chr(first + place): text for place, text in enumerate(folded)}
    assert table == folding_table()
    assert data["voiced"] == voiced_table()
    assert len(data["fold"]) < len(table) / 20


def test_words_terms_and_concepts_lead_back_to_the_specification(spec: Specification, data: dict[str, Any]) -> None:
    assert [(word.removesuffix("*"), word.endswith("*")) for word in data["words"]] == list(spec.words)
    found = {
        (concept, tuple(term) if isinstance(term, list) else (term,), bool(minus))
        for concept, groups in enumerate(data["terms"])
        for minus, terms in enumerate(groups)
        for term in terms
    }
    assert found == set(spec.terms)
    assert [tuple(concept) for concept in data["concepts"]] == list(spec.concepts)
    assert any(NUMBER in word for word in data["words"])


def test_rules_keep_all_their_fields(spec: Specification, data: dict[str, Any]) -> None:
    rule = next(rule for rule in spec.rules if rule.denies)
    assert [rule.claim, [list(part) for part in rule.all], [], [], rule.window, 0, 1] in data["rules"]
    assert len(data["rules"]) == len(spec.rules)


def test_letters_are_those_that_python_knows(data: dict[str, Any]) -> None:
    bounds = list(accumulate(data["constants"]["letters"]))
    letters = {code for first, end in zip(bounds[::2], bounds[1::2], strict=True) for code in range(first, end)}
    tried = (*range(0x3000), 0x3042, 0x4E00, 0xAC00, 0xE01, 0xFF10, 0x1D400, 0x20000, 0x10FFFF)
    assert [code for code in tried if (code in letters) != bool(re.match(r"[^\W\d_]", chr(code)))] == []


def test_a_changed_constant_changes_the_fingerprint(spec: Specification, monkeypatch: pytest.MonkeyPatch) -> None:
    before = spec.fingerprint
    monkeypatch.setattr(framing, "REACH", framing.REACH + 1)
    del spec.__dict__["fingerprint"]
    assert spec.fingerprint != before
