"""The rule near-duplicate-titles."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

import pytest

from kb.checks.near_duplicate_titles import RULE
from tests.entries import minimal
from tests.kb.checks.examining import examine_whole


def _trial(id_: str, en: str, ja: str = "") -> tuple[str, dict[str, Any]]:
    return "trials", minimal("trials", id_, title={"en": en, "ja": ja or f"試験{id_}"})


LONG = "Extracellular vesicles from bone marrow in patients with acute respiratory distress"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LONG, LONG),
        (LONG, LONG.upper().replace(" ", "-")),
        (LONG, LONG.replace("vesicles", "vesicle")),
        (LONG, LONG.replace("in patients", "in the patients")),
        (LONG, LONG.replace("in patients", "of patient")),
        (LONG, LONG.replace("marrow", "marow")),
        (LONG, LONG.replace("Extracellular", "Extracelluler")),
        ("EV", "EV"),
    ],
)
def test_the_same_and_nearly_the_same_titles_are_found_once(one: str, other: str) -> None:
    ((id_, finding),) = examine_whole(RULE, _trial("a", one), _trial("b", other))
    assert (id_, finding.path) == ("b", ("title",))
    assert "/a.yaml" in finding.found.en
    assert RULE.level == "warning"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LONG, LONG.replace("bone marrow", "cord blood")),
        (f"{LONG}: phase 1", f"{LONG}: phase 2"),
        (f"{LONG}: phase I", f"{LONG}: phase II"),
        (f"{LONG} 2023", f"{LONG} 2024"),
        (f"{LONG} of the knee joint", f"{LONG} of the hip joint"),
        ("India: products with exosomes", "Indonesia: products with exosomes"),
        ("Taiwan: products with exosomes", "Iran: products with exosomes"),
        ("EV", "EVs"),
    ],
)
def test_other_titles_pass(one: str, other: str) -> None:
    assert examine_whole(RULE, _trial("a", one), _trial("b", other)) == []


def test_japanese_titles_are_compared_too() -> None:
    ja = "急性呼吸窮迫症候群に対する骨髄由来細胞外小胞の静脈内投与試験"
    assert examine_whole(RULE, _trial("a", "A", ja), _trial("b", "B", ja.replace("急性呼吸", "慢性呼吸"))) == []
    assert len(examine_whole(RULE, _trial("a", "A", ja), _trial("b", "B", ja))) == 1
    assert len(examine_whole(RULE, _trial("a", "A", ja), _trial("b", "B", ja.replace("に対する", "に対しての")))) == 1


def test_collections_are_compared_apart() -> None:
    title = {"en": LONG, "ja": "同じ題名"}
    entries = ("trials", minimal("trials", "a", title=title)), ("products", minimal("products", "a", title=title))
    assert examine_whole(RULE, *entries) == []


@pytest.mark.parametrize("kind", ["random", "numbered", "alike"])
def test_ten_thousand_titles_take_seconds_not_hours(kind: str) -> None:
    chance = random.Random(1)
    words = [
        f"{chance.choice('bcdfglmnprst')}{chance.choice('aeiou')}{chance.choice('klmnrst')}ing" for _ in range(400)
    ]
    titles: dict[str, Callable[[int], str]] = {
        "random": lambda _: " ".join(chance.choices(words, k=9)),
        "numbered": lambda number: f"Study of extracellular vesicles, number {number}",
        "alike": lambda _: f"{LONG} {chance.choice(words)}",
    }
    entries = [("trials", {"id": f"t{n}", "title": {"en": titles[kind](n), "ja": f"試験{n}"}}) for n in range(10_000)]
    start = time.perf_counter()
    examine_whole(RULE, *entries)
    assert time.perf_counter() - start < 20
