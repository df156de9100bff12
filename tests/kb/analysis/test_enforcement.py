from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kb
from kb import KnowledgeBase
from kb.analysis import enforcement
from tests.entries import PAIR, minimal
from tests.samples import write_kb


def act(id_: str, **changes: Any) -> dict[str, Any]:
    return minimal("enforcement", id_, **changes)


def load(folder: Path, *entries: dict[str, Any]) -> KnowledgeBase:
    return kb.load(write_kb(folder, enforcement=list(entries)))


@pytest.fixture(scope="module")
def real() -> KnowledgeBase:
    return kb.load()


def test_acts_come_latest_first_and_withdrawn_ones_never_count(tmp_path: Path) -> None:
    base = load(
        tmp_path,
        act("undated"),
        act("old", date="2019"),
        act("new", date="2025-03"),
        act("gone", date="2026", withdrawn={"on": "2026-01-02", "reason": PAIR}),
    )
    assert [found.id for found in enforcement.current(base)] == ["new", "old", "undated"]


def test_an_unread_text_is_not_a_no(tmp_path: Path) -> None:
    base = load(
        tmp_path,
        act("a", names_exosomes=True, date="2024"),
        act("b", names_exosomes=False, date="2024"),
        act("c", date="2024"),
        act("d"),
    )
    counted, without = enforcement.by_year(enforcement.current(base))
    assert counted == {(2024, "yes"): 1, (2024, "no"): 1, (2024, "not-read"): 1}
    assert without == 1


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("FDA", "fda"),
        ("US Food and Drug Administration (CBER)", "us-food-and-drug-administration-cber"),
        ("Sở Y tế", "sở-y-tế"),
        ("---", "-"),
    ],
)
def test_the_code_of_an_authority_can_stand_in_a_list_of_codes(tmp_path: Path, name: str, code: str) -> None:
    base = load(tmp_path, act("a", authority={"en": name, "ja": "当局"}))
    assert enforcement.authority_code(base.enforcement["a"]) == code
    assert " " not in code


def test_one_name_is_one_authority(tmp_path: Path) -> None:
    base = load(
        tmp_path,
        act("a", date="2025", authority={"en": "F.D.A.", "ja": "後"}),
        act("b", date="2024", authority={"en": "F D A", "ja": "先"}),
        act("c", date="2023", authority={"en": "FTC", "ja": "別"}),
    )
    names = enforcement.authorities(enforcement.current(base))
    assert {code: name.ja for code, name in names.items()} == {"f-d-a": "後", "ftc": "別"}


def test_every_real_act_is_counted_once(real: KnowledgeBase) -> None:
    acts = enforcement.current(real)
    assert len(acts) == len({found.id for found in acts}) == sum(not e.withdrawn for e in real.enforcement.values())
    counted, without = enforcement.by_year(acts)
    assert sum(counted.values()) + without == len(acts)


def test_real_authorities_of_different_names_stay_apart(real: KnowledgeBase) -> None:
    acts = enforcement.current(real)
    assert len(enforcement.authorities(acts)) == len({found.authority.en for found in acts})
